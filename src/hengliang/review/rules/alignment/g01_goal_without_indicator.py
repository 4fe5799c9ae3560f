"""
## What it checks

A phrase of a goal that no indicator meets. A goal is split into phrases, one task or result each;
opening clauses (以更高的标准…) and phrases with no noun of their own (确保资源要素保供到位) promise
nothing and are left out.
Held against each other are key nouns: what is left of a text without verbs, common words (项目, 全市)
and words of the organisation's own name. A noun is found when it, or a word of the same meaning, stands
in the name or explanation of an indicator, or when 60 % of its pairs of neighbouring characters do, the
last one among them.
An indicator on a related word (采矿权, 净矿), or with the very number of the phrase or of its sentence,
counts too. What a result is held against (达到国家标准) is no noun of the goal. Of a goal that is cut
off, what is not readable cannot be judged.

## Why

A goal that nothing measures cannot be monitored, scored or missed.

## Example

扎实推进“田长制”, and no indicator on it

## Instead

田长巡田完成率, ≥ 95 %; or the phrase is taken out of the goals.

## Basis

财预〔2015〕88号, review points 目标相关性 and 指标科学性: indicators cover the goal (recalled, to be
checked against the official text). The way of matching is a choice of this project.

---

## 查什么

年度总体目标中的一项没有任何指标与之对应。目标按“一项任务或一个结果”拆分；引语（“以更高的标准……”）和没有
自身名词的短语（“确保资源要素保供到位”）没有具体承诺，不计。
比对的是关键名词：去掉动词、常用词（项目、全市等）和本单位名称用词之后留下的词。名词或其同义词出现在指标
名称或解释中，或者其相邻两字组合有60%（含最后一组）出现，即为相符。
指标含相关词（如“采矿权”与“净矿”），或指标值就是该项或同一句中的数字的，也算对应。作为参照的标准（“达到
国家标准”）不算目标的名词。目标被截断的，看不到的部分不作判断。

## 为什么

没有指标衡量的目标，无法监控、无法打分，也谈不上没完成。

## 示例

“扎实推进‘田长制’”，没有一项指标与之对应

## 应改为

增设田长巡田完成率，≥95%；或者从目标中删去该项。

## 依据

财预〔2015〕88号“目标相关性”“指标科学性”审核要点：指标应全面反映目标（凭记忆转述，待与正式文本核对）。比
对方法为本项目选定。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.review.rule import Context, Outcome, Rule
from hengliang.review.topics import Coverage

rule = Rule(
    code="G01",
    name="goal-without-indicator",
    zh="目标无指标",
    en="goal without indicator",
    severity=Severity.ERROR,
    basis=("88:目标相关性", "88:指标科学性"),
    reads=("goals", "indicators.name", "indicators.explanation", "indicators.target"),
)

_EXPECTED = message("at least one indicator on it")
_NO_GOALS = message("the form tells no goals to measure")
_NO_ROWS = message("the form has no indicators to measure its goals")
_CUT = message("the goal is cut off, so what it promises at its end is not known")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    form = context.form
    if not form.goals or not form.indicators:
        yield rule.not_applicable(_NO_ROWS if form.goals else _NO_GOALS)
        return
    tasks = context.alignment.tasks
    cut = {index for index in range(len(form.goals)) if f"goals/{index}" in form.truncated}
    ends = {task.goal: task.phrase.end for task in tasks}
    for task in tasks:
        last = task.goal in cut and task.phrase.end == ends[task.goal]
        if task.coverage is Coverage.NONE and task.has_subject and not last:
            yield rule.finds(
                Spot(f"goals/{task.goal}", task.phrase.start, task.phrase.end),
                message("no indicator measures {task}", task=task.label),
                observed=task.phrase.text,
                expected=_EXPECTED,
            )
    for index in sorted(cut):
        yield rule.undecidable(f"goals/{index}", _CUT)
