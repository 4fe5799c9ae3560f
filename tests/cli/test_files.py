"""Which files are meant: named ones always, folders searched in a fixed order, nothing twice."""

from pathlib import Path

from hengliang.cli.files import Named, named_files


def _touch(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_a_folder_is_searched_in_order(tmp_path: Path) -> None:
    _touch(tmp_path / "b.XLSX", tmp_path / "a.pdf", tmp_path / "c" / "d.doc", tmp_path / "c" / "a.txt")
    _touch(
        tmp_path / "picture.png", tmp_path / "~$b.xlsx", tmp_path / ".hidden.txt", tmp_path / ".git" / "x.txt"
    )
    found = named_files([str(tmp_path)])
    assert [Path(file.name).relative_to(tmp_path).as_posix() for file in found] == [
        "a.pdf",
        "b.XLSX",
        "c/a.txt",
        "c/d.doc",
    ]
    assert all(file.is_found for file in found)


def test_a_named_file_is_kept_whatever_it_is(tmp_path: Path) -> None:
    assert named_files(["none.png", "-"]) == [Named("none.png"), Named("-")]


def test_a_file_is_read_once(tmp_path: Path) -> None:
    _touch(tmp_path / "a.txt")
    name = str(tmp_path / "a.txt")
    assert named_files([name, str(tmp_path), name]) == [Named(name)]
