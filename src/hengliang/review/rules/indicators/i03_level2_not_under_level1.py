"""
## What it checks

The pair of level 1 and level 2 is not in the indicator tree of the profile. Words that mean no known
kind are left alone, and so is 可持续影响 under 效益, which the tree of 2021 does not name and does not
forbid.

## Why

Weights are checked, and results added up, by the tree. A row on the wrong branch is counted with the
wrong kind.

## Example

Under the tree of 2021: 产出指标 / 成本指标.

## Instead

成本指标 / 经济成本指标.

## Basis

Trees of 财预〔2015〕88号 (产出, 效益, 满意度) and 财预〔2021〕101号 (成本 on level 1), both recalled,
to be checked against the official text.

---

## 查什么

一级指标与二级指标的组合不在规则集的指标体系之内。含义不明的级别名称不查；效益下的“可持续影响”，2021年体
系没有列出但也没有禁止，不报。

## 为什么

权重按指标体系核对，结果按指标体系汇总。挂错位置的指标会算到别的类别里。

## 示例

按2021年体系：产出指标 / 成本指标。

## 应改为

成本指标 / 经济成本指标。

## 依据

财预〔2015〕88号指标体系（产出、效益、满意度）和财预〔2021〕101号指标体系（成本单列一级），均凭记忆转述，
待与正式文本核对。
"""

from functools import cache

from hengliang.base.finding import Edit, Fix, Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.form.levels import Level1, Level2
from hengliang.review.by_row import RowOutcome
from hengliang.review.row import Row
from hengliang.review.rule import Rule, safe_fix

rule = Rule(
    code="I03",
    name="level2-not-under-level1",
    zh="二级归属不合",
    en="level 2 not under this level 1",
    severity=Severity.ERROR,
    basis=("88:指标体系", "101:指标类型"),
    reads=("indicators.level1", "indicators.level2"),
    fix="safe",
)

_EXPECTED = message("a pair of levels that the tree knows")


@rule.check_rows()
def check(row: Row, profile: Profile) -> RowOutcome | None:
    level1, level2 = row.level1, row.level2
    if level1 is None or level2 is None or level1 is Level1.MANAGEMENT:
        return None
    if not _is_accepted(level1, level2, profile):
        return rule.finds(
            (Spot(row.path("level2")), Spot(row.path("level1"))),
            message(
                "{level2} does not stand under {level1} in the tree of this profile",
                level2=row.indicator.level2,
                level1=row.indicator.level1,
            ),
            observed=f"{row.indicator.level1} / {row.indicator.level2}",
            expected=_EXPECTED,
            fix=_fix(row, level1, level2, profile),
        )
    return None


@cache
def _is_accepted(level1: Level1, level2: Level2, profile: Profile) -> bool:
    tree = f"tree.level2.{level1.value}"
    known = profile.words(tree) if profile.has(tree) else ()
    return level2.value in known or f"{level1.value}/{level2.value}" in profile.words(
        "indicators.tree.accepted"
    )


def _fix(row: Row, level1: Level1, level2: Level2, profile: Profile) -> Fix | None:
    place = profile.table("tree.move").get(f"{level1.value}/{level2.value}")
    if not isinstance(place, str):
        return None
    above, below = place.split("/")
    words = (profile.text(f"tree.words.level1.{above}"), profile.text(f"tree.words.level2.{below}"))
    return safe_fix(
        message(
            "Write {level1} / {level2}, as the tree of this profile has it", level1=words[0], level2=words[1]
        ),
        Edit(row.path("level1"), row.indicator.level1, words[0]),
        Edit(row.path("level2"), row.indicator.level2, words[1]),
    )
