"""Metrics in working days (工作日): a permit within so many of them, and what the calendar lacks."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import Ask, State, Value, asks_of, conditions_of, not_computable, number
from hengliang.measure.definition import Ledger, Metric, columns_of
from hengliang.measure.engines import fetched
from hengliang.measure.period import Period
from hengliang.measure.records import Records
from hengliang.measure.told import Row, Told, holding, tell
from hengliang.measure.workdays import Calendar


def missing(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """How many days of the year the calendar lacks; with any of them no working days can be counted."""
    table = records.tables[ledger.name]
    year = records.period
    known = fetched(table.frame.filter(holding(_days(year))).select(n=nw.col("day").n_unique()))[0][0]
    return number(Fraction((year.end - year.start).days + 1 - int(known or 0)), metric)


def permit_in_time(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """The share of rows among with an `end` at most `ready_days` working days after their `start`."""
    table = records.tables[ledger.name]
    rows = conditions_of(metric, records.period, records.parameters(ledger), table.columns)
    if isinstance(rows, Value):
        return rows
    calendar = Calendar.of(records)
    if calendar is None:
        return not_computable(message("there is no calendar of working days"))
    least = int(str(records.parameters(ledger)["ready_days"]))
    listed = fetched(
        table.frame.filter(rows.among).select(
            metric.columns["start"], metric.columns["end"], rows.counted.alias("_counted")
        )
    )
    met = 0
    for start, end, counts in listed:
        days = calendar.between(start, end) if end is not None else None
        if end is not None and days is None:
            return not_computable(message("the calendar of working days lacks days of the period"))
        met += bool(counts and days is not None and days <= least)
    if not listed:
        return Value(State.NOT_APPLICABLE, reason=message("nothing was due"))
    return number(Fraction(met * 100, len(listed)), metric)


def _days(year: Period) -> list[Ask]:
    return [Ask(nw.col("day").is_between(year.start, year.end), message("it is no day of the year"))]


def _told_days(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    del metric
    return tell(records.tables[ledger.name], ("day",), _days(records.period), keeps_blocked=True)


def _told_permits(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    table, parameters = records.tables[ledger.name], records.parameters(ledger)
    calendar, least = Calendar.of(records), int(str(parameters["ready_days"]))
    dates: dict[int, Sequence[Any]] = {
        int(row): dates
        for row, *dates in fetched(table.frame.select("_row", metric.columns["start"], metric.columns["end"]))
    }

    def row(one: Row) -> Row:
        start, end = dates[one.row]
        days = calendar.between(start, end) if calendar is not None and end is not None else None
        if one.counted and (days is None or days > least):
            return Row(one.row, True, False, message("no permit within {days} working days", days=least))
        return one

    asks = asks_of(metric, records.period, parameters, table.columns)
    return [each.but(row) for each in tell(table, columns_of(metric), asks)]


TOLD = {"missing": _told_days, "permit_in_time": _told_permits}
