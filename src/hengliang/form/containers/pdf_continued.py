"""A table that goes on over the page: one set of columns for its parts, and a row cut by the page made whole.

Programs break a table wherever a page ends, also in the middle of a row, and each page shows only the rules
that its own rows need. The second part is laid on the columns of the first by its place on the page. Its
first row is the rest of the last one before when it holds no figure of its own while that one does, and every
text in it stands below a text there.
"""

import re
from collections.abc import Mapping, Sequence

from hengliang.base.place import Place
from hengliang.form.containers.grid import table_of_cells
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.pdf_columns import Loose
from hengliang.form.containers.pdf_rest import (
    as_part,
    columns_of,
    is_repeated,
    is_rest,
    longer_by,
    with_merged_text,
    with_rest,
)
from hengliang.form.document import Block, Cell, Table

_PAGE_NUMBER = re.compile(r"[-—–－第\s]*\d{1,4}\s*[-—–－页]*\s*(?:[/／,，]?\s*共?\s*\d{1,4}\s*页?)?")
_OVERLAP = 0.5
"""A cell covers the columns of which at least this share, or of itself, lies within it."""


def joined(blocks: Sequence[Table | Loose], limits: Limits) -> tuple[Block, ...]:
    """The blocks of all pages, parts of one table laid on one set of columns.

    Page numbers are left out, and running heads from their second page on, as those of Word files are.
    """
    chain = _Chain(limits)
    for block in blocks:
        if isinstance(block, Loose):
            chain.add_loose(block)
        else:
            chain.add_table(block)
    return tuple(chain.blocks)


class _Chain:
    """The blocks so far, and the last part of the table that may go on."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.blocks: list[Block] = []
        self.running: set[str] = set()
        self.last: Table | None = None
        self.is_whole = True
        """Whether nothing has been put back yet into the last row of the last part."""

    def add_loose(self, loose: Loose) -> None:
        lines = loose.lines
        texts = {line.text.strip() for line in lines}
        if all(map(_PAGE_NUMBER.fullmatch, texts)) or (loose.is_margin and texts <= self.running):
            return
        if loose.is_margin:
            self.running |= texts
        before, row = self.last, loose.rows[0]
        if before is not None and (named := with_merged_text(before, row, self.limits)) is not None:
            self._change_last(named, self.is_whole)
            return
        if before is not None and _is_next_page(before, loose.place):
            if is_repeated(before, row):
                return
            if self.is_whole and (longer := with_rest(before, row, self.limits)) is not None:
                self._change_last(longer)
                return
            if (part := as_part(before, row, loose.place, self.limits)) is not None:
                self._add_part(part)
                return
        self.last = None
        self.blocks += lines

    def add_table(self, table: Table) -> None:
        if self.last is not None and _is_next_page(self.last, table.origin):
            parts = _continued(self.last, table, self.limits, self.is_whole)
            if parts is not None:
                self._change_last(parts[0])
                if parts[1] is not None:
                    self._add_part(parts[1])
                return
        self._add_part(table)

    def _add_part(self, part: Table) -> None:
        self.blocks.append(part)
        self.last, self.is_whole = part, True

    def _change_last(self, table: Table, is_whole: bool = False) -> None:
        index = next(
            number for number in reversed(range(len(self.blocks))) if self.blocks[number] is self.last
        )
        self.blocks[index] = self.last = table
        self.is_whole = is_whole


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
    if not is_whole or not is_rest(rest, last_row):
        laid = _wide(cells, width, after, limits)
        return (before, laid) if laid is not None else None
    whole = longer_by(before, rest, limits)
    return (whole, _wide(_without(cells, heads, rest), width, after, limits)) if whole is not None else None


def _wide(cells: Sequence[Cell], width: int, after: Table, limits: Limits) -> Table | None:
    """A table of `cells` that has `width` columns, also where nothing reaches into the last."""
    if cells and not any(cell.column + cell.column_span >= width for cell in cells):
        bottom = max(cell.row + cell.row_span for cell in cells) - 1
        cells = [*cells, Cell("", bottom, width - 1)]
    return table_of_cells(cells, after.origin, limits)


def _laid_on(before: Table, after: Table) -> list[Cell] | None:
    """The cells of `after` on the columns of `before`; None when they do not fit there."""
    columns = columns_of(before)
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
            # A short text below a merged head may stand between the columns that others have in it.
            covered = [
                number
                for number, (left, right) in enumerate(columns)
                if min(right, cell.box.right) - max(left, cell.box.left) > 0
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
