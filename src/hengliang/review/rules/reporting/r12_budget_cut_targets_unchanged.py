"""
## What it checks

A report whose budget of the year was cut by 10 % or more against the initial one, while all numeric targets
are still those of the declaration of the same year. Without that declaration the rule cannot say.

## Why

When money is cut by procedure, the targets are adjusted with it. Otherwise the old targets are missed for a
known reason, or were too low from the beginning.

## Example

Initial 100 万元, adjusted 70 万元; 60 家 declared, 60 家 reported on.

## Instead

40 家 by adjustment.

## Basis

财预〔2019〕136号: budget and targets are adjusted together (recalled, to be checked against the official
text); 财预〔2015〕88号 article 28: targets are adjusted by the path of the budget (confirmed). The line of
10 % is a choice of this project.

---

## 查什么

监控表或自评表的全年预算比年初预算压减10%及以上，而定量指标值仍与同年度申报表完全相同。没有同年度申报表的，
不作判断。

## 为什么

按程序压减预算的，应当同步调整绩效目标。否则目标注定完不成，或者当初就定低了。

## 示例

年初预算100万元，调整后70万元；申报60家，仍按60家报告。

## 应改为

按程序调整为40家。

## 依据

财预〔2019〕136号：调减预算的同步调整绩效目标（凭记忆转述，待与正式文本核对）；财预〔2015〕88号第二十八条：
绩效目标按预算调整流程调整（已核实）。10%的幅度为本项目选定。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.review.attained import NO_REPORT, figure, is_report, number_of
from hengliang.review.funds import NO_MONEY, funds_of
from hengliang.review.past import by_name, same_name
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="R12",
    name="budget-cut-targets-unchanged",
    zh="调整未同步",
    en="money cut, targets not",
    severity=Severity.WARNING,
    basis=("136:同步调整", "88:第28条"),
    reads=("money", "indicators.target"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not is_report(context.form):
        yield rule.not_applicable(NO_REPORT)
        return
    funds = funds_of(context.form, context.profile)
    if funds is None or not funds.initial or funds.budget is None:
        reason = message("the form does not give both the initial and the adjusted budget")
        yield rule.not_applicable(NO_MONEY if funds is None else reason)
        return
    cut = (funds.initial - funds.budget) / funds.initial * 100
    if cut < context.profile.number("reporting.cut_percent"):
        return
    declaration = context.past.declaration
    path = f"{funds.path}/budget"
    if declaration is None:
        yield rule.undecidable(
            path,
            message(
                "the budget was cut by {cut} %; whether the targets followed shows beside the declaration",
                cut=figure(cut),
            ),
        )
        return
    declared = by_name(declaration)
    numbers = [row for row in context.rows if number_of(row) is not None and same_name(row.name) in declared]
    if numbers and all(row.target == declared[same_name(row.name)].target for row in numbers):
        yield rule.finds(
            path,
            message(
                "the budget was cut by {cut} %, and all {count} numeric targets are still those declared",
                cut=figure(cut),
                count=len(numbers),
            ),
            observed=f"{figure(funds.initial)} → {figure(funds.budget)}",
            expected=message("targets adjusted together with the budget"),
        )
