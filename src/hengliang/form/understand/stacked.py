"""Tables that were copied out with every cell on a line of its own.

The head is a run of lines that are each a column head. A row is then as many lines as there are columns, each
of which fits its column; level words stand before it where a group begins. Columns at the end may be missing
where the next group or the end follows. Lines that do not come out so are listed as not understood up to the
next level word, where reading sets in again.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from hengliang.form.document import Cell
from hengliang.form.understand.align import fits, suits
from hengliang.form.understand.draft import Draft
from hengliang.form.understand.flat import NO_FIT, flat_columns, is_row, table_ends, take_levels
from hengliang.form.understand.halves import Halves
from hengliang.form.understand.indicators import add_indicator, read_levels, read_total
from hengliang.form.understand.levels import is_level1_word, is_level2_word
from hengliang.form.understand.line_words import is_note, is_total
from hengliang.form.understand.money import number_in
from hengliang.form.understand.rows import Account, Row
from hengliang.form.understand.stacked_rows import fold
from hengliang.form.understand.torn import TORN, lost_level1
from hengliang.form.understand.words import Head, head_of

_OWN_NUMBER = re.compile(r"指标 ?\d{1,2}")
_LEVELS = (Head.LEVEL1, Head.LEVEL2)
_TEXTS = (Head.REASON, Head.REMARK, Head.EVIDENCE, Head.BASIS, Head.OTHER)
_LEAST = 4
"""Fewer heads below each other may be anything."""


_BEFORE = (*_LEVELS, Head.NUMBER)
_MARGIN = 3.0
"""How much better than the other the better of two ways to read a row must be."""
_SURE_SHARE = 4
"""Where less than one line in so many is of a sure row, the lines are torn and the few rows chance."""
_MOST_LINES = 3000
"""Lines that are folded into rows; a table has a few hundred at most."""


class StackedHead(NamedTuple):
    """The columns, in order, and how many lines the head takes."""

    columns: tuple[Head, ...]
    lines: int


def match_stacked(rows: Sequence[Row], start: int) -> StackedHead | None:
    """The columns of the table whose head lines begin at `rows[start]`, None when none do."""
    above = rows[start - 1].whole if start else None
    meaning = head_of(above.text) if above is not None else None
    if meaning is not None and meaning.head is not Head.SIDE:
        return None
    end = start
    while end < len(rows) and (whole := rows[end].whole) is not None and head_of(whole.text) is not None:
        end += 1
    if end - start < _LEAST or (end < len(rows) and _is_broken_head(rows[end])):
        return None
    columns = _columns([whole for row in rows[start:end] if (whole := row.whole) is not None])
    return StackedHead(columns, end - start) if columns is not None else None


def _columns(heads: Sequence[Cell]) -> tuple[Head, ...] | None:
    """What the columns under these heads hold; columns of no field may be several."""
    kinds = [meaning.head if (meaning := head_of(cell.text)) is not None else Head.OTHER for cell in heads]
    if Head.NAME not in kinds or any(kind not in _BEFORE for kind in kinds[: kinds.index(Head.NAME)]):
        return None  # heads over other heads were copied out first: their order is not that of the columns
    rest = [cell for cell, kind in zip(heads, kinds, strict=True) if kind is not Head.OTHER]
    return tuple(kinds) if flat_columns(rest) is not None else None


def _is_broken_head(row: Row) -> bool:
    """Whether the line below a head holds more heads beside other words: then columns stand side by side."""
    return len(row.cells) > 1 and any(head_of(word.text) is not None for word in row.cells)


def read_stacked(rows: Sequence[Row], start: int, head: StackedHead, draft: Draft, account: Account) -> int:
    """Read the lines below a stacked head. Gives the position of the first line not read."""
    account.use(*(row.whole for row in rows[start : start + head.lines]))
    draft.heads.update(column.value for column in head.columns)
    if lost_level1(rows, start, head.columns):
        position = start + head.lines
        while position < len(rows) and _goes_on(rows, position):
            account.leave_row(rows[position], TORN)
            position += 1
        return position
    if not _has_blanks(rows, start + head.lines):
        return _read_closed(rows, start, head, draft, account)
    position = start + head.lines
    run: list[Row] = []
    while position < len(rows) and _goes_on(rows, position) and len(run) < _MOST_LINES:
        row = rows[position]
        assert row.whole is not None
        if match_stacked(rows, position) == head:
            account.use(*(other.whole for other in rows[position : position + head.lines]))
            position += head.lines
        elif is_total(row.whole.text):
            _read_rows(run, head, draft, account)
            run = []
            position = _read_total(rows, position, head, draft, account)
        elif _OWN_NUMBER.fullmatch(row.whole.text):
            account.use(row.whole)  # 指标1 in a column of its own says nothing
            position += 1
        else:
            run.append(row)
            position += 1
    _read_rows(run, head, draft, account)
    return position


def _has_blanks(rows: Sequence[Row], start: int) -> bool:
    """Whether blank lines stand between the lines of a table: each is then an empty cell."""
    end = start
    while end < len(rows) and end - start < _MOST_LINES and _goes_on(rows, end):
        end += 1
    numbers = [line.place.line or 0 for row in rows[start:end] if (line := row.line) is not None]
    return any(below - above > 1 for above, below in pairwise(numbers))


def _read_closed(rows: Sequence[Row], start: int, head: StackedHead, draft: Draft, account: Account) -> int:
    """Read lines among which no blank one stands for an empty cell."""
    columns = tuple(column for column in head.columns if column not in _LEVELS)
    position = start + head.lines
    while position < len(rows) and _goes_on(rows, position):
        row = rows[position]
        assert row.whole is not None
        if match_stacked(rows, position) == head:
            account.use(*(other.whole for other in rows[position : position + head.lines]))
            position += head.lines
            continue
        if is_total(row.whole.text):
            position = _read_total(rows, position, head, draft, account)
            continue
        cells = [whole for other in rows[position : position + len(columns) + 2] if (whole := other.whole)]
        following = rows[position + 1] if position + 1 < len(rows) else None
        levels, rest = take_levels(cells, following, head.columns, draft)
        before = len(cells) - len(rest)
        count = _row_length(rows, position + before, columns)
        if count == 0 and before == 0:
            position = _leave_until_level(rows, position, account)
            continue
        laid = dict(zip(columns, rest[:count], strict=False))
        record = {**levels, **laid}
        read_levels(draft, record, account, row)
        if laid and is_row(laid):
            add_indicator(draft, Halves(record, {}), rows[position + before], account)
            account.use(*rest[:count])
        position += before + count
    return position


def _read_rows(run: Sequence[Row], head: StackedHead, draft: Draft, account: Account) -> None:
    """Read lines that are nothing but rows. Level words hold for the rows behind them."""
    wholes = [whole for row in run if (whole := row.whole) is not None]
    numbers = [row.line.place.line or 0 if row.line is not None else 0 for row in run]
    blanks = [0, *(max(0, below - above - 1) for above, below in pairwise(numbers))]
    parts = fold([whole.text for whole in wholes], head.columns, blanks)
    sure = sum(part.last - part.first + 1 for part in parts if part.sure)
    torn = 0 < sure * _SURE_SHARE < len(run)
    for row in run:
        account.leave_row(row, TORN if torn else NO_FIT)
    for folded in () if torn else parts:
        lines = run[folded.first : folded.last + 1]
        cells = wholes[folded.first : folded.last + 1]
        record = {
            head.columns[column]: cell
            for column, cell in zip(folded.columns, cells, strict=True)
            if head.columns[column] is not Head.OTHER
        }
        read_levels(draft, record, account, lines[0])
        name = next((line for line in lines if line.whole is record.get(Head.NAME)), lines[0])
        if folded.sure:
            add_indicator(draft, Halves(record, {}), name, account)


def _goes_on(rows: Sequence[Row], position: int) -> bool:
    row = rows[position]
    return row.whole is not None and not is_note(row.whole.text) and not table_ends(row)


def _row_length(rows: Sequence[Row], start: int, columns: Sequence[Head]) -> int:
    """How many lines from `start` on are one row; 0 when that cannot be told.

    The last column may be empty, and its text may look like the next row's name. Then the number of lines is
    taken with which the lines behind make a row again.
    """
    shortest = min(3, len(columns) - 1)
    counts = [n for n in range(len(columns), shortest - 1, -1) if _fits(rows, start, columns, n)]
    ended = [count for count in counts if _is_group_end(rows, start + count)]
    if ended:
        return ended[0]
    if columns[-1] in _TEXTS:
        ways = sorted(
            ((_best(rows, start + count, columns), count) for count in counts if count >= len(columns) - 1),
            reverse=True,
        )
        ways = [(weight, count) for weight, count in ways if weight > 0]
        return ways[0][1] if ways and (len(ways) == 1 or ways[0][0] - ways[1][0] >= _MARGIN) else 0
    return counts[0] if counts and counts[0] == len(columns) else 0


def _best(rows: Sequence[Row], start: int, columns: Sequence[Head]) -> float:
    """How well the lines from `start` on suit a row, with or without its last column."""
    return max(
        (
            sum(suits(column, _text(rows[start + index])) for index, column in enumerate(columns[:-1]))
            for count in (len(columns), len(columns) - 1)
            if _fits(rows, start, columns, count)
        ),
        default=0.0,
    )


def _text(row: Row) -> str:
    return row.whole.text if row.whole is not None else ""


def _fits(rows: Sequence[Row], start: int, columns: Sequence[Head], count: int) -> bool:
    """Whether the next `count` lines can be the first `count` columns of a row."""
    lines = [whole for row in rows[start : start + count] if (whole := row.whole)]
    return (
        len(lines) == count
        and all(fits(column, line.text) for column, line in zip(columns, lines, strict=False))
        and not any(is_level1_word(line.text) or is_level2_word(line.text) for line in lines[1:])
    )


def _is_group_end(rows: Sequence[Row], position: int) -> bool:
    if position >= len(rows) or not _goes_on(rows, position):
        return True
    whole: Cell | None = rows[position].whole
    return whole is not None and (
        is_level1_word(whole.text) or is_level2_word(whole.text) or is_total(whole.text)
    )


def _leave_until_level(rows: Sequence[Row], position: int, account: Account) -> int:
    account.leave_row(rows[position], NO_FIT)
    position += 1
    while position < len(rows) and _goes_on(rows, position) and not _is_group_end(rows, position):
        account.leave_row(rows[position], NO_FIT)
        position += 1
    return position


def _read_total(rows: Sequence[Row], position: int, head: StackedHead, draft: Draft, account: Account) -> int:
    columns = [column for column in head.columns if column in (Head.POINTS, Head.SCORE)]
    numbers: list[Cell] = []
    end = position + 1
    while end < len(rows) and (whole := rows[end].whole) is not None and number_in(whole.text) is not None:
        numbers.append(whole)
        end += 1
    if columns and len(numbers) == len(columns):
        read_total(draft, dict(zip(columns, numbers, strict=True)), rows[position], account)
        account.use(*(row.whole for row in rows[position:end]))
    else:
        for row in rows[position:end]:
            account.leave_row(row, NO_FIT)
    return end
