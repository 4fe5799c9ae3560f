"""
## What it checks

A row under 满意度 with no word of who is asked and how (抽样, 问卷, 回访, 样本 … 份) in its
explanation, scoring standard, evidence or basis. Where the explanation is cut off, the rule cannot say;
where the form has none of these columns, it does not apply.

## Why

Satisfaction without population, number of people asked and method is a number that anybody can write.

## Example

公众满意度, explained as 提高群众满意度

## Instead

抽样不少于200名办事群众，电话回访; 满意人数 ÷ 有效受访人数.

## Basis

财预〔2021〕101号, questionnaires as a way to get the value (recalled, to be checked against the
official text).

---

## 查什么

满意度指标的解释、评分标准、佐证或依据中没有说明调查谁、怎样调查（抽样、问卷、回访、样本量等）。解释被截
断的，不作判断；表中没有这些栏目的，不适用。

## 为什么

没有调查对象、样本量和方法的满意度，谁都可以随手填一个数。

## 示例

公众满意度，解释为“提高群众满意度”

## 应改为

抽样不少于200名办事群众，电话回访；满意人数÷有效受访人数。

## 依据

财预〔2021〕101号取值方式中的问卷调查法（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterable

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.bounds import is_satisfaction
from hengliang.review.by_row import RowOutcome
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="I21",
    name="satisfaction-without-survey",
    zh="满意度无调查方法",
    en="satisfaction without survey",
    severity=Severity.ADVICE,
    basis=("101:取值方式", "101:满意度指标"),
    reads=("indicators.level2", "indicators.explanation", "indicators.criterion", "indicators.evidence"),
)

_EXPECTED = message("the population, the number of people asked, and the method")
_FOUND = message("nothing says who is asked, how many, and how")
_NONE = message("the form has no satisfaction indicators")
_NO_TEXT = message("the form has no column in which a survey could be described")
_CUT = message("the explanation is cut off, so the survey may be described in what is lost")


@rule.look_at_rows(is_satisfaction)
def look(row: Row, profile: Profile) -> RowOutcome | None:
    words = profile.pattern("indicators.effect.survey")
    if any(text and words.search(text) for text in (row.explanation, row.criterion, row.evidence, row.basis)):
        return None
    if row.is_cut("explanation"):
        return rule.undecidable(row.path("explanation"), _CUT)
    return rule.finds(row.path("explanation"), _FOUND, observed=row.explanation or "", expected=_EXPECTED)


@rule.check
def check(context: Context) -> Iterable[Outcome]:
    if not context.by_row.has(is_satisfaction):
        return (rule.not_applicable(_NONE),)
    if not any(row.explanation or row.evidence or row.basis for row in context.rows):
        return (rule.not_applicable(_NO_TEXT),)
    return context.by_row.outcomes(rule.code)
