"""
## What it checks

An indicator whose key nouns stand in no duty, goal or main task, nor in the project's name, and which
carries none of their numbers. Of a cut name the visible part is judged; the explanation is asked where
the name does not tell. Related words count.
A measured effect (孕产妇死亡率) and satisfaction pass: their words are those of results, not of tasks.
So does an indicator with no noun of its own (资金到位率), or only with those who are served.
How nouns are found stands on the page of G01; here they are looked for in the duties and goals.

## Why

Points on work that no goal asks for are missing where a goal is.

## Example

界桩定位核查, while neither duties nor goals speak of 界桩

## Instead

The goal is completed (完成行政界线界桩核查), or the indicator is left out.

## Basis

财预〔2015〕88号, review point 目标相关性 (recalled, to be checked against the official text). The way
of matching is a choice of this project.

---

## 查什么

指标的关键名词在部门职责、年度目标、年度主要任务和项目名称中都没有，指标值也不是其中的数字。名称被截断的，
按可见部分判断；名称看不出的，再看解释。相关词算相符。
有衡量词的效益指标（如“孕产妇死亡率”）和满意度通过，其用词说的是结果而不是任务。没有自身名词的（资金到位
率），或只有服务对象的，也通过。
名词的找法见G01，这里是在职责和目标中查找。

## 为什么

分值放在目标没有要求的工作上，该衡量的目标就少了分值。

## 示例

指标“界桩定位核查”，职责和目标都没有提到界桩

## 应改为

补充目标（完成行政界线界桩核查），或者删去该指标。

## 依据

财预〔2015〕88号“目标相关性”审核要点（凭记忆转述，待与正式文本核对）。比对方法为本项目选定。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.review.effects import effects_of
from hengliang.review.names import is_measure
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="G03",
    name="indicator-without-goal",
    zh="指标无目标",
    en="indicator without goal or duty",
    severity=Severity.WARNING,
    basis=("88:目标相关性",),
    reads=("indicators.name", "indicators.explanation", "duties", "goals", "tasks"),
)

_EXPECTED = message("an indicator on something that a duty or goal names")
_NO_AIMS = message("the form tells neither duties nor goals that indicators could belong to")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    form = context.form
    if not form.goals and not form.duties:
        yield rule.not_applicable(_NO_AIMS)
        return
    alignment, profile = context.alignment, context.profile
    satisfaction = profile.pattern("indicators.effect.satisfaction")
    effects = effects_of(context)
    for row in alignment.aimless:
        name = row.name
        if satisfaction.search(name):
            continue
        if row in effects and not row.is_cut("name") and is_measure(name, profile):
            continue
        nouns = alignment.row_nouns[row.index]
        yield rule.finds(
            tuple(Spot(row.path("name"), noun.start, noun.end) for noun in nouns),
            message(
                "neither duties nor goals speak of {nouns}",
                nouns=tuple(dict.fromkeys(n.text for n in nouns)),
            ),
            observed=name,
            expected=_EXPECTED,
        )
