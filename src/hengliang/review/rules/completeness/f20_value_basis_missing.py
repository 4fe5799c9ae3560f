"""
## What it checks

At declaration each indicator names what its value was taken from (指标值设定依据): a plan, a standard of
the sector, past results, a spending standard, or the paper that sets the task. It stands in a column of its
own or in the explanation. When the form has no such column, that is one finding on the form.

## Why

A value without a source cannot be told from a guess, and nobody can say whether it is strict or easy.

## Example

A form without a column 设定依据.

## Instead

设定依据: 计划标准，省厅任务分解下达60家

## Basis

财预〔2021〕101号, 指标值设定依据 (recalled, to be checked against the official text).

---

## 查什么

申报时，每条指标应注明指标值的设定依据：计划标准、行业标准、历史标准、预算支出标准，或下达任务的文件。有专门
栏目的填在栏内，没有的可写在指标解释中。表中没有该栏的，只提示一次。

## 为什么

没有依据的指标值与随意填写无从区分，定得严还是松也无从判断。

## 示例

表中没有“设定依据”栏。

## 应改为

设定依据：计划标准，省厅任务分解下达60家

## 依据

财预〔2021〕101号关于指标值设定依据的规定（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.form.model import Purpose
from hengliang.review.named import named
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="F20",
    name="value-basis-missing",
    zh="设定依据缺失",
    en="basis of value missing",
    severity=Severity.ADVICE,
    basis=("101:设定依据",),
    reads=("indicators.basis", "indicators.explanation"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if context.form.purpose is not Purpose.DECLARATION:
        yield rule.not_applicable(message("the basis of a value is asked for when it is declared"))
        return
    without = named(context, "basis", "completeness.basis_words")
    if not without.column and without.rows:
        yield rule.finds(
            "indicators",
            message(
                "the form has no column for the basis of its values, and {count} indicators name none",
                count=len(without.rows),
            ),
            expected=message("the plan, standard or past result that each value was taken from"),
        )
        return
    for row in without.rows:
        path = row.path("basis")
        if without.hidden(row):
            yield rule.undecidable(path, message("the explanation that may name the basis is cut off"))
        else:
            yield rule.finds(
                path,
                message("the indicator does not say what its value was taken from"),
                expected=message("the plan, standard or past result that each value was taken from"),
            )
