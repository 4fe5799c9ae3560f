"""The spec suite of the language: tables of sentences, what is given, and the points."""

from pathlib import Path
from typing import NamedTuple

HOME = Path(__file__).parent.parent / "spec" / "criteria"


class Case(NamedTuple):
    """One row of a table; empty cells are empty texts."""

    page: str
    sentence: str
    points: str
    operator: str
    target: str
    unit: str
    given: str
    score: str


def cases() -> list[Case]:
    """All rows of all pages."""
    return [
        Case(page.stem, *(cell.strip() for cell in line.strip("|").split("|")))
        for page in sorted(HOME.glob("*.md"))
        for line in page.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and not line.startswith(("| sentence", "| ---"))
    ]
