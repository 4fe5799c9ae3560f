"""
## What it checks

A row under 成本, or a length of time or date under 时效, with ≥ or >. Costs and times of which more is
better (节约率, 开放时间; word list of the profile) are left out.

## Why

≥ 1 年 is met by whoever takes two years, ≥ 100 % of the budget by whoever spends more: the sign rewards
what the row is to prevent.

## Example

时效: 地形图更新 ≥ 1 年

## Instead

≤ 1 年, or a date: ≤ 2023-12-31

## Basis

财预〔2015〕88号, 合理可行; 财预〔2021〕101号, cost indicators control the cost (both recalled, to be
checked against the official text).

---

## 查什么

成本指标，或时效指标中以时长、日期为值的，符号为≥或>。越多越好的成本和时长（节约率、开放时间等，词表见规则集）不在此列。

## 为什么

≥1年，拖两年也算完成；预算≥100%，多花钱也算完成：符号鼓励了本应防止的结果。

## 示例

时效：地形图更新 ≥ 1年

## 应改为

≤ 1年；或填日期：≤ 2023-12-31

## 依据

财预〔2015〕88号“合理可行”；财预〔2021〕101号成本指标（均凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.bounds import less_is_better
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import under_time_or_cost
from hengliang.review.row import Row
from hengliang.review.rule import Rule, proposal

rule = Rule(
    code="V09",
    name="wrong-direction",
    zh="方向相反",
    en="wrong direction",
    severity=Severity.ERROR,
    basis=("88:合理可行", "101:成本指标"),
    reads=("indicators.level2", "indicators.operator", "indicators.target", "indicators.unit"),
    fix="proposal",
)
_FLIPPED = {"≥": "≤", ">": "<"}
_NONE = message("the form has no row under 时效 or 成本")


@rule.check_rows(under_time_or_cost, none=_NONE)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    sign = row.operator
    flipped = _FLIPPED.get(sign or "")
    if flipped is None or row.value is None or not less_is_better(row, profile):
        return None
    value = f"{row.target}{row.unit_text or ''}"
    return rule.finds(
        row.path("operator"),
        message("{sign} {value} rewards what takes longer or costs more", sign=sign, value=value),
        observed=f"{sign} {value}",
        expected=message("{sign} {value}", sign=flipped, value=value),
        fix=proposal(
            message("make the sign {sign}", sign=flipped), Edit(row.path("operator"), sign, flipped)
        ),
    )
