"""
## What it checks

A share of a whole shall be at most 100 %, or at least 0 %. Limits of money and number (执行率, 控制率,
成本) can be overrun: there ≤ 100 % is a promise, if the name or the explanation says so.

## Why

What is always true promises nothing, and its points are a gift.

## Example

空间规划馆运营经费 ≤ 100 %, with nothing that calls it an execution rate of the budget

## Instead

运营经费预算执行率 ≤ 100 %, the limit of the money; or ≤ 80 万元; or a share that can be missed, ≥ 95 %.

## Basis

财预〔2015〕88号, 合理可行 (recalled, to be checked against the official text).

---

## 查什么

占全部的比率要求不高于100%，或不低于0%。资金和数量的限额（执行率、控制率、成本等）可能突破，名称或解释中写明的，≤100%成立。

## 为什么

恒成立的条件不构成承诺，分值等于白送。

## 示例

空间规划馆运营经费 ≤ 100%，且未说明是预算执行率

## 应改为

运营经费预算执行率 ≤ 100%（资金限额）；或 ≤ 80万元；或可能达不到的比率，如 ≥ 95%。

## 依据

财预〔2015〕88号“合理可行”（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.bounds import HUNDRED, is_bounded, is_cost
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import in_percent
from hengliang.review.row import Row
from hengliang.review.rule import Rule

rule = Rule(
    code="V07",
    name="always-true",
    zh="恒真条件",
    en="always true",
    severity=Severity.ERROR,
    basis=("88:合理可行",),
    reads=("indicators.operator", "indicators.target", "indicators.unit", "indicators.explanation"),
)


@rule.check_rows(in_percent)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    sign, number = row.operator, row.number
    if number is None:
        return None
    if sign == "≤" or sign == "<":
        always = number > HUNDRED or (sign == "≤" and number == HUNDRED)
    else:
        always = (sign == "≥" and number <= 0) or (sign == ">" and number < 0)
    if not always or not is_bounded(row, profile):
        return None
    if number >= HUNDRED and (
        is_cost(row) or profile.pattern("values.limit_words").search(f"{row.name} {row.explanation or ''}")
    ):
        return None
    return rule.finds(
        row.path("target"),
        message("{sign} {number} % is true of every share", sign=sign, number=f"{number:f}"),
        observed=f"{sign} {number:f}%",
        expected=message("a line that can be missed, or words that name the limit: 预算执行率"),
    )
