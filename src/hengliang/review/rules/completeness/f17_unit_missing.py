"""
## What it checks

A number as target value has a unit of measure. Text targets (定性), dates and values with words need none.
When no row of the form has a unit, that is one finding on the form. A unit is proposed where the row itself
names one: in brackets behind the name, behind the same number in the explanation, or % for a name that is a
rate.

## Why

≥ 60 is no promise: 60 offices, 60 visits and 60 % are different things.

## Example

绿色矿山核查数量 ≥ 60

## Instead

绿色矿山核查数量 ≥ 60 家

## Basis

A rule of the declaration module in use: the unit is required for the signs ≥ > = < ≤ (seen in its published
source).

---

## 查什么

数值型指标值应有计量单位。定性值、日期和带文字的值不要求。全表都没有计量单位的，只提示一次。名称括号内、解释
中同一数字之后写有单位，或名称为比率的，给出建议单位。

## 为什么

只写“≥60”不成其为承诺：60家、60次和60%是三回事。

## 示例

绿色矿山核查数量 ≥ 60

## 应改为

绿色矿山核查数量 ≥ 60 家

## 依据

在用申报模块的校验规则：符号为≥、>、=、<、≤时计量单位必填（见其公开源码）。
"""

import re
from collections.abc import Iterator

from hengliang.base.finding import Edit, Fix, Severity
from hengliang.base.message import message
from hengliang.base.number import find_quantities
from hengliang.base.place import Spot
from hengliang.base.unit import unit_of
from hengliang.form.value import NumberValue
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule, proposal

rule = Rule(
    code="F17",
    name="unit-missing",
    zh="计量单位缺失",
    en="unit of measure missing",
    severity=Severity.ERROR,
    basis=("module:计量单位必填",),
    reads=("indicators.operator", "indicators.target", "indicators.unit"),
    fix="proposal",
)

_BRACKETS = re.compile(r"[（(]([^（）()]{1,8})[）)]\W*\Z")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    bare = [row for row in context.rows if not row.unit_text and _needs_unit(row)]
    if not bare:
        return
    if len(bare) > 2 and not any(row.unit_text for row in context.rows):
        yield rule.finds(
            tuple(Spot(row.path("unit")) for row in bare),
            message("no indicator of the form has a unit of measure"),
            expected=message("a unit of measure beside every number"),
        )
        return
    for row in bare:
        yield rule.finds(
            row.path("unit"),
            message("the target {target} has no unit of measure", target=row.target),
            observed=row.target or "",
            expected=message("a unit of measure beside every number"),
            fix=_unit(row, context),
        )


def _needs_unit(row: Row) -> bool:
    return not row.is_qualitative and isinstance(row.value, NumberValue)


def _unit(row: Row, context: Context) -> Fix | None:
    """The unit that the row itself names elsewhere."""
    unit = None
    brackets = _BRACKETS.search(row.name)
    if brackets and unit_of(brackets[1]):
        unit = brackets[1]
    elif row.name.endswith(context.profile.words("completeness.rate_heads")) and not row.is_cut("name"):
        unit = "%"
    elif isinstance(row.value, NumberValue):
        for mention in find_quantities(row.explanation or ""):
            if mention.quantity.number == row.value.number and mention.quantity.unit:
                unit = mention.quantity.unit
                break
    if unit is None:
        return None
    return proposal(
        message("enter the unit {unit}, which the row names itself", unit=unit),
        Edit(row.path("unit"), row.unit_text, unit),
    )
