"""
## What it checks

The form has a row for the execution of the budget (预算执行率), and its points come a second time: the
money block has points as well, or the declared points do not add up to 100, so that the last 10 are added
later.

## Why

Spending would count twice, and the output less.

## Example

产出: 预算执行率, 10分, on a declaration of 90

## Instead

Drop the row; the 10 points of the execution are added at the end of the year.

## Basis

财预〔2021〕101号, weights (recalled, to be checked against the official text).

---

## 查什么

表中设有预算执行率指标，其分值又会重复计算：资金栏另有分值，或申报分值合计不是100分，年终还要加上10分。

## 为什么

支出进度计了两次，产出的分量就轻了。

## 示例

合计90分的申报表中：产出，预算执行率，10分

## 应改为

删去该行；预算执行率的10分在年终加计。

## 依据

财预〔2021〕101号权重（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.review.points import NO_POINTS, execution_points, is_execution
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="W10",
    name="execution-counted-twice",
    zh="重复计执行率",
    en="execution counted twice",
    severity=Severity.WARNING,
    basis=("101:权重",),
    reads=("indicators.name", "indicators.points", "money.points"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not context.weighted:
        yield rule.not_applicable(NO_POINTS)
        return
    profile = context.profile
    own = execution_points(context.form)
    if own is None and context.points == profile.number("weights.sum_with_execution"):
        return
    for row, points in context.weighted:
        if is_execution(row.name, profile):
            yield rule.finds(
                (Spot(row.path("name")), Spot(row.path("points"))),
                message(
                    "the execution of the budget has {points} points here and others beside the indicators",
                    points=f"{points:f}",
                ),
                row.name,
                message("no row for the execution of the budget"),
            )
