"""Markdown: pipe tables, and all other text line by line without its marks."""

import re
from collections.abc import Sequence

from hengliang.base.place import Place
from hengliang.form.containers.grid import Spanning, table_of_rows
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.refusal import too_many_cells
from hengliang.form.document import Block, Line

_DELIMITER_ROW = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.I)
_LEAD = re.compile(r"\A\s*(?:#{1,6}(?:\s+|(?=[^\s#]))|>\s?|[-*+]\s+(?:\[[ xX]\]\s+)?)")
_STRONG = re.compile(
    r"\*\*(?=\S)([^*]{1,300})(?<=\S)\*\*|__(?=\S)([^_]{1,300})(?<=\S)__|~~(?=\S)([^~]{1,300})(?<=\S)~~"
)
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]{1,300})(?<=[^\s*])\*(?![\w*])")
_CODE = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,2000}(?:\s+\"[^\"]{0,300}\")?\)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_ASIDE = 0xF0000
"""Escaped characters wait in a private plane while the marks are taken off."""
_BACK = {_ASIDE + ord(character): character for character in r"\`*_{}[]()#+-.!|<>~"}
_ENTITIES = {"&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}
_LONGEST = 20_000
"""Longer lines are given as they stand: they are no Markdown that anybody wrote."""
_RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|=+)")


def read_markdown(text: str, file: str, limits: Limits) -> tuple[Block, ...]:
    """The tables and lines of `text`. The rows of a table are counted as the lines of the file are."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) - lines.count("") > limits.cells:
        raise too_many_cells(file, limits.cells)
    blocks: list[Block] = []
    tables = 0
    number = 0
    while number < len(lines):
        end = _table_end(lines, number, limits)
        if end:
            rows = [_parts(line) if index != 1 else [] for index, line in enumerate(lines[number:end])]
            table = table_of_rows(
                [[Spanning(part) for part in row] for row in rows], Place(file, table=tables + 1), limits
            )
            if table:
                tables += 1
                blocks.append(table._replace(first_row=number + 1))
            number = end
            continue
        shown = _plain(_LEAD.sub("", lines[number], count=1))
        if shown and not (len(shown) < _LONGEST and _RULE.fullmatch(lines[number])):
            blocks.append(Line(shown, Place(file, line=number + 1)))
        number += 1
    return tuple(blocks)


def _table_end(lines: Sequence[str], start: int, limits: Limits) -> int:
    """The line after the table that begins at `start`; 0 when none does."""
    if "|" not in lines[start] or start + 1 >= len(lines):
        return 0
    below = lines[start + 1]
    if max(lines[start].count("|"), below.count("|")) > limits.columns:
        return 0
    if "-" not in below or not _DELIMITER_ROW.fullmatch(below) or "|" not in below:
        return 0
    end = start + 2
    while end < len(lines) and 0 < lines[end].count("|") <= limits.columns:
        end += 1
    return end


def _parts(row: str) -> list[str]:
    parts = _BAR.split(row.strip())
    if parts and not parts[0].strip():
        parts = parts[1:]
    if parts and not parts[-1].strip():
        parts = parts[:-1]
    return [_plain(part) for part in parts]


def _plain(text: str) -> str:
    if len(text) > _LONGEST:
        return text.strip()
    # What is escaped is set aside first, so that no mark is seen in it.
    text = _ESCAPED.sub(lambda found: chr(_ASIDE + ord(found[1])), text)
    text = _BREAK.sub("\n", text)
    text = _LINK.sub(r"\1", text)
    text = _STRONG.sub(r"\1\2\3", text)
    text = _EMPHASIS.sub(r"\1", text)
    text = _CODE.sub(r"\1", text)
    for entity, character in _ENTITIES.items():
        text = text.replace(entity, character)
    text = text.translate(_BACK)
    return "\n".join(line.strip() for line in text.split("\n")).strip()
