"""What the level-1 and level-2 words of the indicator tree mean, whatever their spelling.

Source: the trees of 财预〔2015〕88号 (产出, 效益, 满意度) and 财预〔2021〕101号 (成本 on level 1).
"""

from enum import StrEnum
from functools import lru_cache


class Level1(StrEnum):
    """一级指标."""

    OUTPUT = "output"  # 产出
    BENEFIT = "benefit"  # 效益
    SATISFACTION = "satisfaction"  # 满意度
    COST = "cost"  # 成本
    MANAGEMENT = "management"  # 决策, 过程, 管理, 投入


class Level2(StrEnum):
    """二级指标."""

    QUANTITY = "quantity"  # 数量
    QUALITY = "quality"  # 质量
    TIME = "time"  # 时效, 进度
    COST = "cost"  # 成本 below 产出
    ECONOMIC_COST = "economic_cost"  # 经济成本
    SOCIAL_COST = "social_cost"  # 社会成本
    ECOLOGICAL_COST = "ecological_cost"  # 生态环境成本
    ECONOMIC = "economic"  # 经济效益
    SOCIAL = "social"  # 社会效益
    ECOLOGICAL = "ecological"  # 生态效益
    LASTING = "lasting"  # 可持续影响
    SATISFACTION = "satisfaction"  # 服务对象满意度


_LEVEL1 = (
    ("满意", Level1.SATISFACTION),
    ("成本", Level1.COST),
    ("产出", Level1.OUTPUT),
    ("效益", Level1.BENEFIT),
    ("效果", Level1.BENEFIT),
    ("决策", Level1.MANAGEMENT),
    ("过程", Level1.MANAGEMENT),
    ("管理", Level1.MANAGEMENT),
    ("投入", Level1.MANAGEMENT),
)
# Longer words first: 经济成本 is no 经济效益, and 生态环境成本 is a cost.
_LEVEL2 = (
    ("经济成本", Level2.ECONOMIC_COST),
    ("社会成本", Level2.SOCIAL_COST),
    ("生态环境成本", Level2.ECOLOGICAL_COST),
    ("环境成本", Level2.ECOLOGICAL_COST),
    ("满意", Level2.SATISFACTION),
    ("可持续", Level2.LASTING),
    ("数量", Level2.QUANTITY),
    ("质量", Level2.QUALITY),
    ("时效", Level2.TIME),
    ("进度", Level2.TIME),
    ("成本", Level2.COST),
    ("经济", Level2.ECONOMIC),
    ("社会", Level2.SOCIAL),
    ("生态", Level2.ECOLOGICAL),
    ("环境", Level2.ECOLOGICAL),
)


@lru_cache(maxsize=1024)
def level1_of(word: str | None) -> Level1 | None:
    """The meaning of a level-1 word (产出指标, 产出目标, 产出 …), None when it has none known here."""
    return next((level for key, level in _LEVEL1 if word and key in word), None)


@lru_cache(maxsize=1024)
def level2_of(word: str | None) -> Level2 | None:
    """The meaning of a level-2 word (数量指标, 数量 …), None when it has none known here."""
    return next((level for key, level in _LEVEL2 if word and key in word), None)
