"""
## What it checks

One topic (the same key noun in the names) has three indicators or more, while a goal has none at all.
Satisfaction rows do not count. Reported once for each topic; the goals without an indicator stand
first.

## Why

Indicators are few and should show the main output and the core effect. Three on one topic leave a goal
unmeasured.

## Example

Three indicators on 地质灾害, and none on a goal for housing

## Instead

One or two on the topic; the others on the goal that has none.

## Basis

财预〔2021〕101号, principle 重点突出 (recalled, to be checked against the official text). The number is
a choice of this project.

---

## 查什么

同一主题（名称中的同一关键名词）有三项以上指标，而某条目标一项指标也没有。满意度指标不计。每个主题报一次，
没有指标的目标列在前面。

## 为什么

指标要少而精，反映主要产出和核心效益。一个主题占了三项，就有目标没有指标。

## 示例

“地质灾害”有三项指标，关于住房的目标一项也没有

## 应改为

该主题保留一两项，其余用于没有指标的目标。

## 依据

财预〔2021〕101号“重点突出”原则（凭记忆转述，待与正式文本核对）。项数为本项目选定。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.review.bounds import is_satisfaction
from hengliang.review.nouns import Noun
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule
from hengliang.review.topics import Coverage

rule = Rule(
    code="G07",
    name="indicators-gathered",
    zh="指标集中",
    en="indicators gathered on one topic",
    severity=Severity.ADVICE,
    basis=("101:重点突出",),
    reads=("goals", "indicators.name"),
)

_EXPECTED = message("indicators spread over the goals")
_NO_GOALS = message("the form tells no goals that indicators could be spread over")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not context.form.goals:
        yield rule.not_applicable(_NO_GOALS)
        return
    bare = _goals_without_indicator(context)
    if not bare:
        return
    topics: dict[str, dict[int, tuple[Row, Noun]]] = {}
    for row, nouns in zip(context.rows, context.alignment.row_nouns, strict=True):
        for noun in nouns if not is_satisfaction(row) else ():
            topics.setdefault(noun.text, {}).setdefault(row.index, (row, noun))
    least = int(context.profile.number("alignment.gathered"))
    for topic, members in topics.items():
        if len(members) >= least:
            yield rule.finds(
                (
                    *(Spot(f"goals/{goal}") for goal in bare),
                    *(Spot(row.path("name"), noun.start, noun.end) for row, noun in members.values()),
                ),
                message(
                    "{count} indicators are on {topic}, and none is on goal no. {goals}",
                    count=len(members),
                    topic=topic,
                    goals=", ".join(str(goal + 1) for goal in bare),
                ),
                observed=topic,
                expected=_EXPECTED,
            )


def _goals_without_indicator(context: Context) -> list[int]:
    met: dict[int, bool] = {}
    for task in context.alignment.tasks:
        met[task.goal] = met.get(task.goal, False) or task.coverage is not Coverage.NONE
    return [goal for goal, any_met in met.items() if not any_met]
