"""
## What it checks

Deductions of percent take all points within 5 percentage points, others within 5 steps (line of the profile).
A deduction that goes with the target (3家, 3分, 每少1家扣1分) is not steep, and single cases such as
accidents are left out.

## Why

财预〔2020〕10号 scores what is missed by proportion. With 3 points gone at 97 % there is no difference
between 96 % and nothing.

## Example

100 %, 3分: 每降低1%扣1分

## Instead

100 %, 3分: 每降低1%扣0.3分

## Basis

财预〔2020〕10号, points by ratio (recalled, to be checked against the official text). The line is a choice
of this project.

---

## 查什么

按百分比扣分的，5个百分点以内扣完全部分值；其他的，5次以内扣完（界线见规则集）。随指标值成比例的扣分（3家、3分、每少1家扣1分）不算过陡，事故等个案不查。

## 为什么

财预〔2020〕10号对未完成部分按比例计分。3分在97%时就扣完，96%与完全没做没有区别。

## 示例

100%，3分：每降低1%扣1分

## 应改为

100%，3分：每降低1%扣0.3分

## 依据

财预〔2020〕10号按比例计分（凭记忆转述，待与正式文本核对）。界线为本项目选定。
"""

from decimal import Decimal

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension, unit_of
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import with_standard
from hengliang.review.reading import meaning_of
from hengliang.review.row import Row
from hengliang.review.rule import Rule
from hengliang.review.sentence import NO_STANDARDS, STANDARD_CUT
from hengliang.review.steps import figure, in_unit_of
from hengliang.review.surface import Step

rule = Rule(
    code="S04",
    name="deduction-too-steep",
    zh="扣分过陡",
    en="deduction too steep",
    severity=Severity.ADVICE,
    basis=("10:计分",),
    reads=("indicators.criterion", "indicators.points", "indicators.target"),
)


@rule.check_rows(with_standard, none=NO_STANDARDS)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    least = profile.number("scoring.least_steps")
    sentence = row.sentence
    points = row.points
    if not sentence.steps or not points:
        return None
    path = row.path("criterion")
    steep = next((step for step in sentence.steps if _is_steep(row, step, points, least)), None)
    if steep is None or steep.amount is None:
        if sentence.lost_amount:
            return rule.undecidable(path, STANDARD_CUT)
        return None
    if profile.pattern("scoring.single_cases").search(sentence.text):
        return None
    amount = steep.amount
    plain = sentence.is_plain and not (sentence.caps or sentence.losses or amount.number > points)
    meaning = None if plain else meaning_of(row, profile)
    if meaning is not None and not any(
        part.most is None or part.most >= points for part in meaning.deductions
    ):
        return None
    return rule.finds(
        (Spot(path, steep.start, amount.end), Spot(row.path("points"))),
        message(
            "{points} points are gone after {lasting} {unit}",
            points=f"{points:f}",
            lasting=figure(points / amount.number * steep.size),
            unit=steep.unit or message("steps"),
        ),
        observed=sentence.text[steep.start : amount.end + 1],
        expected=message("a smaller deduction, so that the points last longer"),
    )


def _is_steep(row: Row, step: Step, points: Decimal, least: Decimal) -> bool:
    amount = step.amount
    if step.then != "loss" or amount is None or amount.is_range or not amount.number:
        return False
    steps = points / amount.number
    unit = unit_of(step.unit)
    if unit is not None and unit.dimension in (Dimension.RATIO, Dimension.POINTS):
        return steps * step.size < least
    if steps >= least:
        return False
    # 3家, 3分, 每少1家扣1分: the points go with the target.
    size = in_unit_of(row, step) if step.way == "short" else None
    return size is None or row.number is None or steps * size < row.number
