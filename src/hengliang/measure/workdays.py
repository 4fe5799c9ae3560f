"""Working days (工作日): counted by the calendar of holidays and shifted days, never by the weekday.

Source: the yearly notice of the State Council on public holidays, as rows of the ledger `calendar_day`.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Self

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import State, Value, conditions_of, not_computable, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.records import Records

CALENDAR = "calendar_day"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days that are known, and those of them that are working days, in order."""

    known: frozenset[date]
    working: tuple[date, ...]

    @classmethod
    def of(cls, records: Records) -> Self | None:
        """The calendar that was loaded, None without one."""
        table = records.table(CALENDAR)
        if table is None or not table.has(("day", "working")):
            return None
        rows = fetched(table.frame.filter(nw.col("_blocked").is_null()).select("day", "working"))
        return cls(frozenset(day for day, _ in rows), tuple(sorted(day for day, working in rows if working)))

    def between(self, earlier: date, later: date) -> int | None:
        """Working days after one date until another, that one included; negative backwards.

        None where the calendar lacks a day between them.
        """
        if later < earlier:
            back = self.between(later, earlier)
            return None if back is None else -back
        days = (later - earlier).days
        if any(earlier + timedelta(step) not in self.known for step in range(1, days + 1)):
            return None
        return bisect_right(self.working, later) - bisect_right(self.working, earlier)


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
