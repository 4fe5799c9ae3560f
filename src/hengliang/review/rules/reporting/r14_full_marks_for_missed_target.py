"""
## What it checks

Full points for an actual value on the wrong side of its target, when the row has no scoring standard of its
own that could allow it. A shortfall worth less than 0.05 points is rounding.

## Why

A target that was not reached gets points in proportion, not all of them. Whether a cause is given makes no
difference to the score.

## Example

政府采购执行率 ≥ 100 %, actual 72.74 %, 2 of 2 points.

## Instead

1.45 of 2 points.

## Basis

财预〔2020〕10号: a target not reached gets points × actual ÷ target (recalled, to be checked against the
official text).

---

## 查什么

实际完成值未达到指标值却得满分，而该行没有可据以给满分的评分标准。差额不足0.05分的视为四舍五入。

## 为什么

未完成的指标按比例计分，不能得满分；是否说明原因，不影响计分。

## 示例

“政府采购执行率”≥100%，实际72.74%，2分得2分。

## 应改为

2分得1.45分。

## 依据

财预〔2020〕10号：未完成指标值的，按完成值与指标值的比例记分（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.form.model import Purpose
from hengliang.form.reached import Direction
from hengliang.review.attained import figure, reached, with_unit
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="R14",
    name="full-marks-for-missed-target",
    zh="未达标得满分",
    en="missed yet full marks",
    severity=Severity.ERROR,
    basis=("10:计分", "10:真实"),
    reads=(
        "indicators.actual",
        "indicators.target",
        "indicators.score",
        "indicators.points",
        "indicators.criterion",
    ),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if context.form.purpose is not Purpose.SELF_EVALUATION:
        yield rule.not_applicable(message("only a self-evaluation scores what was reached"))
        return
    rounding = context.profile.number("reporting.score_tolerance")
    for row in context.rows:
        if not row.points or row.score != row.points or row.criterion:
            continue
        result = reached(row, row.actual, context.profile)
        if result is None or not result.short:
            continue
        percent = result.percent if result.direction is not Direction.DOWN else None
        if percent is not None and row.points * (100 - percent) / 100 < rounding:
            continue
        yield rule.finds(
            row.path("score"),
            message(
                "full {points} points, though {actual} does not reach {target}",
                points=figure(row.points),
                actual=row.actual,
                target=with_unit(f"{row.operator or ''}{row.target}", row.unit_text),
            ),
            observed=figure(row.points),
            expected=message("points that follow from what was reached"),
        )
