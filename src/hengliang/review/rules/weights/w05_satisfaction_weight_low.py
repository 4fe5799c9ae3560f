"""
## What it checks

The form has satisfaction rows, and together they carry less than 10 points (profile).

## Why

Who serves the public is measured by it as well: the ministry gives a tenth to satisfaction.

## Example

满意度 6

## Instead

满意度 10

## Basis

财预〔2020〕10号, weights of self-evaluation.

---

## 查什么

设有满意度指标，但分值合计不足10分（见规则集）。

## 为什么

服务公众的单位也要由公众来评：财政部规定满意度占十分之一。

## 示例

满意度6分

## 应改为

满意度10分

## 依据

财预〔2020〕10号自评权重。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.review.bounds import is_satisfaction
from hengliang.review.points import NO_POINTS, total
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="W05",
    name="satisfaction-weight-low",
    zh="满意度权重不足",
    en="satisfaction weight low",
    severity=Severity.WARNING,
    basis=("10:权重",),
    reads=("indicators.points", "indicators.level1"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not context.weighted:
        yield rule.not_applicable(NO_POINTS)
        return
    rows = [weight for weight in context.weighted if is_satisfaction(weight.row)]
    if not rows:
        yield rule.not_applicable(message("the form has no satisfaction row with points"))
        return
    least, found = context.profile.number("weights.satisfaction_least"), total(rows)
    if found < least:
        yield rule.finds(
            (Spot("indicators"), *(Spot(row.path("points")) for row, _ in rows)),
            message("satisfaction has {points} points", points=f"{found:f}"),
            f"{found:f}",
            message("satisfaction with {least} points or more", least=f"{least:f}"),
        )
