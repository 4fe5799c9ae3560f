"""
## What it checks

The value type is 定性 (text), but the value is a number, a date or a range: 定性 100 %.

## Why

A text target is graded (达成, 部分达成, 未达成), a number is measured. 定性 100 % is neither: nobody can
tell whether 95 % is 达成 or a loss of points by proportion.

## Example

定性, 100, %

## Instead

＝ 100 %, ≥ 90 %, or for a cost ≤ 80 万元. The proposed sign follows the kind of the row: ≤ for costs and
times, ＝ for all of a whole, ≥ else; the unit decides.

## Basis

财预〔2021〕101号, types of values; 财预〔2020〕10号, text targets are graded (both recalled, to be checked
against the official text). Signs as in the data standard of the budget system, seen in a published module.

---

## 查什么

指标值类型为“定性”，指标值却是数字、日期或区间，如“定性100%”。

## 为什么

定性指标按“达成、部分达成、未达成”评判，数字则按实际值计算。“定性100%”两者都不是：完成95%算达成，还是按比例扣分，无从判断。

## 示例

定性，100，%

## 应改为

＝100%、≥90%，成本则为≤80万元。建议的符号按指标性质给出：成本和时限用≤，占全部的比率用＝，其他用≥，由单位决定。

## 依据

财预〔2021〕101号指标值类型；财预〔2020〕10号定性指标分档（均凭记忆转述，待与正式文本核对）。符号见预算管理一体化系统公开模块。
"""

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.form.value import DateValue
from hengliang.review.bounds import fitting_sign, is_numeric
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import in_words
from hengliang.review.row import Row
from hengliang.review.rule import Rule, proposal

rule = Rule(
    code="V01",
    name="text-type-with-number",
    zh="定性填数值",
    en="text type with a number",
    severity=Severity.ERROR,
    basis=("101:量化易评", "10:定性三档"),
    reads=("indicators.operator", "indicators.target"),
    fix="proposal",
)


@rule.check_rows(in_words)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    if not is_numeric(row):
        return None
    sign = "≤" if isinstance(row.value, DateValue) else fitting_sign(row, profile)
    value = f"{row.target}{row.unit_text or ''}"
    return rule.finds(
        row.path("target"),
        message("the value type is text (定性), but the value is {value}", value=value),
        observed=f"定性 {value}",
        expected=message("a sign such as {sign} before the number, or a text value with grades", sign=sign),
        fix=proposal(
            message("make the value type {sign}", sign=sign), Edit(row.path("operator"), "定性", sign)
        ),
    )
