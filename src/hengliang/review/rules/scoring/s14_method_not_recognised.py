"""
## What it checks

No method of scoring is recognised in the standard: no amount for a condition, no step with its amount, no
proportion, no 得满分 or 不得分, no three grades, no veto. A cut standard that shows part of a method is
undecided; one that shows none in ten characters or more is reported.

## Why

What no reader can turn into points, people will score by feeling.

## Example

项目通过相关组织的验收; 每有一项不满足，则扣除相应分值

## Instead

每少一家扣0.5分，扣完为止

## Basis

财预〔2021〕101号, 赋分规则 (recalled, to be checked against the official text).

---

## 查什么

评分标准中识别不出计分方法：没有条件对应的分数，没有扣分步长和分数，没有比例，没有“得满分”“不得分”，没有三档，没有一票否决。被截断但已显示部分方法的，不作结论；可见十个字以上仍没有的，予以提示。

## 为什么

读不出分数的评分标准，只能凭感觉打分。

## 示例

项目通过相关组织的验收；每有一项不满足，则扣除相应分值

## 应改为

每少一家扣0.5分，扣完为止

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
from hengliang.review.sentence import NO_STANDARDS, STANDARD_CUT, Sentence

rule = Rule(
    code="S14",
    name="method-not-recognised",
    zh="方法无法识别",
    en="method not recognised",
    severity=Severity.WARNING,
    basis=("101:赋分规则",),
    reads=("indicators.criterion",),
)
_FOUND = message("no known way of scoring stands in the standard")
_WANTED = message("one of the usual methods: by proportion, a deduction for each unit, steps, grades")
_THREE = 3


@rule.check_rows(with_standard, none=NO_STANDARDS)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    visible = profile.number("scoring.visible_characters")
    sentence = row.sentence
    if _has_method(sentence, profile):
        return None
    path = row.path("criterion")
    begun = sentence.has_number or (sentence.has_verb and not sentence.vague_losses)
    if sentence.cut and (begun or len(sentence.text.rstrip("….")) < visible):
        return rule.undecidable(path, STANDARD_CUT)
    return rule.finds(path, _FOUND, sentence.text, _WANTED)


def _has_method(sentence: Sentence, profile: Profile) -> bool:
    return bool(
        sentence.gains
        or sentence.losses
        or sentence.full
        or sentence.zero
        or sentence.ratio
        or sentence.veto
        or any(step.amount is not None for step in sentence.steps)
        or any(line.amount is not None for line in sentence.lines)
        or named_grades(sentence.text, profile) >= _THREE
    )
