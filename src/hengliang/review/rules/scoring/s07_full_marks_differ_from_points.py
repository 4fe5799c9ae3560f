"""
## What it checks

The standard names the full marks (计5分, 得满分10分, the highest of several steps, or all of them
together), or all that can be lost (不合格的扣8分), and it is another number than the points of the row.

## Why

Two numbers for the weight of one row: the sum of the form holds for only one of them.

## Example

年内完成计5分; points 3

## Instead

年内完成计5分; points 5. Where the standard names one amount, the points of the row are proposed for it.

## Basis

Consistency of the form; no regulation needed.

---

## 查什么

评分标准中的满分（计5分、各档最高分或各项合计），或可扣的全部分数（不合格的扣8分），与本行分值不同。

## 为什么

一个指标两个分值，总分只能对上其中一个。

## 示例

年内完成计5分；分值3

## 应改为

年内完成计5分；分值5。评分标准中只有一个分数的，建议改为本行分值。

## 依据

表内前后一致，无需规定。
"""

from collections.abc import Iterable
from decimal import Decimal

from hengliang.base.finding import Edit, Fix, Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import with_standard
from hengliang.review.points import NO_POINTS
from hengliang.review.reading import meaning_of
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule, proposal
from hengliang.review.sentence import NO_STANDARDS, STANDARD_CUT, Sentence
from hengliang.review.surface import Amount

rule = Rule(
    code="S07",
    name="full-marks-differ-from-points",
    zh="满分与分值不符",
    en="full marks differ from the points",
    severity=Severity.ERROR,
    basis=("101:赋分规则",),
    reads=("indicators.criterion", "indicators.points"),
    fix="proposal",
)


@rule.look_at_rows(with_standard)
def look(row: Row, profile: Profile) -> RowOutcome | None:
    sentence = row.sentence
    points = row.points
    if points is None or not (sentence.gains or sentence.losses):
        return None
    named = _named(sentence, points, profile)
    if named is None or _means_the_points(row, named, points, profile):
        return None
    path = row.path("criterion")
    if sentence.cut and named.number < points:
        return rule.undecidable(path, STANDARD_CUT)
    return rule.finds(
        (Spot(path, named.start, named.end), Spot(row.path("points"))),
        message(
            "the standard speaks of {named} points, the row has {points}",
            named=f"{named.number:f}",
            points=f"{points:f}",
        ),
        observed=sentence.text[named.start : named.end],
        expected=message("{points} points", points=f"{points:f}"),
        fix=_fix(row, sentence, named, points),
    )


@rule.check
def check(context: Context) -> Iterable[Outcome]:
    if not context.scored:
        return (rule.not_applicable(NO_STANDARDS),)
    if not context.weighted:
        return (rule.not_applicable(NO_POINTS),)
    return context.by_row.outcomes(rule.code)


def _named(sentence: Sentence, points: Decimal, profile: Profile) -> Amount | None:
    """The amount that should be the points of the row and is not."""
    gains = sentence.gains
    if gains:
        highest = max(gains, key=_number)
        fits = points in (highest.number, sum(map(_number, gains)), *map(_number, sentence.caps))
        partial = highest.number < points and (sentence.full or _has_more(sentence))
        return None if fits or partial else highest
    highest = max(sentence.losses, key=_number)
    if highest.number > points:
        return highest
    only = len(sentence.losses) == 1 and not sentence.is_graded and not sentence.full and not sentence.zero
    shared = profile.pattern("scoring.shared_amounts").search(sentence.text) is not None
    return highest if only and not shared and highest.number != points else None


def _means_the_points(row: Row, named: Amount, points: Decimal, profile: Profile) -> bool:
    """Whether the sentence as a whole gives the points of the row, so that the number is one of its parts."""
    meaning = meaning_of(row, profile)
    if meaning is None or (named.number > points and row.sentence.losses and not row.sentence.gains):
        return False
    if row.sentence.gains:
        return meaning.all_values[1] == points
    return meaning.knows_between and not meaning.is_one_choice


def _has_more(sentence: Sentence) -> bool:
    """Whether points come step by step beside those that are named."""
    return any(step.then in ("gain", "bonus") for step in sentence.steps) or bool(sentence.bonuses)


def _number(amount: Amount) -> Decimal:
    return amount.number


def _fix(row: Row, sentence: Sentence, named: Amount, points: Decimal) -> Fix | None:
    if len(sentence.gains) + len(sentence.losses) > 1 or named.is_range:
        return None
    new = f"{sentence.text[: named.start]}{points:f}{sentence.text[named.end :]}"
    return proposal(
        message("write {points} points into the standard", points=f"{points:f}"),
        Edit(row.path("criterion"), sentence.text, new),
    )
