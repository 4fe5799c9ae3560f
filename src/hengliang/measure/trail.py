"""From a measurement to the cells of the files: every row, whether it counted, and what decided that."""

from dataclasses import dataclass
from typing import Any

from hengliang.base.message import Message, Words, message
from hengliang.measure.definition import Column, Ledger, Metric, columns_of
from hengliang.measure.live import Live
from hengliang.measure.measurement import MOST_ROWS, Measurement
from hengliang.measure.store import Batch


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell that a metric asks: its column, its value, and the column of the file, from 1, where known."""

    column: Column
    value: Any
    at: int | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of a file. `counted` is None where a metric does not tell rows apart."""

    name: str
    batch: Batch
    row: int
    """The row of the file, as people count there."""
    counted: bool | None
    reason: Message | Words | None
    cells: tuple[SourceCell, ...]


def trail(live: Live, one: Measurement) -> tuple[SourceRow, ...]:
    """The rows behind a measurement; none of series, and of ledgers with too many rows to tell."""
    table = live.records.tables.get(one.ledger.name)
    if table is None or one.ledger.is_series or table.count() > MOST_ROWS:
        return ()
    columns = [name for name in _asked(one.ledger, one.metric) if name in table.columns]
    batches = {batch.id: batch for batch in live.batches[one.ledger.name]}
    told = {row.row: row for row in one.rows or ()}
    names = table.named()
    found: list[SourceRow] = []
    for row, batch_id, at, blocked, *values in table.rows("_batch", "_source_row", "_blocked", *columns):
        batch, known = batches[batch_id], told.get(row)
        reason = message("left out: check {code}", code=blocked) if blocked is not None else None
        cells = tuple(
            SourceCell(one.ledger.column(name), value, batch.places.get(name))
            for name, value in zip(columns, values, strict=True)
        )
        found.append(
            SourceRow(
                names[row],
                batch,
                batch.first_row + at - 1,
                None if known is None else known.counted,
                reason if known is None else known.reason,
                cells,
            )
        )
    return tuple(found)


def _asked(ledger: Ledger, metric: Metric) -> tuple[str, ...]:
    """The columns that decide about a row."""
    if metric.kind == "change":
        metric = next(each for each in ledger.metrics if each.id == metric.of)
    names = [*columns_of(metric), *metric.last_of, *([metric.last_by] if metric.last_by else [])]
    return tuple(dict.fromkeys(names))
