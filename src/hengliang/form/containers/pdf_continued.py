"""A table that goes on over the page: one set of columns for its parts, and a row cut by the page made whole.

Programs break a table wherever a page ends, also in the middle of a row, and each page shows only the rules
that its own rows need. The second part is laid on the columns of the first by its place on the page. Its
first row is the rest of the last one before when it holds no figure of its own while that one does, and every
text in it stands below a text there.
"""

import re
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from hengliang.base.place import Box, Place
from hengliang.form.containers.grid import table_of_cells
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.pdf_columns import Loose
from hengliang.form.containers.pdf_passages import Passage
from hengliang.form.containers.pdf_rows import Row
from hengliang.form.document import Block, Cell, Line, Table

_PAGE_NUMBER = re.compile(r"[-—–－第\s]*\d{1,4}\s*[-—–－页]*\s*(?:[/／,，]?\s*共?\s*\d{1,4}\s*页?)?")
_FIGURE = re.compile(r"[≥≤＞<>=＝≧≦]*\s*\d[\d,.]*\s*[%％‰]?[一-龥/]{0,6}")
_OVERLAP = 0.5
"""A cell covers the columns of which at least this share, or of itself, lies within it."""


def joined(blocks: Sequence[Table | Loose], limits: Limits) -> tuple[Block, ...]:
    """The blocks of all pages, parts of one table laid on one set of columns.

    What stands between two parts on every page (page numbers, running heads) comes behind the second.
    """
    result: list[Block] = []
    margin: list[Line] = []
    known: set[str] = set()  # the lines of all pages so far
    last: int | None = None
    is_whole = True  # whether the last row of the last table ends where its page does
    for block in blocks:
        before = result[last] if last is not None else None
        if isinstance(block, Loose):
            lines = block.lines
            if not all(_is_margin(line.text, known) for line in lines):
                longer = None
                if is_whole and isinstance(before, Table) and _is_next_page(before, block.place):
                    longer = _with_rest(before, block.rows[0], limits)
                if longer is not None and last is not None:
                    result[last], is_whole = longer, False
                    continue
                last = None
            margin += lines
            known.update(line.text for line in lines)
            continue
        going_on = block
        if isinstance(before, Table) and last is not None and _is_next_page(before, block.origin):
            parts = _continued(before, block, limits, is_whole)
            if parts is not None:
                result[last], rest = parts
                if rest is None:
                    is_whole = False
                    continue
                going_on = rest
                result.append(going_on)
                result += margin
                last, margin, is_whole = len(result) - len(margin) - 1, [], True
                continue
        result += margin
        margin, last, is_whole = [], len(result), True
        result.append(going_on)
    return (*result, *margin)


def _is_margin(text: str, known: Set[str]) -> bool:
    """Whether a line is of the page and not of its contents: its number, or what stands on each page."""
    return bool(_PAGE_NUMBER.fullmatch(text.strip())) or text in known


def _with_rest(before: Table, row: Row, limits: Limits) -> Table | None:
    """The table with the texts of `row`, the first of the next page, at the end of its last row; None when
    they do not stand below texts there that may go on."""
    height = len(before.rows)
    last_row = [cell for cell in before.rows[-1] if cell is not None and cell.box is not None and cell.text]
    if any(one is not other and _touch(one, other) for one, other in pairwise(last_row)):
        return None  # a ruled row goes on within its rules
    rest: dict[int, Cell] = {}
    for passage in row.passages:
        above = [cell for cell in last_row if cell.box is not None and _is_below(passage, cell.box)]
        if (
            len(set(map(id, above))) != 1
            or above[0].row + above[0].row_span != height
            or above[0].column in rest
        ):
            return None
        rest[above[0].column] = Cell(passage.text, 0, above[0].column)
    if not _is_rest(rest, {cell.column: cell for cell in last_row}):
        return None
    return _longer(before, rest, limits)


def _touch(one: Cell, other: Cell) -> bool:
    return one.box is not None and other.box is not None and other.box.left - one.box.right < 0.5


def _is_below(passage: Passage, box: Box) -> bool:
    """Whether a text goes on in the column of a cell: it begins at the same place, or has the same middle."""
    near = 0.3 * passage.height
    middle = abs(passage.box.left + passage.box.right - box.left - box.right) / 2
    return (
        passage.box.right < box.right + passage.height
        and min(abs(passage.box.left - box.left), middle) < near
    )


def _longer(before: Table, rest: Mapping[int, Cell], limits: Limits) -> Table | None:
    grown = [
        cell._replace(text=f"{cell.text}\n{rest[cell.column].text}")
        if cell.column in rest and cell.row + cell.row_span == len(before.rows)
        else cell
        for cell in before.cells()
    ]
    return table_of_cells(grown, before.origin, limits)


