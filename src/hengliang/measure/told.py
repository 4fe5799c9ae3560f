"""What became of the rows behind a metric: which counted, and what is said of those that did not.

A metric that is worked out by a function has a teller beside it: its module names it in `TOLD`, by function.
Function and teller share their conditions, so that the trail of a number cannot say other than the number.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, Protocol, cast

import narwhals as nw

from hengliang.base.message import Message, Words, message
from hengliang.measure.compute import Ask, asks_of
from hengliang.measure.definition import Ledger, Metric, columns_of
from hengliang.measure.engines import fetched
from hengliang.measure.functions import all_of
from hengliang.measure.records import Records
from hengliang.measure.table import Table

MOST_ROWS = 100_000
"""Rows of a ledger that are told one by one."""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one row: whether it counted, and the first condition that failed."""

    row: int
    among: bool
    counted: bool
    reason: Message | Words | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What became of the rows of one ledger, in the order of the source, and the columns that decided."""

    ledger: str
    rows: tuple[Row, ...]
    columns: tuple[str, ...]

    def but(self, change: Callable[[Row], Row]) -> "Told":
        """The same with what a function adds to its conditions."""
        return replace(self, rows=tuple(map(change, self.rows)))


class Teller(Protocol):
    """Tells of the rows that a function looks at; asked only where the function gives a value or a state."""

    def __call__(self, records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]: ...


def rows_told(records: Records, ledger: Ledger, metric: Metric) -> tuple[Told, ...]:
    """What became of the rows behind a metric that could be computed, ledger by ledger; nothing of series of
    readings, and of ledgers with too many rows to tell."""
    if metric.kind == "change":
        metric = next(each for each in ledger.metrics if each.id == metric.of)
    if metric.kind == "function":
        teller = teller_of(metric)
        return () if teller is None else tuple(each for each in teller(records, ledger, metric) if each.rows)
    table = records.tables[ledger.name]
    if not is_told(table):
        return ()
    asks = asks_of(metric, records.period, records.parameters(ledger), table.columns)
    despite = None if metric.keeps_blocked else metric.despite
    told = Told(ledger.name, tuple(rows_of(table.frame, asks, despite)), _decide(metric, table))
    match metric.counts:
        case "counted":
            return (told,)
        case "due":
            return (told.but(lambda row: replace(row, counted=True, reason=None) if row.among else row),)
        case "rest":
            return (told.but(missed),)


def missed(row: Row) -> Row:
    """What a row is to a metric that counts what was due and not done: the reason why it was not stays."""
    met = message("what was due is done")
    return Row(row.row, True, not row.counted, met if row.counted else row.reason) if row.among else row


def _decide(metric: Metric, table: Table) -> tuple[str, ...]:
    """The columns that decide about a row of a metric that is no function."""
    names = [*columns_of(metric), *metric.last_of, *([metric.last_by] if metric.last_by else [])]
    return tuple(name for name in dict.fromkeys(names) if name in table.columns)


def teller_of(metric: Metric) -> Teller | None:
    """Who tells of the rows of a function; None where nobody does."""
    module, _, name = (metric.function or "").rpartition(".")
    tellers = getattr(import_module(f"hengliang.measure.metrics.{module}"), "TOLD", {})
    return cast("Mapping[str, Teller]", tellers).get(name)


def is_told(table: Table | None) -> bool:
    """Whether the rows of a table are told one by one."""
    return table is not None and not table.ledger.is_series and table.count() <= MOST_ROWS


def tell(
    table: Table | None, columns: Iterable[str], asks: Sequence[Ask], *, keeps_blocked: bool = False
) -> list[Told]:
    """What became of the rows of a table, by these of its columns; nothing where it is not there, or has too
    many rows."""
    if table is None or not is_told(table):
        return []
    rows = rows_of(table.frame, asks, None if keeps_blocked else ())
    kept = tuple(name for name in dict.fromkeys(columns) if name in table.columns)
    return [Told(table.ledger.name, tuple(rows), kept)]


def rows_of(frame: nw.LazyFrame[Any], asks: Sequence[Ask], despite: Collection[str] | None = ()) -> list[Row]:
    """What became of every row, in the order of the source.

    Rows that a check blocks do not count but for the checks `despite`; with None blocked rows count too.
    """
    flags = {f"_c{at}": ask.holds.fill_null(False) for at, ask in enumerate(asks)}
    return [
        _row(int(row), blocked, held, asks, despite)
        for row, blocked, *held in fetched(frame.select("_row", "_blocked", **flags).sort("_row"))
    ]


def _row(
    row: int, blocked: str | None, held: list[bool], asks: Sequence[Ask], despite: Collection[str] | None
) -> Row:
    among = all(holds or ask.stays for ask, holds in zip(asks, held, strict=True))
    failed = next((ask for ask, holds in zip(asks, held, strict=True) if not holds), None)
    if failed is not None:
        return Row(row, among, False, failed.said)
    if blocked is not None and despite is not None and blocked not in despite:
        return Row(row, among and blocked != "Q08", False, left_out(blocked))
    return Row(row, True, True)


def left_out(code: str) -> Message:
    """What is said of a row that breaks a blocking check."""
    return message("left out: check {code}", code=code)


def holding(asks: Iterable[Ask]) -> nw.Expr:
    """All the conditions; unknown does not hold."""
    return all_of([ask.holds.fill_null(False) for ask in asks])


FREE = Ask(nw.col("_blocked").is_null(), message("a check blocks it"))
"""That no check blocks the row. Not for tellers, which say which check it is."""
ONCE = Ask((nw.col("_blocked") != "Q08").fill_null(True), left_out("Q08"))
"""That the row does not repeat the key of another."""
