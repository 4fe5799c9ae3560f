"""A table that goes on over the page: one set of columns for its parts, and a row cut by the page made whole.

Programs break a table wherever a page ends, also in the middle of a row, and each page shows only the rules
that its own rows need. The second part is laid on the columns of the first by its place on the page. Its
first row is the rest of the last one before when it holds no figure of its own while that one does, and every
text in it stands below a text there.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from hengliang.base.place import Place
from hengliang.form.containers.grid import table_of_cells
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.pdf_columns import Loose
from hengliang.form.containers.pdf_rest import (
    Columns,
    as_part,
    columns_of,
    is_merged_text,
    is_repeated,
    is_rest,
    is_ruled,
    longer_by,
    with_merged_text,
    with_rest,
)
from hengliang.form.document import Block, Cell, Line, Table

_PAGE_NUMBER = re.compile(r"[-—–－第\s]*\d{1,4}\s*[-—–－页]*\s*(?:[/／,，]?\s*共?\s*\d{1,4}\s*页?)?")
_UPRIGHT = re.compile(r"\S(?:\n\S)+")
_FEWEST_HEADS = 3
"""A head has a row of so many texts."""
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
    chain.end_table()
    return tuple(chain.blocks)


class _Chain:
    """The blocks so far, and the last part of the table that may go on."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.blocks: list[Block] = []
        self.running: set[str] = set()
        self.last: Table | None = None
        self.columns: Columns = ()
        """Where the columns of the table stand, as far as its parts tell."""
        self.is_whole = True
        """Whether nothing has been put back yet into the last row of the last part."""
        self.waiting: list[Line] = []
        """Texts of merged cells that stand between the parts, and in neither."""

    def add_loose(self, loose: Loose) -> None:
        lines = loose.lines
        texts = {line.text.strip() for line in lines}
        if all(map(_PAGE_NUMBER.fullmatch, texts)) or (loose.is_margin and texts <= self.running):
            return
        before, row = self.last, loose.rows[0]
        if loose.is_margin:
            self.running |= texts
            if before is not None and _stands_in(texts, before):
                return
        if before is not None and (named := with_merged_text(before, row, self.limits)) is not None:
            self._change_last(named, self.is_whole)
            return
        if before is not None and _is_next_page(before, loose.place):
            if is_repeated(before, row, self.columns):
                return
            if self.is_whole and (longer := with_rest(before, row, self.limits)) is not None:
                self._change_last(longer)
                return
            if (part := as_part(row, loose.place, self.limits, self.columns)) is not None:
                self._add_part(part, self.columns)
                return
        if before is not None and is_merged_text(before, row, self.columns):
            self.waiting += lines
            return
        self.end_table()
        self.blocks += lines

    def end_table(self) -> None:
        """What comes next does not go on with the last table."""
        self.blocks += self.waiting
        self.last, self.waiting = None, []

    def add_table(self, table: Table) -> None:
        if self.last is not None and _is_next_page(self.last, table.origin):
            parts = _continued(self.last, table, self.limits, self.is_whole, self.columns)
            if parts is not None:
                self._change_last(parts[0])
                if parts[1] is not None:
                    self._add_part(parts[1], self.columns)
                return
        self.end_table()
        self._add_part(table)

    def _add_part(self, part: Table, columns: Columns = ()) -> None:
        self.columns = columns_of(part, columns)
        self.blocks.append(part)
        self.last, self.is_whole = part, True

    def _change_last(self, table: Table, is_whole: bool = False) -> None:
        index = next(
            number for number in reversed(range(len(self.blocks))) if self.blocks[number] is self.last
        )
        self.blocks[index] = self.last = table
        self.is_whole = is_whole


def _stands_in(texts: set[str], table: Table) -> bool:
    """Whether all texts are rows, or parts of rows, of the table: its head printed again on each page."""
    rows = ["".join(cell.text for cell in row if cell is not None) for row in table.rows]
    held = ["".join(row.split()) for row in rows]
    return all(any("".join(text.split()) in row for row in held) for text in texts)


def _is_next_page(before: Table, after: Place) -> bool:
    return (before.origin.page or 0) < (after.page or 0)


def _continued(
    before: Table, after: Table, limits: Limits, is_whole: bool, columns: Columns
) -> tuple[Table, Table | None] | None:
    """The two parts on one set of columns; None when the second does not go on with the first.

    Nothing is left of the second when it was but the rest of a row.
    """
    if is_ruled(before) != is_ruled(after):
        return None
    cells = _laid_on(after, columns)
    if cells is None:
        return None
    width = len(before.rows[0])
    heads = _repeated(before, after)
    rest = {
        cell.column: cell
        for cell in cells
        if cell.row == heads and cell.text and not _UPRIGHT.fullmatch(cell.text)
    }
    last = before.rows[-1]
    is_wider = any(
        (above := last[column]) is not None and above.column_span < cell.column_span
        for column, cell in rest.items()
    )
    if not is_whole or is_wider or not is_rest(rest, before):
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


def _laid_on(after: Table, columns: Columns) -> list[Cell] | None:
    """The cells of `after` on the columns of the table before; None when they do not fit there."""
    laid: list[Cell] = []
    ends: dict[int, int] = {}
    crowded: set[int] = set()
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
                crowded.add(row)
            ends[row] = first + span
        laid.append(cell._replace(column=first, column_span=span))
    if 2 * len(crowded) > len(after.rows):
        return None
    return _uncrowded(laid) if crowded else laid


def _uncrowded(cells: Sequence[Cell]) -> list[Cell]:
    """Cells of which several came to stand in one column (signatures in narrow columns of their own, below a
    table), with these as one."""
    kept: list[Cell] = []
    for cell in cells:
        meets = next(
            (
                number
                for number, other in enumerate(kept)
                if other.row <= cell.row < other.row + other.row_span
                and other.column <= cell.column < other.column + other.column_span
            ),
            None,
        )
        if meets is None:
            kept.append(cell)
        else:
            kept[meets] = kept[meets]._replace(text=f"{kept[meets].text}\n{cell.text}".strip())
    return kept


def _repeated(before: Table, after: Table) -> int:
    """How many rows at the top of `after` are the head of `before` printed again."""
    known = {_row_texts(row) for row in before.rows}
    again = list(takewhile(lambda texts: texts in known, map(_row_texts, after.rows)))
    return len(again) if any(len(texts) >= _FEWEST_HEADS for texts in again) else 0


def _row_texts(row: Sequence[Cell | None]) -> tuple[str, ...]:
    """The texts of a row, without words printed upright beside it: each page shows them at other rows."""
    cells = {id(cell): cell.text for cell in row if cell is not None and cell.text}
    return tuple(text for text in cells.values() if not _UPRIGHT.fullmatch(text))


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
