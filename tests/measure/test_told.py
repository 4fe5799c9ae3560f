"""Every row behind a number is told, and what is told is what the number is made of."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hengliang.measure.compute import State
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.records import Records, value_of
from hengliang.measure.table import Table, quoted
from hengliang.measure.told import Told, rows_told, teller_of
from tests.measure.test_engines import LEDGERS, checked, vectors

_OF_SERIES = {"readings", "patrols"}
"""Modules whose functions look at readings by the million."""
_UNMOVED = {"M25_decided", "M25_merged", "M09_months_late"}
"""Metrics that may say the same of fewer rows."""


def test_every_function_has_a_teller() -> None:
    without = {
        (metric.function or "").partition(".")[0]
        for ledger in LEDGERS.values()
        for metric in ledger.metrics
        if metric.kind == "function" and teller_of(metric) is None
    }
    assert without == _OF_SERIES


def _without(records: Records, told: Told, rows: Collection[int]) -> Records:
    """The records without these rows of a ledger."""
    table = records.tables[told.ledger]
    name = f"{table.name}__rest"
    listed = ", ".join(str(row) for row in rows) or "-1"
    table.connection.execute(
        f"create or replace temp view {quoted(name)} as "
        f"select * from {quoted(table.name)} where _row not in ({listed})"
    )
    rest = Table(table.connection, table.ledger, name, table.columns)
    return replace(records, tables={**records.tables, told.ledger: rest})


def _metrics(ledger: Ledger, records: Records) -> list[tuple[Metric, Any, tuple[Told, ...]]]:
    found = []
    for metric in ledger.metrics:
        value = value_of(records, ledger, metric)
        if value.state is not State.NOT_COMPUTABLE:
            found.append((metric, value, rows_told(records, ledger, metric)))
    return found


def _told_by_functions() -> Iterator[Any]:
    """The vectors of ledgers with a metric whose rows are told in a way of its own."""
    for each in vectors():
        metrics = LEDGERS[each.values[1]["ledger"]].metrics
        if any(metric.kind == "function" or metric.counts != "counted" for metric in metrics):
            yield each


@pytest.mark.parametrize(("folder", "vector"), [*_told_by_functions()])
def test_rows_that_count_make_the_number_and_no_others(folder: Path, vector: dict[str, Any]) -> None:
    with checked(folder, vector) as records:
        ledger = LEDGERS[vector["ledger"]]
        for metric, value, told in _metrics(ledger, records):
            for each in told:
                assert all(row.reason is not None for row in each.rows if not row.counted), metric.id
                left = _without(records, each, [row.row for row in each.rows if not row.among])
                assert value_of(left, ledger, metric) == value, (metric.id, each)
                counted = [row.row for row in each.rows if row.counted]
                # Of nothing, of no and of an empty sum less is the same.
                if counted and value.shown and metric.id not in _UNMOVED:
                    left = _without(records, each, counted)
                    assert value_of(left, ledger, metric) != value, (metric.id, each)
