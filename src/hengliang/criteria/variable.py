"""What a scoring sentence asks for: one named number, yes or no, or a word."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from hengliang.base.unit import Dimension, Unit, unit_of


class Kind(StrEnum):
    """What kind of fact is asked for."""

    VALUE = "value"  # the measured value, in the unit of the indicator
    RATE = "rate"  # a rate that the sentence names, in percent
    RATIO = "ratio"  # the degree of completion, actual ÷ target, in percent
    COUNT = "count"  # cases, or items that are missing
    DELAY = "delay"  # how much too late, in the unit of the sentence
    MET = "met"  # yes or no; yes is the state that earns more
    GRADE = "grade"  # one of the words of the sentence


NUMBERS = frozenset({Kind.VALUE, Kind.RATE, Kind.RATIO, Kind.COUNT, Kind.DELAY})
"""The kinds that are asked as a number."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What 完成指标值 means in numbers: the indicator's own operator and target."""

    operator: str
    target: Fraction

    def __post_init__(self) -> None:
        if self.operator not in ("≥", ">", "=", "<", "≤"):
            raise ValueError(f"{self.operator!r} does not compare")

    def holds(self, number: Fraction) -> bool:
        """Whether `number` reaches the target."""
        return {
            "≥": number >= self.target,
            ">": number > self.target,
            "=": number == self.target,
            "<": number < self.target,
            "≤": number <= self.target,
        }[self.operator]


@dataclass(frozen=True, slots=True)
class Variable:
    """What is asked.

    `name` holds the words of the sentence that say what it is; none where the sentence names nothing.
    `event` is true for a yes/no whose words describe the state that earns less (发生事故不得分).
    `reach` is given where yes means that the indicator's own target is reached: its value answers too.
    """

    kind: Kind
    name: str
    unit: str = ""
    event: bool = False
    reach: Reach | None = None
    ratio: tuple[str, str] | None = None
    """What is divided by what, where a formula says it."""

    @property
    def is_number(self) -> bool:
        """Whether it is asked as a number."""
        return self.kind in NUMBERS


def dimension_of(unit: str) -> Dimension | None:
    """What `unit` measures; words that only scoring sentences count by (小点) are counts. None for none."""
    if not unit:
        return None
    known = unit_of(unit)
    return known.dimension if known is not None else Dimension.COUNT


def known_unit(unit: str) -> Unit:
    """`unit` as the table has it, or as a counting word of its own."""
    return unit_of(unit) or Unit(unit, Dimension.COUNT, base=unit)


def is_percent(unit: str) -> bool:
    """Whether `unit` is a percentage or percentage points."""
    return unit in ("%", "个百分点", "百分点")


def whole_months(due: date, done: date) -> int:
    """Whole months from `due` to `done`, ends of months kept: two after 31 December is the end of February.

    0 when it is done in time.
    """
    months = 0
    while done > due and _later(due, months + 1) <= done:
        months += 1
    return months


def _later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    last = monthrange(year, month)[1]
    ends = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, last if ends else min(day.day, last))


def delay(due: date, done: date, unit: str) -> Fraction | None:
    """How late `done` is, in whole `unit`s: days, weeks, months, quarters or years.

    None for units that need a calendar of working days, and for those that are no time.
    """
    known = unit_of(unit)
    if known is None or known.dimension is not Dimension.DURATION:
        return None
    if known.base == "个月":
        return Fraction(int(whole_months(due, done) / known.scale))
    if known.symbol in ("工作日", "学年", "学期", "旬"):
        return None
    days = max(0, (done - due).days)
    return Fraction(int(days * 86400 / known.scale))
