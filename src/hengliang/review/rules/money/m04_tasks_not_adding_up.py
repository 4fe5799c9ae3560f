"""
## What it checks

The amounts of the main tasks of the year (年度主要任务) add up to the total of the form (to a difference of
0.01 万元), or to the line 项目支出 where the money is split by kind; and the parts of each task (财政拨款,
其他资金) to its amount. When a task has no amount the sum is not known, and only a sum that is already too
high is reported.

## Why

The table of the whole unit lists its tasks with their money, and a total. A total that is not the sum means
that a task is missing, counted twice, or wrong.

## Example

Total 500 万元; tasks 300 and 180.

## Instead

Tasks 300 and 200.

## Basis

财预〔2015〕88号, declaration table of the whole unit (recalled, to be checked against the official text).

---

## 查什么

年度主要任务的预算金额之和应等于资金总额（误差不超过0.01万元）；按支出性质列示的，也可等于“项目支出”。每项任
务的财政拨款与其他资金之和应等于该任务金额。有任务未填金额时无法求和，只在已填金额之和超过总额时提示。

## 为什么

整体支出绩效目标申报表逐项列示任务及金额并列合计。合计不等于各项之和，说明漏列、重复或填错。

## 示例

资金总额500万元，两项任务分别为300万元、180万元。

## 应改为

两项任务分别为300万元、200万元。

## 依据

财预〔2015〕88号所附部门（单位）整体支出绩效目标申报表（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator
from decimal import Decimal

from hengliang.base.finding import Finding, Severity
from hengliang.base.message import message
from hengliang.form.model import Task
from hengliang.review.attained import figure, with_unit
from hengliang.review.funds import funds_of, money_unit, tolerance_in
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="M04",
    name="tasks-not-adding-up",
    zh="任务金额不合计",
    en="tasks do not add up",
    severity=Severity.ERROR,
    basis=("88:申报表", "88:规范完整性"),
    reads=("tasks", "money"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    form = context.form
    totals = context.profile.pattern("money.total_lines")
    tasks = [(index, task) for index, task in enumerate(form.tasks) if not totals.search(task.name)]
    if not tasks:
        yield rule.not_applicable(message("the form lists no main tasks of the year"))
        return
    unit = money_unit(form)
    tolerance = tolerance_in(unit, context.profile)
    wrong = [finding for index, task in tasks for finding in _parts(index, task, unit, tolerance)]
    yield from wrong
    wholes = _wholes(context)
    if not wholes:
        if not wrong:
            yield rule.not_applicable(message("no total stands beside the amounts of the tasks"))
        return
    total = sum((task.amount for _, task in tasks if task.amount is not None), Decimal(0))
    open_ = [index for index, task in tasks if task.amount is None]
    if open_ and total <= max(wholes) + tolerance:
        yield rule.undecidable(
            f"tasks/{open_[0]}/amount",
            message("{count} tasks have no amount, so their sum is not known", count=len(open_)),
        )
    elif all(abs(total - whole) > tolerance for whole in wholes):
        yield rule.finds(
            "tasks",
            message(
                "the tasks add up to {total}, the form says {whole}",
                total=with_unit(figure(total), unit),
                whole=with_unit(figure(wholes[0]), unit),
            ),
            observed=figure(total),
            expected=message("tasks that add up to {whole}", whole=with_unit(figure(wholes[0]), unit)),
        )


def _wholes(context: Context) -> list[Decimal]:
    """What the tasks may come to: the total line of their own table, the total of the money, 项目支出."""
    totals = context.profile.pattern("money.total_lines")
    found = [
        task.amount for task in context.form.tasks if totals.search(task.name) and task.amount is not None
    ]
    funds = funds_of(context.form, context.profile)
    if not found and funds and funds.planned is not None:
        found.append(funds.planned)
        for row in context.form.money.rows if context.form.money else ():
            amount = row.budget if row.budget is not None else row.initial
            if amount is not None and context.profile.pattern("money.task_lines").search(row.name):
                found.append(amount)
    return found


def _parts(index: int, task: Task, unit: str, tolerance: Decimal) -> Iterator[Finding]:
    if task.amount is None or (task.fiscal is None and task.other is None):
        return
    parts = (task.fiscal or Decimal(0)) + (task.other or Decimal(0))
    # One part alone may be just the one that the form asks for; it can only be too much.
    if parts - task.amount > tolerance or (
        task.fiscal is not None and task.other is not None and task.amount - parts > tolerance
    ):
        yield rule.finds(
            f"tasks/{index}/amount",
            message(
                "the parts of the task {name} add up to {parts}, its amount is {amount}",
                name=task.name,
                parts=with_unit(figure(parts), unit),
                amount=with_unit(figure(task.amount), unit),
            ),
            observed=figure(task.amount),
            expected=message("parts that add up to the amount of the task"),
        )
