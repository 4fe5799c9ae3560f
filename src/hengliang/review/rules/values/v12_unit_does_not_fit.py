"""
## What it checks

The thing that the name ends in asks for another kind of unit: a rate for %, monitoring and inspection for
times or places, a report for pieces, an area for 亩 (table of the profile).

## Why

12 months of monitoring say nothing of how often or where; a rate in 家 cannot be a rate.

## Example

地下水资源常规监测, 12 月

## Instead

地下水资源常规监测, 12 次/年

## Basis

财预〔2021〕101号, an indicator says what is measured (recalled, to be checked against the official text).
The table is a choice of this project.

---

## 查什么

名称所指的对象要求另一类单位：率用%，监测、检查用次或处，报告用份，面积用亩等（对照表见规则集）。

## 为什么

监测12个月，说不清监测多少次、多少处；以“家”计的率不成其为率。

## 示例

地下水资源常规监测，12月

## 应改为

地下水资源常规监测，12次/年

## 依据

财预〔2021〕101号：指标应说明衡量内容（凭记忆转述，待与正式文本核对）。对照表为本项目选定。
"""

import re
from functools import cache
from typing import NamedTuple, cast

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import with_number
from hengliang.review.row import Row
from hengliang.review.rule import Rule

rule = Rule(
    code="V12",
    name="unit-does-not-fit",
    zh="单位与对象不配",
    en="unit does not fit the object",
    severity=Severity.ADVICE,
    basis=("101:指标解释",),
    reads=("indicators.name", "indicators.unit", "indicators.target"),
)


class _Kind(NamedTuple):
    """What a name ends in, and the dimensions of the units that fit it."""

    object: str
    units: str
    ends: tuple[str, ...]
    excepted: tuple[str, ...]
    dimensions: tuple[str, ...]


@rule.check_rows(with_number)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    unit = row.unit
    if unit is None:
        return None
    kind = _kind_of(row.name, profile)
    if row.is_cut("name"):
        return rule.undecidable(row.path("name"), message("the name is cut off before the thing it measures"))
    if kind is not None and unit.dimension not in kind.dimensions and unit.dimension != "other":
        return rule.finds(
            row.path("unit"),
            message("{unit} is no unit for {object}", unit=row.unit_text, object=kind.object),
            observed=f"{row.target}{row.unit_text}",
            expected=message("a unit such as {units}", units=kind.units),
        )
    return None


_BRACKETS = re.compile(r"[（(][^（()）]*[)）]$")


def _kind_of(name: str, profile: Profile) -> _Kind | None:
    core = _BRACKETS.sub("", name)
    for kind in _kinds_by_end(profile).get(core[-1:], ()):
        if core.endswith(kind.ends) and not core.endswith(kind.excepted):
            return kind
    return None


@cache
def _kinds_by_end(profile: Profile) -> dict[str, list[_Kind]]:
    """The kinds that a name may be of, in their order, by its last character."""
    found: dict[str, list[_Kind]] = {}
    for kind in _kinds(profile):
        for last in {end[-1] for end in kind.ends}:
            found.setdefault(last, []).append(kind)
    return found


@cache
def _kinds(profile: Profile) -> tuple[_Kind, ...]:
    found: list[_Kind] = []
    for entry in cast("list[dict[str, object]]", profile.get("units.fits")):
        ends, excepted, dimensions = (
            tuple(cast("list[str]", entry[key])) for key in ("ends", "except", "dimensions")
        )
        found.append(_Kind(str(entry["object"]), str(entry["units"]), ends, excepted, dimensions))
    return tuple(found)
