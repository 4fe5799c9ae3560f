"""What the page cut off a table, found as loose text at the top of the next page.

Without rules a row or the end of a row does not look like a table. It is known by its place: below the
columns of the table before.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from hengliang.base.place import Box, Place
from hengliang.form.containers.grid import table_of_cells
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.pdf_passages import Passage, cut_at
from hengliang.form.containers.pdf_rows import Row
from hengliang.form.containers.pdf_text import left_of
from hengliang.form.document import Cell, Table

Columns = Sequence[tuple[float, float]]
"""Where each column of a table stands from left to right."""

_FIGURE = re.compile(r"[≥≤＞<>=＝≧≦]*\s*\d[\d,.]*\s*[%％‰]?[一-龥/]{0,6}")
_WHOLE = re.compile("[≥≤＞<>=＝≧≦]+|定性|定量")
"""Texts that no page cuts off."""
_FEWEST_ROWS, _FEWEST_FILLED = 3, 2
"""Where so many rows each have a text in so many columns, one without is no row of its own."""
_ENDS_LABEL = re.compile("[:：]")
_LONGEST = 16
"""Merged cells that run over pages hold level words, no lines of text."""
_AT_BEGIN = 0.6
"""Points by which a letter may stand beside the begin of its column."""
_FEWEST = 3
"""A loose row with so many texts in as many columns is a row of the table."""


def with_rest(before: Table, row: Row, limits: Limits) -> Table | None:
    """The table with the texts of `row` at the end of those of its last row; None when they do not stand
    below texts there that may go on."""
    height = len(before.rows)
    if _is_ruled(before):
        return None  # a ruled row goes on within its rules
    last_row = [cell for cell in before.rows[-1] if cell is not None and cell.box is not None and cell.text]
    rest: dict[int, Cell] = {}
    for passage in row.passages:
        above = {id(cell): cell for cell in last_row if cell.box is not None and _is_below(passage, cell.box)}
        cell = next(iter(above.values()), None)
        if cell is None or len(above) > 1 or cell.row + cell.row_span != height or cell.column in rest:
            return None
        rest[cell.column] = Cell(passage.text, 0, cell.column)
    if not is_rest(rest, before):
        return None
    return longer_by(before, rest, limits)


def _touch(one: Cell, other: Cell) -> bool:
    return one.box is not None and other.box is not None and other.box.left - one.box.right < 0.5


def _is_below(passage: Passage, box: Box) -> bool:
    """Whether a text goes on in the column of a cell: it begins at the same place, or has the same middle."""
    near = 0.3 * passage.height
    is_near = min(abs(passage.box.left - box.left), _shift(passage.box, box)) < near
    return is_near and passage.box.right < box.right + passage.height


def _shift(one: Box, other: Box) -> float:
    """How far the middles of two boxes lie apart from left to right."""
    return abs(one.left + one.right - other.left - other.right) / 2


def is_rest(rest: Mapping[int, Cell], before: Table) -> bool:
    """Whether the texts of a page's first row, by column, are the ends of those of the last row before."""
    height = len(before.rows)
    last_row = {
        cell.column: cell
        for cell in before.rows[-1]
        if cell is not None and cell.text and cell.row + cell.row_span == height
    }
    if not rest or not set(rest) <= set(last_row):
        return False
    if any(_WHOLE.fullmatch(last_row[column].text.strip()) for column in rest):
        return False
    own = {column for column, cell in last_row.items() if _FIGURE.fullmatch(cell.text.strip())}
    if any(_FIGURE.fullmatch(cell.text.strip()) and column in own for column, cell in rest.items()):
        return False
    return bool(own - set(rest)) or len(_always_filled(before) - set(rest)) >= _FEWEST_FILLED


def _always_filled(table: Table) -> set[int]:
    """The columns in which each of the last rows has a text of its own."""
    if len(table.rows) < _FEWEST_ROWS:
        return set()
    filled = Counter(
        cell.column
        for number, row in list(enumerate(table.rows))[-_FEWEST_ROWS:]
        for cell in {id(cell): cell for cell in row if cell is not None}.values()
        if cell.text and cell.row == number
    )
    return {column for column, times in filled.items() if times == _FEWEST_ROWS}


def longer_by(before: Table, rest: Mapping[int, Cell], limits: Limits) -> Table | None:
    """The table with the texts of `rest`, by their columns, at the end of those of its last row."""
    grown = [
        cell._replace(text=f"{cell.text}\n{rest[cell.column].text}".strip())
        if cell.column in rest and cell.row + cell.row_span == len(before.rows)
        else cell
        for cell in before.cells()
    ]
    return table_of_cells(grown, before.origin, limits)


