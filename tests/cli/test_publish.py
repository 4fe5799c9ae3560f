"""`hengliang publish`, `verify` and `keys`."""

import json
from pathlib import Path

import pytest

from tests.cli.calling import EXAMPLE, call
from tests.cli.test_measure import BINDINGS
from tests.report.package.packages import stored


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A signed package beside its store and keys."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "bindings.toml").write_text(BINDINGS, encoding="utf-8")
    stored(folder / "store", ["I01_green_mine_check"])
    assert call("keys", folder / "bureau").code == 0
    run = call(
        "publish", EXAMPLE, "--store", folder / "store", "--bindings", folder / "bindings.toml",
        "-o", folder / "result.zip", "--sign", folder / "bureau.pem",
    )  # fmt: skip
    assert run.code == 0, run.err
    assert "green_mine_check: check_id, mine_id" in run.out
    assert "checker_id" not in run.out
    return folder / "result.zip"


def test_it_is_equal_and_signed(package: Path) -> None:
    run = call("verify", package, "--key", package.parent / "bureau.pub.pem")
    assert run.code == 0
    assert "equal: everything was computed again" in run.out
    assert "signed with the key given" in run.out
    assert "一致" in call("verify", package, HENGLIANG_LANG="zh").out


def test_a_change_is_told_with_exit_code_1(package: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.zip"
    changed.write_bytes(package.read_bytes().replace(b"UNDERGROUND", b"OPENOPENOPE"))
    run = call("verify", changed, "--json")
    told = json.loads(run.out)
    assert (run.code, told["equal"]) == (1, False)
    assert {
        "file": "records/green_mine_check.csv",
        "said": "it was changed: its digest is not that of the manifest",
    } in told["differences"]


@pytest.mark.parametrize("content", [b"", b"PK\5\6", b"hello" * 100])
def test_what_is_no_package_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    run = call("verify", path)
    assert run.code == 2
    assert run.err.count("\n") == 1
    assert "x.zip" in run.err


def test_files_that_are_not_there(tmp_path: Path, package: Path) -> None:
    assert call("verify", tmp_path / "none.zip").code == 2
    assert call("verify", package, "--key", tmp_path / "none.pem").code == 2
    assert "holds no public Ed25519 key" in call("verify", package, "--key", EXAMPLE).err


def test_keys_are_never_overwritten_and_the_private_one_is_ones_own(package: Path) -> None:
    before = (package.parent / "bureau.pem").read_bytes()
    assert call("keys", package.parent / "bureau").code == 2
    assert (package.parent / "bureau.pem").read_bytes() == before
    assert (package.parent / "bureau.pem").stat().st_mode & 0o077 == 0


def test_nothing_is_published_without_a_binding_or_a_store(tmp_path: Path, package: Path) -> None:
    out = tmp_path / "result.zip"
    assert call("publish", EXAMPLE, "--store", tmp_path / "none", "-o", out).code == 2
    other = tmp_path / "other.md"
    other.write_bytes(EXAMPLE.read_bytes().replace("衡阳市".encode(), "某某市".encode()))
    run = call("publish", other, "--store", package.parent / "store", "-o", out)
    assert "nothing says which metric measures which indicator" in run.err
    assert not out.exists()
