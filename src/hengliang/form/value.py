"""The target of an indicator as a typed value."""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from hengliang.base.number import read_number
from hengliang.base.unit import Unit, unit_of


class NumberValue(NamedTuple):
    """One number with its unit; `unit` is None when none is printed or the printed one is unknown."""

    number: Decimal
    unit: Unit | None


class DateValue(NamedTuple):
    """A date or deadline; what is not printed is None."""

    year: int | None
    month: int | None
    day: int | None


class TextValue(NamedTuple):
    """Words: 有效推进, 显著提升, several numbers, a range."""

    text: str


TargetValue = NumberValue | DateValue | TextValue


@lru_cache(maxsize=65536)
def value_of(operator: str | None, target: str | None, unit: str | None) -> TargetValue | None:
    """The typed value of a target as the form model holds it (number string, date text or words)."""
    del operator
    if target is None:
        return None
    number = read_number(target)
    return TextValue(target) if number is None else NumberValue(number, unit_of(unit))
