"""Numbers with their units in running text, and amounts made comparable."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from hengliang.base.text import remembered
from hengliang.base.unit import Dimension, Unit, unit_at


class Figure(NamedTuple):
    """A number with its unit in a text, and its characters."""

    number: Decimal
    unit: str
    start: int
    end: int


_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_CALENDAR = frozenset("年月日号")
_NO_FIGURE = frozenset("第〔.")


@remembered(size=16384)
def figures_in(text: str) -> tuple[Figure, ...]:
    """The numbers with a unit in `text`; years, dates and numbers of papers are none."""
    found: list[Figure] = []
    for match in _FIGURE.finditer(text):
        if text[match.start() - 1 : match.start()] in _NO_FIGURE:
            continue
        unit = unit_at(text, match.end())
        if unit and unit not in _CALENDAR:
            number = Decimal(match[0].replace(",", ""))
            found.append(Figure(number, unit, match.start(), match.end() + len(unit)))
    return tuple(found)


Amount = tuple[Decimal | Fraction, str | None]
"""An amount in its base unit, and that unit; any counting word is one."""


def amount_of(number: Decimal, unit: Unit) -> Amount:
    """`number` of `unit` as an amount."""
    amount = number * unit.factor if unit.divisor == 1 else Fraction(number) * unit.scale
    return amount, "个" if unit.dimension is Dimension.COUNT else unit.base
