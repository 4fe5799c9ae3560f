"""
## What it checks

A row under 成本 or 经济成本 whose target is neither an amount of money, nor money for each unit, nor a
percentage of the budget with ≤ or ＜. Rates of saving and control (成本节约率) pass with any sign.
Social and ecological costs need no money. A number without a unit is left to the rule on missing units.

## Why

A cost that is not an amount limits nothing; ≥ 100 % of a budget even rewards overspending.

## Example

成本指标 资料编制, 定性 100 %; 常规监测, ≥ 12 月

## Instead

资料编制费, ≤ 80 万元; 监测单位成本, ≤ 0.8 万元/次; 预算控制率, ≤ 100 %

## Basis

财预〔2021〕101号, cost indicators (recalled, to be checked against the official text).

---

## 查什么

成本（经济成本）指标的指标值既不是金额，也不是单位成本，也不是用≤或＜表示的预算百分比。节约率、控制率不
论符号均通过。社会成本、生态环境成本不要求金额。有数字没有单位的，由计量单位缺失的规则处理。

## 为什么

不是金额的成本起不到控制作用；“≥预算的100%”甚至等于鼓励超支。

## 示例

成本指标“资料编制”，定性100%；“常规监测”，≥12月

## 应改为

资料编制费，≤80万元；监测单位成本，≤0.8万元/次；预算控制率，≤100%

## 依据

财预〔2021〕101号成本指标（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension
from hengliang.form.levels import Level2
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import under
from hengliang.review.prices import is_money
from hengliang.review.row import Row
from hengliang.review.rule import Rule

rule = Rule(
    code="I13",
    name="cost-without-money",
    zh="成本指标无金额",
    en="cost has no money",
    severity=Severity.ERROR,
    basis=("101:成本指标",),
    reads=(
        "indicators.level2",
        "indicators.name",
        "indicators.operator",
        "indicators.target",
        "indicators.unit",
    ),
)

_EXPECTED = message("at most so much money, or so much for each unit")
_NONE = message("the form has no cost indicators that need money")
_COSTS = (Level2.COST, Level2.ECONOMIC_COST)


@rule.check_rows(under(*_COSTS), none=_NONE)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    if row.target is not None and not _limits_money(row, profile):
        return rule.finds(
            row.path("unit" if row.unit_text else "target"),
            message("this cost is no amount of money and no share of the budget that may not be passed"),
            observed=f"{row.operator or ''} {row.target}{row.unit_text or ''}".strip(),
            expected=_EXPECTED,
        )
    return None


def _limits_money(row: Row, profile: Profile) -> bool:
    unit = row.unit
    if is_money(row):
        return True
    if row.number is not None and not row.is_qualitative:
        if not row.unit_text:
            return True
        if unit is not None and unit.dimension is Dimension.RATIO and row.operator in ("≤", "<"):
            return True
    return profile.pattern("indicators.cost.rates").search(row.name) is not None
