"""
## What it checks

The unit is none that is known here, or is written as what it is not: months are counted in 个月, 月 is a
month of the year.

## Why

Values with unknown units can be neither converted nor compared across offices.

## Example

12 月

## Instead

12 个月. The mend is applied with `--fix`, except under 时效 with ≤, < or =, where 12 月 may mean December.

## Basis

Legal units of measure (recalled, to be checked against the official text); the list is `base/units.toml`,
to which a profile adds its own.

---

## 查什么

计量单位不在单位表中，或写法不规范：月数应写“个月”，“月”是月份。

## 为什么

单位不明的值无法换算，也无法在单位之间比较。

## 示例

12月

## 应改为

12个月。可自动修正；时效指标中符号为≤、<、=的“12月”可能指12月份，不自动修正。

## 依据

法定计量单位（凭记忆转述，待与正式文本核对）；单位表见base/units.toml，规则集可以补充。
"""

from hengliang.base.finding import Edit, Fix, Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.form.levels import Level2
from hengliang.review.by_row import RowOutcome
from hengliang.review.row import Row
from hengliang.review.rule import Rule, proposal, safe_fix

rule = Rule(
    code="V11",
    name="unit-not-in-dictionary",
    zh="单位不规范",
    en="unit not in the dictionary",
    severity=Severity.ADVICE,
    basis=("88:规范完整性",),
    reads=("indicators.unit",),
    fix="safe",
)


@rule.check_rows()
def check(row: Row, profile: Profile) -> RowOutcome | None:
    accepted = profile.words("units.accepted")
    text, unit = row.unit_text, row.unit
    if text is None or (unit is not None and unit.canonical == unit.symbol) or text in accepted:
        return None
    if unit is None:
        return rule.finds(
            row.path("unit"),
            message("the unit {unit} is not known", unit=text),
            observed=text,
            expected=message("a unit of the list"),
        )
    if row.number is not None:
        return rule.finds(
            row.path("unit"),
            message("the unit is written {unit} instead of {canonical}", unit=text, canonical=unit.canonical),
            observed=text,
            expected=message("the unit {canonical}", canonical=unit.canonical),
            fix=_fix(profile, row, text, unit.canonical),
        )
    return None


def _fix(profile: Profile, row: Row, text: str, canonical: str) -> Fix:
    signs = profile.words("units.month_or_months")
    may_be_a_date = text == "月" and row.level2 is Level2.TIME and row.operator in signs
    mend = proposal if may_be_a_date else safe_fix
    return mend(
        message("write {canonical} for {unit}", canonical=canonical, unit=text),
        Edit(row.path("unit"), text, canonical),
    )
