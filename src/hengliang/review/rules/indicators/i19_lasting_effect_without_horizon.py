"""
## What it checks

A row under 可持续影响 that tells no horizon: neither a span of years nor a word of what is kept up
(机制, 制度, 长效, 持续, 使用年限 …) in name, explanation or value, and no span of time as its target.
The year of the budget is no span.

## Why

What lasts is said with how long it lasts, or with the rule by which it is kept up.

## Example

可持续影响指标 国土变更调查, 100 %

## Instead

变更调查数据年度更新机制运行年限, ≥ 3 年

## Basis

财预〔2015〕88号, tree with 可持续影响 (recalled, to be checked against the official text).

---

## 查什么

可持续影响指标没有说明时限：名称、解释和指标值中没有年限，也没有靠什么持续（机制、制度、长效、持续、使用
年限等），指标值也不是时间长度。预算年度不算年限。

## 为什么

可持续要说明持续多久，或者靠什么机制持续。

## 示例

可持续影响指标“国土变更调查”，100%

## 应改为

变更调查数据年度更新机制运行年限，≥3年

## 依据

财预〔2015〕88号指标体系中的可持续影响（凭记忆转述，待与正式文本核对）。
"""

import re

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension
from hengliang.form.levels import Level2
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import under
from hengliang.review.row import Row
from hengliang.review.rule import Rule

rule = Rule(
    code="I19",
    name="lasting-effect-without-horizon",
    zh="可持续无期限",
    en="lasting effect without horizon",
    severity=Severity.ADVICE,
    basis=("88:指标体系",),
    reads=("indicators.level2", "indicators.name", "indicators.explanation", "indicators.unit"),
)

_EXPECTED = message("a span of years, or the mechanism that keeps it up")
_NONE = message("the form has no indicators of lasting effect")
_YEARS = re.compile(r"(?<!\d)\d{1,2}年|[一二两三四五六七八九十]+年")


@rule.check_rows(under(Level2.LASTING), none=_NONE)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    if not _has_horizon(row, profile):
        return rule.finds(
            row.path("name"),
            message("{name} does not say how long, or by what, the effect is kept up", name=row.name),
            observed=row.name,
            expected=_EXPECTED,
        )
    return None


def _has_horizon(row: Row, profile: Profile) -> bool:
    unit = row.unit
    if unit is not None and unit.dimension is Dimension.DURATION and not row.is_qualitative:
        return True
    words = profile.pattern("indicators.effect.lasting")
    texts = (row.name, row.explanation or "", row.target or "")
    return any(words.search(text) or _YEARS.search(text) for text in texts)
