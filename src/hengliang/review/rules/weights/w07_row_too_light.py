"""
## What it checks

A row has less than 1 point (profile).

## Why

Half a point cannot be told from rounding; the row costs work and decides nothing.

## Example

0.5

## Instead

2

## Basis

Balance of the form; the line is a choice of this project.

---

## 查什么

单项分值不足1分（见规则集）。

## 为什么

半分与四舍五入难以区分，这样的指标费工而不起作用。

## 示例

0.5分

## 应改为

2分

## 依据

全表均衡，界线为本项目选定。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.review.points import NO_POINTS
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="W07",
    name="row-too-light",
    zh="单项过小",
    en="one row too light",
    severity=Severity.ADVICE,
    basis=("10:权重",),
    reads=("indicators.points",),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not context.weighted:
        yield rule.not_applicable(NO_POINTS)
        return
    least = context.profile.number("weights.lightest")
    for row, points in context.weighted:
        if points < least:
            yield rule.finds(
                row.path("points"),
                message("only {points} points on a row", points=f"{points:f}"),
                f"{points:f}",
                message("{least} point or more", least=f"{least:f}"),
            )
