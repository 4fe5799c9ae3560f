"""
## What it checks

A value that should be a number holds marks that the budget system refuses (* _), thousands marks, a range,
two numbers, or more than four decimals. Dates are left out, and so are the words of text targets.

## Why

Such a value is refused at import or read as another number.

## Example

50-60; 1,200; 98.123456

## Instead

≥ 50; 1200; 98.12. Thousands marks and stray marks are dropped with `--fix`; a range and decimals are for
the unit to decide.

## Basis

Rule of a published module of the budget system, which refuses * _ and - in a value.

---

## 查什么

应为数字的指标值中含有系统不接受的符号（*、_）、千分位逗号、区间、两个数字，或小数超过四位。日期和定性文字不查。

## 为什么

这样的值导入时会被拒绝，或被读成别的数。

## 示例

50-60；1,200；98.123456

## 应改为

≥50；1200；98.12。千分位逗号和多余符号可自动去除；区间和小数位由单位确定。

## 依据

预算管理一体化系统公开模块的规则：指标值不得含*、_、-。
"""

import re

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import Message, message
from hengliang.base.number import read_number
from hengliang.base.period import read_date
from hengliang.base.profile import Profile
from hengliang.review.bounds import is_numeric
from hengliang.review.by_row import RowOutcome
from hengliang.review.row import Row
from hengliang.review.rule import Rule, safe_fix

rule = Rule(
    code="V15",
    name="number-format",
    zh="数值格式",
    en="number format",
    severity=Severity.ERROR,
    basis=("88:规范完整性",),
    reads=("indicators.target", "indicators.operator"),
    fix="safe",
)
_RANGE = re.compile(r"\d\s{0,2}%?\s{0,2}(?:[-~～—–－]|至|到)+\s{0,2}\d")
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3})")
_TWO = re.compile(r"\d[^\d.,，]+\d")
_WANTED = message("one plain number")


@rule.check_rows()
def check(row: Row, profile: Profile) -> RowOutcome | None:
    refused = profile.pattern("values.refused_characters")
    most = int(profile.number("values.most_decimals"))
    target = row.target
    if target is None or target.isdigit() or not any(character.isdigit() for character in target):
        return None
    if row.operator in (None, "定性") and not is_numeric(row):
        return None
    fault = _fault(target, refused, most)
    if fault is None or read_date(target) is not None:
        return None
    bare = _THOUSANDS.sub("", refused.sub("", target))
    path = row.path("target")
    return rule.finds(
        path,
        fault,
        target,
        _WANTED,
        safe_fix(message("write {number}", number=bare), Edit(path, target, bare))
        if bare != target and read_number(bare) is not None
        else None,
    )


def _fault(target: str, refused: re.Pattern[str], most: int) -> Message | None:
    if marks := refused.search(target):
        return message("the value {value} holds the mark {mark}", value=target, mark=marks[0])
    if _RANGE.search(target):
        return message("the value {value} is a range", value=target)
    if _THOUSANDS.search(target):
        return message("the value {value} has thousands marks", value=target)
    if _TWO.search(target):
        return message("the value {value} holds two numbers", value=target)
    if len(target.partition(".")[2]) > most and read_number(target) is not None:
        return message("the value {value} has more than {most} decimals", value=target, most=most)
    return None
