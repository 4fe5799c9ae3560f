"""
## What it checks

Two indicators of different names have the same explanation; blanks and marks do not count. Cut texts
are compared as far as they are printed.

## Why

An explanation says what this one indicator measures and how. One sentence that fits two indicators says
it of neither.

## Example

界桩定位核查 and 资料编制费, both explained as 预算成本控制情况.

## Instead

For each its own object, formula and source.

## Basis

财预〔2015〕88号, review point 规范完整性: content accurate and detailed (recalled, to be checked
against the official text).

---

## 查什么

两项名称不同的指标解释相同（空格、标点不计）。被截断的，按可见部分比较。

## 为什么

解释要说明这一项指标衡量什么、怎样计算。一句话能套两项指标，说明对哪一项都没有讲清。

## 示例

“界桩定位核查”和“资料编制费”的解释都是“预算成本控制情况”。

## 应改为

分别写明对象、计算公式和数据来源。

## 依据

财预〔2015〕88号“规范完整性”审核要点：内容准确、详实（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.review.names import plain_name
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="I08",
    name="same-explanation",
    zh="解释照搬",
    en="same explanation twice",
    severity=Severity.WARNING,
    basis=("88:规范完整性",),
    reads=("indicators.explanation",),
)

_EXPECTED = message("what this indicator measures, and how")


# So many others are named with each, and no more: a form of a thousand equal rows is read by nobody.
_SHOWN = 12


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    groups: dict[str, list[Row]] = {}
    for row in context.rows:
        if row.explanation:
            groups.setdefault(plain_name(row.explanation), []).append(row)
    for text, rows in groups.items():
        if len(rows) < 2 or len(text) < 2:
            continue
        for row in rows:
            others = [other for other in rows[:_SHOWN] if other.name != row.name]
            if others:
                yield rule.finds(
                    (Spot(row.path("explanation")), *(Spot(other.path("explanation")) for other in others)),
                    message(
                        "indicator no. {others} has the same explanation",
                        others=", ".join(str(other.index + 1) for other in others),
                    ),
                    observed=row.explanation or "",
                    expected=_EXPECTED,
                )
