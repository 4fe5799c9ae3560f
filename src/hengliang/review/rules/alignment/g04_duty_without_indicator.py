"""
## What it checks

A numbered duty none of whose key nouns, nor a related word, stands in the name or explanation of an
indicator. A duty without a noun of its own is left out. How nouns are found stands on the page of G01.

## Why

Whole-unit targets begin with the functions of the unit. A duty that nothing measures may be left undone
unseen.

## Example

负责自然资源资产有偿使用和资产核算工作, and no indicator on it

## Instead

自然资源资产核算完成率, ＝ 100 %

## Basis

财预〔2015〕88号, review point 目标相关性; whole-unit targets start from the functions (recalled, to be
checked against the official text). The way of matching is a choice of this project.

---

## 查什么

一条职责的关键名词及相关词，没有一个出现在指标名称或解释中。没有自身名词的职责不计。名词的找法见G01。

## 为什么

部门整体目标从职能出发。没有指标衡量的职责，不履行也看不出来。

## 示例

“负责自然资源资产有偿使用和资产核算工作”，没有一项指标与之对应

## 应改为

自然资源资产核算完成率，＝100%

## 依据

财预〔2015〕88号“目标相关性”审核要点，部门整体绩效目标依据职能设定（凭记忆转述，待与正式文本核对）。比对
方法为本项目选定。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="G04",
    name="duty-without-indicator",
    zh="职责无指标",
    en="duty without indicator",
    severity=Severity.WARNING,
    basis=("88:目标相关性",),
    reads=("duties", "indicators.name", "indicators.explanation"),
)

_EXPECTED = message("at least one indicator on the duty")
_NO_DUTIES = message("the form tells no duties to measure")
_NO_ROWS = message("the form has no indicators to measure its duties")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    form = context.form
    if not form.duties or not form.indicators:
        yield rule.not_applicable(_NO_ROWS if form.duties else _NO_DUTIES)
        return
    alignment = context.alignment
    for index, nouns in enumerate(alignment.duty_nouns):
        if not alignment.is_met(nouns):
            yield rule.finds(
                tuple(Spot(f"duties/{index}", noun.start, noun.end) for noun in nouns),
                message(
                    "no indicator is on this duty: {nouns}",
                    nouns=tuple(dict.fromkeys(n.text for n in nouns)),
                ),
                observed=form.duties[index],
                expected=_EXPECTED,
            )
