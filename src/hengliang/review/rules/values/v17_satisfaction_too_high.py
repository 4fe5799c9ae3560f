"""
## What it checks

Satisfaction (a percentage under 满意度) of 98 % or more; the line is set in the profile. Rows of complaints
are left out.

## Why

No honest survey gives 100 %. Such a target is either missed every year or measured until it fits.

## Example

公众满意度 100 %

## Instead

公众满意度 ≥ 90 %

## Basis

财预〔2015〕88号, 合理可行 (recalled, to be checked against the official text). The line is a choice of this
project.

---

## 查什么

满意度指标值（百分比）达到98%及以上，界线见规则集。投诉类指标不查。

## 为什么

真实的调查不会得到100%。这样的目标要么年年完不成，要么想办法凑成。

## 示例

公众满意度100%

## 应改为

公众满意度≥90%

## 依据

财预〔2015〕88号“合理可行”（凭记忆转述，待与正式文本核对）。界线为本项目选定。
"""

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.bounds import is_satisfaction, satisfaction
from hengliang.review.by_row import RowOutcome
from hengliang.review.row import Row
from hengliang.review.rule import Rule

rule = Rule(
    code="V17",
    name="satisfaction-too-high",
    zh="满意度过高",
    en="satisfaction too high",
    severity=Severity.ADVICE,
    basis=("88:合理可行",),
    reads=("indicators.level1", "indicators.target", "indicators.unit"),
)
_NONE = message("the form has no row under 满意度")


@rule.check_rows(is_satisfaction, none=_NONE)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    line = profile.number("values.satisfaction_high")
    number = satisfaction(row, profile)
    if number is None or number < line:
        return None
    return rule.finds(
        row.path("target"),
        message("satisfaction of {number} % is hardly reached in an honest survey", number=f"{number:f}"),
        observed=f"{number:f}%",
        expected=message("less than {line} %", line=f"{line:f}"),
    )
