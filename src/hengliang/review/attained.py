"""What was reached beside what was promised: actual values (实际完成值) compared with targets.

No points are worked out here; this only says whether a target was reached, and how far.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from hengliang.base.message import Message, message
from hengliang.base.number import round_half_up
from hengliang.base.profile import Profile
from hengliang.form.model import Form, Purpose
from hengliang.form.reached import Direction, direction_of, in_unit
from hengliang.form.value import DateValue, NumberValue, TargetValue, value_of
from hengliang.review.row import Row

NO_REPORT = message("the form is a declaration: nothing has been reported on it yet")


def is_report(form: Form) -> bool:
    """Whether the form says what was reached: monitoring and self-evaluation."""
    return form.purpose is not Purpose.DECLARATION


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


def direction(row: Row, profile: Profile) -> Direction | None:
    """Which side of the target is the good one: by the sign, and where none is printed by the name (words of
    `reporting.less_is_better`), by money or time as unit under 成本 and 时效, otherwise more is better.

    None for text targets. Numbers without a sign are read as "more is better" by everyone who fills in and
    scores such tables; findings built on it say that no sign is printed.
    """
    return direction_of(row.operator, row.name, row.level2, row.unit_text, profile)


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
