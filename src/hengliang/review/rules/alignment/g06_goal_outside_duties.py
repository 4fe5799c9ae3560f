"""
## What it checks

A goal none of whose key nouns, nor a related word, stands in a duty, and that no indicator meets; its
opening clause is asked as well. What indicators measure the unit evidently does, however short its
duties are told. Goals without a noun of their own are left out. How nouns are found stands on the page
of G01; here they are looked for in the duties.

## Why

A unit gets money for its functions. A goal beyond them belongs to another unit, or a duty is missing on
the form.

## Example

A goal on 保障性住房 and 高端住宅, while the duties speak of land and registration only

## Instead

The duty that the goal serves is added, or the goal goes to the unit in charge.

## Basis

财预〔2015〕88号, review point 目标相关性: close to the functions of the unit (recalled, to be checked
against the official text). The way of matching is a choice of this project.

---

## 查什么

一条目标的关键名词及相关词，没有一个出现在部门职责中，也没有指标与之对应；引语也一并比对。有指标衡量的，
说明单位确实在做，不因职责写得简短而报。没有自身名词的目标不计。名词的找法见G01，这里是在职责中查找。

## 为什么

预算按职能安排。超出职能的目标属于别的单位，或者表中漏写了职责。

## 示例

目标讲保障性住房和高端住宅，职责只讲土地和登记

## 应改为

补写该目标所依据的职责，或者由主管单位申报该目标。

## 依据

财预〔2015〕88号“目标相关性”审核要点：与单位职能密切相关（凭记忆转述，待与正式文本核对）。比对方法为本项
目选定。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.review.nouns import strong
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="G06",
    name="goal-outside-duties",
    zh="目标超出职责",
    en="goal outside duties",
    severity=Severity.ADVICE,
    basis=("88:目标相关性",),
    reads=("goals", "duties"),
)

_EXPECTED = message("a goal within the duties of the unit")
_NO_DUTIES = message("the form tells no duties that goals could serve")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    form = context.form
    if not form.duties:
        yield rule.not_applicable(_NO_DUTIES)
        return
    for goal, tasks in context.alignment.foreign_goals:
        spots = [
            Spot(f"goals/{goal}", task.phrase.start + noun.start, task.phrase.start + noun.end)
            for task in tasks
            for noun in strong(task.nouns)
        ]
        nouns = dict.fromkeys(form.goals[goal][spot.start : spot.end] for spot in spots)
        yield rule.finds(
            tuple(spots),
            message("no duty speaks of {nouns}", nouns=tuple(nouns)),
            observed=form.goals[goal],
            expected=_EXPECTED,
        )
