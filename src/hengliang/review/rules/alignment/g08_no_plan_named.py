"""
## What it checks

No text of the form (goals, duties, tasks, names, explanations, bases) names a plan or paper behind the
targets: a word such as 十四五, 三年行动, 工作方案, a title in 《》, or the number of a paper
(〔2023〕5号).

## Why

Targets are set to fit national, provincial and sector plans. Without their names nobody can see whether
they do.

## Example

A form with duties and goals, and no plan or paper named anywhere

## Instead

按《绿色矿山建设三年行动方案》完成年度任务

## Basis

财预〔2015〕88号, requirement 指向明确 (recalled, to be checked against the official text).

---

## 查什么

全表文字（目标、职责、任务、指标名称、解释、依据）没有提到目标所依据的规划或文件：没有“十四五”“三年行动”
“工作方案”等字样，没有《》书名号，也没有文号（〔2023〕5号）。

## 为什么

目标要符合国家、省和行业规划。不写明规划或文件，就看不出是否符合。

## 示例

有职责有目标，全表没有提到任何规划或文件

## 应改为

按《绿色矿山建设三年行动方案》完成年度任务

## 依据

财预〔2015〕88号“指向明确”要求（凭记忆转述，待与正式文本核对）。
"""

import re
from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="G08",
    name="no-plan-named",
    zh="规划依据缺失",
    en="no plan named",
    severity=Severity.ADVICE,
    basis=("88:指向明确",),
    reads=("goals", "duties", "tasks", "indicators.name", "indicators.explanation", "indicators.basis"),
)

_EXPECTED = message("the plan, programme or paper that the targets carry out")
_NO_TEXT = message("the form tells neither duties nor goals that a plan could stand behind")
_PAPER = re.compile(r"《[^》\n]{2,}》|[〔\[（(](?:19|20)\d\d[〕\]）)]\s*\d+\s*号")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    form = context.form
    if not form.goals and not form.duties:
        yield rule.not_applicable(_NO_TEXT)
        return
    whole = context.texts.whole
    if not context.profile.pattern("alignment.plans").search(whole) and not _PAPER.search(whole):
        yield rule.finds(
            "goals" if form.goals else "duties",
            message("no plan or task paper behind the targets is named"),
            expected=_EXPECTED,
        )
