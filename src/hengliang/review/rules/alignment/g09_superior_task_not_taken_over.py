"""
## What it checks

A task that the superior unit handed down and that no indicator is on. The tasks are the list
`alignment.superior_tasks` of the profile, which an office fills for its year; without it the rule does
not apply. How nouns are found stands on the page of G01.

## Why

A target that the superior level relies on is missed for all levels when one unit leaves it out.

## Example

Handed down: 完成历史遗留矿山生态修复300亩; no indicator on it

## Instead

历史遗留矿山生态修复面积, ≥ 300 亩

## Basis

财预〔2021〕101号: indicators of the levels take up one another (recalled, to be checked against the
official text).

---

## 查什么

上级下达的任务没有指标承接。任务清单是规则集中的 alignment.superior_tasks，由各地按年度填写；没有清单的，
不适用。名词的找法见G01。

## 为什么

上级依靠各单位完成任务。一个单位漏了，全局就完不成。

## 示例

上级下达：完成历史遗留矿山生态修复300亩；没有一项指标承接

## 应改为

历史遗留矿山生态修复面积，≥300亩

## 依据

财预〔2021〕101号：各级指标相互衔接（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="G09",
    name="superior-task-not-taken-over",
    zh="上级任务未承接",
    en="superior task not taken over",
    severity=Severity.WARNING,
    basis=("101:指标衔接",),
    reads=("indicators.name", "indicators.explanation"),
)

_EXPECTED = message("an indicator on each task that was handed down")
_NO_TASKS = message("no list of tasks handed down by the superior unit is known")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    tasks = context.profile.words("alignment.superior_tasks")
    if not tasks:
        yield rule.not_applicable(_NO_TASKS)
        return
    alignment = context.alignment
    for task, nouns in zip(tasks, alignment.strong_nouns(*tasks), strict=True):
        if not alignment.is_met(nouns):
            yield rule.finds(
                "indicators",
                message("no indicator takes over the task {task}", task=task),
                observed=task,
                expected=_EXPECTED,
            )
