"""
## What it checks

The printed total score against the sum of the scores: of all indicators, and of the execution of the budget
where the money block has a score (unless 预算执行率 stands among the indicators already, or the total of
points leaves it out). A row with points and without a score leaves the sum open; then only a sum that is
already too high is reported.

## Why

Total and grade are what is read and published. They must be what the rows say.

## Example

Rows and execution add up to 94.85, the total says 96.

## Instead

94.85; offered as a proposal, since the slip may also be in a row.

## Basis

财预〔2020〕10号: total of 100 points, the sum of its parts (recalled, to be checked against the official
text).

---

## 查什么

总分应等于各指标得分与预算执行得分之和（预算执行率已列入指标表，或者分值合计不含预算执行的，可以不计）。有分
值而无得分的行使合计无法确定，只在已有得分之和超过总分时提示。

## 为什么

总分和等级是对外使用、公开的结果，必须与各行一致。

## 示例

各行与预算执行得分合计94.85分，总分填96分。

## 应改为

94.85分；差错也可能出在某一行，故只作建议。

## 依据

财预〔2020〕10号：总分100分，为各部分得分之和（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator
from decimal import Decimal

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.review.attained import NO_REPORT, figure, is_report
from hengliang.review.funds import funds_of
from hengliang.review.rule import Context, Outcome, Rule, proposal

rule = Rule(
    code="R07",
    name="total-not-the-sum",
    zh="总分不符",
    en="total wrong",
    severity=Severity.ERROR,
    basis=("10:总分",),
    reads=("totals.score", "indicators.score", "money"),
    fix="proposal",
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    form = context.form
    if not is_report(form):
        yield rule.not_applicable(NO_REPORT)
        return
    total = form.totals.score if form.totals else None
    if total is None:
        yield rule.not_applicable(message("the form has no total score"))
        return
    scores = [row.score for row in context.rows if row.score is not None]
    if not scores:
        yield rule.not_applicable(message("no indicator has a score"))
        return
    funds = funds_of(form, context.profile)
    execution = funds.line.score if funds else None
    has_row = any(
        context.profile.pattern("reporting.execution_rows").search(row.name) for row in context.rows
    )
    rows = sum(scores, Decimal(0))
    money = execution or Decimal(0)
    points = sum((row.points for row in context.rows if row.points), Decimal(0))
    without_money = has_row or (form.totals is not None and form.totals.points == points)
    possible = {rows, rows + money} if without_money else {rows + money}
    tolerance = context.profile.number("reporting.total_tolerance")
    open_ = [row for row in context.rows if row.score is None and row.points]
    if open_ or (funds and funds.line.points and execution is None):
        if min(possible) > total + tolerance:
            yield rule.finds(
                "totals/score",
                message(
                    "the scores that are given already add up to {sum}, the total says {total}",
                    sum=figure(min(possible)),
                    total=figure(total),
                ),
                observed=f"{total:f}",
                expected=message("a total that is the sum of the scores"),
            )
        else:
            yield rule.undecidable(
                "totals/score", message("some scores are missing, so their sum is not known")
            )
        return
    if any(abs(one - total) <= tolerance for one in possible):
        return
    right = min(possible, key=lambda one: abs(one - total))
    yield rule.finds(
        "totals/score",
        message("the scores add up to {sum}, the total says {total}", sum=figure(right), total=figure(total)),
        observed=f"{total:f}",
        expected=message("a total that is the sum of the scores"),
        fix=proposal(
            message("set the total to {sum}", sum=figure(right)),
            Edit("totals/score", f"{total:f}", f"{right:f}"),
        ),
    )
