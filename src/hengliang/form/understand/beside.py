"""Tables that stand side by side on one sheet, taken apart: each has a head of indicators of its own."""

from collections.abc import Sequence
from itertools import groupby

from hengliang.form.document import Cell, Document, Table
from hengliang.form.understand.columns import match_columns
from hengliang.form.understand.rows import rows_of

_FEWEST_COLUMNS = 3
"""A table of indicators has so many."""


def beside_apart(document: Document) -> Document:
    """The document with each table that holds several side by side, empty columns between them, as these."""
    blocks = [
        part
        for block in document.blocks
        for part in (_parts(block) if isinstance(block, Table) else (block,))
    ]
    return document if len(blocks) == len(document.blocks) else document._replace(blocks=tuple(blocks))


def _parts(table: Table) -> Sequence[Table]:
    filled = {
        column for row in table.rows for column, cell in enumerate(row) if cell is not None and cell.text
    }
    runs = [
        [column for _, column in run]
        for _, run in groupby(enumerate(sorted(filled)), lambda pair: pair[1] - pair[0])
    ]
    if sum(1 for run in runs if len(run) >= _FEWEST_COLUMNS) < 2:
        return (table,)
    parts = [_columns(table, run[0], run[-1] + 1) for run in runs]
    return parts if all(map(_has_head, parts)) else (table,)


def _columns(table: Table, start: int, end: int) -> Table:
    kept: dict[int, Cell] = {}
    rows: list[list[Cell | None]] = []
    for row in table.rows:
        rows.append([])
        for cell in row[start:end]:
            if cell is not None:
                cell = kept.setdefault(id(cell), cell._replace(column=cell.column - start))
            rows[-1].append(cell)
    return table._replace(rows=rows, first_column=table.first_column + start)


def _has_head(table: Table) -> bool:
    rows = rows_of(Document("", "", (table,)))
    return any(match_columns(rows, position) is not None for position in range(len(rows)))
