"""
## What it checks

The unit is %, and the explanation does not tell what is divided by what (÷, 占, 比例 and like words). For
satisfaction, who is asked and how counts as well. A cut explanation is judged by what is visible. Forms
without a column of explanations are not checked.

## Why

100 % of what? Without numerator and denominator everybody reckons his own rate, and two offices cannot be
compared.

## Example

定性 100 %; 解释: 预算成本控制情况

## Instead

95 %; 解释: 一次验收合格图斑 ÷ 提交图斑

## Basis

财预〔2021〕101号: the explanation gives formula and scope (recalled, to be checked against the official
text).

---

## 查什么

计量单位为%，指标解释却没有说明分子和分母（÷、占、比例等）。满意度指标说明调查对象和方法的，也算。解释被截断的，按可见部分判断。没有解释栏的表不查。

## 为什么

什么的100%？没有分子分母，各算各的率，单位之间也无法比较。

## 示例

定性100%；解释：预算成本控制情况

## 应改为

95%；解释：一次验收合格图斑÷提交图斑

## 依据

财预〔2021〕101号：指标解释应含公式和口径（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterable

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.bounds import is_satisfaction
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import in_percent
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="V23",
    name="scope-missing",
    zh="计量口径缺失",
    en="scope missing",
    severity=Severity.ADVICE,
    basis=("101:指标解释",),
    reads=("indicators.unit", "indicators.explanation"),
)
_FOUND = message("a percentage without what is divided by what")
_WANTED = message("numerator ÷ denominator in the explanation")


_NO_TEXT = message("no indicator has an explanation")


@rule.look_at_rows(in_percent)
def look(row: Row, profile: Profile) -> RowOutcome | None:
    text = row.explanation
    if row.target is None or (text is not None and _says_scope(row, text, profile)):
        return None
    return rule.finds(row.path("explanation" if text is not None else "target"), _FOUND, text or "", _WANTED)


@rule.check
def check(context: Context) -> Iterable[Outcome]:
    if context.by_row.has(in_percent) and all(row.explanation is None for row in context.rows):
        return (rule.not_applicable(_NO_TEXT),)
    return context.by_row.outcomes(rule.code)


def _says_scope(row: Row, text: str, profile: Profile) -> bool:
    if profile.pattern("values.words.ratio").search(text):
        return True
    return is_satisfaction(row) and profile.pattern("values.words.survey").search(text) is not None
