"""
## What it checks

A row has more than 2.5 times the mean points of the form (profile).

## Why

One row decides the grade of the whole.

## Example

10 points against a mean of 3.8

## Instead

8 rows, mean 11.25, heaviest 16

## Basis

Balance of the form; the line is a choice of this project.

---

## 查什么

单项分值超过全表平均分值的2.5倍（见规则集）。

## 为什么

一个指标决定了全表的等级。

## 示例

平均3.8分，单项10分

## 应改为

8个指标，平均11.25分，最高16分

## 依据

全表均衡，界线为本项目选定。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.number import round_half_up
from hengliang.review.points import NO_POINTS
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="W06",
    name="row-too-heavy",
    zh="单项过大",
    en="one row too heavy",
    severity=Severity.ADVICE,
    basis=("10:权重",),
    reads=("indicators.points",),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not context.weighted:
        yield rule.not_applicable(NO_POINTS)
        return
    rows = context.weighted
    mean = context.points / len(rows)
    most = context.profile.number("weights.heaviest") * mean
    for row, points in rows:
        if points > most:
            yield rule.finds(
                row.path("points"),
                message(
                    "{points} points on one row, the mean is {mean}",
                    points=f"{points:f}",
                    mean=f"{round_half_up(mean):f}",
                ),
                f"{points:f}",
                message("at most {most} points", most=f"{round_half_up(most, 1):f}"),
            )
