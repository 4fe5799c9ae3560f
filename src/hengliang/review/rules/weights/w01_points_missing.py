"""
## What it checks

A row has no points while others of the form have. Sub-rows (其中：…) belong to the row above them. A form
without any points is not checked.

## Why

A row that weighs nothing is scored for nothing, and the sum of the form is not known.

## Example

A row without 分值 among rows with 3 to 10 points

## Instead

A number of points for every row

## Basis

财预〔2021〕101号: weights are set with the target (recalled, to be checked against the official text).

---

## 查什么

其他行有分值，本行没有。“其中：”分项行随上一行。全表都没有分值的不查。

## 为什么

没有分值的指标等于不计分，全表总分也无从得知。

## 示例

其他行3至10分，本行分值为空

## 应改为

每行都填分值

## 依据

财预〔2021〕101号：权重随目标设定（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.review.points import NO_POINTS
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="W01",
    name="points-missing",
    zh="分值缺失",
    en="points missing",
    severity=Severity.ERROR,
    basis=("101:权重",),
    reads=("indicators.points", "indicators.remark"),
)
_FOUND = message("the row has no points")
_WANTED = message("a number of points")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not context.weighted:
        yield rule.not_applicable(NO_POINTS)
        return
    for row in context.rows:
        if row.points is None and not row.name.startswith("其中"):
            yield rule.finds(row.path("points"), _FOUND, row.remark or "", _WANTED)
