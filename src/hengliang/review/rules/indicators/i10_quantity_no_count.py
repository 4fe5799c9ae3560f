"""
## What it checks

A row under 数量 has the unit % (or ‰) or a text target.

## Why

A quantity is what is counted: houses, rounds, people, mu. A share hides how many there were.

## Example

数量指标 图斑整改, ＝ 100 %

## Instead

整改图斑数量, ≥ 320 个; the share belongs under 质量.

## Basis

财预〔2021〕101号, quantity indicators (recalled, to be checked against the official text).

---

## 查什么

数量指标的计量单位是%（或‰），或者指标值类型为定性。

## 为什么

数量指标是数出来的：户、次、人、亩。用比率，就看不出到底做了多少。

## 示例

数量指标“图斑整改”，＝100%

## 应改为

整改图斑数量，≥320个；比率放到质量指标下。

## 依据

财预〔2021〕101号数量指标（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension
from hengliang.form.levels import Level2
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import under
from hengliang.review.row import Row
from hengliang.review.rule import Rule

rule = Rule(
    code="I10",
    name="quantity-no-count",
    zh="数量指标非计数",
    en="quantity is no count",
    severity=Severity.WARNING,
    basis=("101:数量指标",),
    reads=("indicators.level2", "indicators.operator", "indicators.unit"),
)

_EXPECTED = message("a number of things counted, with its unit")
_NONE = message("the form has no quantity indicators")


@rule.check_rows(under(Level2.QUANTITY), none=_NONE)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    unit = row.unit
    share = unit is not None and unit.dimension is Dimension.RATIO
    if share or row.is_qualitative:
        return rule.finds(
            row.path("unit" if share else "operator"),
            message("a quantity is given as a share")
            if share
            else message("a quantity is given in words (定性)"),
            observed=f"{row.target or ''} {row.unit_text or ''}".strip(),
            expected=_EXPECTED,
        )
    return None
