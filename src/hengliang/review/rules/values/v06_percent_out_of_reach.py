"""
## What it checks

A share of a whole (合格率, 结案率, 覆盖率) shall be more than 100 %, or at least a number above 100.
Growth, plan completion and ratios of two amounts can pass 100 % and are left out (word list of the
profile).

## Why

There are no more than 100 of 100. Full marks can never be had, so the row only costs points, or it is
scored by another line than the one written.

## Example

结案率 > 100 %

## Instead

结案率 ≥ 90 %: the line at which the scoring standard gives full marks. Where the standard names no line, ＝
100 % is proposed.

## Basis

财预〔2015〕88号, 合理可行 (recalled, to be checked against the official text).

---

## 查什么

占全部的比率（合格率、结案率、覆盖率等）要求大于100%，或不低于一个超过100的数。增长率、计划完成率和两数之比可以超过100%，不在此列（词表见规则集）。

## 为什么

100件中不可能有100件以上结案。满分永远得不到，要么只扣不得，要么实际按另一条线计分。

## 示例

结案率 > 100%

## 应改为

结案率 ≥ 90%，即评分标准中得满分的线；评分标准没有写明的，建议改为＝100%。

## 依据

财预〔2015〕88号“合理可行”（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.bounds import HUNDRED, full_line_percent, is_bounded
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import in_percent
from hengliang.review.row import Row
from hengliang.review.rule import Rule, proposal

rule = Rule(
    code="V06",
    name="percent-out-of-reach",
    zh="百分比不可达",
    en="percent out of reach",
    severity=Severity.ERROR,
    basis=("88:合理可行",),
    reads=("indicators.operator", "indicators.target", "indicators.unit", "indicators.criterion"),
    fix="proposal",
)


@rule.check_rows(in_percent)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    sign, number = row.operator, row.number
    if number is None or number < HUNDRED or sign is None or not is_bounded(row, profile):
        return None
    if not (sign == ">" or (sign in ("≥", "=") and number > HUNDRED)):
        return None
    line = full_line_percent(row)
    if line is not None and line <= HUNDRED:
        new_sign, new = "≥", f"{line:f}"
    else:
        new_sign, new = "=", "100"
    return rule.finds(
        row.path("target"),
        message(
            "{sign} {number} % cannot be reached: 100 % is all there is", sign=sign, number=f"{number:f}"
        ),
        observed=f"{sign} {number:f}%",
        expected=message("{sign} {number} %", sign=new_sign, number=new),
        fix=proposal(
            message("make it {sign} {number} %", sign=new_sign, number=new),
            Edit(row.path("operator"), sign, new_sign),
            Edit(row.path("target"), row.target, new),
        ),
    )
