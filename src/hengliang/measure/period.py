"""The period of a measurement (会计年度): when things must have happened, and what was known of them when."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, both days included; frozen on `freeze`.

    A value is computed as of a date: rows recorded later do not exist. With `as_of` None all rows count (the
    restated value). Source: 预算法, the fiscal year is the calendar year; the day of the freeze is a choice.
    """

    start: date
    end: date
    freeze: date
    as_of: date | None = None

    def __post_init__(self) -> None:
        if not self.start <= self.end <= self.freeze:
            raise ValueError("a period begins before it ends, and is frozen after that")


def fiscal_year(year: int, freeze: date | None = None, as_of: date | None = None) -> Period:
    """The fiscal year, 1 January to 31 December, frozen on 31 January of the next unless said otherwise."""
    return Period(date(year, 1, 1), date(year, 12, 31), freeze or date(year + 1, 1, 31), as_of)


def until_month(year: int, month: int) -> Period:
    """The fiscal year up to the end of a month, by when things happened; frozen as long after as a year is.

    Records that were loaded later count with the day on which they happened: units hand a quarter's records
    in at once, and would else show nothing and then a leap.
    """
    end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return Period(date(year, 1, 1), end, end + (date(year + 1, 1, 31) - date(year, 12, 31)))
