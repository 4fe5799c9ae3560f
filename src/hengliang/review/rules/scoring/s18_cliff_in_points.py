"""
## What it checks

The standard has something between all points and none, and yet more than 60 % of them (profile) go at a
single number: 按比例计分，低于95%不得分. The curve of the whole standard is asked. Looked at are rows with
the points of S10; a standard that knows nothing between is S10; single cases such as accidents are left
out. A cut standard is undecided.

## Why

Just above such a line and just below it nearly the same was done. Where so much hangs on it, the number is
what will be worked on, and not the matter. A pass line of 60 % (低于60%不得分) is usual and stays silent.

## Example

按完成比例计分，低于95%不得分

## Instead

按完成比例计分，低于60%不得分

## Basis

财预〔2020〕10号, points by ratio (recalled, to be checked against the official text). The share is a choice
of this project.

---

## 查什么

评分标准在满分和零分之间有中间分，但在某一个数值处一次失去超过60%的分值（比例见规则集）：按比例计分，低于95%不得分。按得分曲线判断。只查分值达到S10界线的指标；没有中间分的见S10，事故等个案不查。评分标准被截断的，不作结论。

## 为什么

线上线下的工作相差无几，得分却天差地别，填报人会去凑数字。60%的及格线（低于60%不得分）属通行做法，不提示。

## 示例

按完成比例计分，低于95%不得分

## 应改为

按完成比例计分，低于60%不得分

## 依据

财预〔2020〕10号按比例计分（凭记忆转述，待与正式文本核对）。比例为本项目选定。
"""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.criteria.canonical import number
from hengliang.review.bounds import HUNDRED
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import with_standard
from hengliang.review.reading import meaning_of, numbers_of
from hengliang.review.row import Row
from hengliang.review.rule import Rule
from hengliang.review.sentence import NO_STANDARDS, STANDARD_CUT, Sentence
from hengliang.review.steps import is_single_case
from hengliang.review.surface import Line

rule = Rule(
    code="S18",
    name="cliff-in-points",
    zh="得分断崖",
    en="cliff in the points",
    severity=Severity.ADVICE,
    basis=("10:计分",),
    reads=("indicators.criterion", "indicators.points", "indicators.target"),
)
_PERCENT = ("%", "个百分点", "百分点")
_WANTED = message("a loss that grows with what is missed")


@rule.check_rows(with_standard, none=NO_STANDARDS)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    sentence, points = row.sentence, row.points
    if not sentence.lines or points is None or points < profile.number("scoring.all_or_nothing_points"):
        return None
    share = profile.number("scoring.cliff_share")
    if not _may_fall(sentence, points, share) or is_single_case(row, sentence, profile):
        return None
    path = row.path("criterion")
    if sentence.cut:
        return rule.undecidable(path, STANDARD_CUT)
    meaning = meaning_of(row, profile)
    if meaning is None or meaning.variable is None or meaning.is_two_valued:
        return None
    falls = meaning.falls(numbers_of(row, profile))
    edge, fall = max(falls, key=lambda one: abs(one[1]), default=(None, Fraction(0)))
    if edge is None or abs(fall) <= points * share:
        return None
    return rule.finds(
        path,
        message(
            "{fall} of {points} points go at {edge}",
            fall=number(abs(fall)),
            points=f"{points:f}",
            edge=f"{number(edge)}{meaning.variable.unit}",
        ),
        sentence.text,
        _WANTED,
    )


def _left(sentence: Sentence, line: Line, points: Decimal) -> Decimal:
    """About how many points the steps have left at `line`; all where that cannot be said."""
    step, full = sentence.steps[0], sentence.full_line
    begin = full.number if full is not None else HUNDRED
    if (
        len(sentence.steps) > 1
        or step.amount is None
        or not step.size
        or line.unit != "%"
        or step.unit not in _PERCENT
    ):
        return points
    return points - abs(begin - line.number) / step.size * step.amount.number


def _may_fall(sentence: Sentence, points: Decimal, share: Decimal) -> bool:
    """Whether so much may be lost at one line."""
    if not sentence.is_graded:
        return False
    if sentence.zero and sentence.ratio and not sentence.steps and not sentence.gains:
        return any(
            line.then == "zero" and (line.unit != "%" or line.number > HUNDRED * share)
            for line in sentence.lines
        )
    if sentence.zero and sentence.steps:
        return any(
            line.then == "zero" and _left(sentence, line, points) > points * share for line in sentence.lines
        )
    scores = {gain.number for gain in sentence.gains} | {points - loss.number for loss in sentence.losses}
    if sentence.full or not sentence.gains:
        scores.add(points)
    if sentence.zero:
        scores.add(Decimal(0))
    steps = sorted(scores)
    return any(above - below > points * share for below, above in pairwise(steps))
