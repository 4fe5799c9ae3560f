"""
## What it checks

A row of 5 points or more (profile) whose standard knows only all points or none. What has nothing between
by nature is left out: 是/否, one piece, no accident. A cut standard is undecided.

## Why

财预〔2020〕10号 scores by ratio. On many points, a little short of the target should not cost them all.

## Example

不科学、不合理的扣8分 on a row of 8 points

## Instead

Three grades, or 按完成比例计分

## Basis

财预〔2020〕10号, points by ratio (recalled, to be checked against the official text). The line is a choice
of this project.

---

## 查什么

分值5分及以上（见规则集）的指标，评分标准只有满分和零分。本来没有中间状态的不查：是/否、一份、零事故。评分标准被截断的，不作结论。

## 为什么

财预〔2020〕10号按比例计分。分值大的指标，差一点完成不应全部扣光。

## 示例

8分的指标：不科学、不合理的扣8分

## 应改为

分三档，或按完成比例计分

## 依据

财预〔2020〕10号按比例计分（凭记忆转述，待与正式文本核对）。界线为本项目选定。
"""

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.by_row import RowOutcome
from hengliang.review.grades import has_three_grades
from hengliang.review.kinds import with_standard
from hengliang.review.reading import meaning_of
from hengliang.review.row import Row
from hengliang.review.rule import Rule
from hengliang.review.sentence import NO_STANDARDS, STANDARD_CUT
from hengliang.review.steps import is_single_case

rule = Rule(
    code="S10",
    name="all-or-nothing",
    zh="高分一票否决",
    en="all or nothing on many points",
    severity=Severity.ADVICE,
    basis=("10:计分",),
    reads=("indicators.criterion", "indicators.points", "indicators.target"),
)
_WANTED = message("three grades, or points by proportion")


@rule.check_rows(with_standard, none=NO_STANDARDS)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    line = profile.number("scoring.all_or_nothing_points")
    sentence = row.sentence
    points = row.points
    if points is None or points < line or sentence.is_graded:
        return None
    if not (sentence.zero or sentence.full or sentence.gains or sentence.losses):
        return None
    if any(loss.number < points for loss in sentence.losses) or has_three_grades(sentence, profile):
        return None
    if is_single_case(row, sentence, profile):
        return None
    path = row.path("criterion")
    if sentence.cut:
        return rule.undecidable(path, STANDARD_CUT)
    meaning = meaning_of(row, profile) if sentence.may_know_between(points) else None
    if meaning is not None and meaning.knows_between:
        return None
    found = message("all or nothing on {points} points", points=f"{points:f}")
    return rule.finds(path, found, sentence.text, _WANTED)
