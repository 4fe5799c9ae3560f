"""A measurement: the value of a metric with everything that is needed to compute it again.

Metric and version, parameters, the digests of batches, the rows that counted and those that did not with the
reason for each, the value as of the freeze, without the questioned rows, and restated.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hengliang.base.message import Message, Words
from hengliang.measure.compute import State, Value
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.live import Live
from hengliang.measure.records import Records, value_of
from hengliang.measure.table import Table, quoted
from hengliang.measure.told import Row, Told, rows_told


@dataclass(frozen=True, slots=True)
class Counted:
    """A row of a ledger by name, where it stands, and whether it counted."""

    ledger: str
    row: int
    name: str
    among: bool
    counted: bool
    reason: Message | Words | None
    batch: str
    source_row: int
    """The row of the source file, as people count there."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A value as of the freeze (冻结值), and the day of the freeze."""

    on: date
    value: Value


@dataclass(frozen=True, slots=True)
class Measurement:
    """The value of one metric. `rows` are those of all ledgers that it looked at; None where it cannot be
    computed, for series of readings, and where there are too many to tell."""

    metric: Metric
    ledger: Ledger
    value: Value
    without_questioned: Value
    restated: Value | None
    """With all that was recorded since the as-of date; None without one: then `value` is restated."""
    frozen: Frozen | None
    """As of the freeze; None where an as-of date was asked for."""
    questioned: int
    parameters: Mapping[str, Any]
    batches: Mapping[str, str]
    """The digests of the batches that were read, by their ids."""
    rows: tuple[Counted, ...] | None
    decided: Mapping[str, tuple[str, ...]]
    """The columns that decided about the rows, by their ledgers."""
    rows_sha256: str
    """A digest over the live rows of the ledger, in order: equal rows, equal digest."""

    @property
    def before(self) -> Frozen | None:
        """What was frozen, where it is another value than what is known now."""
        if self.frozen is None or self.frozen.value.shown == self.value.shown:
            return None
        return self.frozen

    @property
    def is_questionable(self) -> bool:
        """Whether rows that a check questions change the value."""
        return self.value.state is State.OK and self.without_questioned.shown != self.value.shown


def measure(
    live: Live, ledger: Ledger, metric: Metric, later: Live | None = None, frozen: Live | None = None
) -> Measurement:
    """The measurement of a metric over live records; `later` are the records without an as-of date, `frozen`
    those as of the freeze: `live` itself where nothing was recorded since."""
    records = live.records
    table = records.table(ledger.name)
    value, without_questioned, questioned = values_of(records, ledger, metric)
    told = () if value.state is State.NOT_COMPUTABLE else rows_told(records, ledger, metric)
    return Measurement(
        metric=metric,
        ledger=ledger,
        value=value,
        without_questioned=without_questioned,
        restated=value_of(later.records, ledger, metric) if later is not None else None,
        frozen=_frozen(live, ledger, metric, value, frozen),
        questioned=questioned,
        parameters=records.parameters(ledger),
        batches={batch.id: batch.content_sha256 for batch in live.batches.get(ledger.name, ())},
        rows=_rows(live, told),
        decided={each.ledger: each.columns for each in told},
        rows_sha256=_digest(table),
    )


def _frozen(live: Live, ledger: Ledger, metric: Metric, value: Value, frozen: Live | None) -> Frozen | None:
    if frozen is None:
        return None
    day = live.records.period.freeze
    return Frozen(day, value if frozen is live else value_of(frozen.records, ledger, metric))


def values_of(records: Records, ledger: Ledger, metric: Metric) -> tuple[Value, Value, int]:
    """The value of a metric, the value without questioned rows, and how many these are."""
    value = value_of(records, ledger, metric)
    # Where blocked rows stay in the sum, they are questioned too: bad rows never improve a cost ratio unseen.
    mark = "coalesce(_questioned, _blocked)" if metric.keeps_blocked else "_questioned"
    questioned = _count(records.table(ledger.name), mark)
    if not questioned:
        return value, value, 0
    return value, value_of(_unquestioned(records, ledger, mark), ledger, metric), questioned


def _count(table: Table | None, column: str) -> int:
    if table is None:
        return 0
    return int(table.connection.sql(f"select count({column}) from {quoted(table.name)}").fetchall()[0][0])


def _unquestioned(records: Records, ledger: Ledger, mark: str) -> Records:
    """The records without the rows that have a mark."""
    table = records.tables[ledger.name]
    name = f"{table.name}__unquestioned"
    table.connection.execute(
        f"create or replace temp view {quoted(name)} as "
        f"select * from {quoted(table.name)} where {mark} is null"
    )
    kept = Table(table.connection, ledger, name, table.columns)
    return Records({**records.tables, ledger.name: kept}, records.period, records.given)


def _rows(live: Live, told: Sequence[Told]) -> tuple[Counted, ...] | None:
    found: list[Counted] = []
    for each in told:
        table = live.records.tables[each.ledger]
        names = table.named()
        sources = {int(row): (str(batch), int(at)) for row, batch, at in table.rows("_batch", "_source_row")}
        first = {batch.id: batch.first_row for batch in live.batches[each.ledger]}
        found += [_counted(each.ledger, row, names[row.row], *sources[row.row], first) for row in each.rows]
    return tuple(found) if told else None


def _counted(ledger: str, row: Row, name: str, batch: str, at: int, first: Mapping[str, int]) -> Counted:
    place = first[batch] + at - 1
    return Counted(ledger, row.row, name, row.among, row.counted, row.reason, batch, place)


def _digest(table: Table | None) -> str:
    """SHA-256 over the rows, each written in one way; in the order of their own digests, so that the order of
    loading does not matter."""
    digest = hashlib.sha256()
    if table is not None:
        listed = ", ".join(quoted(name) for name in sorted(table.columns))
        found = table.connection.sql(
            f"select sha256(cast(row({listed}) as varchar)) as d from {quoted(table.name)} order by d"
        )
        for (one,) in found.fetchall():
            digest.update(str(one).encode())
    return digest.hexdigest()


def measure_all(live: Live, ledgers: Sequence[Ledger], later: Live | None = None) -> list[Measurement]:
    """The measurements of all metrics of ledgers that have records."""
    return [
        measure(live, ledger, metric, later)
        for ledger in ledgers
        if ledger.name in live.records.tables
        for metric in ledger.metrics
    ]
