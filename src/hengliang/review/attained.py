"""What was reached beside what was promised: actual values (实际完成值) compared with targets.

No points are worked out here; this only says whether a target was reached, and how far.
"""

import re
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from hengliang.base.message import Message, message
from hengliang.base.number import read_number, round_half_up
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension, convertible, unit_of
from hengliang.base.unit import convert as base_convert
from hengliang.form.levels import Level2
from hengliang.form.model import Form, Purpose
from hengliang.form.value import DateValue, NumberValue, TargetValue, value_of
from hengliang.review.row import Row

NO_REPORT = message("the form is a declaration: nothing has been reported on it yet")


def is_report(form: Form) -> bool:
    """Whether the form says what was reached: monitoring and self-evaluation."""
    return form.purpose is not Purpose.DECLARATION


class Direction(StrEnum):
    """Which side of the target is the good one."""

    UP = "up"  # ≥ >
    DOWN = "down"  # ≤ <
    EXACT = "exact"  # =


class Reached(NamedTuple):
    """An actual value beside its target, both numbers in the target's unit (or both dates, then without
    numbers). `short` says whether the actual is on the wrong side of the target."""

    direction: Direction
    short: bool
    target: Decimal | None = None
    actual: Decimal | None = None

    @property
    def percent(self) -> Decimal | None:
        """Actual by target in percent; None for dates and for a target of 0."""
        if self.target is None or self.actual is None or not self.target:
            return None
        return self.actual / self.target * 100


_SIGNS = {
    "≥": Direction.UP,
    ">": Direction.UP,
    "≤": Direction.DOWN,
    "<": Direction.DOWN,
    "=": Direction.EXACT,
}
_DOWN_UNITS = {Dimension.MONEY, Dimension.MONEY_RATE, Dimension.DURATION}
_COSTS = {
    Level2.COST,
    Level2.TIME,
    Level2.ECONOMIC_COST,
    Level2.SOCIAL_COST,
    Level2.ECOLOGICAL_COST,
}


def direction(row: Row, profile: Profile) -> Direction | None:
    """Which side of the target is the good one: by the sign, and where none is printed by the name (words of
    `reporting.less_is_better`), by money or time as unit under 成本 and 时效, otherwise more is better.

    None for text targets. Numbers without a sign are read as "more is better" by everyone who fills in and
    scores such tables; findings built on it say that no sign is printed.
    """
    operator = row.operator
    if operator is not None:
        return _SIGNS.get(operator)
    return _unsigned(row.name, row.level2, row.unit_text, profile)


@lru_cache(maxsize=65536)
def _unsigned(name: str, level2: Level2 | None, unit: str | None, profile: Profile) -> Direction:
    if profile.pattern("reporting.less_is_better").search(name):
        return Direction.DOWN
    measure = unit_of(unit)
    if level2 in _COSTS and measure is not None and measure.dimension in _DOWN_UNITS:
        return Direction.DOWN
    return Direction.UP


def number_of(row: Row) -> Decimal | None:
    """The target as a number in its own unit; None when it is words, a date or nothing."""
    return row.value.number if isinstance(row.value, NumberValue) else None


def reached(row: Row, actual: str | None, profile: Profile) -> Reached | None:
    """`actual` beside the target of `row`; None when they cannot be compared: nothing printed, words, other
    units, or a target that is no number and no date."""
    way = direction(row, profile)
    target = row.value
    if actual is None or way is None or target is None:
        return None
    return _beside(target, way, actual, row.unit_text)


@lru_cache(maxsize=65536)
def _beside(target: TargetValue, way: Direction, actual: str, unit: str | None) -> Reached | None:
    if isinstance(target, NumberValue):
        number = in_unit(actual, unit)
        return (
            None
            if number is None
            else Reached(way, _short(way, number, target.number), target.number, number)
        )
    if isinstance(target, DateValue):
        moment = value_of(None, actual, None)
        if isinstance(moment, DateValue) and (later := _later(moment, target)) is not None:
            return Reached(Direction.DOWN, later)
    return None


