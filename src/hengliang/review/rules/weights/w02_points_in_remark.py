"""
## What it checks

The points stand as text in 备注 (3分) and not in a column of their own.

## Why

The data standard has a field for the weight. Text in a remark is summed by nobody, and the sum of 95 goes
unseen.

## Example

备注: 3分

## Instead

分值: 3, 备注 empty. The mend moves the number and is applied with `--fix`; a remark that says more is kept.

## Basis

Field weight of the standard tables, seen in a published module.

---

## 查什么

分值以文字写在备注里（3分），没有单列。

## 为什么

数据标准有专门的权重字段。备注里的文字没有人合计，合计95分也没人发现。

## 示例

备注：3分

## 应改为

分值：3，备注留空。可自动移动；备注另有内容的予以保留。

## 依据

标准表中的权重字段，见公开模块。
"""

import re
from collections.abc import Iterable

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import with_points_in_remark
from hengliang.review.points import NO_POINTS
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule, safe_fix

rule = Rule(
    code="W02",
    name="points-in-remark",
    zh="分值位置",
    en="points in the wrong place",
    severity=Severity.WARNING,
    basis=("standard-tables:weight",),
    reads=("indicators.points", "indicators.remark"),
    fix="safe",
)
_WANTED = message("the number in the column 分值")
_FIX = message("move the points into the column 分值")
_ONLY_POINTS = re.compile(r"[（(]?\d+(?:\.\d+)?分?[)）]?")


@rule.look_at_rows(with_points_in_remark)
def look(row: Row, profile: Profile) -> RowOutcome | None:
    remark = row.remark or ""
    path = row.path("remark")
    moved = Edit(row.path("points_in"), "remark", "column")
    bare = _ONLY_POINTS.fullmatch(remark.strip()) is not None
    edits = (moved, Edit(path, row.remark, None)) if bare and remark else (moved,)
    return rule.finds(
        path,
        message("the points stand as text in the remark: {remark}", remark=remark),
        remark,
        _WANTED,
        safe_fix(_FIX, *edits),
    )


@rule.check
def check(context: Context) -> Iterable[Outcome]:
    return context.by_row.outcomes(rule.code) if context.weighted else (rule.not_applicable(NO_POINTS),)
