"""
## What it checks

The name is one of the common indicators of the library (共性指标库), and level 2, sign or unit is not
the library's. Names are compared without blanks and marks; other names are not guessed at. The library
is data of the profile (`library`), and an office puts in its own.

## Why

Common indicators are added up over all offices. One of them with another unit or sign drops out of
every sum.

## Example

服务对象满意度, 定性, 好

## Instead

服务对象满意度, ≥ 90 %. Levels and the spelling of a unit are taken from the library at once; sign and
unit are proposed, since they change the promise.

## Basis

Library of indicators in the data standard of the budget system (BAS_PERF_INDICATOR), seen in a
published module; the entries are a choice of this project.

---

## 查什么

名称属于共性指标库，而二级指标、符号或计量单位与指标库不一致。名称比较时不计空格和标点，不推测其他名称。
指标库是规则集的数据（library），各地可加入自己的指标。

## 为什么

共性指标要跨单位汇总。单位或符号不一致的，汇总时就对不上。

## 示例

服务对象满意度，定性，好

## 应改为

服务对象满意度，≥90%。级别和单位写法直接按指标库修改；符号和单位涉及目标内容，只提建议。

## 依据

预算管理一体化系统指标库（BAS_PERF_INDICATOR），见公开模块；所列指标为本项目选定。
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, cast

from hengliang.base.finding import Edit, Fix, Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.base.unit import unit_of
from hengliang.form.levels import Level2
from hengliang.review.by_row import RowOutcome
from hengliang.review.names import plain_name
from hengliang.review.row import Row
from hengliang.review.rule import Rule, proposal, safe_fix

rule = Rule(
    code="I24",
    name="differs-from-library",
    zh="与指标库不一致",
    en="differs from library",
    severity=Severity.WARNING,
    basis=("standard-tables:library",),
    reads=("indicators.name", "indicators.level2", "indicators.operator", "indicators.unit"),
    fix="safe",
)

_EXPECTED = message("level, sign and unit as in the library")


class _Entry(NamedTuple):
    level2: tuple[Level2, ...]
    operators: tuple[str, ...]
    unit: str


@rule.check_rows()
def check(row: Row, profile: Profile) -> RowOutcome | None:
    library = _library(profile)
    if row.is_cut("name") or (entry := library.get(plain_name(row.name))) is None:
        return None
    if fields := _different(row, entry):
        sign = f"{entry.operators[0]} {entry.unit}"
        return rule.finds(
            tuple(Spot(row.path(field)) for field in fields),
            message("this common indicator stands otherwise in the library: {sign}", sign=sign),
            observed=_printed(row),
            expected=_EXPECTED,
            fix=_fix(row, entry, fields, profile),
        )
    return None


def _printed(row: Row) -> str:
    return " ".join(filter(None, (row.indicator.level2, row.operator, row.unit_text)))


def _different(row: Row, entry: _Entry) -> list[str]:
    """The fields that are not as the library has them. An empty one is left to other rules."""
    fields: list[str] = []
    if entry.level2 and row.level2 is not None and row.level2 not in entry.level2:
        fields.append("level2")
    if row.operator is not None and row.operator not in entry.operators:
        fields.append("operator")
    if row.unit_text is not None and row.unit_text != entry.unit:
        fields.append("unit")
    return fields


def _fix(row: Row, entry: _Entry, fields: Sequence[str], profile: Profile) -> Fix | None:
    edits: list[Edit] = []
    if "level2" in fields:
        word = profile.text(f"tree.words.level2.{entry.level2[0].value}")
        edits.append(Edit(row.path("level2"), row.indicator.level2, word))
    if "operator" in fields and row.number is not None:
        edits.append(Edit(row.path("operator"), row.operator, entry.operators[0]))
    if "unit" in fields and row.number is not None:
        edits.append(Edit(row.path("unit"), row.unit_text, entry.unit))
    if not edits:
        return None
    promise = "operator" in fields or ("unit" in fields and row.unit != unit_of(entry.unit))
    say = message("Take level, sign and unit from the library")
    return proposal(say, *edits) if promise else safe_fix(say, *edits)


@lru_cache(maxsize=64)
def _library(profile: Profile) -> Mapping[str, _Entry]:
    found: dict[str, _Entry] = {}
    for item in cast("Sequence[Mapping[str, object]]", profile.get("library.indicators")):
        entry = _Entry(
            tuple(Level2(word) for word in cast("Sequence[str]", item["level2"])),
            tuple(cast("Sequence[str]", item["operators"])),
            str(item["unit"]),
        )
        found.update((plain_name(name), entry) for name in cast("Sequence[str]", item["names"]))
    return found
