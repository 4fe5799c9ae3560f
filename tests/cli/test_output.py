"""Files appear whole or not at all, and nothing is overwritten by accident."""

from pathlib import Path

import pytest

from hengliang.cli.output import new_name, refuse_inputs, write_text, written_whole
from hengliang.cli.usage import Usage


def test_a_file_appears_whole(tmp_path: Path) -> None:
    out = tmp_path / "new" / "out.txt"
    write_text(out, ["一", "二\n"])
    assert out.read_bytes() == "一二\n".encode()
    assert [path.name for path in out.parent.iterdir()] == ["out.txt"]


def test_what_fails_leaves_the_old_file(tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    out.write_text("old")
    with pytest.raises(ZeroDivisionError), written_whole(out) as part:
        part.write_text("half")
        raise ZeroDivisionError
    assert out.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


def test_an_input_is_refused_by_any_name(tmp_path: Path) -> None:
    path = tmp_path / "form.txt"
    path.touch()
    (tmp_path / "sub").mkdir()
    with pytest.raises(Usage):
        refuse_inputs(tmp_path / "sub" / ".." / "form.txt", ["-", str(path)])
    refuse_inputs(tmp_path / "other.txt", [str(path)])
    refuse_inputs(None, [str(path)])


def test_new_names(tmp_path: Path) -> None:
    wanted = tmp_path / "form.fixed.xlsx"
    assert new_name(wanted) == wanted
    wanted.touch()
    assert new_name(wanted) == tmp_path / "form-2.fixed.xlsx"
    assert new_name(wanted, {tmp_path / "form-2.fixed.xlsx"}) == tmp_path / "form-3.fixed.xlsx"
