"""
## What it checks

A row has other points than the same row of the declaration of the same year, and nothing in 备注 or the
reasons speaks of an adjustment. Rows are the same when their names are. Checked when that declaration is
given as an earlier form.

## Why

The weights are approved with the budget. Who changes them afterwards chooses how he is measured.

## Example

Declared 3 points, reported 5

## Instead

The approved points; or the adjustment, named in the row

## Basis

财预〔2021〕101号: weights are fixed with the approval (recalled, to be checked against the official text).

---

## 查什么

同一指标的分值与当年申报表不同，备注和原因中又没有提到调整。名称相同的视为同一指标。提供了当年申报表时检查。

## 为什么

权重随预算批复确定。事后改分，等于自己选择考核办法。

## 示例

申报3分，自评5分

## 应改为

按批复的分值；或在行内写明调整

## 依据

财预〔2021〕101号：权重随批复确定，一般不作调整（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.review.past import NO_DECLARATION, by_name, same_name
from hengliang.review.points import NO_POINTS
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="W12",
    name="points-changed-after-approval",
    zh="批复后改分",
    en="points changed after approval",
    severity=Severity.ERROR,
    basis=("101:权重",),
    reads=("indicators.points", "indicators.name", "indicators.remark"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not context.weighted:
        yield rule.not_applicable(NO_POINTS)
        return
    declaration = context.past.declaration
    if declaration is None:
        yield rule.not_applicable(NO_DECLARATION)
        return
    declared = by_name(declaration)
    adjusted = context.profile.pattern("procedure.adjusted")
    for row, _ in context.weighted:
        before = None if row.is_cut("name") else declared.get(same_name(row.name))
        if before is None or before.points is None or before.points == row.points:
            continue
        if adjusted.search(f"{row.remark or ''} {row.reason or ''}"):
            continue
        yield rule.finds(
            row.path("points"),
            message(
                "{points} points here, {before} on the declaration",
                points=f"{row.points:f}",
                before=f"{before.points:f}",
            ),
            f"{row.points:f}",
            message("the approved points, or the adjustment named"),
        )
