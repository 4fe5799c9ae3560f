"""
## What it checks

The most that can be reached with numbers that can be is below the points of the row, though the standard
names them: full marks above 100 % of a whole (超过100%得满分). The curve of the whole standard is asked. That
full marks of another number are named is S07. A cut standard is undecided.

## Why

Points that nobody can earn are lost on the day the target is approved.

## Example

验收合格率 ≥ 95 %: 超过100%得5分，95%-100%得4分

## Instead

达到100%得5分，95%-100%得4分

## Basis

财预〔2021〕101号, 赋分规则 (recalled, to be checked against the official text).

---

## 查什么

按评分标准画出得分曲线，指标可能取到的数值内最高得分低于分值，而满分写在取不到的地方：占比类指标要求超过100%才得满分。写明的满分与分值不同的，见S07。评分标准被截断的，不作结论。

## 为什么

谁也得不到的分，批复之日就已丢掉。

## 示例

验收合格率≥95%：超过100%得5分，95%-100%得4分

## 应改为

达到100%得5分，95%-100%得4分

## 依据

财预〔2021〕101号赋分规则（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.criteria.evaluate import rounded
from hengliang.review.bounds import HUNDRED
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import with_standard
from hengliang.review.reading import meaning_of, numbers_of
from hengliang.review.row import Row
from hengliang.review.rule import Rule
from hengliang.review.sentence import NO_STANDARDS, STANDARD_CUT, Sentence

rule = Rule(
    code="S16",
    name="full-marks-unreachable",
    zh="满分不可达",
    en="full marks cannot be reached",
    severity=Severity.ERROR,
    basis=("101:赋分规则",),
    reads=("indicators.criterion", "indicators.points", "indicators.target", "indicators.name"),
)
_WANTED = message("full marks at a number that can be reached")


@rule.check_rows(with_standard, none=NO_STANDARDS)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    sentence, points = row.sentence, row.points
    if not points or not _goes_beyond(sentence):
        return None
    path = row.path("criterion")
    if sentence.cut:
        return rule.undecidable(path, STANDARD_CUT)
    meaning = meaning_of(row, profile)
    if meaning is None:
        return None
    most = meaning.within(numbers_of(row, profile))[1]
    ever = meaning.all_values[1]
    if most is None or most >= points or (ever is not None and ever < points):
        return None
    return rule.finds(
        path,
        message(
            "at most {most} of {points} points can be reached",
            most=f"{rounded(most).normalize():f}",
            points=f"{points:f}",
        ),
        sentence.text,
        _WANTED,
    )


def _goes_beyond(sentence: Sentence) -> bool:
    """Whether something is given for more than all of a whole."""
    return any(
        line.unit == "%" and (line.number > HUNDRED or (line.number == HUNDRED and line.side == "above"))
        for line in sentence.lines
    ) or any(step.way == "over" and step.unit == "%" and step.then == "gain" for step in sentence.steps)
