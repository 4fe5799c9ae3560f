"""Working days (工作日): counted by the calendar of holidays and shifted days, never by the weekday.

Source: the yearly notice of the State Council on public holidays, as rows of the ledger `calendar_day`.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

import narwhals as nw

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
