"""The question turned round: what must be reached for so many points, for full marks, for a grade.

What a row needs is said of each fact that its sentence asks for, all others being as they are; facts that are
not known are taken at their best. Intervals are exact; points are those before rounding, so that a value that
is named earns the points for certain.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import NamedTuple

from hengliang.base.message import Message, message
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension, unit_of
from hengliang.criteria.bounds import bounds
from hengliang.criteria.curve import CurveError, Interval
from hengliang.criteria.evaluate import Fact, rounded
from hengliang.criteria.nodes import Criterion
from hengliang.criteria.variable import Kind, Variable
from hengliang.score.grade import scaled
from hengliang.score.one_variable import answers, curves_in, points_for
from hengliang.score.policy import Policy, policy_of
from hengliang.score.row import Scorer
from hengliang.score.sheet import RowScore, ScoreSheet, State

_ZERO = Decimal(0)
_NOT_NEGATIVE = frozenset({Kind.COUNT, Kind.DELAY, Kind.RATE, Kind.RATIO})


class Enough(NamedTuple):
    """What one fact must be: stretches of a number, or words. `surely` is what earns the points for certain,
    `perhaps` what may earn them where the sentence leaves something open."""

    variable: Variable
    surely: tuple[Interval | str, ...]
    perhaps: tuple[Interval | str, ...]
    at_best: bool = False
    """Whether other facts that are not known were taken at their best."""


@dataclass(frozen=True, slots=True)
class Needed:
    """What one row needs for `points`.

    No entry in `ways` and a `reason`: it cannot be reached, or cannot be said. `has` tells that the row has
    the points already.
    """

    row: RowScore
    points: Decimal
    has: bool
    ways: tuple[Enough, ...] = ()
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class TotalNeeded:
    """What the sheet as a whole needs for `goal` points of its own total.

    `most` is all that can be had if every row earned its most. `alone` says for each row what it would
    have to be if all else stayed; `fewest` are the places of rows that suffice together, those with most
    room first.
    """

    goal: Decimal
    low: Decimal
    high: Decimal
    most: Decimal
    alone: tuple[Needed, ...]
    fewest: tuple[int, ...]

    @property
    def gap(self) -> Decimal:
        """The points that are missing for certainty; 0 when the goal is reached."""
        return max(_ZERO, self.goal - self.low)


def needed_for_row(row: RowScore, points: Decimal, scorer: Scorer) -> Needed:
    """What `row` needs for `points` of those that it counts with."""
    has = row.low is not None and row.low >= points
    if row.weight is None or not row.points or row.state is State.NOT_APPLICABLE:
        return Needed(row, points, has, (), message("the row counts for no points"))
    tree = row.tree or scorer.tree_of(row.indicator)
    if tree is None:
        return Needed(
            row, points, has, (), message("its scoring sentence does not say for what it gives points")
        )
    wanted = (
        Fraction(points) * Fraction(row.points) / Fraction(row.weight) if row.weight else Fraction(points)
    )
    top = bounds(tree, {})[1]
    if top is not None and top < wanted:
        said = message("cannot be reached: the most is {most} points", most=f"{_most(row, tree):f}")
        return Needed(row, points, has, (), said)
    ways = tuple(_ways(tree, row.facts, wanted))
    if not any(way.surely or way.perhaps for way in ways):
        return Needed(
            row, points, has, (), message("cannot be reached by one fact, all others staying as they are")
        )
    return Needed(row, points, has, ways)


def _ways(tree: Criterion, facts: Mapping[Variable, Fact], wanted: Fraction) -> Iterator[Enough]:

    for variable in tree.variables:
        others = {each: fact for each, fact in facts.items() if each != variable}
        at_best = len(others) < len(tree.variables) - 1
        if variable.is_number:
            try:
                curves = curves_in(tree, variable, others)
                surely = tuple(_possible(variable, curves.low.at_least(wanted)))
                perhaps = tuple(_possible(variable, curves.high.at_least(wanted)))
            except CurveError:
                continue
        else:
            found = {word: points_for(tree, variable, word, others) for word in answers(tree, variable)}
            surely = tuple(word for word, (low, _) in found.items() if low >= wanted)
            perhaps = tuple(word for word, (_, high) in found.items() if high >= wanted)
        yield Enough(variable, surely, perhaps, at_best)


def _possible(variable: Variable, found: Sequence[Interval]) -> Iterator[Interval]:
    """The stretches without numbers that cannot be: none below 0, and whole ones only of cases."""
    for interval in found:
        if variable.kind in _NOT_NEGATIVE:
            interval = interval.meet(Interval(low=Fraction(0), low_closed=True))
        if _is_counted(variable):
            interval = _whole(interval)
        if not interval.is_empty:
            yield interval


def _is_counted(variable: Variable) -> bool:
    """Whether only whole numbers can be: cases, and values in a unit that is counted by ones (家, 处)."""
    if variable.kind is Kind.COUNT:
        return True
    unit = unit_of(variable.unit)
    return (
        variable.kind is Kind.VALUE
        and unit is not None
        and unit.dimension is Dimension.COUNT
        and unit.scale == 1
    )


def _whole(interval: Interval) -> Interval:
    low, high = interval.low, interval.high
    if low is not None:
        least = -((-low.numerator) // low.denominator)
        low = Fraction(least + (least == low and not interval.low_closed))
    if high is not None:
        most = high.numerator // high.denominator
        high = Fraction(most - (most == high and not interval.high_closed))
    return Interval(low, low is not None, high, high is not None)


def _most(row: RowScore, tree: Criterion | None) -> Decimal:
    """The most points that a row can earn, of those that it counts with."""
    if row.weight is None or not row.points:
        return _ZERO
    top = bounds(tree, {})[1] if tree is not None else None
    if top is None:
        return row.weight
    return rounded(top * Fraction(row.weight) / Fraction(row.points))


def goal_of_grade(sheet: ScoreSheet, grade: str, policy: Policy) -> Decimal | None:
    """The least total, in points of the sheet, that is the grade; None for a grade that is none."""
    line = dict(policy.grades).get(grade)
    if line is None or not sheet.total.of:
        return None
    return goal_of_total(sheet, line, policy)


def goal_of_total(sheet: ScoreSheet, points: Decimal, policy: Policy) -> Decimal:
    """The least total of the sheet that makes `points` of the full total, rounded as the policy says."""
    unit = Decimal(1).scaleb(-policy.places)
    goal = (points * sheet.total.of / policy.full_total).quantize(unit, ROUND_CEILING)
    while goal > 0 and scaled(goal - unit, sheet.total.of, policy) >= points:
        goal -= unit
    return goal


def needed_for_total(sheet: ScoreSheet, goal: Decimal, profile: Profile) -> TotalNeeded:
    """What must be reached for `goal` points of the sheet's own total."""
    policy = policy_of(profile)
    scorer = Scorer(profile, policy, sheet.form.fiscal_year)
    gap = max(_ZERO, goal - sheet.total.low)
    rows = [row for row in sheet.rows if row.weight]
    alone = tuple(needed_for_row(row, (row.low or _ZERO) + gap, scorer) for row in rows) if gap else ()
    room = {
        row.index: _most(row, row.tree or scorer.tree_of(row.indicator)) - (row.low or _ZERO) for row in rows
    }
    most = sheet.total.low + sum((each for each in room.values() if each > 0), _ZERO)
    if sheet.execution is not None:
        most += sheet.execution.points - (sheet.execution.low or _ZERO)
    return TotalNeeded(
        goal,
        sheet.total.low,
        sheet.total.high,
        most,
        alone,
        tuple(_fewest(room, gap)) if most >= goal else (),
    )


def _fewest(room: dict[int, Decimal], gap: Decimal) -> Iterator[int]:
    for index in sorted(room, key=lambda at: (-room[at], at)):
        if gap <= 0 or room[index] <= 0:
            return
        gap -= room[index]
        yield index


def needed_for_full(sheet: ScoreSheet, profile: Profile) -> tuple[Needed, ...]:
    """What each row needs for its full marks."""
    scorer = Scorer(profile, policy_of(profile), sheet.form.fiscal_year)
    return tuple(needed_for_row(row, row.weight, scorer) for row in sheet.rows if row.weight)


def costliest(sheet: ScoreSheet) -> tuple[RowScore, ...]:
    """The rows that lose points for certain, the largest loss first."""
    losing = [row for row in sheet.rows if row.loss is not None and row.loss > 0]
    return tuple(sorted(losing, key=lambda row: (-(row.loss or _ZERO), row.index)))
