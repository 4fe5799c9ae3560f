"""
## What it checks

A row under 满意度 whose name has no word of satisfaction (满意, 投诉, 好评, 认可 …). A cut name is
judged by its visible part; then no new name is proposed.

## Why

Satisfaction is said by the people served. Supervision, review or completion under it measures the
office instead.

## Example

服务对象满意度指标 建设用地供后开发利用全程监管, 100 %

## Instead

用地单位对供后服务的满意度, ≥ 90 %

## Basis

财预〔2021〕101号, satisfaction (recalled, to be checked against the official text).

---

## 查什么

满意度指标的名称没有满意度用语（满意、投诉、好评、认可等）。名称被截断的，按可见部分判断，不建议新名称。

## 为什么

满意度由服务对象来评价。把监管、审核、完成情况放进来，衡量的是单位自己。

## 示例

服务对象满意度指标“建设用地供后开发利用全程监管”，100%

## 应改为

用地单位对供后服务的满意度，≥90%

## 依据

财预〔2021〕101号满意度指标（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Edit, Fix, Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.bounds import is_satisfaction
from hengliang.review.by_row import RowOutcome
from hengliang.review.row import Row
from hengliang.review.rule import Rule, proposal

rule = Rule(
    code="I20",
    name="satisfaction-row-without-satisfaction",
    zh="满意度名不符",
    en="satisfaction row without satisfaction",
    severity=Severity.WARNING,
    basis=("101:满意度指标",),
    reads=("indicators.level2", "indicators.name"),
    fix="proposal",
)

_EXPECTED = message("whose satisfaction, and with what")
_NONE = message("the form has no satisfaction indicators")


@rule.check_rows(is_satisfaction, none=_NONE)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    words = profile.pattern("indicators.effect.satisfaction")
    name = row.name
    if not words.search(name):
        return rule.finds(
            row.path("name"),
            message("{name} stands under satisfaction, but names none", name=name),
            observed=name,
            expected=_EXPECTED,
            fix=_fix(row, profile),
        )
    return None


def _fix(row: Row, profile: Profile) -> Fix | None:
    if row.is_cut("name"):
        return None
    name = row.name + profile.text("indicators.effect.satisfaction_head")
    return proposal(
        message("Name the satisfaction: {name}", name=name), Edit(row.path("name"), row.name, name)
    )
