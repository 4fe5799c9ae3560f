"""The generated pages of the reference are those that the code would write now."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

HOME = Path(__file__).resolve().parents[2]


@pytest.fixture
def scripts() -> Iterator[ModuleType]:
    sys.path.insert(0, str(HOME / "scripts"))
    try:
        yield import_module("make_reference")
    finally:
        sys.path.remove(str(HOME / "scripts"))


def test_pages_are_fresh(scripts: ModuleType) -> None:
    assert scripts.stale(HOME / "docs" / "reference") == [], "run: make docs"


def test_stale_missing_and_left_over_pages_are_told(scripts: ModuleType, tmp_path: Path) -> None:
    scripts.write(tmp_path)
    assert scripts.stale(tmp_path) == []
    (tmp_path / "profiles.md").write_text("old", encoding="utf-8")
    (tmp_path / "form.md").unlink()
    (tmp_path / "rules" / "gone.md").write_text("gone", encoding="utf-8")
    assert scripts.stale(tmp_path) == [
        "docs/reference/profiles.md is stale",
        "docs/reference/form.md is missing",
        "docs/reference/rules/gone.md is no page any more",
    ]
    scripts.write(tmp_path)
    assert scripts.stale(tmp_path) == []


def test_links_lead_somewhere(scripts: ModuleType) -> None:
    pages: dict[str, str] = scripts.pages()
    markdown = import_module("reference.markdown")
    anchors = {
        name: {markdown.anchor(line.lstrip("# ")) for line in text.splitlines() if line.startswith("#")}
        for name, text in pages.items()
    }
    for name, text in pages.items():
        for target in markdown.LINK.findall(text):
            path, _, anchor = target.partition("#")
            page = (Path(name).parent / path).as_posix()
            assert page in pages, f"{name} links to {target}"
            assert not anchor or anchor in anchors[page], f"{name} links to {target}"


def test_comments_of_a_profile_file(scripts: ModuleType) -> None:
    del scripts
    comments = import_module("reference.profiles").comments
    text = """\
# What this file is.

# The first, and its neighbour.
one = 1
two = [
  "[", # a bracket in a word
]

three = 3

# A table.
[table]
four = 4
# Its second key.
"five" = 5
"""
    assert comments(text) == {
        "": "What this file is.",
        "one": "The first, and its neighbour.",
        "two": "The first, and its neighbour.",
        "three": "",
        "table": "A table.",
        "table.four": "A table.",
        "table.five": "Its second key.",
    }
