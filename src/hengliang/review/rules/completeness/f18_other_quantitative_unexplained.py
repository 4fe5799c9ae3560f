"""
## What it checks

A target of the value type 定量（其他） (sign 9: a number that none of the five signs fits) has an
explanation.

## Why

The five signs say how a number is judged. Where none of them is chosen, only the explanation can say it.

## Example

指标值类型: 定量（其他）; 指标解释: (empty)

## Instead

指标解释: 全年控制在50至60次之间，按月统计

## Basis

A rule of the declaration module in use: sign 9 makes the explanation of the value mandatory (seen in its
published source).

---

## 查什么

指标值类型为“定量（其他）”（代码9，五种符号均不适用的定量指标）的，必须填写指标解释。

## 为什么

五种符号说明了数值怎样评判；选了“其他”，就只能靠解释来说明。

## 示例

指标值类型：定量（其他）；指标解释：（空白）

## 应改为

指标解释：全年控制在50至60次之间，按月统计

## 依据

在用申报模块的校验规则：代码9的指标，值说明必填（见其公开源码）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="F18",
    name="other-quantitative-unexplained",
    zh="其他定量无说明",
    en="other-quantitative without explanation",
    severity=Severity.ERROR,
    basis=("module:定量其他须说明",),
    reads=("indicators.operator", "indicators.explanation"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    printed = context.source.printed
    names = context.profile.words("completeness.other_quantitative")
    # The form model has no sign for it: what the document printed in the column of signs tells.
    rows = [row for row in context.rows if printed.get(row.path("operator")) in names] if printed else []
    if not rows:
        yield rule.not_applicable(message("no indicator has the value type 定量（其他）"))
    for row in rows:
        if not row.explanation:
            yield rule.finds(
                row.path("explanation"),
                message("the value type is 定量（其他）, but nothing explains how the value is judged"),
                observed=printed[row.path("operator")],
                expected=message("an explanation of the value"),
            )
