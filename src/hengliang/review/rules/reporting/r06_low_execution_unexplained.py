"""
## What it checks

On a self-evaluation: an execution rate below 90 %, worked out from the amounts of the total line (from the
lines below it where the total was left at 0; as printed where amounts are missing), while no text of the
form speaks of it: neither the reason of a row 预算执行率, nor the text on what was reached, nor any other
reason (执行率, 结余, 结转, 支付 …).

## Why

Money that was not spent is either not needed, or its results are missing. The form has to say which.

## Example

全年预算 202.64, 执行 132.912 (65.59 %), no word on it.

## Instead

实际完成情况: …；因工程尾款次年支付，预算执行率65.59%.

## Basis

A county form of Sichuan asks for the reason below 90 % (confirmed); 财预〔2020〕10号: low execution needs
an explanation (recalled, to be checked against the official text).

---

## 查什么

自评表中，按总额行金额计算的预算执行率低于90%（总额行为0时按其下各行计算，金额不全时按所填执行率），而全表没
有说明：预算执行率一行的原因、实际完成情况以及其他原因栏均未提及执行率、结余、结转、支付等。

## 为什么

资金没有用完，要么不需要，要么任务没有完成，表中应当说明。

## 示例

全年预算202.64万元，执行132.912万元（65.59%），未作说明。

## 应改为

实际完成情况写明：因工程尾款次年支付，预算执行率65.59%。

## 依据

四川某县自评表要求执行率低于90%的说明原因（已核实）；财预〔2020〕10号：预算执行率低的应说明原因（凭记忆转述，
待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.form.model import Form, Purpose
from hengliang.review.attained import NO_REPORT, figure, is_blank, is_report
from hengliang.review.funds import NO_MONEY, funds_of
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="R06",
    name="low-execution-unexplained",
    zh="执行率未说明",
    en="low execution without reason",
    severity=Severity.WARNING,
    basis=("10:执行率说明",),
    reads=("money", "achieved", "indicators.reason"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    form = context.form
    if not is_report(form):
        yield rule.not_applicable(NO_REPORT)
        return
    if form.purpose is not Purpose.SELF_EVALUATION:
        yield rule.not_applicable(message("the year is not over, so the money need not be spent"))
        return
    funds = funds_of(form, context.profile)
    if funds is None:
        yield rule.not_applicable(NO_MONEY)
        return
    if funds.planned is not None and not funds.planned:
        yield rule.not_applicable(message("the budget of the year is 0"))
        return
    rate = funds.rate
    if rate is None:
        yield rule.undecidable(funds.path, message("neither the execution rate nor both amounts are given"))
        return
    if rate >= context.profile.number("reporting.execution_percent") or _explained(context, form):
        return
    yield rule.finds(
        f"{funds.path}/rate" if funds.line.rate is not None else f"{funds.path}/executed",
        message("{rate} % of the money was spent, and no reason is given", rate=figure(rate)),
        observed=f"{figure(rate)} %",
        expected=message("why the money was not spent, and what became of it"),
    )


def _explained(context: Context, form: Form) -> bool:
    words = context.profile.pattern("reporting.execution_words")
    rows = context.profile.pattern("reporting.execution_rows")
    if form.achieved and words.search(form.achieved):
        return True
    return any(
        not is_blank(indicator.reason, context.profile)
        and (rows.search(indicator.name) or words.search(indicator.reason or ""))
        for indicator in form.indicators
    )
