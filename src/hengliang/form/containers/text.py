"""Plain text: runs of lines parted by `|` or tabs are tables, all other lines stay as printed."""

import re
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from hengliang.base.place import Place
from hengliang.form.containers.grid import Spanning, table_of_rows
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.refusal import too_many_cells
from hengliang.form.document import Block, Line, Table

_SEPARATORS = (re.compile(r"[|｜│┃║]"), re.compile(r"\t"))
_RULE = re.compile(r"[-+|｜=:─━═┄┈┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╟╢╤╧╪╫│┃║\s]+")
_STROKE = re.compile(r"[-=─━═┄┈]{3}")
_BEGINS = re.compile(rf"[|｜│┃║\t]|{_STROKE.pattern}")
"""What a table has in its first line: a separator, or a rule."""


def read_text(text: str, file: str, limits: Limits) -> tuple[Block, ...]:
    """The tables and lines of `text`. The rows of a table are counted as the lines of the file are."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) - lines.count("") > limits.cells:
        raise too_many_cells(file, limits.cells)
    blocks: list[Block] = []
    tables = 0
    start = 0
    barren = dict.fromkeys(_SEPARATORS, 0)
    while start < len(lines):
        end, separator = _run(lines, start, limits.columns, barren)
        table = separator and _table(lines[start:end], separator, Place(file, table=tables + 1), limits)
        if table:
            tables += 1
            blocks.append(table._replace(first_row=start + 1))
        else:
            blocks += [
                Line(lines[number].rstrip(), Place(file, line=number + 1))
                for number in range(start, end)
                if lines[number].strip()
            ]
        start = end
    return tuple(blocks)


def _run(
    lines: Sequence[str], start: int, widest: int, barren: dict[re.Pattern[str], int]
) -> tuple[int, re.Pattern[str] | None]:
    """Where the lines that belong to the line at `start` end, and what parts them if they are a table.

    Empty lines stand in a table only between full rows; a line with one bar belongs to a table it touches.
    `barren` keeps up to which line there is no table with a separator, so that no line is looked at twice.
    """
    if not _BEGINS.search(lines[start]):
        return start + 1, None
    for separator in _SEPARATORS:
        if start < barren[separator]:
            continue
        end, number, full = start, start, 0
        is_loose = False
        while number < len(lines):
            line = lines[number]
            if line.strip():
                is_row = _is_rule(line) or _is_full(line, separator, widest)
                if not is_row and (number > end or not separator.search(line)):
                    break
                full += is_row and not _is_rule(line)
                is_loose = not is_row
                end = number + 1
            elif is_loose or number == start:
                break
            number += 1
        if full > 1:
            return end, separator
        barren[separator] = end
    return start + 1, None


def _is_full(line: str, separator: re.Pattern[str], widest: int) -> bool:
    """Two separators or more, and two parts with text: no indentation and no single bar in a sentence."""
    parts = separator.split(line, widest + 1)
    return 2 < len(parts) <= widest and sum(1 for part in parts if part.strip()) > 1


def _is_rule(line: str) -> bool:
    return bool(_STROKE.search(line) and _RULE.fullmatch(line))


def _table(lines: Sequence[str], separator: re.Pattern[str], origin: Place, limits: Limits) -> Table | None:
    rows = [
        [part.strip() for part in separator.split(line)] if line.strip() and not _is_rule(line) else []
        for line in lines
    ]
    filled = [row for row in rows if row]
    if separator is _SEPARATORS[0] and len({len(row) for row in filled}) == 1:
        if not any(row[0] for row in filled):
            rows = [row[1:] for row in rows]
        if not any(row[-1] for row in filled):
            rows = [row[:-1] for row in rows]
    rules = [number for number, line in enumerate(lines) if _is_rule(line)]
    if len(rules) > 2 and rules[0] == 0 and rules[-1] == len(lines) - 1:
        rows = _joined(rows, rules)
    return table_of_rows([[Spanning(text) for text in row] for row in rows], origin, limits)


def _joined(rows: Sequence[Sequence[str]], rules: Sequence[int]) -> list[list[str]]:
    """Rows of a table with rules between them: the lines between two rules are one row, in its first line."""
    joined: list[list[str]] = [[] for _ in rows]
    for above, below in pairwise(rules):
        columns = zip_longest(*rows[above + 1 : below], fillvalue="")
        if below > above + 1:
            joined[above + 1] = ["\n".join(filter(None, column)) for column in columns]
    return joined
