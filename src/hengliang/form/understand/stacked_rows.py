"""Lines that are each one cell folded into rows, though empty cells left no line.

Every row is a name and what follows it in the order of the columns; level words stand before it where a group
begins. All ways to part the lines into rows are weighed, and a row is sure only when every way without it is
clearly worse: figures, signs, units and points tell where their columns are, and the rows behind must come
out as well.
"""

from collections.abc import Sequence
from typing import NamedTuple

from hengliang.base.unit import unit_of
from hengliang.form.understand.align import suits
from hengliang.form.understand.levels import is_level1_word, is_level2_word
from hengliang.form.understand.words import Head

_NEVER = -500.0
_SKIP = -12.0
_MARGIN = 2.0
_LEVEL = 2.0
_PER_ROW = -3.0
_EMPTY = {Head.TARGET: -5.0, Head.OPERATOR: -3.0, Head.POINTS: -4.0, Head.ACTUAL: -2.5, Head.SCORE: -3.0}
_EMPTY_ELSE = -0.5
_BLANK = 2.0
"""What a blank line says for an empty cell, and a missing one against it."""
_FREE = (Head.OTHER, Head.REMARK)
_SCORES = (Head.POINTS, Head.SCORE)
_LEVELS = (Head.LEVEL1, Head.LEVEL2)


class Folded(NamedTuple):
    """A row: its lines from `first` up to and with `last`, and the column of each, level words included.
    `sure`: every way without it is clearly worse."""

    first: int
    last: int
    columns: tuple[int, ...]
    sure: bool


Way = tuple[float, tuple[int, ...]]


def fold(texts: Sequence[str], columns: Sequence[Head], blanks: Sequence[int]) -> list[Folded]:
    """The rows of `texts` under `columns`. `blanks` is how many blank lines stand before each line; where
    there are none at all, empty cells left no trace."""
    count = len(texts)
    marked = any(blanks)
    rows = [_rows_from(texts, columns, blanks if marked else None, first) for first in range(count)]
    ahead = [0.0] * (count + 1)
    step: list[tuple[int, tuple[int, ...]] | None] = [None] * count
    for first in range(count - 1, -1, -1):
        ahead[first] = ahead[first + 1] + _SKIP
        for last, (weight, way) in rows[first].items():
            if weight + ahead[last + 1] > ahead[first]:
                ahead[first], step[first] = weight + ahead[last + 1], (last, way)
    behind = [0.0] + [-1e9] * count
    for first in range(count):
        behind[first + 1] = max(behind[first + 1], behind[first] + _SKIP)
        for last, (weight, _) in rows[first].items():
            behind[last + 1] = max(behind[last + 1], behind[first] + weight)
    found: list[Folded] = []
    first = 0
    while first < count:
        taken = step[first]
        if taken is None:
            first += 1
            continue
        last, way = taken
        other = max(
            (
                behind[a] + weight + ahead[b + 1]
                for a in range(max(0, first - len(columns)), first + 1)
                for b, (weight, _) in rows[a].items()
                if b >= first and (a, b) != (first, last)
            ),
            default=-1e9,
        )
        clear = _is_clear(texts, columns, blanks if marked else None, first, last, rows[first][last])
        clear = clear and (not marked or _agrees(columns, blanks, first, way))
        # Behind lines that belong to no row only a level word tells where a row begins.
        held = columns[way[0]] in _LEVELS or (
            found[-1].sure and found[-1].last == first - 1 if found else not first
        )
        whole = last + 1 == count or step[last + 1] is not None
        found.append(Folded(first, last, way, clear and held and whole and ahead[0] - other >= _MARGIN))
        first = last + 1
    return found


def _agrees(columns: Sequence[Head], blanks: Sequence[int], first: int, way: Sequence[int]) -> bool:
    """Whether there are as many blank lines between the lines of a row as columns without a line."""
    named = next((index for index, column in enumerate(way) if columns[column] is Head.NAME), 0)
    return all(
        blanks[first + index] == way[index] - way[index - 1] - 1 for index in range(named + 1, len(way))
    )


def _rows_from(
    texts: Sequence[str], columns: Sequence[Head], blanks: Sequence[int] | None, first: int
) -> dict[int, Way]:
    """The best row that begins at a line, for each line it may end with."""
    return {
        last: ways[0]
        for last, ways in _ways_from(texts, columns, blanks, first, len(columns)).items()
        if ways
    }


def _is_clear(
    texts: Sequence[str],
    columns: Sequence[Head],
    blanks: Sequence[int] | None,
    first: int,
    last: int,
    best: Way,
) -> bool:
    """Whether the lines of a row fit its columns in one way only, but for columns of no field."""
    ways = _ways_from(texts, columns, blanks, first, last - first + 1).get(last, [])
    kinds = [_kind(columns, column) for column in best[1]]
    return all(
        best[0] - weight >= _MARGIN or [_kind(columns, column) for column in way] == kinds
        for weight, way in ways[1:]
    )


def _kind(columns: Sequence[Head], column: int) -> object:
    return Head.OTHER if columns[column] is Head.OTHER else column


def _ways_from(
    texts: Sequence[str], columns: Sequence[Head], blanks: Sequence[int] | None, first: int, most: int
) -> dict[int, list[Way]]:
    best: dict[int, list[Way]] = {-1: [(_PER_ROW, ())]}
    found: dict[int, list[Way]] = {}
    for line in range(first, min(len(texts), first + most)):
        weights = [_weight(head, texts[line]) for head in columns]
        grown: dict[int, list[Way]] = {}
        for before, ways in best.items():
            skipped = 0.0
            for column in range(before + 1, len(columns)):
                head = columns[column]
                if weights[column] > _NEVER:
                    step = weights[column] + skipped
                    if blanks is not None and line > first:
                        empty = column - before - 1
                        step += _BLANK if empty == blanks[line] else -_BLANK
                    grown.setdefault(column, []).extend((w + step, (*way, column)) for w, way in ways)
                if head is Head.NAME:
                    break
                skipped += 0.0 if head in _LEVELS else _EMPTY.get(head, _EMPTY_ELSE)
        best = {column: sorted(ways, reverse=True)[:3] for column, ways in grown.items()}
        ends = [
            (weight + sum(_EMPTY.get(head, _EMPTY_ELSE) for head in columns[column + 1 :]), way)
            for column, ways in best.items()
            for weight, way in ways
            if _is_row(columns, way)
        ]
        if ends:
            found[line] = sorted(ends, reverse=True)[:3]
    return found


def _is_row(columns: Sequence[Head], way: Sequence[int]) -> bool:
    kinds = {columns[column] for column in way}
    return Head.NAME in kinds and bool(kinds & {Head.TARGET, Head.OPERATOR, Head.POINTS})


def _weight(head: Head, text: str) -> float:
    """How well a line suits a column."""
    if head is Head.LEVEL1:
        # 成本指标 is a word of both levels, more often of the second.
        return (0.5 if is_level2_word(text) else _LEVEL) if is_level1_word(text) else -1000.0
    if head is Head.LEVEL2:
        return _LEVEL if is_level2_word(text) else -1000.0
    if is_level1_word(text) or is_level2_word(text):
        return -6.0
    if head in _FREE:
        return 2.0 if len(text) <= 20 else 0.0
    if head is Head.NAME and (unit_of(text) is not None or suits(head, text) < 0):
        return -1000.0
    if head in _SCORES and "%" in text:
        return -4.0
    if head is Head.FORECAST and text[:1] in "≥≤><=＝≧≦＞＜":
        return 2.0
    return suits(head, text)
