"""Phased plans (分阶段计划): which part of a year's target is due by the end of each month.

A plan is twelve shares of the target, each between 0 and 1, that never fall and end at 1. Month ÷ 12 is only
the plan of those who made none: what falls due once at the end of the year is not a third late in April.
Source: 财预〔2019〕136号 asks whether targets are reached as planned (及时性) and prescribes no arithmetic.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from hengliang.base.message import Message, message
from hengliang.base.number import read_number

MONTHS = 12
Shares = tuple[Fraction, ...]


class NoPlan(ValueError):  # noqa: N818
    """Numbers that are no plan; `said` tells why."""

    def __init__(self, said: Message) -> None:
        super().__init__(str(said))
        self.said = said


def even() -> Shares:
    """The same part every month."""
    return tuple(Fraction(month, MONTHS) for month in range(1, MONTHS + 1))


def due(plan: Shares, adding: bool) -> Shares:
    """The part of the target that is due by the end of each month under a plan.

    Of values that do not add up over the year, such as rates, all of it is due as soon as any is.
    """
    return plan if adding else tuple(Fraction(int(share > 0)) for share in plan)


def milestone(month: int) -> Shares:
    """Nothing before a month, everything in it."""
    if not 1 <= month <= MONTHS:
        raise NoPlan(message("a month is a number from 1 to 12"))
    return tuple(Fraction(int(each >= month)) for each in range(1, MONTHS + 1))


def quarterly() -> Shares:
    """A quarter of the target at the end of each quarter."""
    return tuple(Fraction(month // 3, 4) for month in range(1, MONTHS + 1))


def seasonal(reached: Mapping[int, Fraction]) -> Shares:
    """As another year went: what was reached by the end of months, by month; December must be among them.

    A month that nobody reported has what was reached before it. Raises `NoPlan`.
    """
    if MONTHS not in reached:
        raise NoPlan(message("what was reached by the end of that year is not known"))
    last, values = Fraction(0), list[Fraction]()
    for month in range(1, MONTHS + 1):
        last = reached.get(month, last)
        values.append(last)
    return cumulative(values)


def cumulative(values: Sequence[Fraction]) -> Shares:
    """From what is to be reached by the end of each month: amounts or percent, December being the whole.

    Raises `NoPlan`.
    """
    if len(values) != MONTHS:
        raise NoPlan(message("a plan has twelve numbers, and here are {count}", count=len(values)))
    whole = values[-1]
    if whole <= 0:
        raise NoPlan(message("the last number is the whole, and must be above 0"))
    if values[0] < 0 or any(one > other for one, other in pairwise(values)):
        raise NoPlan(message("what is to be reached by the end of a month never falls"))
    return tuple(value / whole for value in values)


def monthly(values: Sequence[Fraction]) -> Shares:
    """From what is to be done in each month. Raises `NoPlan`."""
    total, sums = Fraction(0), list[Fraction]()
    for value in values:
        total += value
        sums.append(total)
    return cumulative(sums)


def pasted(text: str, rows: int, by_month: bool) -> dict[int, Shares]:
    """Plans out of cells copied from a spreadsheet, by the number of the row from 1.

    A line has twelve numbers in its last cells; the first cell of all is the number of the row where it is a
    whole number and more than twelve follow or stand beside it, else lines are counted. Lines without twelve
    numbers (headings, blanks) are passed over. Raises `NoPlan` for a line whose numbers are no plan.
    """
    found: dict[int, Shares] = {}
    counted = 0
    for line in text.splitlines():
        cells = [cell.strip().rstrip("%％") for cell in line.split("\t")]
        numbers = [read_number(cell) for cell in cells[-MONTHS:]]
        if len(numbers) != MONTHS or any(number is None for number in numbers):
            continue
        counted += 1
        own = cells[0] if len(cells) > MONTHS else ""
        row = int(own) if own.isdigit() else counted
        if not 1 <= row <= rows:
            raise NoPlan(message("there is no row {row}", row=row))
        values = [Fraction(number) for number in numbers if number is not None]
        try:
            found[row] = monthly(values) if by_month else cumulative(values)
        except NoPlan as error:
            raise NoPlan(message("row {row}: {why}", row=row, why=error.said)) from error
    if not found:
        raise NoPlan(message("no line has twelve numbers"))
    return found
