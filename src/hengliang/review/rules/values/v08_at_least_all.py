"""
## What it checks

A share of a whole with ≥ 100 %: there is nothing above, so ＝ 100 % is meant.

## Why

The sign should say what it means. ≥ 100 % makes readers look for what is above, and a system for
over-achievement.

## Example

覆盖率 ≥ 100 %

## Instead

覆盖率 ＝ 100 %. The mend changes no promise and is applied with `--fix`, except on rows of cost, where the
sign itself is in doubt (V09).

## Basis

Meaning of the signs in a published module of the budget system.

---

## 查什么

占全部的比率写作≥100%：不可能超过，应写＝100%。

## 为什么

符号应如实表达含义。≥100%让人以为还能更高，系统也会按超额处理。

## 示例

覆盖率 ≥ 100%

## 应改为

覆盖率 ＝ 100%。修改不改变承诺，可自动修正；成本类指标符号本身存疑（见V09），不自动修正。

## 依据

预算管理一体化系统公开模块的符号含义。
"""

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.bounds import HUNDRED, is_bounded, less_is_better
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import in_percent
from hengliang.review.row import Row
from hengliang.review.rule import Rule, safe_fix

rule = Rule(
    code="V08",
    name="at-least-all",
    zh="边界等号",
    en="at least 100 % of a whole",
    severity=Severity.ADVICE,
    basis=("88:规范完整性",),
    reads=("indicators.operator", "indicators.target", "indicators.unit"),
    fix="safe",
)
_FOUND = message("≥ 100 % of a share that cannot pass 100 %")
_WANTED = message("= 100 %")
_FIX = message("write = for ≥")


@rule.check_rows(in_percent)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    if row.operator != "≥" or row.number != HUNDRED or not is_bounded(row, profile):
        return None
    path = row.path("operator")
    doubtful = less_is_better(row, profile)
    return rule.finds(
        path, _FOUND, "≥ 100%", _WANTED, None if doubtful else safe_fix(_FIX, Edit(path, "≥", "="))
    )
