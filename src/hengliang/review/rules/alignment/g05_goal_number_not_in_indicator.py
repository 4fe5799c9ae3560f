"""
## What it checks

A number with its unit in a goal (100%, 1.2万亩) that no indicator on the same object has as its target
or names in its text; a count of ten or more may stand on any row. Units convert; counting words are
used one for the other (735名 is 735人). Years, dates and ordinals are no such numbers. How an indicator
is found to be on the object stands on the page of G01.

## Why

A number in the goals is a promise. If no indicator carries it, nobody will measure whether it was kept.

## Example

确保新建矿山100%达到绿色矿山标准, while indicators count checked mines

## Instead

新建矿山达标率, ＝ 100 %

## Basis

财预〔2015〕88号, review point 指标科学性: values detailed and numeric (recalled, to be checked against
the official text).

---

## 查什么

目标中带单位的数字（100%、1.2万亩），没有任何同一对象的指标以它为指标值，或在文字中写明；十以上的数量出
现在任何一行即可。单位可以换算，量词可以通用（735名即735人）。年份、日期、序数不算。怎样判断同一对象，见
G01。

## 为什么

目标中的数字是承诺。没有指标承接，就没有人衡量是否兑现。

## 示例

“确保新建矿山100%达到绿色矿山标准”，而指标数的是核查矿山的家数

## 应改为

新建矿山达标率，＝100%

## 依据

财预〔2015〕88号“指标科学性”审核要点：指标值细化、量化（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Fix, Severity
from hengliang.base.message import Message, message
from hengliang.base.place import Spot
from hengliang.base.unit import Dimension, unit_of
from hengliang.review.bounds import HUNDRED
from hengliang.review.figures import Figure
from hengliang.review.nouns import strong
from hengliang.review.rule import Context, Outcome, Rule, proposal
from hengliang.review.topics import Task

rule = Rule(
    code="G05",
    name="goal-number-not-in-indicator",
    zh="目标数值未落指标",
    en="number of a goal not in any indicator",
    severity=Severity.ERROR,
    basis=("88:指标科学性",),
    reads=("goals", "indicators.name", "indicators.explanation", "indicators.target", "indicators.unit"),
    fix="proposal",
)

_EXPECTED = message("an indicator on the same object with this number")
_NO_NUMBERS = message("no goal has a number with a unit")
_NO_ROWS = message("the form has no indicators to carry the numbers of its goals")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not context.form.indicators:
        yield rule.not_applicable(_NO_ROWS)
        return
    alignment = context.alignment
    tasks = [task for task in alignment.tasks if task.figures]
    if not tasks:
        yield rule.not_applicable(_NO_NUMBERS)
    for task in tasks:
        for figure in task.figures:
            if not alignment.carries_figure(task, figure) and not _is_rate(figure):
                start = task.phrase.start
                yield rule.finds(
                    Spot(f"goals/{task.goal}", start + figure.start, start + figure.end),
                    _what(task, figure),
                    observed=task.phrase.text,
                    expected=_EXPECTED,
                    fix=_fix(task, figure),
                )


def _is_rate(figure: Figure) -> bool:
    """Whether it is so many for each of something (4批次/千人), which indicators count otherwise."""
    unit = unit_of(figure.unit)
    return unit is not None and bool(unit.per)


def _what(task: Task, figure: Figure) -> Message:
    number = task.phrase.text[figure.start : figure.end]
    if task.own:
        return message(
            "the goal promises {number}, but no indicator on the same object has this number (no. {rows})",
            number=number,
            rows=", ".join(str(index + 1) for index in task.own),
        )
    return message("the goal promises {number}, but no indicator is on its object", number=number)


def _fix(task: Task, figure: Figure) -> Fix | None:
    """A row in words: adding rows is not for a machine."""
    nouns = [noun for noun in strong(task.nouns) if noun.end <= figure.start] or strong(task.nouns)
    unit = unit_of(figure.unit)
    if not nouns or unit is None or unit.dimension not in _HEADS:
        return None
    share = unit.dimension is Dimension.RATIO
    return proposal(
        message(
            "Add an indicator: {name} {sign} {number}",
            name=nouns[-1].text + _HEADS[unit.dimension],
            sign="=" if share and figure.number == HUNDRED else "≥",
            number=task.phrase.text[figure.start : figure.end],
        )
    )


_HEADS = {
    Dimension.RATIO: "达标率",
    Dimension.COUNT: "数量",
    Dimension.AREA: "面积",
    Dimension.LENGTH: "长度",
}
