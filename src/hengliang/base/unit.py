"""Units of measure (计量单位) as types with a dimension."""

from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Dimension(StrEnum):
    """What kind of quantity a unit measures."""

    COUNT = "count"  # 家 处 个 次 人 件 …
    RATIO = "ratio"  # % ‰
    POINTS = "percentage_points"  # 个百分点
    MONEY = "money"  # 元 万元 亿元
    MONEY_RATE = "money_rate"  # 元/亩 万元/处
    AREA = "area"  # 亩 公顷 平方米
    LENGTH = "length"
    MASS = "mass"
    VOLUME = "volume"
    DURATION = "duration"  # 月 年 天 工作日 小时
    OTHER = "other"


class Unit(NamedTuple):
    """A unit: how it is written, what it measures, and how many of its dimension's base unit it is."""

    symbol: str
    dimension: Dimension
    factor: Decimal = Decimal(1)
    base: str = ""
    """The symbol of the base unit that `factor` counts (元 for 万元); for counts the counting word itself."""


@lru_cache(maxsize=65536)
def unit_of(text: str | None) -> Unit | None:
    """The unit that `text` is, None when it is none known here."""
    known = {"%": Dimension.RATIO, "家": Dimension.COUNT}
    return Unit(text, known[text]) if text in known else None
