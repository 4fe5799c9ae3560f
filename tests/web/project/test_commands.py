"""The commands of an installation, as a person calls them: check, back up, restore, find tampering."""

import http.client
import os
import socket
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from hengliang.web.project.commands import archive
from hengliang.web.project.commands.serve import _names

ROOT = Path(__file__).parents[3]
SET_UP = """
from pathlib import Path
from hengliang.web.project.commands import set_up
set_up(Path({home!r}))
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from hengliang.web.project import demo
from hengliang.web.files.actions import keep_bytes
from hengliang.web.files.kinds import PAPERS
demo.load(Path({form!r}), "a password for tests")
keep_bytes(None, "证明.txt", "证明".encode(), PAPERS)
"""


def _call(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs `hengliang ARGUMENTS --home HOME` in a process of its own, in Chinese."""
    names = ("DJANGO_SETTINGS_MODULE", "HENGLIANG_HOME", "HENGLIANG_SECRET_KEY", "HENGLIANG_DATABASE_URL")
    environment = {name: value for name, value in os.environ.items() if name not in names}
    command = [sys.executable, "-m", "hengliang", "--lang", "zh", *arguments, "--home", str(home)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with the worked example and a file."""
    folder = tmp_path_factory.mktemp("installation") / "home"
    names = ("DJANGO_SETTINGS_MODULE", "HENGLIANG_HOME", "HENGLIANG_SECRET_KEY", "HENGLIANG_DATABASE_URL")
    environment = {name: value for name, value in os.environ.items() if name not in names}
    program = SET_UP.format(home=str(folder), form=str(ROOT / "examples" / "hengyang-2023.txt"))
    subprocess.run([sys.executable, "-c", program], env=environment, check=True, cwd=ROOT)
    return folder


def test_a_fresh_installation_is_well(home: Path) -> None:
    done = _call(home, "check")
    assert (done.returncode, done.stdout.strip()) == (0, "一切正常")
    assert _call(home, "migrate").returncode == 0
    assert "日志完整" in _call(home, "audit", "verify").stdout


def test_there_and_back(home: Path, tmp_path: Path) -> None:
    backup, other = tmp_path / "backup.zip", tmp_path / "other"
    assert _call(home, "backup", "-o", str(backup)).returncode == 0
    done = _call(other, "restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert _call(other, "check").stdout.strip() == "一切正常"
    assert (other / "secret-key").read_text() == (home / "secret-key").read_text()
    again = _call(other, "restore", str(backup))
    assert again.returncode == 2
    assert "空文件夹" in again.stderr


def test_a_damaged_backup_is_refused(home: Path, tmp_path: Path) -> None:
    backup, bad = tmp_path / "backup.zip", tmp_path / "bad.zip"
    _call(home, "backup", "-o", str(backup))
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(bad, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content + b"x" if name.startswith("files/") else content)
    done = _call(tmp_path / "other", "restore", str(bad))
    assert done.returncode == 2
    assert "已损坏" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "other").exists()


def test_tampering_is_found(home: Path, tmp_path: Path) -> None:
    backup, other = tmp_path / "backup.zip", tmp_path / "other"
    _call(home, "backup", "-o", str(backup))
    _call(other, "restore", str(backup))
    with sqlite3.connect(other / "hengliang.sqlite3") as database:
        database.execute("DROP TRIGGER audit_no_update")
        database.execute("UPDATE audit_entry SET actor = 'x' WHERE number = 2")
    kept = next(path for path in (other / "files").rglob("*") if path.is_file())
    kept.write_bytes(b"other")
    verify = _call(other, "audit", "verify")
    assert verify.returncode == 1
    assert "第2号记录" in verify.stdout
    check = _call(other, "check")
    assert check.returncode == 1
    assert "丢失或损坏" in check.stdout


def test_an_office_reaches_it_by_the_address_of_the_machine(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("", 0))
        port = free.getsockname()[1]
    own = next(name for name in _names("0.0.0.0") if name not in ("localhost", "127.0.0.1", "[::1]"))
    names = ("DJANGO_SETTINGS_MODULE", "HENGLIANG_HOME", "HENGLIANG_DATABASE_URL")
    environment = {name: value for name, value in os.environ.items() if name not in names}
    command = [
        sys.executable,
        "-m",
        "hengliang",
        "serve",
        "--home",
        str(tmp_path),
        "--host",
        "0.0.0.0",
        "--port",
        str(port),
    ]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            assert any(line.startswith("http://") for line in server.stdout)
            for name, status in ((own, 200), ("127.0.0.1", 200), ("somewhere.else", 400)):
                asked = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
                with closing(asked):
                    asked.request("GET", "/health/", headers={"Host": name})
                    assert asked.getresponse().status == status, name
        finally:
            server.kill()


def test_records_that_lie_elsewhere_are_backed_up_too(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup, elsewhere = tmp_path / "backup.zip", tmp_path / "records"
    (elsewhere / "430400").mkdir(parents=True)
    (elsewhere / "430400" / "note.txt").write_text("x")
    monkeypatch.setenv("HENGLIANG_STORE", str(elsewhere))
    assert _call(home, "backup", "-o", str(backup)).returncode == 0
    monkeypatch.setenv("HENGLIANG_STORE", str(tmp_path / "back"))
    done = _call(tmp_path / "other", "restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "back" / "430400" / "note.txt").read_text() == "x"


@pytest.mark.parametrize("command", [("check",), ("backup", "-o", "x.zip"), ("audit", "verify")])
def test_a_mistyped_folder_is_no_empty_installation(command: tuple[str, ...], tmp_path: Path) -> None:
    done = _call(tmp_path / "nowhere", *command)
    assert done.returncode == 2
    assert "不存在" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert not (ROOT / "x.zip").exists()


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "hengliang.sqlite3").write_text("no database at all, but long enough to look like one" * 20)
    for command in (("check",), ("audit", "verify"), ("migrate",), ("serve",)):
        done = _call(tmp_path, *command)
        assert done.returncode == 2, command
        assert "数据库无法使用" in done.stderr
        assert "Traceback" not in done.stderr


def test_an_older_program_leaves_a_newer_database_alone(home: Path, tmp_path: Path) -> None:
    backup, other, third = tmp_path / "backup.zip", tmp_path / "other", tmp_path / "third"
    _call(home, "backup", "-o", str(backup))
    assert _call(other, "restore", str(backup)).returncode == 0
    with sqlite3.connect(other / "hengliang.sqlite3") as database:
        said = "INSERT INTO django_migrations (app, name, applied) VALUES ('accounts', '9999_later', ?)"
        database.execute(said, ["2030-01-01"])
    for command, code in ((("check",), 1), (("migrate",), 2), (("serve",), 2)):
        done = _call(other, *command)
        assert done.returncode == code, command
        assert "较新版本" in done.stdout + done.stderr
    assert _call(other, "backup", "-o", str(tmp_path / "later.zip")).returncode == 0
    done = _call(third, "restore", str(tmp_path / "later.zip"))
    assert done.returncode == 2
    assert "accounts.9999_later" in done.stderr
    assert not third.exists()


@pytest.mark.parametrize("manifest", ["[]", "{}", "not JSON", '{"files": {"x": "y"}, "database": 5}'])
def test_an_archive_of_something_else_is_no_backup(manifest: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(bad, "w") as made:
        made.writestr("manifest.json", manifest)
    with pytest.raises(archive.BadBackup):
        archive.verified(bad)


def test_a_restore_that_fails_half_way_leaves_nothing(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup, other = tmp_path / "backup.zip", tmp_path / "other"
    _call(home, "backup", "-o", str(backup))

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(Path, "replace", full)
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(other / "hengliang.sqlite3")}
    with pytest.raises(OSError, match="No space"):
        archive.restore(backup, other, database)
    assert not other.exists()
