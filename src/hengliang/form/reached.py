"""What an actual value (实际完成值) says beside its target: which side is the good one, the amount in the
unit of the target, or one of three grades in words."""

import re
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from hengliang.base.number import read_number
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension, convertible, unit_of
from hengliang.base.unit import convert as base_convert
from hengliang.form.levels import Level2


class Direction(StrEnum):
    """Which side of the target is the good one."""

    UP = "up"  # ≥ >
    DOWN = "down"  # ≤ <
    EXACT = "exact"  # =


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


def direction_of(
    operator: str | None, name: str, level2: Level2 | None, unit: str | None, profile: Profile
) -> Direction | None:
    """Which side of the target is the good one; None for text targets (定性).

    Where no sign is printed the name decides (words of `reporting.less_is_better`), then money or time as
    unit under 成本 and 时效; otherwise more is better, as everyone reads such tables who fills them in.
    """
    if operator is not None:
        return _SIGNS.get(operator)
    return _unsigned(name, level2, unit, profile)


@lru_cache(maxsize=65536)
def _unsigned(name: str, level2: Level2 | None, unit: str | None, profile: Profile) -> Direction:
    if profile.pattern("reporting.less_is_better").search(name):
        return Direction.DOWN
    measure = unit_of(unit)
    if level2 in _COSTS and measure is not None and measure.dimension in _DOWN_UNITS:
        return Direction.DOWN
    return Direction.UP


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