def with_merged_text(before: Table, row: Row, limits: Limits) -> Table | None:
    """The ruled table with the texts of `row` in cells at its end that are empty: a merged cell that goes on
    over the page has its text in the middle of both parts, which may lie below the first or above the second.
    """
    if not _is_ruled(before):
        return None
    columns = columns_of(before)
    cells = list(before.cells())
    for passage in row.passages:
        column = next(
            (
                number
                for number, (left, right) in enumerate(columns)
                if left <= passage.box.left and passage.box.right <= right
            ),
            None,
        )
        if column is None or len(passage.text) > _LONGEST or _ENDS_LABEL.search(passage.text):
            return None
        held = before.rows[-1][column]
        if held is None:
            # The page cut off the rule below the cell, so that it is not closed.
            top = next(
                number + 1
                for number in reversed(range(-1, len(before.rows)))
                if number < 0 or before.rows[number][column] is not None
            )
            if top == 0:
                top = len(before.rows) - 1  # two cells may be cut off in this column, above and below
            cells.append(Cell(passage.text, top, column, len(before.rows) - top))
        elif not held.text:
            cells[cells.index(held)] = held._replace(text=passage.text)
        else:
            return None
    return table_of_cells(cells, before.origin, limits)


def is_merged_text(before: Table, row: Row, columns: Columns) -> bool:
    """Whether the texts of `row` are those of merged cells: short ones in columns of which most rows have no
    cell of their own."""
    own = Counter(cell.column for cell in before.cells() if cell.text)
    merged = [place for number, place in enumerate(columns) if 2 * own[number] < len(before.rows)]
    return all(
        len(passage.text) <= _LONGEST
        and not _ENDS_LABEL.search(passage.text)
        and any(left <= passage.box.left + 1 and passage.box.right <= right + 1 for left, right in merged)
        for passage in row.passages
    )


def is_ruled(table: Table) -> bool:
    """Whether rules part the cells: in most rows all cells side by side touch."""
    rows = [[cell for cell in row if cell is not None and cell.box is not None] for row in table.rows]
    parted = [row for row in rows if len({id(cell) for cell in row}) > 1]
    ruled = [row for row in parted if all(one is other or _touch(one, other) for one, other in pairwise(row))]
    return bool(parted) and 2 * len(ruled) >= len(parted)


def _is_ruled(table: Table) -> bool:
    """Whether cells side by side in the last row touch."""
    return _has_touching(table.rows[-1])


def _has_touching(row: Sequence[Cell | None]) -> bool:
    cells = [cell for cell in row if cell is not None and cell.box is not None]
    return any(one is not other and _touch(one, other) for one, other in pairwise(cells))


def is_repeated(before: Table, row: Row, columns: Columns) -> bool:
    """Whether all texts of `row` stand in the same columns of the table already: merged cells and heads are
    printed again on each page."""
    known = {(cell.column, cell.text) for cell in before.cells() if cell.text}
    return all(
        any(
            left <= passage.box.left + 1
            and passage.box.right <= right + 1
            and (column, passage.text) in known
            for column, (left, right) in enumerate(columns)
        )
        for passage in row.passages
    )


def as_part(row: Row, place: Place, limits: Limits, columns: Columns) -> Table | None:
    """`row` as one more row of a table, when each of its texts stands in another of its columns."""
    if len(row.passages) < _FEWEST:
        return None
    cells: list[Cell] = []
    passages = [part for passage in row.passages for part in _parted_by(passage, columns)]
    for passage in sorted(passages, key=lambda passage: passage.box.left):
        middle = (passage.box.left + passage.box.right) / 2
        column = next(
            (number for number, (left, right) in enumerate(columns) if left <= middle <= right), None
        )
        if column is None or (cells and column <= cells[-1].column):
            return None
        cells.append(Cell(passage.text, 0, column, box=passage.box))
    if cells[-1].column < len(columns) - 1:
        cells.append(Cell("", 0, len(columns) - 1))
    return table_of_cells(cells, place._replace(box=row.box), limits)


def _parted_by(passage: Passage, columns: Columns) -> list[Passage]:
    """A line that reaches over columns, cut where a letter stands at the begin of one: cells touch there."""
    begins = [left for (_, end), (left, _) in pairwise(columns) if passage.box.left < end]
    if passage.pieces[1:]:
        return [passage]
    for glyph in sorted(passage.pieces[0].glyphs, key=left_of)[1:]:
        if any(abs(glyph.left - left) < _AT_BEGIN for left in begins):
            before, after = cut_at(passage, glyph.left)
            return [before, *_parted_by(after, columns)]
    return [passage]


def columns_of(table: Table, known: Columns = ()) -> list[tuple[float, float]]:
    """Where each column stands: from where cells begin in it to where cells end in it. A column in which none
    begins or ends stands where it was `known` to stand, or else lies between its neighbours."""
    width = len(table.rows[0])
    lefts: list[float | None] = [None] * width
    rights: list[float | None] = [None] * width
    for cell in table.cells():
        if cell.box is not None:
            first, last = cell.column, cell.column + cell.column_span - 1
            left, right = lefts[first], rights[last]
            lefts[first] = cell.box.left if left is None else min(left, cell.box.left)
            rights[last] = cell.box.right if right is None else max(right, cell.box.right)
    if len(known) == width:
        lefts = [known[column][0] if left is None else left for column, left in enumerate(lefts)]
        rights = [known[column][1] if right is None else right for column, right in enumerate(rights)]
    columns: list[tuple[float, float]] = []
    for column, begin in enumerate(lefts):
        left = begin
        if left is None:
            left = next((edge for edge in reversed(rights[:column]) if edge is not None), 0.0)
        right = rights[column]
        if right is None:
            right = next((edge for edge in lefts[column + 1 :] if edge is not None), left)
        columns.append((left, max(left, right)))
    return columns
