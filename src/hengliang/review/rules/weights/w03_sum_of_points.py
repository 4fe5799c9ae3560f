"""
## What it checks

The points of the indicators add up to 90 (profile). With a row for the execution of the budget among them
they add up to 100; where the money block has points of its own, both together make 100. Reports without
either may add up to 90 or 100.

## Why

The last 10 of 100 belong to the execution of the budget and are set when the year is over. A form of 95
fits no scheme, and its scores compare with nothing.

## Example

46 + 43 + 6 = 95

## Instead

50 + 30 + 10 = 90. Points scaled to the sum are proposed; to take them from rows that weigh too much is
mostly better, so the unit decides.

## Basis

财预〔2021〕101号, weights; 财预〔2020〕10号, 执行率 10 % (the first recalled, to be checked against the
official text).

---

## 查什么

各指标分值合计为90分（见规则集）。指标中含预算执行率的，合计100分；资金栏另有分值的，两者合计100分。自评等报告表两者都没有的，合计90分或100分均可。

## 为什么

100分中有10分属于预算执行率，年终才计。合计95分的表对不上任何方案，得分也无从比较。

## 示例

46＋43＋6＝95

## 应改为

50＋30＋10＝90。给出按比例调整的建议；多数情况下，从分值过大的指标中调减更好，由单位决定。

## 依据

财预〔2021〕101号权重；财预〔2020〕10号执行率10%（前者凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator
from decimal import Decimal
from operator import sub

from hengliang.base.finding import Edit, Fix, Severity
from hengliang.base.message import message
from hengliang.form.model import Purpose
from hengliang.review.points import NO_POINTS, Weighted, execution_points, is_execution
from hengliang.review.rule import Context, Outcome, Rule, proposal

rule = Rule(
    code="W03",
    name="sum-of-points",
    zh="分值合计",
    en="sum of points",
    severity=Severity.ERROR,
    basis=("101:权重", "10:权重"),
    reads=("indicators.points", "money.points"),
    fix="proposal",
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not context.weighted:
        yield rule.not_applicable(NO_POINTS)
        return
    rows = context.weighted
    found, wanted = context.points, _wanted(context)
    if found in wanted:
        return
    rows_without = [row for row in context.rows if row.points is None]
    if found < wanted[0] and any(not row.name.startswith("其中") for row in rows_without):
        yield rule.undecidable("indicators", message("some rows have no points, so their sum is not known"))
        return
    yield rule.finds(
        "indicators",
        message("the points add up to {sum}, not {wanted}", sum=f"{found:f}", wanted=f"{wanted[0]:f}"),
        f"{found:f}",
        message("points that add up to {wanted}", wanted=f"{wanted[0]:f}"),
        _scaled(rows, found, wanted[0]),
    )


def _wanted(context: Context) -> tuple[Decimal, ...]:
    """The sums that are right, the one to aim at first."""
    profile = context.profile
    declared, whole = profile.number("weights.sum"), profile.number("weights.sum_with_execution")
    if any(is_execution(row.name, profile) for row, _ in context.weighted):
        return (whole,)
    executed = execution_points(context.form)
    if executed is not None:
        return (whole - executed,)
    return (declared,) if context.form.purpose is Purpose.DECLARATION else (declared, whole)


def _scaled(rows: tuple[Weighted, ...], found: Decimal, wanted: Decimal) -> Fix | None:
    """Points in the same proportions, to a tenth, that add up to `wanted`: the largest rests round up."""
    if found <= 0 or any(row.points is not points for row, points in rows):
        return None
    shares = [points * wanted * 10 / found for _, points in rows]
    tenths = list(map(int, shares))
    rests = list(map(sub, tenths, shares))
    by_rest = sorted(range(len(rows)), key=rests.__getitem__)
    for index in by_rest[: int(wanted * 10) - sum(tenths)]:
        tenths[index] += 1
    edits = [
        Edit(row.path("points"), f"{points:f}", _written(one))
        for (row, points), one in zip(rows, tenths, strict=True)
        if points * 10 != one
    ]
    return proposal(message("scale the points to {wanted}", wanted=f"{wanted:f}"), *edits)


def _written(tenths: int) -> str:
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}" if rest else str(whole)