def _short(way: Direction, actual: Decimal, target: Decimal) -> bool:
    # Equality passes whatever the sign: whether `> 90` is reached at 90 is a question of scoring.
    if way is Direction.DOWN or (way is Direction.EXACT and not target):
        return actual > target
    return actual < target


def _later(actual: DateValue, target: DateValue) -> bool | None:
    if actual.year is not None and target.year is not None and actual.year != target.year:
        return actual.year > target.year
    if actual.month is None or target.month is None:
        return None
    if actual.month != target.month or actual.day is None or target.day is None:
        return actual.month > target.month
    return actual.day > target.day


_AMOUNT = re.compile(r"[≥≤><=≧≦]?\s*([+-]?[\d,]+(?:\.\d+)?)\s*(\D*)")


@lru_cache(maxsize=65536)
def in_unit(text: str, unit: str | None) -> Decimal | None:
    """The one amount that `text` states (`57`, `≥90%`, `1.2亿元`), in `unit`; None when it states none, or
    one in a unit that does not convert."""
    match = _AMOUNT.fullmatch(text.strip())
    number = read_number(match[1]) if match else None
    if match is None or number is None:
        return None
    own = match[2].strip()
    return convert(number, own or unit, unit)


def convert(number: Decimal, own: str | None, unit: str | None) -> Decimal | None:
    """`number` of unit `own` in `unit`; None when the two do not convert. The same word always does."""
    if (own or None) == (unit or None):
        return number
    here, there = unit_of(own), unit_of(unit)
    if here is None or there is None or not convertible(here, there):
        return None
    exact = base_convert(number, here, there)
    return Decimal(exact.numerator) / Decimal(exact.denominator)


@lru_cache(maxsize=65536)
def is_blank(text: str | None, profile: Profile) -> bool:
    """Whether a text cell says nothing: empty, or one of `reporting.no_reason` (无, /, 无偏差)."""
    return text is None or text.strip(" 。.；;，,") in profile.words("reporting.no_reason")


_POINTS = re.compile(r"\d+(?:\.\d+)?分?")


def gives_reason(row: Row, profile: Profile) -> bool:
    """Whether the row says why: in 偏差原因, in 设定依据, or in 备注 (points that stand there are none)."""
    remark = row.remark
    return (
        not is_blank(row.reason, profile)
        or not is_blank(row.basis, profile)
        or not (is_blank(remark, profile) or _POINTS.fullmatch(remark or ""))
    )


def figure(number: Decimal) -> str:
    """A number as people write it in a sentence: at most two decimals, none that say nothing."""
    return f"{round_half_up(number):f}".rstrip("0").rstrip(".")


def with_unit(number: str, unit: str | None) -> Message | str:
    """A number and its unit as a sentence takes them: 98 % in English, 98% in Chinese."""
    return message("{number} {unit}", number=number, unit=unit) if unit else number


class TextGrade(StrEnum):
    """The three grades of a text target (定性指标三档)."""

    MET = "met"  # 达成年度指标
    PARTLY = "partly"  # 部分达成年度指标并具有一定效果
    MISSED = "missed"  # 未达成年度指标且效果较差


@lru_cache(maxsize=65536)
def text_grade(actual: str | None, profile: Profile) -> TextGrade | None:
    """The grade that the words of an actual value name, None when they name none."""
    if actual is None:
        return None
    words = actual.strip(" 。.；;")
    for grade in TextGrade:
        for name in profile.words(f"reporting.text_grades.{grade}"):
            # 完成80% and 完成部分任务 begin with 完成 too, but name no grade.
            if words.startswith(name) and words[len(name) : len(name) + 1] in _AFTER_GRADE:
                return grade
    return None


_AFTER_GRADE = ("", "并", "且", "，", ",", "；", "。", "（", "(")
