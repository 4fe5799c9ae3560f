"""
## What it checks

Satisfaction (a percentage under 满意度) below 80 %; the line is set in the profile. Rows of complaints are
left out.

## Why

Values shall be rather strict and high. A target that most offices pass without effort steers nothing.

## Example

公众满意度 ≥ 60 %

## Instead

公众满意度 ≥ 90 %

## Basis

财预〔2021〕101号, 从严从高 (recalled, to be checked against the official text). The line is a choice of
this project.

---

## 查什么

满意度指标值（百分比）低于80%，界线见规则集。投诉类指标不查。

## 为什么

指标值应从严从高。多数单位不费力就能达到的值起不到引导作用。

## 示例

公众满意度≥60%

## 应改为

公众满意度≥90%

## 依据

财预〔2021〕101号“从严从高”（凭记忆转述，待与正式文本核对）。界线为本项目选定。
"""

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.bounds import is_satisfaction, satisfaction
from hengliang.review.by_row import RowOutcome
from hengliang.review.row import Row
from hengliang.review.rule import Rule

rule = Rule(
    code="V18",
    name="satisfaction-too-low",
    zh="满意度过低",
    en="satisfaction too low",
    severity=Severity.ADVICE,
    basis=("101:从严从高",),
    reads=("indicators.level1", "indicators.target", "indicators.unit"),
)
_NONE = message("the form has no row under 满意度")


@rule.check_rows(is_satisfaction, none=_NONE)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    line = profile.number("values.satisfaction_low")
    number = satisfaction(row, profile)
    if number is None or number >= line:
        return None
    return rule.finds(
        row.path("target"),
        message("satisfaction of {number} % is no aim", number=f"{number:f}"),
        observed=f"{number:f}%",
        expected=message("{line} % or more", line=f"{line:f}"),
    )
