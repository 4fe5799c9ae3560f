"""
## What it checks

A value that passes without effort: ≥ 12 个月 of a year, or 100 % of one's own plan when no number says what
the plan is. Times that cost effort (开放, 运行; word list of the profile) are left out.

## Why

A year has twelve months for everybody. Full marks are certain before the work begins.

## Example

地下水资源常规监测 ≥ 12 月

## Instead

地下水监测 ≥ 24 次

## Basis

财预〔2021〕101号, 从严从高 (recalled, to be checked against the official text).

---

## 查什么

不费力就能达到的值：一年≥12个月；或自定计划完成率100%而计划没有数量。需要投入才能保持的时长（开放、运行等，词表见规则集）不查。

## 为什么

一年对谁都是12个月，工作没开始，满分已经到手。

## 示例

地下水资源常规监测 ≥ 12月

## 应改为

地下水监测 ≥ 24次

## 依据

财预〔2021〕101号“从严从高”（凭记忆转述，待与正式文本核对）。
"""

import re
from collections.abc import Mapping
from decimal import Decimal

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.bounds import HUNDRED, is_percent
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import with_number
from hengliang.review.row import Row
from hengliang.review.rule import Rule

rule = Rule(
    code="V21",
    name="reached-by-itself",
    zh="自然达成",
    en="reached by itself",
    severity=Severity.ADVICE,
    basis=("101:从严从高",),
    reads=("indicators.operator", "indicators.target", "indicators.unit", "indicators.name"),
)
_DIGIT = re.compile(r"[0-9０-９]")
_WANTED = message("a value that takes effort, with its number")


@rule.check_rows(with_number)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    whole_year = profile.table("values.whole_year")
    number, sign = row.number, row.operator
    if number is None or sign not in ("≥", ">", "="):
        return None
    if is_percent(row):
        if number != HUNDRED or not profile.pattern("values.words.own_plans").search(row.name):
            return None
        if row.is_cut("explanation"):
            return rule.undecidable(
                row.path("explanation"),
                message("the explanation is cut off; it may say how much is planned"),
            )
        if not _DIGIT.search(f"{row.name}{row.explanation or ''}{row.remark or ''}"):
            return rule.finds(
                row.path("target"),
                message("100 % of a plan without any number is whatever was done"),
                f"{sign} 100%",
                _WANTED,
            )
    elif number == _year_of(row, whole_year) and not _takes_effort(row.name, profile):
        value = f"{row.target}{row.unit_text}"
        return rule.finds(
            row.path("target"),
            message("every year has {value} by itself", value=value),
            f"{sign} {value}",
            _WANTED,
        )
    return None


def _year_of(row: Row, whole_year: Mapping[str, object]) -> Decimal | None:
    count = whole_year.get(row.unit_text or "")
    return Decimal(str(count)) if count is not None else None


def _takes_effort(name: str, profile: Profile) -> bool:
    return profile.pattern("values.longer_is_better").search(name) is not None
