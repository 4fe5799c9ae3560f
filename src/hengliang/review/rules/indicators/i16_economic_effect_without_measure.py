"""
## What it checks

A row under 经济效益 with no unit of money and no word of an economic effect (收入, 产值, 节约, 增长,
税, 出让 …) in its name or explanation. Only what is visible is judged.

## Why

An economic effect is money earned, saved or moved. Planning and surveying are not.

## Example

经济效益指标 国土空间规划城市体检评估

## Instead

土地出让收入增长率, ≥ 5 %

## Basis

财预〔2021〕101号, economic effect (recalled, to be checked against the official text).

---

## 查什么

经济效益指标的计量单位不是货币，名称和解释中也没有经济用语（收入、产值、节约、增长、税、出让等）。只看可
见部分。

## 为什么

经济效益是增加、节约或带动的钱。编规划、做测绘不是经济效益。

## 示例

经济效益指标“国土空间规划城市体检评估”

## 应改为

土地出让收入增长率，≥5%

## 依据

财预〔2021〕101号经济效益（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.form.levels import Level2
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import under
from hengliang.review.prices import is_money
from hengliang.review.row import Row
from hengliang.review.rule import Rule

rule = Rule(
    code="I16",
    name="economic-effect-without-measure",
    zh="经济效益无经济量",
    en="economic effect without economic measure",
    severity=Severity.WARNING,
    basis=("101:经济效益",),
    reads=("indicators.level2", "indicators.name", "indicators.explanation", "indicators.unit"),
)

_EXPECTED = message("an amount of money or its change")
_NONE = message("the form has no indicators of economic effect")


@rule.check_rows(under(Level2.ECONOMIC), none=_NONE)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    words = profile.pattern("indicators.effect.economic")
    if not row.says(words) and not is_money(row):
        return rule.finds(
            row.path("name"),
            message(
                "{name} speaks of no income, saving, output value or other economic amount", name=row.name
            ),
            observed=row.name,
            expected=_EXPECTED,
        )
    return None
