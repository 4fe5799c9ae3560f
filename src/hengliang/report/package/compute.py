"""The measurements that follow from the facts of a package, row by row where the rows are there."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from hengliang.base.message import Message, message
from hengliang.measure.binding import metrics_by_id
from hengliang.measure.compute import State
from hengliang.measure.definition import Ledger, Metric, columns_of
from hengliang.measure.measurement import Measurement, values_of
from hengliang.measure.records import AskedTables, Records, value_of
from hengliang.measure.table import Table
from hengliang.measure.told import Row, rows_told
from hengliang.report.package.facts import Facts, Trusted
from hengliang.report.package.rows import Broken, read_rows, withheld


@dataclass(frozen=True, slots=True)
class RowTold:
    """A row, whether it counted and why not; its name, batch, and row in the source file."""

    ledger: str
    row: Row
    name: str
    batch: str
    source_row: int


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A measurement with the rows behind it; `trust` says why it could not be computed from them."""

    measurement: Measurement
    rows: tuple[RowTold, ...] | None
    trust: Message | None = None
    asked: frozenset[str] = frozenset()
    """The ledgers whose rows it was computed from."""


def recompute(facts: Facts) -> dict[str, Recomputed]:
    """Every bound metric, in the order of the binding. Raises Broken."""
    ledgers = facts.ledgers()
    known = metrics_by_id(ledgers)
    missing = next((metric for metric in facts.binding.metrics if metric not in known), None)
    if missing is not None:
        raise Broken(message("the package does not define the metric {metric}", metric=missing))
    # Whoever wrote the package must not reach the files of whoever verifies it.
    shut: dict[str, Any] = {"enable_external_access": "false"}
    with closing(duckdb.connect(config=shut)) as connection, closing(duckdb.connect(config=shut)) as second:
        tables, places = _tables(connection, facts.records, ledgers)
        later, _ = _tables(second, facts.restated, ledgers)
        given = facts.binding.parameters
        records = Records(tables, facts.period, given)
        restated = Records(later, replace(facts.period, as_of=None), given) if facts.period.as_of else None
        found: dict[str, Recomputed] = {}
        for name in facts.binding.metrics:
            ledger, metric = known[name]
            tables.asked.clear()
            taken = facts.trusted.get(name)
            why = None if taken is None else _why_trusted(metric, ledger, tables)
            if taken is not None and why is not None:
                found[name] = Recomputed(_measurement(facts, ledger, metric, records, taken), None, why)
                continue
            value, without, questioned = values_of(records, ledger, metric)
            again = value_of(restated, ledger, metric) if restated is not None else None
            asked = frozenset(tables.asked)
            computed = Trusted(value, without, again, questioned)
            told = None if value.state is State.NOT_COMPUTABLE else _told(ledger, metric, records, places)
            measurement = _measurement(facts, ledger, metric, records, computed)
            found[name] = Recomputed(measurement, told, None, asked)
        return found


def _tables(
    connection: duckdb.DuckDBPyConnection, rows: Mapping[str, bytes], ledgers: Mapping[str, Ledger]
) -> tuple[AskedTables, dict[str, dict[int, tuple[str, int]]]]:
    tables: dict[str, Table] = {}
    places: dict[str, dict[int, tuple[str, int]]] = {}
    for name, data in rows.items():
        if name not in ledgers:
            raise Broken(message("the package does not define the ledger {name}", name=name))
        tables[name], places[name] = read_rows(connection, ledgers[name], data)
    return AskedTables(tables), places


def _why_trusted(metric: Metric, ledger: Ledger, tables: Mapping[str, Table]) -> Message | None:
    """Why a metric cannot be computed from the published rows; None where it can."""
    if metric.kind == "change":
        return _why_trusted(next(one for one in ledger.metrics if one.id == metric.of), ledger, tables)
    if ledger.is_series and ledger.name not in tables:
        return message("the rows of {ledger} are too many to be published", ledger=ledger.words)
    kept = withheld(ledger, columns_of(metric))
    if kept:
        return message("it asks for {column}, which is not published", column=kept[0].words)
    if ledger.name not in tables:
        return message("the rows of {ledger} are not published", ledger=ledger.words)
    if metric.kind == "function":
        return message("it is worked out from columns that are not published")
    return None


def _measurement(facts: Facts, ledger: Ledger, metric: Metric, records: Records, one: Trusted) -> Measurement:
    batches = {batch.label: batch.records for batch in facts.about.batches.get(ledger.name, ())}
    return Measurement(
        metric, ledger, one.value, one.without_questioned, one.restated, None, one.questioned,
        records.parameters(ledger), batches, None, {},
        facts.about.live_records.get(ledger.name, ""),
    )  # fmt: skip


def _told(
    ledger: Ledger, metric: Metric, records: Records, places: Mapping[str, Mapping[int, tuple[str, int]]]
) -> tuple[RowTold, ...] | None:
    found: list[RowTold] = []
    told = rows_told(records, ledger, metric)
    for each in told:
        names, at = records.tables[each.ledger].named(), places[each.ledger]
        found += [RowTold(each.ledger, row, names[row.row], *at[row.row]) for row in each.rows]
    return tuple(found) if told else None
