"""Clauses about one number, gathered: its lines, steps and proportions."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from hengliang.base.message import message
from hengliang.base.unit import convert, convertible
from hengliang.criteria.clauses import Clause
from hengliang.criteria.context import Context
from hengliang.criteria.curve import Interval
from hengliang.criteria.elements import Range, Test
from hengliang.criteria.nodes import Steps
from hengliang.criteria.printed import Span
from hengliang.criteria.variable import Variable, dimension_of, is_percent, known_unit

Then = Literal["points", "full", "zero", "lose", "add", "none", "share"]


@dataclass(slots=True)
class Line:
    """One stretch of numbers, and what follows there.

    `loose_low` and `loose_high` say how loosely the edges are claimed: 0 expressly (及以下, 含, ≤), 1 by
    以上 or 以内 alone, 2 by 以下 alone, 3 by a range that merely names the number.
    """

    interval: Interval
    then: Then
    low: Fraction
    high: Fraction
    span: Span
    loose_low: int = 0
    loose_high: int = 0
    bare: bool = False


@dataclass(slots=True)
class Group:
    """All that is said of one number."""

    variable: Variable
    lines: list[Line] = field(default_factory=list[Line])
    steps: list[Steps] = field(default_factory=list[Steps])
    otherwise: Line | None = None
    share: Span | None = None
    over: Interval | None = None
    """The numbers on which the proportion holds, where the sentence says it."""
    is_gap: bool = False
    moved: bool = False
    """Its numbers are distances that words before them speak of: 降低5%以上."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """All characters that speak of it."""
        spans = [line.span for line in self.lines] + [span for step in self.steps for span in step.spans]
        return tuple(
            spans + ([self.share] if self.share else []) + ([self.otherwise.span] if self.otherwise else [])
        )


def fits(unit: str, other: str) -> bool:
    """Whether amounts of one unit can be held against lines in the other."""
    if not unit or not other:
        return False
    if is_percent(unit) and is_percent(other):
        return True
    return convertible(known_unit(unit), known_unit(other))


def into(number: Decimal, unit: str, other: str) -> Fraction:
    """`number` of `unit` in `other`; percent and percentage points are one scale."""
    if is_percent(unit) and is_percent(other):
        return Fraction(number)
    return convert(number, known_unit(unit), known_unit(other))


def interval_of(test: Test | Range, unit: str, away: bool) -> tuple[Interval, int, int]:
    """The numbers that a line means, and how loosely its lower and its upper edge are claimed.

    `away`: the number is a distance that words before it speak of (超过平均值5个点以内): 0 is outside.
    """
    if isinstance(test, Range):
        low, high = into(test.low, test.unit, unit), into(test.high, test.unit, unit)
        low_closed, high_closed = test.low_closed is not False, test.high_closed is not False
        loose_low, loose_high = 3 * (test.low_closed is None), 3 * (test.high_closed is None)
        return Interval(low, low_closed, high, high_closed), loose_low, loose_high
    line = into(test.quantity.number, test.quantity.unit, unit)
    loose = 0 if test.printed_edge else 1 if test.by_word else 2
    if test.side == "at":
        return Interval(line, True, line, True), 0, 0
    if test.side in ("least", "above"):
        return Interval(low=line, low_closed=test.side == "least"), loose * (test.side == "least"), 0
    low = Fraction(0) if away else None
    return Interval(low, False, line, test.side == "most"), 0, loose * (test.side == "most")


def meet_all(clause: Clause, context: Context, unit: str, away: bool) -> tuple[Interval, int, int]:
    """The numbers that all lines of a condition mean together, and how loosely their edges are claimed."""
    interval, loose_low, loose_high = Interval(), 0, 0
    for test in clause.tests:
        other, low, high = interval_of(test, unit, away)
        interval = interval.meet(other)
        loose_low, loose_high = max(loose_low, low), max(loose_high, high)
    if interval.is_empty:
        raise context.unread(clause.span, message("no number meets all lines of this condition"))
    return interval, loose_low, loose_high


def unit_of_tests(clause: Clause, context: Context) -> str:
    """The one unit of all lines of a condition."""
    units = [test.unit if isinstance(test, Range) else test.quantity.unit for test in clause.tests]
    first = units[0]
    if not all(fits(unit, first) or unit == first for unit in units):
        raise context.unread(clause.span, message("the lines of this condition are in different units"))
    if dimension_of(first) is None and not all(unit == "" for unit in units):
        raise context.unread(clause.span, message("the lines of this condition are in different units"))
    return "%" if is_percent(first) else first
