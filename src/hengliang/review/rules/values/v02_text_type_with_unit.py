"""
## What it checks

The value type is 定性 (text) and a unit of measure is filled in.

## Why

Words have no unit. The budget system exempts text targets from the unit for that reason; a unit beside
words shows that value or type is wrong.

## Example

定性, 有效推进, %

## Instead

定性, 有效推进, no unit. Where the value is a number the type is settled first (V01); only then it shows
whether the unit goes.

## Basis

Rule of the sign in a published module of the budget system: type 定性 needs no unit.

---

## 查什么

指标值类型为“定性”，却填了计量单位。

## 为什么

文字没有计量单位，系统对定性指标也不要求单位；文字旁边带单位，说明指标值或类型填错。

## 示例

定性，有效推进，%

## 应改为

定性，有效推进，单位留空。指标值为数字的，先按V01确定类型，再看单位是否保留。

## 依据

预算管理一体化系统公开模块的符号规则：定性指标不需要计量单位。
"""

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.bounds import is_numeric
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import in_words
from hengliang.review.row import Row
from hengliang.review.rule import Rule, safe_fix

rule = Rule(
    code="V02",
    name="text-type-with-unit",
    zh="定性带单位",
    en="text type with a unit",
    severity=Severity.WARNING,
    basis=("module:计量单位必填",),
    reads=("indicators.operator", "indicators.unit", "indicators.target"),
    fix="safe",
)
_WANTED = message("no unit beside a text value")


@rule.check_rows(in_words)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    unit = row.unit_text
    if not unit:
        return None
    path = row.path("unit")
    settled = row.target is not None and not is_numeric(row)
    return rule.finds(
        path,
        message("a text target (定性) has the unit {unit}", unit=unit),
        observed=unit,
        expected=_WANTED,
        fix=safe_fix(message("drop the unit {unit}", unit=unit), Edit(path, unit, None)) if settled else None,
    )
