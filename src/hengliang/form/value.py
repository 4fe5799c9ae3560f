"""The target of an indicator as a typed value."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from hengliang.base.number import read_number
from hengliang.base.period import When, read_date
from hengliang.base.unit import Unit, unit_of


class NumberValue(NamedTuple):
    """One number with its unit; `unit` is None when none is printed or the printed one is unknown."""

    number: Decimal
    unit: Unit | None


class DateValue(NamedTuple):
    """A date or deadline; what is not printed is None. 年底 is 12-31, 第三季度 its last month, 9."""

    year: int | None
    month: int | None
    day: int | None

    def last_day(self, year: int | None) -> date | None:
        """The last day it can mean, `year` taken where none is printed; None when no year is known."""
        return When(self.year, self.month, self.day).last_day(year)


class TextValue(NamedTuple):
    """Words: 有效推进, 显著提升, several numbers, a range, a date that comes again (每季度末)."""

    text: str


TargetValue = NumberValue | DateValue | TextValue


def value_of(operator: str | None, target: str | None, unit: str | None) -> TargetValue | None:
    """The typed value of a target as the form model holds it (number string, date text or words).

    A number of years that can only be a year (≤ 2023 年) is a date.
    """
    if target is None:
        return None
    return _value(operator, target, unit) if len(target) <= _LONGEST else TextValue(target)


_LONGEST = 128


@lru_cache(maxsize=65536)
def _value(operator: str | None, target: str, unit: str | None) -> TargetValue:
    del operator
    number = read_number(target)
    if number is None:
        when = read_date(target)
        single = when is not None and when.every is None
        return DateValue(when.year, when.month, when.day) if when and single else TextValue(target)
    measure = unit_of(unit)
    if measure and measure.symbol == "年" and number == int(number) and 1990 <= number <= 2100:
        return DateValue(int(number), None, None)
    return NumberValue(number, measure)
