"""
## What it checks

The standard only says when there are no points (未完成不得分), and nothing of what is done in part. What
has nothing between by nature is left out: 是/否, one piece, no accident. A cut standard is undecided.

## Why

财预〔2020〕10号 scores by ratio: 95 % done is not nothing.

## Example

未完成指标值不计分

## Instead

按完成比例计分; for a text target three grades. Where less is better nothing is proposed: how much an excess
costs is for people to say.

## Basis

财预〔2020〕10号, points by ratio (recalled, to be checked against the official text).

---

## 查什么

评分标准只规定何时不得分（未完成不得分），没有规定部分完成如何计分。本来没有中间状态的不查：是/否、一份、零事故。评分标准被截断的，不作结论。

## 为什么

财预〔2020〕10号按比例计分：完成95%不等于没做。

## 示例

未完成指标值不计分

## 应改为

按完成比例计分；定性指标分三档。越少越好的指标不给建议，超出部分扣多少由单位确定。

## 依据

财预〔2020〕10号按比例计分（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Edit, Fix, Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.bounds import is_numeric
from hengliang.review.by_row import RowOutcome
from hengliang.review.grades import has_three_grades
from hengliang.review.kinds import with_standard
from hengliang.review.reading import meaning_of
from hengliang.review.row import Row
from hengliang.review.rule import Rule, proposal
from hengliang.review.sentence import NO_STANDARDS, STANDARD_CUT
from hengliang.review.steps import is_single_case

rule = Rule(
    code="S11",
    name="partial-result-without-rule",
    zh="无部分完成规则",
    en="no rule for a partial result",
    severity=Severity.ADVICE,
    basis=("10:计分",),
    reads=("indicators.criterion", "indicators.target"),
    fix="proposal",
)
_FOUND = message("no points for anything short of the target")
_WANTED = message("points for what is done in part")


@rule.check_rows(with_standard, none=NO_STANDARDS)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    sentence = row.sentence
    if not sentence.zero or sentence.is_graded or has_three_grades(sentence, profile):
        return None
    points = row.points
    if any(points is None or loss.number < points for loss in sentence.losses):
        return None
    if is_single_case(row, sentence, profile):
        return None
    path = row.path("criterion")
    if sentence.cut:
        return rule.undecidable(path, STANDARD_CUT)
    meaning = meaning_of(row, profile) if points and sentence.may_know_between(points) else None
    if meaning is not None and meaning.knows_between:
        return None
    return rule.finds(path, _FOUND, sentence.text, _WANTED, _fix(row, path, sentence.text, profile))


def _fix(row: Row, path: str, text: str, profile: Profile) -> Fix | None:
    """A proportion where more is better, grades for words; how much an excess costs is for people to say."""
    if row.operator in ("≤", "<"):
        return None
    measured = row.operator != "定性" or is_numeric(row)
    new = profile.text("scoring.text.by_ratio" if measured else "scoring.text.three_grades")
    return proposal(message("write: {standard}", standard=new), Edit(path, text, new))
