"""The terms of a table of places or a series of occurrences."""

from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from hengliang.base.message import message
from hengliang.criteria.amounts import Amount, amount_of
from hengliang.criteria.clauses import Clause
from hengliang.criteria.context import Context
from hengliang.criteria.curve import Interval
from hengliang.criteria.elements import Mark, Points

MOST_TERMS = 200


class Term(NamedTuple):
    """What follows at the places or occurrences from `low` to `high`."""

    low: int
    high: int | None
    amount: Amount
    clause: Clause


def terms_of(clauses: list[Clause], context: Context, full: Fraction) -> list[Term]:
    terms: list[Term] = []
    for clause in clauses:
        nths = clause.nths
        if len(nths) != 1 or clause.tests or clause.eaches:
            raise context.unread(clause.span, message("it is not certain which places or times are meant"))
        nth, outcome = nths[0], clause.outcome
        if isinstance(outcome, Points) and len(outcome.amounts) > 1 and not outcome.is_range:
            if nth.high is None or nth.high - nth.low + 1 != len(outcome.amounts):
                raise context.unread(
                    clause.span, message("it is not said which of these points belongs to what")
                )
            then = "lose" if outcome.doing == "lose" else "add" if outcome.doing == "add" else "points"
            for index, points in enumerate(outcome.amounts):
                place = nth.low + index
                terms.append(Term(place, place, Amount(then, Fraction(points), Fraction(points)), clause))
            continue
        amount = _doubled(terms) if is_doubled(clause) else amount_of(clause, context, full)
        if amount is None:
            raise context.unread(clause.span, message("the series of points is not understood"))
        terms.append(Term(nth.low, nth.high, amount, clause))
    terms.sort(key=lambda term: term.low)
    for term, follower in pairwise(terms):
        if term.high is None or term.high >= follower.low:
            raise context.unread(follower.clause.span, message("two conditions hold for the same numbers"))
    return terms


def is_doubled(clause: Clause) -> bool:
    return isinstance(clause.outcome, Mark) and clause.outcome.kind == "doubled"


def _doubled(terms: list[Term]) -> Amount | None:
    if not terms or terms[-1].amount.then != "lose":
        return None
    last = terms[-1].amount
    return Amount("lose", 2 * last.low, 2 * last.high)


def places(low: int, high: int | None) -> Interval:
    """Whole places as a stretch up to the next one; the first begins where it may."""
    return Interval(Fraction(low), True, None if high is None else Fraction(high + 1), False)
