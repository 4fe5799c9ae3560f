"""The live records of a ledger in a store: all batches of a year, as of a date, without what was superseded.

A record that names another one in `supersedes` takes its place; a record with a `void_reason` takes the place
of what it supersedes and does not count itself. As of a date, records that were recorded later do not exist;
a batch without recording times counts as recorded when it was loaded.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb

from hengliang.measure.check import check
from hengliang.measure.checks.catalogue import shared_check
from hengliang.measure.definition import Ledger
from hengliang.measure.expression import Parameters
from hengliang.measure.finding import Finding
from hengliang.measure.load.prepare import PLAIN
from hengliang.measure.load.remarks import recalled
from hengliang.measure.period import Period
from hengliang.measure.records import Records
from hengliang.measure.store import Batch, Store, filled_values
from hengliang.measure.table import Table, quoted


@dataclass(frozen=True, slots=True)
class Live:
    """Records, the batches that they came from, and the findings of checks over all of them, by ledger."""

    records: Records
    batches: Mapping[str, tuple[Batch, ...]]
    findings: Mapping[str, tuple[Finding, ...]]

    def source_of(self, ledger: str, row: int) -> tuple[Batch, int]:
        """The batch of a row and its place in the file, as people count rows there."""
        table = self.records.tables[ledger]
        found = table.connection.sql(
            f"select _batch, _source_row from {quoted(table.name)} where _row = {int(row)}"
        ).fetchall()
        batch = next(batch for batch in self.batches[ledger] if batch.id == found[0][0])
        return batch, batch.first_row + int(found[0][1]) - 1


def live_records(
    connection: duckdb.DuckDBPyConnection,
    store: Store,
    ledgers: Sequence[Ledger],
    period: Period,
    parameters: Parameters,
    watch: Callable[[int, int, Ledger], None] = lambda _at, _of, _ledger: None,
) -> Live:
    """The live records of ledgers for a period; ledgers without a batch have no table.

    `watch` is told of each ledger before it is checked: which it is, from 0, of how many.

    All checks are run again over the records together, since two batches may repeat each other; those of
    series of readings stand as they were found at loading, but for what the readings refer to.
    """
    tables: dict[str, Table] = {}
    batches: dict[str, tuple[Batch, ...]] = {}
    findings: dict[str, tuple[Finding, ...]] = {}
    records = Records(tables, period, parameters)
    for ledger in ledgers:
        found = tuple(store.batches(ledger.name, period.end.year))
        known = [batch for batch in found if _is_known(batch, period)]
        if not known:
            continue
        tables[ledger.name], read = _table(connection, store, ledger, known, period)
        batches[ledger.name] = tuple(batch for batch in known if batch.id in read)
    for at, (name, table) in enumerate(tables.items()):
        watch(at, len(tables), table.ledger)
        if table.ledger.is_series:
            findings[name] = _without_target(table, records)
        else:
            earlier = recalled(table) if any(batch.remarks for batch in batches[name]) else ()
            findings[name] = check(table, (), records, earlier).findings
    return Live(records, batches, findings)


def came_later(
    connection: duckdb.DuckDBPyConnection, store: Store, ledgers: Sequence[Ledger], period: Period
) -> bool:
    """Whether any record of the ledgers was recorded after the freeze."""
    frozen = replace(period, as_of=period.freeze)
    for ledger in ledgers:
        batches = store.batches(ledger.name, period.end.year)
        if any(not _is_known(batch, frozen) for batch in batches):
            return True
        telling = [batch for batch in batches if "recorded_at" in batch.columns]
        if telling:
            later = f"cast(recorded_at as date) > date '{period.freeze.isoformat()}'"
            rows = f"select 1 from ({store.records(telling, ledger)}) where {later} limit 1"
            if connection.sql(rows).fetchall():
                return True
    return False


def _without_target(table: Table, records: Records) -> tuple[Finding, ...]:
    """Q09 of a series: a load does not know the other ledgers. Its rows are blocked where nothing else is."""
    found = [
        finding
        for asked in table.ledger.checks
        if asked.code == "Q09" and asked.ledger in records.tables and table.has([asked.key or ""])
        for finding in shared_check(asked.code)(table, asked, records)
    ]
    if found:
        name = quoted(table.name)
        read, lost = quoted(f"{table.name}__read"), quoted(f"{table.name}__lost")
        table.connection.execute(
            f"create or replace temp table {lost} as select unnest($rows::bigint[]) as r",
            {"rows": [finding.row for finding in found]},
        )
        table.connection.execute(
            f"create or replace temp view {name} as select * replace (coalesce(_blocked, "
            f"case when _row in (select r from {lost}) then 'Q09' end) as _blocked) from {read}"
        )
    return tuple(found)


def _is_known(batch: Batch, period: Period) -> bool:
    """Whether any of it can be known as of the date; records that tell when they were recorded are asked."""
    if period.as_of is None or "recorded_at" in batch.columns:
        return True
    return datetime.fromisoformat(batch.loaded_at).date() <= period.as_of


def _table(
    connection: duckdb.DuckDBPyConnection,
    store: Store,
    ledger: Ledger,
    batches: Sequence[Batch],
    period: Period,
) -> tuple[Table, frozenset[str]]:
    """The live rows, and the batches of which any row was known: superseded rows decide what is live too."""
    columns = tuple(
        column.name for column in ledger.columns if any(column.name in batch.columns for batch in batches)
    )
    # What the load knows of records is there for whoever asks, and is not what the files say.
    filled = [column.name for column in ledger.columns if column.filled and column.name not in columns]
    filled = [name for name in filled if name in filled_values(batches[0])]
    union = store.records(batches, ledger)
    listed = ", ".join(quoted(name) for name in (*columns, *filled))
    conditions = ["true"]
    if period.as_of is not None and "recorded_at" in columns:
        day = period.as_of.isoformat()
        conditions.append(f"(recorded_at is null or cast(recorded_at as date) <= date '{day}')")
    kept = f"select * from ({union}) where {' and '.join(conditions)}"
    live = "true"
    if "supersedes" in columns:
        replaced = "select supersedes from kept where supersedes is not null"
        live = f"(record_id is null or record_id not in ({replaced}))"
    if "void_reason" in columns:
        live += " and void_reason is null"
    marks = ["_blocked", "_questioned"]
    prepared = () if ledger.is_series else _prepared(ledger, batches)
    if not ledger.is_series:
        marks = [f"null::varchar as {mark}" for mark in marks]
        marks += ["_remarks"] if any(batch.remarks for batch in batches) else []
        marks += [quoted(f"_{shape}_{part}") for shape in prepared for part in PLAIN]
    name = quoted(ledger.name)
    kind, made = ("view", quoted(f"{ledger.name}__read")) if ledger.is_series else ("table", name)
    connection.execute(
        f"create or replace temp {kind} {made} as with kept as ({kept}) "
        f"select row_number() over () as _row, {listed}, {', '.join(marks)}, _batch, _row as _source_row "
        f"from kept where {live}"
    )
    if ledger.is_series:
        connection.execute(f"create or replace temp view {name} as select * from {made}")
    read = connection.sql(f"select distinct _batch from ({kept})").fetchall()
    table = Table(connection, ledger, ledger.name, columns)
    table.filled = tuple(filled)
    table.srid = batches[0].srid if len({batch.srid for batch in batches}) == 1 else None
    table.prepared = prepared
    table.keep_replaced(kept)
    return table, frozenset(str(batch) for (batch,) in read)


def _prepared(ledger: Ledger, batches: Sequence[Batch]) -> tuple[str, ...]:
    """The columns of geometry that stand in all batches with their plain columns."""
    shapes = [column.name for column in ledger.columns if column.type == "geometry"]
    return tuple(name for name in shapes if all(name in batch.columns and batch.srid for batch in batches))
