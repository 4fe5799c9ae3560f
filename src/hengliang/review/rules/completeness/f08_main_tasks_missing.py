"""
## What it checks

The declaration of a department or unit lists the main tasks of the year (年度主要任务), each with name,
content and amount. Project forms and later stages have no such list.

## Why

The tasks lead from the duties to the indicators: key indicators are drawn from the main tasks, and the
money is spread over them.

## Example

A declaration that goes from the goals straight to the indicators.

## Instead

任务名称: 绿色矿山核查; 主要内容: 核查60家; 预算金额: 120万元

## Basis

财预〔2015〕88号, declaration table of the whole unit (recalled, to be checked against the official text).

---

## 查什么

部门（单位）整体绩效目标申报表列有年度主要任务，每项任务有名称、主要内容和预算金额。项目申报表、监控表和自评
表无此栏，不查。

## 为什么

任务是职责与指标之间的桥梁：关键指标从主要任务中提炼，资金按任务分解。

## 示例

申报表由总体目标直接到绩效指标，没有主要任务。

## 应改为

任务名称：绿色矿山核查；主要内容：核查60家；预算金额：120万元

## 依据

财预〔2015〕88号所附部门（单位）整体支出绩效目标申报表（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.form.model import Kind, Purpose
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="F08",
    name="main-tasks-missing",
    zh="年度主要任务缺失",
    en="main tasks missing",
    severity=Severity.ADVICE,
    basis=("88:申报表",),
    reads=("tasks",),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    form = context.form
    if form.kind is not Kind.DEPARTMENT or form.purpose is not Purpose.DECLARATION:
        yield rule.not_applicable(message("main tasks stand on the declaration of a department or unit only"))
        return
    if not form.tasks:
        yield rule.finds(
            "tasks",
            message("the form lists no main tasks of the year"),
            expected=message("tasks with name, content and amount"),
        )
        return
    totals = context.profile.pattern("money.total_lines")
    missing = [
        Spot(f"tasks/{index}/{name}")
        for index, task in enumerate(form.tasks)
        if not totals.search(task.name)
        for name, value in (("content", task.content), ("amount", task.amount))
        if value is None
    ]
    if missing:
        yield rule.finds(
            tuple(missing),
            message("{count} cells of the main tasks are empty", count=len(missing)),
            expected=message("tasks with name, content and amount"),
        )
