"""
## What it checks

Points with more than one decimal (profile); zeros at the end do not count.

## Why

Hundredths of points pretend a precision that no weighing has, and they are lost in rounding.

## Example

2.35

## Instead

2.4, with the sum checked again. Rounding is proposed only: it changes the weight of the row, and may change
the sum.

## Basis

Clarity; a choice of this project.

---

## 查什么

分值超过一位小数（见规则集），末尾的零不计。

## 为什么

百分之几分是虚假的精确，四舍五入后就没有了。

## 示例

2.35分

## 应改为

2.4分，并重新核对合计。取整会改变分值和合计，只作建议。

## 依据

清晰性要求，本项目选定。
"""

from collections.abc import Iterator

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.number import round_half_up
from hengliang.review.points import NO_POINTS
from hengliang.review.rule import Context, Outcome, Rule, proposal

rule = Rule(
    code="W11",
    name="points-precision",
    zh="分值精度",
    en="points precision",
    severity=Severity.ADVICE,
    basis=("101:权重",),
    reads=("indicators.points",),
    fix="proposal",
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not context.weighted:
        yield rule.not_applicable(NO_POINTS)
        return
    places = int(context.profile.number("weights.decimals"))
    for row, points in context.weighted:
        if points % 1 == 0 or points == (rounded := round_half_up(points, places)):
            continue
        path, old, new = row.path("points"), f"{points:f}", f"{rounded:f}"
        fix = proposal(message("round to {points}", points=new), Edit(path, old, new))
        yield rule.finds(
            path,
            message("{points} points are finer than a tenth", points=old),
            old,
            message("points with at most {places} decimal", places=places),
            fix if points == row.points else None,
        )
