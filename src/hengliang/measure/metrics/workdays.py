"""Metrics in working days (工作日): a permit within so many of them, and what the calendar lacks."""

from fractions import Fraction

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import State, Value, conditions_of, not_computable, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.records import Records
from hengliang.measure.workdays import Calendar


def missing(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """How many days of the year the calendar lacks; with any of them no working days can be counted."""
    table = records.tables[ledger.name]
    year = records.period
    known = fetched(
        table.frame.filter(nw.col("day").is_between(year.start, year.end)).select(n=nw.col("day").n_unique())
    )[0][0]
    return number(Fraction((year.end - year.start).days + 1 - int(known)), metric)


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
