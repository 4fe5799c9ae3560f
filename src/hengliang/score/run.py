"""`score`: a form and its actual values become a score sheet."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from hengliang.base.message import Message, message
from hengliang.base.profile import Profile
from hengliang.form.actual import Actual, Origin
from hengliang.form.model import Form, Indicator
from hengliang.score.execution import execution_of
from hengliang.score.grade import grade_of
from hengliang.score.policy import Policy, policy_of
from hengliang.score.row import Scorer
from hengliang.score.sheet import ExecutionScore, RowScore, ScoreSheet, State, Total


def score(form: Form, actuals: Mapping[int, Actual] | None, profile: Profile) -> ScoreSheet:
    """The score sheet of `form`.

    `actuals` holds the actual value by the place of the indicator in the form, counted from 0; None takes
    the form's own column (实际完成值). An indicator without an actual is not reported; it is never 0.
    Raises ProfileError when the profile's figures make no sense.
    """
    policy = policy_of(profile)
    known = form_actuals(form, policy) if actuals is None else actuals
    scorer = Scorer(profile, policy, form.fiscal_year)
    weights = weights_of(form.indicators, known, policy)
    rows = tuple(
        scorer.score(index, indicator, known.get(index), weights.get(index))
        for index, indicator in enumerate(form.indicators)
    )
    execution = execution_of(form, profile, policy)
    total = total_of(rows, execution)
    return ScoreSheet(
        form, profile.name, rows, execution, total, grade_of(total, policy),
        tuple(_assumptions(form, rows, execution, total, policy)),
    )  # fmt: skip


def form_actuals(form: Form, policy: Policy) -> dict[int, Actual]:
    """The actual values that a form itself states, by place; 不适用 is an indicator that does not apply."""
    found: dict[int, Actual] = {}
    for index, indicator in enumerate(form.indicators):
        if indicator.actual is None:
            continue
        applies = indicator.actual not in policy.not_applicable
        found[index] = Actual(indicator.actual, origin=Origin.FORM, applicable=applies, note=indicator.reason)
    return found


def weights_of(
    indicators: Sequence[Indicator], actuals: Mapping[int, Actual], policy: Policy
) -> dict[int, Fraction]:
    """The points that count, by place, for rows that take over those of rows that do not apply.

    The points of such a row go to the other rows of its level 2 (or wherever the policy says) in proportion
    to their own; when none of these applies, to its level 1, and then to all. They are shared out in
    hundredths (`policy.places`) without a rest, the largest remainders first. Only rows whose points change
    are listed.
    """
    gone = [index for index, actual in actuals.items() if not actual.applicable]
    if policy.reweight == "none" or not gone:
        return {}
    points = {at: Fraction(row.points) for at, row in enumerate(indicators) if row.points}
    takers = {at: number for at, number in points.items() if at not in gone}
    weights = dict(takers)
    for index in gone:
        heirs = _heirs(index, indicators, [*takers], policy)
        own = sum((takers[at] for at in heirs), Fraction(0))
        for at in heirs:
            weights[at] += points.get(index, Fraction(0)) * takers[at] / own
    whole = _without_rest(weights, policy.places)
    return {at: weight for at, weight in whole.items() if weight != takers[at]}


def _without_rest(weights: dict[int, Fraction], places: int) -> dict[int, Fraction]:
    """Weights in whole units of the last place that come to the same sum, by largest remainders."""
    unit = Fraction(1, 10**places)
    down = {at: weight // unit for at, weight in weights.items()}
    rest = int(sum(weights.values(), Fraction(0)) / unit) - sum(down.values())
    by_remainder = sorted(weights, key=lambda at: (down[at] - weights[at] / unit, at))
    return {at: (count + (at in by_remainder[:rest])) * unit for at, count in down.items()}


def _heirs(index: int, indicators: Sequence[Indicator], takers: list[int], policy: Policy) -> list[int]:
    mine = indicators[index]
    near = [
        at for at in takers if (indicators[at].level1, indicators[at].level2) == (mine.level1, mine.level2)
    ]
    same = [at for at in takers if indicators[at].level1 == mine.level1]
    if policy.reweight == "level2" and near:
        return near
    return same if policy.reweight in ("level2", "level1") and same else takers


def total_of(rows: Sequence[RowScore], execution: ExecutionScore | None) -> Total:
    """The sum of all parts. What was not reported counts from 0 to its full marks."""
    low = high = of = Decimal(0)
    bounded = missing = 0
    parts: list[tuple[Decimal | None, Decimal | None, Decimal]] = [
        (row.low, row.high, row.weight)
        for row in rows
        if row.weight is not None and row.state is not State.NOT_APPLICABLE
    ]
    if execution is not None:
        parts.append((execution.low, execution.high, execution.points))
    for least, most, full in parts:
        of += full
        if least is None or most is None:
            missing += 1
            high += full
            continue
        bounded += least != most
        low, high = low + least, high + most
    return Total(low, high, of, bounded, missing)


def _assumptions(
    form: Form, rows: Sequence[RowScore], execution: ExecutionScore | None, total: Total, policy: Policy
) -> list[Message]:
    said: list[Message] = []
    if total.of and total.of != policy.full_total:
        said.append(
            message(
                "the points come to {of}; the grade is taken from the total scaled to {full}",
                of=f"{total.of:f}", full=f"{policy.full_total:f}",
            )
        )  # fmt: skip
    if execution is None:
        said.append(
            message("the form leaves no points for the execution of the budget; it is no part of the total")
        )
    elif execution.low is None:
        said.append(message("the execution of the budget is not reported"))
    moved = [row for row in rows if row.state is State.NOT_APPLICABLE]
    if moved and policy.reweight != "none":
        said.append(
            message(
                "{count} indicators do not apply; their points go to others in proportion", count=len(moved)
            )
        )
    return said
