"""
## What it checks

Every indicator has full points, and so has the execution of the budget where the form has it.

## Why

A report on which nothing fell short is possible and rare. It asks for a second look: were the targets too
low, or were actual values filled in from the targets?

## Example

25 of 25 rows full, execution 100 %, total 100.00.

## Instead

Scores that follow from checked figures.

## Basis

财预〔2020〕10号 and the ministry's notice: self-evaluation is truthful, inflated scores are forbidden
(confirmed in a press summary).

---

## 查什么

全部指标得满分，有预算执行得分的也为满分。

## 为什么

样样圆满并非不可能，但很少见。应当复核：指标值是否偏低，实际完成值是否照抄指标值。

## 示例

25项指标全部满分，执行率100%，总分100.00分。

## 应改为

按核实的数据计分。

## 依据

财预〔2020〕10号及财政部通知：自评应当真实、客观，不得虚高打分（新闻摘要有此内容）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.review.attained import NO_REPORT, is_report
from hengliang.review.funds import funds_of
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="R09",
    name="all-full-marks",
    zh="全满分",
    en="all full marks",
    severity=Severity.ADVICE,
    basis=("10:真实",),
    reads=("indicators.score", "indicators.points", "money"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not is_report(context.form):
        yield rule.not_applicable(NO_REPORT)
        return
    scored = [row.indicator for row in context.rows if row.points and row.score is not None]
    if not scored:
        yield rule.not_applicable(message("no row has both points and a score"))
        return
    if len(scored) < context.profile.number("reporting.full_marks_rows"):
        return
    if any(one.score != one.points for one in scored):
        return
    if any(row.points and row.score is None for row in context.rows):
        return
    funds = funds_of(context.form, context.profile)
    if funds is not None and (
        (funds.line.points and funds.line.score != funds.line.points)
        or (funds.rate is not None and funds.rate < 100)
    ):
        return
    yield rule.finds(
        "indicators",
        message("all {count} scored rows have full points", count=len(scored)),
        expected=message("a second look at targets and actual values"),
    )
