"""
## What it checks

The value is 0 with ≥ or >. Growth and changes, which can be negative, are left out.

## Why

At least nothing is always reached, and a score by proportion would divide by zero.

## Example

安全事故 ≥ 0 起

## Instead

安全事故 ≤ 0 起. The sign is proposed where the name is of something that should not happen.

## Basis

Scoring of zero targets in a published module: reached only when the actual is 0 or less.

---

## 查什么

指标值为0而符号为≥或>。可能为负的增长、变动类指标不查。

## 为什么

“至少为零”总能达到，按比例计分还会除以零。

## 示例

安全事故 ≥ 0起

## 应改为

安全事故 ≤ 0起。名称为不应发生之事的，建议改符号。

## 依据

公开模块对零目标的计分：实际值不大于0才算完成。
"""

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import with_number
from hengliang.review.row import Row
from hengliang.review.rule import Rule, proposal

rule = Rule(
    code="V16",
    name="zero-target",
    zh="零目标",
    en="zero target",
    severity=Severity.WARNING,
    basis=("10:计分",),
    reads=("indicators.operator", "indicators.target", "indicators.name"),
    fix="proposal",
)


@rule.check_rows(with_number)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    sign = row.operator
    if row.number != 0 or (sign != "≥" and sign != ">"):
        return None
    name = row.name
    harm = profile.pattern("values.harm_words").search(name)
    if not harm and profile.pattern("values.unbounded_words").search(name):
        return None
    path = row.path("operator")
    return rule.finds(
        (Spot(path), Spot(row.path("target"))),
        message("the target is {sign} 0, which is reached by doing nothing", sign=sign),
        observed=f"{sign} 0",
        expected=message("≤ 0 for what should not happen, else a number above 0"),
        fix=proposal(message("make the sign ≤"), Edit(path, sign, "≤")) if harm else None,
    )
