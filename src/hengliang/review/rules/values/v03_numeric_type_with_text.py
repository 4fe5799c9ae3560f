"""
## What it checks

The sign is ≥, >, =, < or ≤, and the value is neither a number nor a date. Numbers in a wrong format are
left to V15.

## Why

Words cannot be compared with a measured value, so the row cannot be scored.

## Example

≥ 较高

## Instead

≥ 90 %, or the type 定性 with a value that can be graded.

## Basis

财预〔2021〕101号, types of values (recalled, to be checked against the official text).

---

## 查什么

符号为≥、>、=、<或≤，指标值却既不是数字也不是日期。数字格式问题由V15提示。

## 为什么

文字无法与实际值比较，该指标无法计分。

## 示例

≥ 较高

## 应改为

≥ 90%；或类型改为“定性”，并填写可分级的值。

## 依据

财预〔2021〕101号指标值类型（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.period import read_date
from hengliang.base.profile import Profile
from hengliang.form.value import TextValue
from hengliang.review.bounds import is_numeric
from hengliang.review.by_row import RowOutcome
from hengliang.review.row import Row
from hengliang.review.rule import Rule

rule = Rule(
    code="V03",
    name="numeric-type-with-text",
    zh="定量填文字",
    en="numeric type with text",
    severity=Severity.ERROR,
    basis=("101:量化易评",),
    reads=("indicators.operator", "indicators.target"),
)


@rule.check_rows()
def check(row: Row, profile: Profile) -> RowOutcome | None:
    sign, target = row.operator, row.target
    if sign is None or sign == "定性" or not isinstance(row.value, TextValue) or target is None:
        return None
    if is_numeric(row) or read_date(target) is not None:
        return None
    if row.is_cut("target"):
        return rule.undecidable(row.path("target"), message("the value is cut off"))
    return rule.finds(
        row.path("target"),
        message("the sign {sign} asks for a number, but the value is {value}", sign=sign, value=target),
        observed=f"{sign} {target}",
        expected=message("a number or a date, or the value type 定性"),
    )
