"""
## What it checks

The explanation gives a number in the unit of the value (or one that converts into it), and none of these
numbers is the value. Dates, formulas (×100%), numbers for each of something (每处3次) and changes (提高5%)
are left out.

## Why

Two numbers for one target: the scorer may take either.

## Example

Value 60 家, explanation 核查露天矿山80家

## Instead

Value 60 家, explanation 核查露天矿山60家

## Basis

财预〔2015〕88号, content accurate (recalled, to be checked against the official text).

---

## 查什么

指标解释中有与指标值同一单位（或可换算单位）的数字，但没有一个等于指标值。日期、公式（×100%）、“每……”的数字（每处3次）和变动量（提高5%）不计。

## 为什么

一个目标两个数，计分时各取所需。

## 示例

指标值60家，解释：核查露天矿山80家

## 应改为

指标值60家，解释：核查露天矿山60家

## 依据

财预〔2015〕88号：内容准确（凭记忆转述，待与正式文本核对）。
"""

import re
from decimal import Decimal
from typing import NamedTuple

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.number import find_quantities
from hengliang.base.period import find_deadlines
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.base.unit import Unit, convert, convertible, unit_of
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import with_number
from hengliang.review.row import Row
from hengliang.review.rule import Rule

rule = Rule(
    code="V13",
    name="value-differs-from-explanation",
    zh="值与解释不一致",
    en="value differs from the explanation",
    severity=Severity.ERROR,
    basis=("88:规范完整性",),
    reads=("indicators.target", "indicators.unit", "indicators.explanation"),
)


_CUT = message("the explanation is cut off; its number may stand in the hidden part")


@rule.check_rows(with_number)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    text, number, unit = row.explanation, row.number, row.unit
    if text is None or number is None or unit is None:
        return None
    stated = _stated(text, profile) if _DIGIT.search(text) else ()
    if stated:
        stated = [one for one in stated if convertible(one.unit, unit)]
        if any(convert(one.number, one.unit, unit) == number for one in stated):
            return None
    path = row.path("explanation")
    if row.is_cut("explanation"):
        return rule.undecidable(path, _CUT)
    if stated:
        start, end = stated[0].start, stated[0].end
        value, other = f"{row.target}{row.unit_text}", text[start:end]
        return rule.finds(
            (Spot(path, start, end), Spot(row.path("target"))),
            message("the value is {value}, the explanation says {other}", value=value, other=other),
            observed=other,
            expected=message("the same number in both"),
        )
    return None


class _Stated(NamedTuple):
    """A number with its unit that could be a value, and its place."""

    number: Decimal
    unit: Unit
    start: int
    end: int


_DIGIT = re.compile(r"[0-9０-９]")
_BEFORE = re.compile(r"(?:每[^，,；;。]{0,5}|[×*xX÷/])\Z")


def _stated(text: str, profile: Profile) -> tuple[_Stated, ...]:
    mentions = find_quantities(text)
    if not mentions:
        return ()
    dated = {place for date in find_deadlines(text) for place in range(date.start, date.end)}
    changes = profile.pattern("values.words.changes")
    samples = profile.pattern("values.words.samples")
    found: list[_Stated] = []
    for mention in mentions:
        unit = unit_of(mention.quantity.unit)
        start, end = mention.start, mention.end
        if unit is None or start in dated or _BEFORE.search(text, max(0, start - 6), start):
            continue
        if changes.search(text, max(0, start - 6), start) or samples.match(text, end):
            continue
        found.append(_Stated(mention.quantity.number, unit, start, end))
    return tuple(found)
