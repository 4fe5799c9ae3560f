"""
## What it checks

A row under 效益 whose name ends in a fund (运营经费), or whose explanation speaks of spending
(预算成本, 经费支出 …). Money that is gained or moved (撬动社会资金, 节约经费) passes.

## Why

Spending is the price of an effect, not the effect.

## Example

经济效益指标 空间规划馆运营经费, ≤ 100 %

## Instead

The row under 成本 with an amount: 规划馆运营经费, ≤ 60 万元; as an effect 规划馆接待参观人次.

## Basis

财预〔2015〕88号, review point 指标科学性 (recalled, to be checked against the official text).

---

## 查什么

效益指标的名称以资金结尾（如“运营经费”），或者解释写的是花钱（“预算成本”“经费支出”等）。争取来的、带动的、
节约的资金（如“撬动社会资金”）通过。

## 为什么

花钱是取得效益的代价，不是效益。

## 示例

经济效益指标“空间规划馆运营经费”，≤100%

## 应改为

移到成本指标并写明金额：规划馆运营经费，≤60万元；效益可写规划馆接待参观人次。

## 依据

财预〔2015〕88号“指标科学性”审核要点（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Edit, Fix, Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.review.by_row import RowOutcome
from hengliang.review.effects import NO_EFFECTS, is_effect
from hengliang.review.names import fund_in
from hengliang.review.row import Row
from hengliang.review.rule import Rule, proposal

rule = Rule(
    code="I14",
    name="cost-item-under-effect",
    zh="成本项在效益",
    en="cost item under effect",
    severity=Severity.WARNING,
    basis=("88:指标科学性",),
    reads=("indicators.level2", "indicators.name", "indicators.explanation"),
    fix="proposal",
)

_EXPECTED = message("a row under 成本 with an amount, or what the money brings about")


@rule.check_rows(is_effect, none=NO_EFFECTS)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    if spot := _spending(row, profile):
        return rule.finds(
            spot,
            message("this effect is money spent"),
            observed=row.name,
            expected=_EXPECTED,
            fix=_fix(row, profile),
        )
    return None


def _spending(row: Row, profile: Profile) -> Spot | None:
    name, explanation = row.name, row.explanation
    gains = profile.pattern("indicators.effect.gains")
    if not row.is_cut("name") and (fund := fund_in(name, profile)) and not gains.search(name):
        return Spot(row.path("name"), *fund)
    if explanation and (found := profile.pattern("indicators.effect.spending").search(explanation)):
        return None if gains.search(explanation) else Spot(row.path("explanation"), *found.span())
    return None


def _fix(row: Row, profile: Profile) -> Fix:
    under_output = "cost" in profile.words("tree.level2.output")
    above, below = ("output", "cost") if under_output else ("cost", "economic_cost")
    words = (profile.text(f"tree.words.level1.{above}"), profile.text(f"tree.words.level2.{below}"))
    return proposal(
        message("Move the row to {level1} / {level2}", level1=words[0], level2=words[1]),
        Edit(row.path("level1"), row.indicator.level1, words[0]),
        Edit(row.path("level2"), row.indicator.level2, words[1]),
    )
