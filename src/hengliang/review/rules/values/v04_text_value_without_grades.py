"""
## What it checks

A text value names no grade (达成, 优良中差, 是/否; list of the profile) and the scoring standard does not
tell three grades apart either.

## Why

A text target is scored by the grade it reached. 有效推进 has no degrees: whoever scores it gives all points
or none, as he likes.

## Example

定性, 有效推进; standard: 不科学、不合理的扣8分

## Instead

定性, 达成年度指标; or three grades in the standard: 达成 100–80 %, 部分达成 80–60 %, 未达成 60–0 %.

## Basis

财预〔2020〕10号: text targets are scored in three grades (recalled; the bands were seen in a published
module).

---

## 查什么

定性指标值不是可分级的用语（达成、优良中差、是/否，见规则集），评分标准也没有三档。

## 为什么

定性指标按达到的档次计分。“有效推进”没有程度之分，给满分还是不给分全凭评判人。

## 示例

定性，有效推进；评分标准：不科学、不合理的扣8分

## 应改为

定性，达成年度指标；或在评分标准中分三档：达成100%–80%，部分达成80%–60%，未达成60%–0。

## 依据

财预〔2020〕10号：定性指标按三档计分（凭记忆转述；分档见公开模块）。
"""

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.bounds import is_numeric
from hengliang.review.by_row import RowOutcome
from hengliang.review.grades import has_three_grades
from hengliang.review.kinds import in_words
from hengliang.review.row import Row
from hengliang.review.rule import Rule, proposal

rule = Rule(
    code="V04",
    name="text-value-without-grades",
    zh="定性值不可分级",
    en="text value cannot be graded",
    severity=Severity.WARNING,
    basis=("10:定性三档",),
    reads=("indicators.operator", "indicators.target", "indicators.criterion"),
    fix="proposal",
)


@rule.check_rows(in_words)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    target = row.target
    if target is None or is_numeric(row):
        return None
    if target in profile.words("values.grade_values") or target in profile.words("values.yes_no"):
        return None
    sentence = row.sentence
    if has_three_grades(sentence, profile):
        return None
    path = row.path("target")
    if row.is_cut("target") or sentence.cut:
        reason = message("the value or the scoring standard is cut off; grades may stand in the hidden part")
        return rule.undecidable(path, reason)
    graded = profile.text("values.graded_value")
    return rule.finds(
        path,
        message("the text value {value} names no grade, and the standard has no three grades", value=target),
        observed=target,
        expected=message("a value that can be graded, such as {value}", value=graded),
        fix=proposal(message("make the value {value}", value=graded), Edit(path, target, graded)),
    )
