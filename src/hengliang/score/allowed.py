"""All scores that an actual value can have under the methods that the regulations allow.

Asked when somebody else's scores are recomputed: where no scoring sentence is printed nobody can know which
of the methods was used, and where no sign is printed sometimes not even which side of the target is the good
one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import product

from hengliang.base.message import Message, message
from hengliang.base.profile import Profile
from hengliang.criteria.evaluate import outcome
from hengliang.criteria.explain import Step, steps_of
from hengliang.criteria.methods import MethodError, method_curve
from hengliang.criteria.nodes import NO, YES
from hengliang.form.levels import Level1, Level2, level1_of, level2_of
from hengliang.form.model import Indicator, Operator
from hengliang.form.reached import Direction, TextGrade, direction_of, in_unit, text_grade
from hengliang.form.value import DateValue, NumberValue, value_of


@dataclass(frozen=True, slots=True)
class Candidate:
    """Points that one method gives, from `low` to `high`, before rounding, and how.

    `method` is its code (X1, G4), or `sentence` for the printed one. `side` is the sign that was taken where
    none is printed.
    """

    method: str
    name: Message
    low: Fraction
    high: Fraction
    steps: tuple[Step, ...] = ()
    side: Operator | None = None
    top_open: bool = False
    """Whether `high` itself is not meant: the band of a grade ends below it."""

    def __contains__(self, points: Fraction) -> bool:
        return self.low <= points < self.high if self.top_open else self.low <= points <= self.high


@cache
def conventions(profile: Profile) -> tuple[Profile, ...]:
    """The profile with every convention that a sentence may leave open, its own choice first."""
    choices = {
        "criteria.part_steps": ("full", "started", "exact"),
        "criteria.percent_steps": ("points", "relative"),
        "criteria.reverse": ("X2", "X3"),
    }
    sets = [dict(zip(choices, values, strict=True)) for values in product(*choices.values())]
    sets.sort(key=lambda values: [profile.text(key) != value for key, value in values.items()])
    return tuple(profile.replaced(values) for values in sets)


def sides_of(indicator: Indicator, profile: Profile) -> tuple[Operator, ...]:
    """The signs that the target can have: the printed one, or those that are left to think of.

    Without a sign more is better for quantities, rates and satisfaction; costs, times and whatever its name
    says less is good of can be meant either way.
    """
    if indicator.operator is not None:
        return (indicator.operator,)
    level2 = level2_of(indicator.level2)
    way = direction_of(None, indicator.name, level2, indicator.unit, profile)
    is_cost = "成本" in (indicator.level1 or "") or level2 in _EITHER
    if way is Direction.DOWN:
        return ("≤", "≥")
    return ("≥", "≤") if is_cost else ("≥",)


_EITHER = frozenset(
    {Level2.COST, Level2.TIME, Level2.ECONOMIC_COST, Level2.SOCIAL_COST, Level2.ECOLOGICAL_COST}
)


def is_met(done: Decimal, target: Decimal, operator: Operator) -> bool | None:
    """Whether the target is reached; None at the edge of > and <, which some count in, and above =."""
    if operator in (">", "<") and done == target:
        return None
    if operator == "=":
        return None if done > target > 0 else done == target
    return done >= target if operator in ("≥", ">") else done <= target


def by_number(
    indicator: Indicator, done: Decimal, target: Decimal, operator: Operator, profile: Profile
) -> Iterator[Candidate]:
    """The points of a number under each method that goes with its side."""
    points = indicator.points or Decimal(0)
    met = is_met(done, target, operator)
    if met is not False:
        yield Candidate(
            "X1", message("target reached: full marks"), Fraction(points), Fraction(points), side=operator
        )
        if met is not None:
            return
    less = operator in ("≤", "<")
    codes = [*profile.words(f"evaluation.audit_{'less' if less else 'more'}")]
    if _is_satisfaction(indicator) and not less:
        codes += profile.words("evaluation.audit_satisfaction")
    if indicator.unit == "%" and any(
        name in indicator.name for name in profile.words("reporting.execution_rows")
    ):
        codes += profile.words("evaluation.audit_execution")
    for code in codes:
        candidate = _by_method(code, indicator, points, done, target, operator, profile)
        if candidate is not None:
            yield candidate


def _is_satisfaction(indicator: Indicator) -> bool:
    return (
        level1_of(indicator.level1) is Level1.SATISFACTION
        or level2_of(indicator.level2) is Level2.SATISFACTION
        or "满意" in indicator.name
    )


def _by_method(
    code: str,
    indicator: Indicator,
    points: Decimal,
    done: Decimal,
    target: Decimal,
    operator: Operator,
    profile: Profile,
) -> Candidate | None:
    if code == "X1" and operator == "=":
        code = "X4"
    if code in ("X2", "X3") and target <= 0:
        code = "X5"
    try:
        method = method_curve(code, points, operator, target, indicator.unit or "", profile)
    except MethodError:
        return None
    variable = method.variables[0]
    fact: Fraction | str = Fraction(done)
    if not variable.is_number:
        fact = YES if is_met(done, target, operator) else NO
    found = outcome(method.tree, {variable: fact})
    return Candidate(code, method.method.name, found.low, found.high, steps_of(found), operator)


def by_share(share: Fraction, points: Decimal, profile: Profile) -> Iterator[Candidate]:
    """The points of an execution rate in percent under each method for the execution of the budget."""
    for code in profile.words("evaluation.audit_execution"):
        method = method_curve(code, points, None, None, "%", profile)
        found = outcome(method.tree, dict.fromkeys(method.variables, share))
        yield Candidate(code, method.method.name, found.low, found.high, steps_of(found))


def by_words(indicator: Indicator, profile: Profile) -> Iterator[Candidate]:
    """The bands of the grade that an actual in words names; none where it names none."""
    grade = _grade(indicator, profile)
    if grade is None:
        return
    full = Fraction(indicator.points or 0)
    for said in profile.words("evaluation.audit_text_bands"):
        edges = [Fraction(Decimal(edge)) / 100 for edge in said.split()]
        tops = [Fraction(1), *edges]
        at = list(TextGrade).index(grade)
        low, high = full * edges[at], full * tops[at]
        name = message("three grades, lower edges {edges}%", edges="/".join(said.split()))
        yield Candidate("G4", name, low, high, top_open=grade is not TextGrade.MET)


def _grade(indicator: Indicator, profile: Profile) -> TextGrade | None:
    found = text_grade(indicator.actual, profile)
    if found is not None:
        return found
    same = (indicator.actual or "").strip(_MARKS) == (indicator.target or "").strip(_MARKS)
    return TextGrade.MET if same and indicator.actual else None


_MARKS = " 。.；;"


def amounts_of(indicator: Indicator) -> tuple[Decimal, Decimal] | None:
    """The target and the actual as numbers of one unit; None when they are none."""
    value = value_of(indicator.operator, indicator.target, indicator.unit)
    if not isinstance(value, NumberValue) or indicator.actual is None:
        return None
    done = in_unit(indicator.actual, indicator.unit)
    return None if done is None else (value.number, done)


def is_dated(indicator: Indicator) -> bool:
    """Whether the target is a day."""
    return isinstance(value_of(indicator.operator, indicator.target, indicator.unit), DateValue)
