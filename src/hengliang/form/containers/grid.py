"""Building `Table`s: from texts that stand somewhere on a sheet, and from cells that span."""

from collections.abc import Iterable, Sequence, Set
from typing import NamedTuple

from hengliang.base.place import Place, column_letters
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.refusal import too_many_cells, too_wide
from hengliang.form.document import Cell, Table

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged cell, counted from 0."""


class Spanning(NamedTuple):
    """A cell on its way into a table: its text and how many rows and columns it covers."""

    text: str
    row_span: int = 1
    column_span: int = 1


def table_of_sheet(
    texts: Sequence[tuple[int, int, str]], merged: Iterable[Range], origin: Place, limits: Limits
) -> Table | None:
    """The table around the filled cells of a sheet (row, column, text), counted from 0; None without any.

    Empty rows and columns at the edges are left out; `first_row` and `first_column` keep the sheet's count.
    """
    if not texts:
        return None
    if len(texts) > limits.cells:
        raise too_many_cells(origin.file, limits.cells)
    lines = [text[0] for text in texts]
    columns = [text[1] for text in texts]
    top, bottom, left = min(lines), max(lines), min(columns)
    width = max(columns) - left + 1
    height = bottom - top + 1
    if height > limits.rows or width > limits.columns or height * width > limits.area:
        where = f"{column_letters(left + width)}{bottom + 1}"
        raise too_wide(origin.file, where, height, width)
    rows: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    for line, column, text in texts:
        rows[line - top][column - left] = Cell(text, line - top, column - left)
    free = height * width
    for first_row, first_column, last_row, last_column in merged:
        up, down, start, end = first_row - top, last_row - top, first_column - left, last_column - left
        anchor = rows[up][start] if 0 <= up < height and 0 <= start < width else None
        if anchor is None or down >= height or end >= width:
            up, down, start, end = max(up, 0), min(down, height - 1), max(start, 0), min(end, width - 1)
        free -= max(down - up + 1, 0) * max(end - start + 1, 0)
        # Merged cells do not overlap in a sound sheet; where they do the first keeps its place.
        if up > down or start > end or free < 0 or (anchor and anchor.row_span * anchor.column_span > 1):
            continue
        cell = Cell(anchor.text if anchor else "", up, start, down - up + 1, end - start + 1)
        for row in rows[up : down + 1]:
            row[start : end + 1] = [cell] * cell.column_span
    return Table(rows, origin, top + 1, left + 1)


def without_hidden(
    texts: Sequence[tuple[int, int, str]],
    merged: Iterable[Range],
    rows: Set[int],
    columns: Set[int],
) -> Sequence[tuple[int, int, str]]:
    """The texts outside hidden rows and columns; those of merged cells that can still be seen stay."""
    if not rows and not columns:
        return texts
    anchors = {
        (top, left)
        for top, left, bottom, right in merged
        if any(row not in rows for row in range(top, min(bottom, top + len(rows)) + 1))
        and any(column not in columns for column in range(left, min(right, left + len(columns)) + 1))
    }
    return [
        text
        for text in texts
        if (text[0] not in rows and text[1] not in columns) or (text[0], text[1]) in anchors
    ]


def table_of_rows(rows: Sequence[Sequence[Spanning]], origin: Place, limits: Limits) -> Table | None:
    """A table from rows of cells that may span: each takes the next free place of its row, as on a web page.

    None when the table has no text at all.
    """
    if len(rows) > limits.rows:
        raise too_wide(origin.file, f"A{len(rows)}", len(rows), max(map(len, rows)))
    cells: list[Cell] = []
    taken: list[int] = []  # per column the first row that is free again
    for index, row in enumerate(rows):
        column = 0
        for text, row_span, column_span in row:
            while column < len(taken) and taken[column] > index:
                column += 1
            down = max(1, min(row_span, len(rows) - index))
            across = max(1, min(column_span, limits.columns + 1 - column))
            cells.append(Cell(text, index, column, down, across))
            taken.extend([0] * (column + across - len(taken)))
            for covered in range(column, column + across):
                taken[covered] = index + down
            column += across
    return table_of_cells(cells, origin, limits)


def table_of_cells(cells: Sequence[Cell], origin: Place, limits: Limits) -> Table | None:
    """A table from cells that know their places; None when none of them has text.

    Rows and columns are kept from the first on, so that places are those of the document. Where two cells
    claim one position the first keeps it.
    """
    if not any(cell.text for cell in cells):
        return None
    if len(cells) > limits.cells:
        raise too_many_cells(origin.file, limits.cells)
    height = max(cell.row + cell.row_span for cell in cells)
    width = max(cell.column + cell.column_span for cell in cells)
    if height > limits.rows or width > limits.columns or height * width > limits.area:
        raise too_wide(origin.file, f"{column_letters(width)}{height}", height, width)
    rows: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    free = height * width
    for cell in cells:
        free -= cell.row_span * cell.column_span
        if free < 0:
            break  # only overlapping cells of a broken file come here
        for row in rows[cell.row : cell.row + cell.row_span]:
            for column in range(cell.column, cell.column + cell.column_span):
                if row[column] is None:
                    row[column] = cell
    return Table(rows, origin)
