"""
## What it checks

The name ends in a fund: 经费, 资金, …费. Names of measures about money (资金到位率) pass, and so does a
cost row with an amount of money, whose name says which cost is limited.

## Why

Money is what goes in. An indicator says what comes out of it, or at what cost; that a fund exists or is
spent is neither.

## Example

城市违建测绘奖励资金, 100 %

## Instead

违建图斑整改率, ≥ 90 %; as a cost 测绘单位成本, ≤ 800 元/个.

## Basis

财预〔2021〕101号, principle 高度关联 (recalled, to be checked against the official text).

---

## 查什么

名称以资金结尾：经费、资金、…费。以资金为对象的衡量（如“资金到位率”）通过；成本指标有金额的也通过，名称
说明的是控制哪项成本。

## 为什么

资金是投入。指标要说明投入换来什么，或者以多大成本换来；有一笔资金、资金花完，都不是绩效。

## 示例

城市违建测绘奖励资金，100%

## 应改为

违建图斑整改率，≥90%；作为成本指标可写测绘单位成本，≤800元/个。

## 依据

财预〔2021〕101号“高度关联”原则（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.review.bounds import is_cost
from hengliang.review.by_row import RowOutcome
from hengliang.review.names import fund_in
from hengliang.review.prices import is_priced
from hengliang.review.row import Row
from hengliang.review.rule import Rule

rule = Rule(
    code="I05",
    name="name-of-fund",
    zh="名称为资金",
    en="name is a fund",
    severity=Severity.WARNING,
    basis=("101:高度关联",),
    reads=("indicators.name", "indicators.unit"),
)

_EXPECTED = message("what the money is to bring about, or its unit cost")


@rule.check_rows()
def check(row: Row, profile: Profile) -> RowOutcome | None:
    name = row.name
    fund = fund_in(name, profile)
    if fund is None or row.is_cut("name") or (is_cost(row) and is_priced(row, profile)):
        return None
    return rule.finds(
        Spot(row.path("name"), *fund),
        message("{name} is the name of a fund, not of a result", name=name),
        observed=name[fund[0] : fund[1]],
        expected=_EXPECTED,
    )
