"""
## What it checks

The standard deducts d points for each missing unit, and d × target is not the points of the row (tolerance
5 %, profile). Checked where the step is in the unit of the target and the sentence has no other rule.

## Why

When nothing is done, exactly all points should be gone. 0.1 × 60 = 6 on a row of 3 points takes everything
at half of the target.

## Example

≥ 60 家, 3分: 未完成一家扣0.1分

## Instead

≥ 60 家, 3分: 未完成一家扣0.05分. The step that fits is proposed where it is a short decimal.

## Basis

Arithmetic.

---

## 查什么

评分标准规定每少一个单位扣d分，d×指标值与分值不符（允许误差5%，见规则集）。仅在扣分步长与指标值同单位、且没有其他规则时检查。

## 为什么

一个都没完成时，应当正好扣完全部分值。3分的指标0.1×60＝6，完成一半就扣光了。

## 示例

≥60家，3分：未完成一家扣0.1分

## 应改为

≥60家，3分：未完成一家扣0.05分。合适的步长为有限小数时给出建议。

## 依据

算术。
"""

from decimal import Decimal

from hengliang.base.finding import Edit, Fix, Severity
from hengliang.base.message import message
from hengliang.base.number import round_half_up
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.criteria.variable import Kind
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import with_standard
from hengliang.review.reading import meaning_of
from hengliang.review.row import Row
from hengliang.review.rule import Rule, proposal
from hengliang.review.sentence import NO_STANDARDS, Sentence
from hengliang.review.steps import figure, in_unit_of
from hengliang.review.surface import Step

rule = Rule(
    code="S03",
    name="step-does-not-fit-points",
    zh="步长与分值不合",
    en="step does not fit the points",
    severity=Severity.WARNING,
    basis=("101:赋分规则",),
    reads=("indicators.criterion", "indicators.target", "indicators.unit", "indicators.points"),
    fix="proposal",
)
_MOST_DECIMALS = 4


@rule.check_rows(with_standard, none=NO_STANDARDS)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    tolerance = profile.number("scoring.step_tolerance")
    sentence = row.sentence
    points, target = row.points, row.number
    if len(sentence.steps) != 1 or not points or not target or sentence.zero or sentence.lines:
        return None
    step = sentence.steps[0]
    amount = step.amount
    if step.way != "short" or step.then != "loss" or amount is None or amount.is_range:
        return None
    if row.unit is None or row.unit.dimension == "ratio" or row.operator in ("≤", "<"):
        return None
    size = in_unit_of(row, step)
    if size is None:
        return None
    lost = amount.number * target / size
    if abs(lost - points) <= tolerance * points or _counts_another(row, step, profile):
        return None
    fitting = _short(points * size, target)
    path = row.path("criterion")
    return rule.finds(
        (Spot(path, step.start, amount.end), Spot(row.path("points"))),
        message(
            "{step} points × {count} steps make {lost} points, the row has {points}",
            step=f"{amount.number:f}",
            count=figure(target / size),
            lost=figure(lost),
            points=f"{points:f}",
        ),
        observed=sentence.text[step.start : amount.end + 1],
        expected=message("points ÷ number of steps for each step"),
        fix=_fix(row, sentence, amount.start, amount.end, fitting),
    )


def _counts_another(row: Row, step: Step, profile: Profile) -> bool:
    """Whether the steps are read as those of another thing than the row's value, or end by themselves."""
    plain = step.unit == row.unit_text and not row.sentence.caps
    meaning = None if plain else meaning_of(row, profile)
    if meaning is None:
        return False
    variable = meaning.variable
    limited = any(step.most is not None for step in meaning.deductions)
    return variable is None or variable.kind is not Kind.VALUE or limited


def _fix(row: Row, sentence: Sentence, start: int, end: int, fitting: Decimal | None) -> Fix | None:
    if fitting is None or sentence.cut:
        return None
    new = f"{sentence.text[:start]}{fitting:f}{sentence.text[end:]}"
    return proposal(
        message("deduct {step} points for each step", step=f"{fitting:f}"),
        Edit(row.path("criterion"), sentence.text, new),
    )


def _short(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """The quotient where it is a short decimal."""
    quotient = round_half_up(dividend / divisor, _MOST_DECIMALS).normalize()
    return quotient if quotient * divisor == dividend else None
