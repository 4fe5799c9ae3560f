"""
## What it checks

The standard has neither a number nor a word of scoring (得分, 扣, 计分, 满分, 按比例) nor three grades. A
cut standard is judged by what is visible if that is ten characters or more (profile); of less nothing is
said.

## Why

A description of the work is no rule for points. Whoever scores the row makes the rule up.

## Example

项目通过相关组织的验收

## Instead

未完成一家扣0.05分

## Basis

财预〔2021〕101号, 赋分规则 (recalled, to be checked against the official text).

---

## 查什么

评分标准中既没有数字，也没有计分用语（得分、扣、计分、满分、按比例）和三档用语。被截断的评分标准，可见部分达到十个字（见规则集）的按可见部分判断，不足的不作结论。

## 为什么

描述工作不等于规定如何给分，计分时只能由评判人自定规则。

## 示例

项目通过相关组织的验收

## 应改为

未完成一家扣0.05分

## 依据

财预〔2021〕101号赋分规则（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.by_row import RowOutcome
from hengliang.review.grades import named_grades
from hengliang.review.kinds import with_standard
from hengliang.review.row import Row
from hengliang.review.rule import Rule
from hengliang.review.sentence import NO_STANDARDS, STANDARD_CUT

rule = Rule(
    code="S01",
    name="scoring-rule-missing",
    zh="无计分规则",
    en="no scoring rule",
    severity=Severity.ERROR,
    basis=("101:赋分规则",),
    reads=("indicators.criterion",),
)
_FOUND = message("the standard says nothing of points")
_WANTED = message("how many points are given or lost for what")
_THREE = 3


@rule.check_rows(with_standard, none=NO_STANDARDS)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    visible = profile.number("scoring.visible_characters")
    sentence = row.sentence
    if sentence.has_number or sentence.has_verb or named_grades(sentence.text, profile) >= _THREE:
        return None
    path = row.path("criterion")
    if sentence.cut and len(sentence.text.rstrip("….")) < visible:
        return rule.undecidable(path, STANDARD_CUT)
    return rule.finds(path, _FOUND, sentence.text, _WANTED)
