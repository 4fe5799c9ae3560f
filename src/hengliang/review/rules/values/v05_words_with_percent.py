"""
## What it checks

The value has no digit, and the unit is %.

## Why

有效推进 % says nothing. The unit is a left-over of another row or of an earlier number, and a system that
reads it expects a number.

## Example

有效推进, %

## Instead

有效推进 without a unit, and grades in the scoring standard; or a number with %.

## Basis

财预〔2015〕88号, content accurate (recalled, to be checked against the official text).

---

## 查什么

指标值中没有数字，计量单位却是%。

## 为什么

“有效推进%”没有含义。单位多为其他行或原有数字的残留，系统读取时会当作数字处理。

## 示例

有效推进，%

## 应改为

有效推进，单位留空，并在评分标准中分档；或填写带%的数字。

## 依据

财预〔2015〕88号：内容准确（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.number import read_quantity
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import in_percent
from hengliang.review.row import Row
from hengliang.review.rule import Rule, safe_fix

rule = Rule(
    code="V05",
    name="words-with-percent",
    zh="文字值带百分号",
    en="text value with percent",
    severity=Severity.ERROR,
    basis=("88:规范完整性",),
    reads=("indicators.target", "indicators.unit"),
    fix="safe",
)
_FIX = message("drop the % beside the words")


@rule.check_rows(in_percent)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    target = row.target
    if row.number is not None or target is None:
        return None
    if any(character.isdigit() for character in target) or read_quantity(target) is not None:
        return None
    path, unit = row.path("unit"), row.unit_text
    return rule.finds(
        (Spot(path), Spot(row.path("target"))),
        message("the value {value} is words, but its unit is %", value=target),
        observed=f"{target}{unit}",
        expected=message("words without a unit, or a number with %"),
        fix=safe_fix(_FIX, Edit(path, unit, None)),
    )
