"""
## What it checks

A printed execution rate that differs by more than half a percentage point from spending ÷ adjusted budget,
and from spending ÷ initial budget, of the same line.

## Why

The rate brings the points of the execution. A rate of 100 % over amounts that give 80.45 % brings two
points too many.

## Example

Budget 4753.66, spent 3824.26, rate 100 %.

## Instead

80.45 %.

## Basis

财预〔2020〕10号: execution rate = spending ÷ budget (recalled, to be checked against the official text;
confirmed in a published form).

---

## 查什么

所填执行率与同一行“执行数÷全年预算数”“执行数÷年初预算数”均相差超过0.5个百分点。

## 为什么

预算执行得分由执行率决定。按金额只有80.45%却填100%，就多得近两分。

## 示例

全年预算4753.66万元，执行3824.26万元，执行率填100%。

## 应改为

80.45%。

## 依据

财预〔2020〕10号：预算执行率＝执行数÷预算数（凭记忆转述，待与正式文本核对；公开的自评表有此算法）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.number import round_half_up
from hengliang.review.attained import NO_REPORT, is_report
from hengliang.review.funds import NO_MONEY
from hengliang.review.rule import Context, Outcome, Rule, proposal

rule = Rule(
    code="R13",
    name="execution-rate-not-of-amounts",
    zh="执行率与金额不符",
    en="execution rate against the amounts",
    severity=Severity.ERROR,
    basis=("10:执行率",),
    reads=("money",),
    fix="proposal",
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not is_report(context.form):
        yield rule.not_applicable(NO_REPORT)
        return
    if context.form.money is None:
        yield rule.not_applicable(NO_MONEY)
        return
    tolerance = context.profile.number("reporting.rate_tolerance")
    compared = False
    for index, line in enumerate(context.form.money.rows):
        if line.rate is None or line.executed is None:
            continue
        rates = [line.executed / base * 100 for base in (line.budget, line.initial) if base]
        if not rates:
            continue
        compared = True
        if all(abs(rate - line.rate) > tolerance for rate in rates):
            right = f"{round_half_up(rates[0]):f}"
            path = f"money/rows/{index}/rate"
            yield rule.finds(
                path,
                message(
                    "the amounts of {name} give {right} %, the form says {rate} %",
                    name=line.name,
                    right=right,
                    rate=f"{line.rate:f}",
                ),
                observed=f"{line.rate:f}",
                expected=message("spending divided by the budget"),
                fix=proposal(
                    message("set the rate to {right}", right=right), Edit(path, f"{line.rate:f}", right)
                ),
            )
    if not compared:
        yield rule.not_applicable(message("no line of the money gives a rate beside its amounts"))
