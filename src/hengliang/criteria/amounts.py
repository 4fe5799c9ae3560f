"""The points of one clause: how many it gives or takes, as an interval where the amount is open."""

import re
from fractions import Fraction
from typing import NamedTuple

from hengliang.base.message import message
from hengliang.criteria.clauses import Clause
from hengliang.criteria.context import Context
from hengliang.criteria.elements import Mark, Points
from hengliang.criteria.groups import Then


class Amount(NamedTuple):
    """What follows from a condition: `low` and `high` points, both not negative."""

    then: Then
    low: Fraction
    high: Fraction


_MARKS: dict[str, Then] = {
    "no_points": "zero", "full_points": "full", "all_but_none": "none",
    "share_gain": "share", "share_lose": "share",
}  # fmt: skip


_MEASURED = re.compile("按|根据|依据|视|实际")
"""Words before 得分 that speak of a way to work the points out, and not of full marks."""


def amount_of(clause: Clause, context: Context, full: Fraction) -> Amount:
    """What follows from the condition of `clause`. Raises UnreadError where it cannot be told."""
    outcome = clause.outcome
    if isinstance(outcome, Mark):
        then = _MARKS.get(outcome.kind)
        if then is None or (clause.discretion and then == "share"):
            raise context.unread(outcome.span, message("what follows from this is not understood"))
        if then == "full" and outcome.text.endswith("得分") and _MEASURED.search(clause.words):
            raise context.unread(clause.span, message("it is not said how the points are worked out"))
        points = full if then == "full" else Fraction(0)
        return Amount(then, points, points)
    if outcome is None:
        raise context.unread(clause.span, message("nothing is said to follow from this"))
    return _points(clause, outcome, context, full)


def _points(clause: Clause, outcome: Points, context: Context, full: Fraction) -> Amount:
    then: Then = "lose" if outcome.doing == "lose" else "add" if outcome.doing == "add" else "points"
    amounts = [Fraction(amount) * (full / 100 if outcome.of_full else 1) for amount in outcome.amounts]
    if not amounts or outcome.cut:
        if outcome.cut or clause.cut:
            context.open.append((message("the amount is cut off"), outcome.span))
        elif clause.discretion:
            context.open.append((message("the amount is left to whoever judges"), outcome.span))
        elif then == "lose":
            context.open.append((message("the amount of the deduction is not said"), outcome.span))
        else:
            raise context.unread(outcome.span, message("the amount of points is not said"))
        return Amount(then, Fraction(0), full)
    if outcome.is_range:
        context.open.append(
            (message("the sentence leaves a range of points to whoever judges"), outcome.span)
        )
        return Amount(then, min(amounts), max(amounts))
    if len(amounts) > 1:
        raise context.unread(outcome.span, message("it is not said which of these points belongs to what"))
    if clause.discretion:
        context.open.append((message("the amount is left to whoever judges"), outcome.span))
        return Amount(then, Fraction(0), amounts[0])
    return Amount(then, amounts[0], amounts[0])
