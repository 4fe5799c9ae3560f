"""Pieces of Markdown."""

import re
from collections.abc import Iterable, Sequence

ENGLISH, CHINESE = "en", "zh_Hans"
SUFFIX = {ENGLISH: "", CHINESE: ".zh-CN"}
"""How the file names of the two languages end."""

GENERATED = (
    "<!-- Written by scripts/make_reference.py from the code: change that, then run make docs. -->\n\n"
)

LINK = re.compile(r"\]\(([^)\s]+)\)")
"""The targets of links in a page."""


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with its final line break."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").strip()


def anchor(heading: str) -> str:
    """The anchor of a heading, as the usual renderers of Markdown make it."""
    return "".join(char for char in heading.lower().replace(" ", "-") if char.isalnum() or char in "-_")


def both(english: str, chinese: str, language: str) -> str:
    """One of two texts."""
    return english if language == ENGLISH else chinese
