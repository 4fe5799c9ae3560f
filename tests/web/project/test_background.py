"""`hengliang serve` in the background: it tells where it answers, again when it runs, and ends when asked."""

import http.client
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from hengliang.web.project.commands import running

ROOT = Path(__file__).parents[3]
FORM = ROOT / "examples" / "hengyang-2023.txt"


def _call(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    ours = ("HENGLIANG_", "DJANGO")
    plain = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    command = [sys.executable, "-m", "hengliang", "--lang", "zh", "serve", "--home", str(home), *arguments]
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.run(command, env=plain | more, **streams, text=True, check=False, cwd=ROOT)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A folder that nobody serves any more when the test is over."""
    yield tmp_path / "home"
    running.end(tmp_path / "home")


def _status(url: str) -> int:
    with closing(http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)) as asked:
        asked.request("GET", urlsplit(url).path)
        return asked.getresponse().status


def test_the_demonstration_is_told_where_it_is_and_with_which_accounts(home: Path, tmp_path: Path) -> None:
    browser, shown = tmp_path / "browser", tmp_path / "shown"
    browser.write_text(f'#!/bin/sh\necho "$1" > {shown}\n')
    browser.chmod(0o755)
    screen = {"DISPLAY": ":7", "BROWSER": str(browser)}
    begun = _call(home, "--demo", str(FORM), "--background", "--open", **screen)
    assert begun.returncode == 0, begun.stderr
    address = begun.stdout.splitlines()[0]
    assert _status(f"{address}health/") == 200
    assert shown.read_text().strip() == address
    for said in ("tianbao", "填报人", "王填报", f"{address}account/sign-in/", f"--home {home} --stop"):
        assert said in begun.stdout

    again = _call(home, "--background")
    assert (again.returncode, again.stdout) == (0, begun.stdout)
    refused = _call(home)
    assert refused.returncode == 2
    assert address in refused.stderr
    assert "Traceback" not in refused.stderr

    stopped = _call(home, "--stop")
    assert (stopped.returncode, stopped.stdout.strip()) == (0, "已停止")
    with pytest.raises(OSError, match="refused"):
        _status(address)
    assert _call(home, "--stop").stdout.strip() == "该文件夹没有在运行的服务"


def test_a_taken_port_is_left_to_others_unless_it_was_asked_for(home: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        failed = _call(home, "--background", "--port", str(port))
        assert failed.returncode == 2
        assert str(port) in failed.stderr
        assert "Traceback" not in failed.stderr
    with socket.socket() as eight_thousand:
        # A server that was there a moment ago has left connections behind; they are no reason.
        eight_thousand.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            eight_thousand.bind(("127.0.0.1", 8000))
            eight_thousand.listen()
        except OSError:
            pass  # Somebody else has it already.
        begun = _call(home, "--background")
        assert begun.returncode == 0, begun.stderr
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", begun.stdout)
        assert found is not None
        assert found[1] != "8000"


def test_a_demonstration_that_was_broken_off_is_told(home: Path) -> None:
    assert _call(home, "--demo", str(FORM), "--background").returncode == 0
    assert running.end(home)
    (home / "demo-accounts.json").write_text("[]")
    broken = _call(home, "--demo", str(FORM), "--background")
    assert broken.returncode == 2
    assert "中断" in broken.stderr


def test_a_dead_server_is_no_server(home: Path) -> None:
    home.mkdir()
    (home / "server.lock").touch()
    (home / "server.json").write_text('{"pid": 1, "url": "http://127.0.0.1:9/", "page": ""}')
    assert running.found(home) is None
    assert not running.end(home)
