"""
## What it checks

The form states the money that the targets are promised for: a total, and on a declaration a split of it, by
source of income (财政拨款, 其他资金 …), by kind of spending (基本支出, 项目支出), or with each main task.
Of a monitoring table or a self-evaluation only the total is asked.

## Why

Whether targets fit the money (资金匹配性) cannot be asked when no money is there.

## Example

A declaration with 25 indicators and no amount.

## Instead

资金总额 5000万元，其中：财政拨款 4800万元，其他资金 200万元

## Basis

财预〔2015〕88号, declaration tables and review point 资金匹配性 (recalled, to be checked against the
official text).

---

## 查什么

申报表列明与目标对应的资金：有总额；申报时还应有构成，按收入来源（财政拨款、其他资金等）、按支出性质（基本支
出、项目支出）或按年度主要任务分列均可。监控表、自评表只查总额。

## 为什么

没有资金数，就无法判断目标与资金是否匹配。

## 示例

申报表有25个指标，没有任何金额。

## 应改为

资金总额5000万元，其中：财政拨款4800万元，其他资金200万元

## 依据

财预〔2015〕88号所附申报表及“资金匹配性”审核要点（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.form.model import Form, Purpose
from hengliang.review.funds import funds_of
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="F07",
    name="budget-amount-missing",
    zh="预算金额缺失",
    en="budget amount missing",
    severity=Severity.WARNING,
    basis=("88:申报表", "88:资金匹配性"),
    reads=("money", "tasks"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    form = context.form
    tasks_have_money = any(task.amount is not None for task in form.tasks)
    if not _amounts(form) and not tasks_have_money:
        yield rule.finds(
            "money",
            message("the form states no budget amount"),
            expected=message("the total of the money and its parts"),
        )
        return
    funds = funds_of(form, context.profile)
    if not tasks_have_money and (funds is None or (funds.planned is None and funds.executed is None)):
        yield rule.finds(
            "money",
            message("the money block has amounts, but no total"),
            expected=message("the total of the money and its parts"),
        )
    elif form.purpose is Purpose.DECLARATION and not tasks_have_money and _amounts(form) < 2:
        yield rule.finds(
            "money",
            message("the money is one total, without its sources or kinds of spending"),
            expected=message("the total split by source of income or by basic and project spending"),
        )


def _amounts(form: Form) -> int:
    """How many lines of the money block have an amount."""
    rows = form.money.rows if form.money else ()
    return sum(
        row.budget is not None
        or row.initial is not None
        or row.executed is not None
        or row.expected is not None
        for row in rows
    )