def _is_next_page(before: Table, after: Place) -> bool:
    return (before.origin.page or 0) + 1 == after.page


def _continued(
    before: Table, after: Table, limits: Limits, is_whole: bool
) -> tuple[Table, Table | None] | None:
    """The two parts on one set of columns; None when the second does not go on with the first.

    Nothing is left of the second when it was but the rest of a row.
    """
    cells = _laid_on(before, after)
    if cells is None:
        return None
    width, height = len(before.rows[0]), len(before.rows)
    heads = _repeated(before, after)
    rest = {cell.column: cell for cell in cells if cell.row == heads and cell.text}
    last_row = {
        cell.column: cell
        for cell in before.rows[-1]
        if cell is not None and cell.text and cell.row + cell.row_span == height
    }
    if not is_whole or not _is_rest(rest, last_row):
        laid = _wide(cells, width, after, limits)
        return (before, laid) if laid is not None else None
    whole = _longer(before, rest, limits)
    return (whole, _wide(_without(cells, heads, rest), width, after, limits)) if whole is not None else None


def _wide(cells: Sequence[Cell], width: int, after: Table, limits: Limits) -> Table | None:
    """A table of `cells` that has `width` columns, also where nothing reaches into the last."""
    if cells and not any(cell.column + cell.column_span >= width for cell in cells):
        bottom = max(cell.row + cell.row_span for cell in cells) - 1
        cells = [*cells, Cell("", bottom, width - 1)]
    return table_of_cells(cells, after.origin, limits)


def _laid_on(before: Table, after: Table) -> list[Cell] | None:
    """The cells of `after` on the columns of `before`; None when they do not fit there."""
    columns = _columns(before)
    laid: list[Cell] = []
    ends: dict[int, int] = {}
    for cell in after.cells():
        if cell.box is None:
            return None
        wide = max(cell.box.right - cell.box.left, 1.0)
        covered = [
            number
            for number, (left, right) in enumerate(columns)
            if right > left
            and min(right, cell.box.right) - max(left, cell.box.left) >= _OVERLAP * min(right - left, wide)
        ]
        if not covered:
            if cell.text:
                return None
            continue
        first, span = covered[0], covered[-1] - covered[0] + 1
        for row in range(cell.row, cell.row + cell.row_span):
            if first < ends.get(row, 0):
                return None
            ends[row] = first + span
        laid.append(cell._replace(column=first, column_span=span))
    return laid


def _columns(table: Table) -> list[tuple[float, float]]:
    """Where each column stands: from where cells begin in it to where cells end in it. A column in which none
    begins or ends lies between its neighbours."""
    width = len(table.rows[0])
    lefts: list[float | None] = [None] * width
    rights: list[float | None] = [None] * width
    for cell in table.cells():
        if cell.box is not None:
            first, last = cell.column, cell.column + cell.column_span - 1
            left, right = lefts[first], rights[last]
            lefts[first] = cell.box.left if left is None else min(left, cell.box.left)
            rights[last] = cell.box.right if right is None else max(right, cell.box.right)
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


def _repeated(before: Table, after: Table) -> int:
    """How many rows at the top of `after` are the head of `before` printed again."""
    known = {tuple(cell.text for cell in row if cell is not None and cell.text) for row in before.rows}
    count = 0
    for row in after.rows:
        texts = tuple(cell.text for cell in row if cell is not None and cell.text)
        if len(texts) < 3 or texts not in known:
            break
        count += 1
    return count


def _is_rest(rest: Mapping[int, Cell], last_row: Mapping[int, Cell]) -> bool:
    """Whether the texts of a page's first row are the ends of those of the last row before."""
    if not rest or not set(rest) <= set(last_row):
        return False
    own = {column for column, cell in last_row.items() if _FIGURE.fullmatch(cell.text.strip())}
    return bool(own - set(rest)) and not any(
        _FIGURE.fullmatch(cell.text.strip()) and column in own for column, cell in rest.items()
    )


def _without(cells: Sequence[Cell], row: int, rest: Mapping[int, Cell]) -> list[Cell]:
    """The cells without those of one row; what reaches below it stays, without the text that went."""
    kept: list[Cell] = []
    for cell in cells:
        if cell.row < row:
            kept.append(cell)
        elif cell.row > row:
            kept.append(cell._replace(row=cell.row - 1))
        elif cell.row_span > 1:
            text = "" if rest.get(cell.column) is cell else cell.text
            kept.append(cell._replace(text=text, row_span=cell.row_span - 1))
    return kept
