"""
## What it checks

The standard adds points (加0.5分, 加分), or gives so many for each unit that the target itself passes the
points of the row, and names no most, or one above the points.

## Why

A row gives its points at most. Points above them change the weights that were approved, and the total
passes 100.

## Example

每超1家加0.5分

## Instead

每超1家加0.5分，最高不超过分值. The cap is proposed; it takes away points that the standard promised, so the
unit decides.

## Basis

财预〔2020〕10号: at most the points of the row (recalled, to be checked against the official text).

---

## 查什么

评分标准有加分（加0.5分、加分），或按单位给分而完成指标值即超过本行分值，又没有规定上限，或上限高于分值。

## 为什么

一个指标最多得其分值。超出部分会改变已批复的权重，总分也会超过100分。

## 示例

每超1家加0.5分

## 应改为

每超1家加0.5分，最高不超过分值。建议补写上限；因会减少原评分标准允许的得分，由单位决定。

## 依据

财预〔2020〕10号：得分不超过分值（凭记忆转述，待与正式文本核对）。
"""

from decimal import Decimal

from hengliang.base.finding import Edit, Fix, Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import with_standard
from hengliang.review.reading import meaning_of
from hengliang.review.row import Row
from hengliang.review.rule import Rule, proposal
from hengliang.review.sentence import NO_STANDARDS, STANDARD_CUT, Sentence, with_phrase
from hengliang.review.steps import in_unit_of
from hengliang.review.surface import Span

rule = Rule(
    code="S15",
    name="bonus-above-points",
    zh="超额可加分",
    en="bonus",
    severity=Severity.WARNING,
    basis=("10:计分",),
    reads=("indicators.criterion", "indicators.points", "indicators.target"),
    fix="proposal",
)


@rule.check_rows(with_standard, none=NO_STANDARDS)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    sentence = row.sentence
    points = row.points
    spans = sentence.bonuses or _generous(row, sentence, points)
    if not spans:
        return None
    path = row.path("criterion")
    high = next((cap for cap in sentence.caps if points is not None and cap.number > points), None)
    if sentence.capped and high is None:
        return None
    if sentence.cut:
        return rule.undecidable(path, STANDARD_CUT)
    stepwise = any(step.then == "bonus" for step in sentence.steps)
    meaning = None if stepwise else meaning_of(row, profile)
    if meaning is not None and points is not None and not meaning.adds:
        most = meaning.all_values[1]
        if most is not None and most <= points:
            return None
    return rule.finds(
        tuple(Spot(path, span.start, span.end) for span in spans),
        message("the standard can give more than the points of the row"),
        sentence.text[spans[0].start : spans[0].end],
        message("at most the points of the row"),
        None if high is not None else _fix(path, sentence, profile),
    )


def _generous(row: Row, sentence: Sentence, points: Decimal | None) -> tuple[Span, ...]:
    """The steps by which the target alone already earns more than the points."""
    target = row.number
    if points is None or target is None:
        return ()
    found: list[Span] = []
    for step in sentence.steps:
        if step.then != "gain" or step.amount is None or (size := in_unit_of(row, step)) is None:
            continue
        if step.amount.number * target / size > points:
            found.append(Span(step.start, step.amount.end))
    return tuple(found)


def _fix(path: str, sentence: Sentence, profile: Profile) -> Fix:
    phrase = profile.text("scoring.text.cap")
    return proposal(
        message("add: {phrase}", phrase=phrase), Edit(path, sentence.text, with_phrase(sentence.text, phrase))
    )
