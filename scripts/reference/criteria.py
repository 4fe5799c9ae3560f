"""The page of the criteria language from its spec suite: each construction, its reading, worked values."""

from decimal import Decimal
from pathlib import Path

from hengliang.base.profile import load_profile
from hengliang.criteria.read import read_criterion
from reference.markdown import GENERATED, table

SUITE = Path(__file__).resolve().parents[2] / "tests" / "spec" / "criteria"
PAGES = ("steps", "tiers", "words", "shares", "additions", "ordinals", "open")
"""The pages of the suite in reading order."""


def pages() -> dict[str, str]:
    """The one page, below `docs/reference/`."""
    parts = [(SUITE / f"{name}.md").read_text(encoding="utf-8") for name in PAGES]
    return {
        "criteria.md": GENERATED
        + "# Scoring sentences (评（扣）分标准)\n\n"
        + "\n".join(map(_section, parts))
    }


def _section(page: str) -> str:
    """One page of the suite a level lower, each row with the sentence as the reader understood it."""
    lines = page.splitlines()
    first = next(index for index, line in enumerate(lines) if line.startswith("| sentence"))
    text = "\n".join(lines[:first]).replace("# ", "## ", 1)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[first + 2 :] if line]
    heads = ["sentence", "points", "operator", "target", "unit", "given", "score", "status", "read as"]
    return f"{text}\n{table(heads, [[*row, *_read(row)] for row in rows])}"


def _read(row: list[str]) -> tuple[str, str]:
    sentence, points, operator, target, unit, *_ = row
    profile = load_profile("national-2015")
    reading = read_criterion(
        sentence, Decimal(points), operator or None, target or None, unit or None, profile
    )
    notes = [note.reason.say("zh_Hans") for note in (*reading.unread, *reading.open)]
    return reading.status.value, reading.canonical or "；".join(notes)
