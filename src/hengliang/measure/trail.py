"""From a measurement to the cells of the files: every row, whether it counted, and what decided that."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hengliang.base.message import Message, Words
from hengliang.measure.definition import Column, Ledger
from hengliang.measure.live import Live
from hengliang.measure.measurement import Counted, Measurement
from hengliang.measure.store import Batch
from hengliang.measure.table import Table
from hengliang.measure.told import is_told, left_out


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell that a metric asks: its column, its value, and the column of the file, from 1, where known."""

    column: Column
    value: Any
    at: int | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of a file. `counted` is None where a metric does not tell rows apart."""

    ledger: Ledger
    name: str
    batch: Batch
    row: int
    """The row of the file, as people count there."""
    counted: bool | None
    reason: Message | Words | None
    cells: tuple[SourceCell, ...]


def trail(live: Live, one: Measurement) -> tuple[SourceRow, ...]:
    """The rows behind a measurement, of every ledger that it looked at. Where it does not tell rows apart,
    those of its own ledger; none of series, and of ledgers with too many rows to tell."""
    told: dict[str, dict[int, Counted]] = {}
    for row in one.rows or ():
        told.setdefault(row.ledger, {})[row.row] = row
    found: list[SourceRow] = []
    for name in told or (one.ledger.name,):
        table = live.records.tables.get(name)
        if table is not None and is_told(table):
            found += _rows(live, table, one.decided.get(name, ()), told.get(name, {}))
    return tuple(found)


def _rows(
    live: Live, table: Table, columns: Sequence[str], told: Mapping[int, Counted]
) -> Iterator[SourceRow]:
    batches = {batch.id: batch for batch in live.batches[table.ledger.name]}
    names = table.named()
    for row, batch_id, at, blocked, *values in table.rows("_batch", "_source_row", "_blocked", *columns):
        batch, known = batches[batch_id], told.get(row)
        reason = left_out(blocked) if blocked is not None else None
        cells = tuple(
            SourceCell(table.ledger.column(name), value, batch.places.get(name))
            for name, value in zip(columns, values, strict=True)
        )
        yield SourceRow(
            table.ledger,
            names[row],
            batch,
            batch.first_row + at - 1,
            None if known is None else known.counted,
            reason if known is None else known.reason,
            cells,
        )
