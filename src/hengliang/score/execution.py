"""The part for the execution of the budget (预算执行率).

Sources: 财预〔2020〕10号 (10 of 100 points); X7 of a published module (spent ÷ budget × points, at most all,
a budget of 0 gives 0); G3 of 财预〔2021〕101号 (bands).
"""

from decimal import Decimal
from fractions import Fraction

from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.criteria.evaluate import outcome
from hengliang.criteria.explain import Step, steps_of
from hengliang.criteria.methods import method_curve
from hengliang.criteria.read import rounded
from hengliang.form.model import Form, Money, MoneyRow
from hengliang.score.policy import Policy
from hengliang.score.sheet import ExecutionScore


def execution_of(form: Form, profile: Profile, policy: Policy) -> ExecutionScore | None:
    """The score for the execution of the budget; None when the form leaves no points for it.

    It is left out where an indicator of the form stands for it, and where the indicators alone come to more
    points than `execution_beside`.
    """
    line = total_line(form.money)
    printed = line.points if line is not None else None
    if printed is None and not _leaves_room(form, profile, policy):
        return None
    points = policy.execution_points if printed is None else printed
    blank = ExecutionScore(points, policy.execution_method)
    if line is None or line.budget is None or line.executed is None:
        return blank
    return _scored(line.budget, line.executed, points, profile, policy)


def total_line(money: Money | None) -> MoneyRow | None:
    """The line of the money block that holds the total: the first, unless another one is called so."""
    if money is None or not money.rows:
        return None
    return next((row for row in money.rows if "总额" in row.name or "合计" in row.name), money.rows[0])


def _leaves_room(form: Form, profile: Profile, policy: Policy) -> bool:
    words = profile.words("reporting.execution_rows")
    if any(word in indicator.name for indicator in form.indicators for word in words):
        return False
    points = sum((row.points for row in form.indicators if row.points is not None), Decimal(0))
    return 0 < points <= policy.execution_beside


def _scored(
    budget: Decimal, executed: Decimal, points: Decimal, profile: Profile, policy: Policy
) -> ExecutionScore:
    if not budget:
        nothing = Step(message("the budget is 0: no points"), Fraction(0), Fraction(0), ())
        zero = rounded(Fraction(0), policy.places)
        return ExecutionScore(
            points, policy.execution_method, budget, executed, None, zero, zero, steps=(nothing,)
        )
    share = Fraction(executed) / Fraction(budget) * 100
    method = method_curve(policy.execution_method, points, None, None, "%", profile)
    found = outcome(method.tree, dict.fromkeys(method.variables, share))
    rate = rounded(share)
    divided = Step(
        message(
            "execution rate: spent {executed} ÷ budget {budget} = {rate}%",
            executed=f"{executed:f}", budget=f"{budget:f}", rate=f"{rate:f}",
        ), Fraction(0), Fraction(0), (),
    )  # fmt: skip
    remarks = (message("more was spent than the budget allows"),) if share > 100 else ()
    return ExecutionScore(
        points, policy.execution_method, budget, executed, rate,
        rounded(found.low, policy.places), rounded(found.high, policy.places),
        (divided, *steps_of(found)), (), remarks,
    )  # fmt: skip
