"""
## What it checks

A row under 质量 has neither a numeric rate nor a grade nor a standard: its target is text without a
grade, 定性 with a number, or a plain count, its name is no rate, and no numbered standard (GB, HJ/T …)
is named in name, explanation or scoring standard. A count of 0 (事故 0 起) passes.

## Why

A quality is held against something: a share that passes, a grade, a standard. Else it is a quantity, or
nothing.

## Example

质量指标 界桩定位核查, 定性 100 %

## Instead

界桩定位核查合格率, ≥ 95 %

## Basis

财预〔2021〕101号, quality indicators (recalled, to be checked against the official text).

---

## 查什么

质量指标既没有比率，也没有等级或标准：指标值是不分等级的文字、标为定性的数字，或者单纯的个数；名称不是比
率；名称、解释和评分标准中也没有标准编号（GB、HJ/T等）。个数为0的（事故0起）通过。

## 为什么

质量要有参照：合格的比例、达到的等级、执行的标准。没有参照的，要么是数量，要么什么也不是。

## 示例

质量指标“界桩定位核查”，定性100%

## 应改为

界桩定位核查合格率，≥95%

## 依据

财预〔2021〕101号质量指标（凭记忆转述，待与正式文本核对）。
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
    code="I11",
    name="quality-without-rate-or-grade",
    zh="质量指标无率无级",
    en="quality has no rate or grade",
    severity=Severity.WARNING,
    basis=("101:质量指标",),
    reads=(
        "indicators.level2",
        "indicators.name",
        "indicators.operator",
        "indicators.target",
        "indicators.unit",
    ),
)

_EXPECTED = message("a share that passes, a grade, or the standard that is kept")
_NONE = message("the form has no quality indicators")


@rule.check_rows(under(Level2.QUALITY), none=_NONE)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    if row.target is None or _has_measure(row, profile):
        return None
    return rule.finds(
        row.path("target"),
        message("this quality has neither a rate nor a grade nor a standard"),
        observed=f"{row.operator or ''} {row.target}{row.unit_text or ''}".strip(),
        expected=_EXPECTED,
    )


def _has_measure(row: Row, profile: Profile) -> bool:
    number, unit = row.number, row.unit
    if number is None:
        grades = profile.words("indicators.quality.grades")
        target = row.target or ""
        if target in grades or any(word in target for word in grades if len(word) > 1):
            return True
    elif not row.is_qualitative and (unit is None or unit.dimension is not Dimension.COUNT or number == 0):
        return True
    if profile.pattern("indicators.quality.rates").search(row.name):
        return True
    standards = profile.pattern("indicators.quality.standards")
    return any(
        text is not None and standards.search(text) for text in (row.name, row.explanation, row.criterion)
    )
