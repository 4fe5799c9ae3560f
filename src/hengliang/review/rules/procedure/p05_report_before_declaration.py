"""
## What it checks

A monitoring table or self-evaluation whose date of filling in lies before that of the declaration of the
same year.

## Why

Monitoring and evaluation run on the approved target. A report older than the declaration cannot have been
held against an approved version.

## Example

Monitoring table of 2023-07-31; declaration of 2023-08-10.

## Instead

A declaration approved with the budget, before the first report on it.

## Basis

财预〔2015〕88号 article 29: monitoring, self-evaluation and evaluation run on the approved target
(confirmed).

---

## 查什么

监控表或自评表的填报日期早于同年度申报表。

## 为什么

监控和评价以批复的绩效目标为依据。早于申报表的报告，不可能对照批复的目标。

## 示例

监控表填报日期2023年7月31日，申报表填报日期2023年8月10日。

## 应改为

绩效目标随预算批复，此后才有监控和自评。

## 依据

财预〔2015〕88号第二十九条：按照批复的绩效目标开展监控、自评和评价（已核实）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.review.attained import NO_REPORT, is_report
from hengliang.review.past import NO_DECLARATION
from hengliang.review.rule import Context, Outcome, Rule
from hengliang.review.signed import signed_on

rule = Rule(
    code="P05",
    name="report-before-declaration",
    zh="未批先用",
    en="used before approval",
    severity=Severity.ERROR,
    basis=("88:第29条",),
    reads=("signoff.date",),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not is_report(context.form):
        yield rule.not_applicable(NO_REPORT)
        return
    declaration = context.past.declaration
    if declaration is None:
        yield rule.not_applicable(NO_DECLARATION)
        return
    reported, declared = signed_on(context.form), signed_on(declaration)
    if reported is None or declared is None:
        yield rule.not_applicable(message("this form or its declaration has no date that can be read"))
    elif reported < declared:
        yield rule.finds(
            "signoff/date",
            message(
                "the report is dated {reported}, before its declaration of {declared}",
                reported=reported.isoformat(),
                declared=declared.isoformat(),
            ),
            observed=reported.isoformat(),
            expected=message("a report on targets that were approved before it"),
        )
