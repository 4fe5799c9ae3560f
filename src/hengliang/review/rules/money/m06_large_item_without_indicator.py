"""
## What it checks

A main task of the year that takes 10 % or more of the money and whose object no indicator names, neither in
its name nor in its explanation. Words like 项目, 工作 and 经费 do not count as an object. Where the names
that could match are cut off, the rule cannot say.

## Why

Key indicators are derived from the main tasks. A large expense without an indicator is spent without a
promise.

## Example

规划馆运营, 100 of 500 万元, and no indicator on 规划馆.

## Instead

An indicator such as 规划馆接待参观人次 ≥ 30000 人次.

## Basis

财预〔2015〕88号, review point 指标科学性: indicators cover the target (recalled, to be checked against the
official text). The share of 10 % is a choice of this project.

---

## 查什么

年度主要任务的金额占资金总额10%及以上，而没有一项指标的名称或解释提到该任务的对象。“项目”“工作”“经费”等字样
不算对象。可能相符的名称被截断时，不作判断。

## 为什么

关键指标应当由年度主要任务分解而来。大额支出没有指标，就等于花钱没有承诺。

## 示例

“规划馆运营”100万元，占500万元的20%，没有一项指标涉及规划馆。

## 应改为

增设指标，如“规划馆接待参观人次”≥30000人次。

## 依据

财预〔2015〕88号“指标科学性”审核要点：绩效指标应当全面、充分（凭记忆转述，待与正式文本核对）。10%的比例为本
项目选定。
"""

from collections.abc import Iterator
from decimal import Decimal

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.attained import figure
from hengliang.review.funds import funds_of
from hengliang.review.past import same_name
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="M06",
    name="large-item-without-indicator",
    zh="大额无指标",
    en="large item without indicator",
    severity=Severity.WARNING,
    basis=("88:指标科学性", "88:整体目标设定"),
    reads=("tasks", "money", "indicators.name", "indicators.explanation"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    profile = context.profile
    totals = profile.pattern("money.total_lines")
    items = [
        (index, task, task.amount)
        for index, task in enumerate(context.form.tasks)
        if task.amount is not None and not totals.search(task.name)
    ]
    funds = funds_of(context.form, profile)
    whole = funds.planned if funds and funds.planned else sum((amount for *_, amount in items), Decimal(0))
    if not items or not whole:
        yield rule.not_applicable(message("the form lists no tasks with their money"))
        return
    texts = [same_name(f"{row.name}{row.explanation or ''}") for row in context.rows]
    cut = [row for row in context.rows if row.is_cut("name") or row.is_cut("explanation")]
    for index, task, amount in items:
        share = amount / whole * 100
        if share < profile.number("money.large_item_percent"):
            continue
        objects = _objects(f"{task.name} {task.content or ''}", profile)
        if not objects or any(one in text for one in objects for text in texts):
            continue
        if cut:
            yield rule.undecidable(
                f"tasks/{index}",
                message("no indicator names this task, but {count} are cut off and may", count=len(cut)),
            )
            continue
        yield rule.finds(
            f"tasks/{index}",
            message(
                "{name} takes {share} % of the money, and no indicator is about it",
                name=task.name,
                share=figure(share),
            ),
            observed=figure(amount),
            expected=message("at least one indicator for what this money is spent on"),
        )


_LENGTH = 3


def _objects(text: str, profile: Profile) -> set[str]:
    """Runs of three characters (two where a word has no more) of what a task is about."""
    found: set[str] = set()
    for part in profile.pattern("money.task_filler").split(text):
        words = same_name(part)
        if len(words) == _LENGTH - 1:
            found.add(words)
        found.update(words[start : start + _LENGTH] for start in range(len(words) - _LENGTH + 1))
    return found
