"""
## What it checks

The name of a row under 效益 ends in an act (登记, 巡查, 调查, 评估 …). A cut name is judged by its
visible part: it counts when that ends in an act or in the first character of one (…年度检), unless an
effect could begin so as well (收 of 收入).

## Why

What is done is an output. An effect is what gets better by it, for whom and by how much.

## Example

社会效益指标 自然资源统一确权登记, 100 %

## Instead

登记办理时限压缩率, ≥ 20 %; the number of registrations goes under 产出.

## Basis

财预〔2021〕101号, kinds of effects; 财预〔2015〕88号, review point 绩效合理性 (both recalled, to be
checked against the official text).

---

## 查什么

效益指标的名称以工作动作结尾（登记、巡查、调查、评估等）。名称被截断的，按可见部分判断：以动作或动作的首
字结尾（如“…年度检”）即算，但效益用语也可能这样开头的（如“收”之于“收入”）除外。

## 为什么

做了什么是产出。效益是因此改善了什么、谁受益、改善多少。

## 示例

社会效益指标“自然资源统一确权登记”，100%

## 应改为

登记办理时限压缩率，≥20%；登记件数放到产出指标。

## 依据

财预〔2021〕101号效益指标分类；财预〔2015〕88号“绩效合理性”审核要点（均凭记忆转述，待与正式文本核对）。
"""

from functools import lru_cache

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.review.by_row import RowOutcome
from hengliang.review.effects import NO_EFFECTS, is_effect
from hengliang.review.names import longest_end, without_tail
from hengliang.review.row import Row
from hengliang.review.rule import Rule

rule = Rule(
    code="I15",
    name="effect-is-activity",
    zh="效益实为产出",
    en="effect is an activity",
    severity=Severity.WARNING,
    basis=("101:经济效益", "101:社会效益", "101:生态效益", "88:绩效合理性"),
    reads=("indicators.level1", "indicators.level2", "indicators.name"),
)

_EXPECTED = message("what gets better by it, for whom, and by how much")


@rule.check_rows(is_effect, none=NO_EFFECTS)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    name = row.name
    if act := _act(name, row.is_cut("name"), profile):
        return rule.finds(
            Spot(row.path("name"), *act),
            message("{name} is something that is done, not what comes of it", name=name),
            observed=name,
            expected=_EXPECTED,
        )
    return None


def _act(name: str, cut: bool, profile: Profile) -> tuple[int, int] | None:
    """The characters of the act that the name ends in; None when it ends in something else."""
    name = name.rstrip("….．⋯ ") if cut else without_tail(name)
    if size := longest_end(name, "indicators.effect.acts", profile):
        return len(name) - size, len(name)
    if cut and name[-1:] in _beginnings(profile):
        return len(name) - 1, len(name)
    return None


@lru_cache(maxsize=64)
def _beginnings(profile: Profile) -> frozenset[str]:
    """First characters of acts with which no effect begins."""
    effects = {effect[0] for effect in profile.words("indicators.effect.effects")}
    return frozenset(act[0] for act in profile.words("indicators.effect.acts")) - effects
