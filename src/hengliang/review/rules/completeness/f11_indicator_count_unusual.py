"""
## What it checks

The form has 6 to 20 indicators (the range is set in the profile). Rows that only detail another one
(其中：…) do not count. Monitoring tables are not checked.

## Why

Indicators name the main output and the core effect. Twenty-five of them hide the core; three leave most of
the goals unmeasured.

## Example

25 indicators.

## Instead

12 indicators.

## Basis

财预〔2021〕101号, principle 重点突出 (recalled, to be checked against the official text). The range is a
choice of this project.

---

## 查什么

三级指标总数在6至20个之间（由规则集设定）。“其中：”各分项行不计。监控表不查。

## 为什么

指标应反映主要产出和核心效果。指标过多，重点不突出；过少，多数目标没有衡量。

## 示例

25个指标。

## 应改为

12个指标。

## 依据

财预〔2021〕101号“重点突出”原则（凭记忆转述，待与正式文本核对）。范围为本项目选定。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.form.model import Purpose
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="F11",
    name="indicator-count-unusual",
    zh="指标总数异常",
    en="number of indicators unusual",
    severity=Severity.ADVICE,
    basis=("101:重点突出",),
    reads=("indicators",),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if context.form.purpose is Purpose.MONITORING:
        yield rule.not_applicable(message("a monitoring table lists only the indicators that are followed"))
        return
    least = int(context.profile.number("completeness.least_indicators"))
    most = int(context.profile.number("completeness.most_indicators"))
    count = sum([not row.name.startswith("其中") for row in context.rows])
    if not least <= count <= most:
        yield rule.finds(
            "indicators",
            message("the form has {count} indicators", count=count),
            observed=str(count),
            expected=message(
                "{least} to {most} indicators on main output and core effect", least=least, most=most
            ),
        )
