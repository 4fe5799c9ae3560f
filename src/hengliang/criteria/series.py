"""Occurrences that cost more each time: 第一次扣1分，第二次扣2分，以此类推."""

import re
from fractions import Fraction
from itertools import pairwise

from hengliang.base.message import message
from hengliang.criteria.amounts import Amount, amount_of
from hengliang.criteria.canonical import number
from hengliang.criteria.clauses import Clause
from hengliang.criteria.context import Context, name_of
from hengliang.criteria.counted import is_counting
from hengliang.criteria.curve import Interval
from hengliang.criteria.elements import Points
from hengliang.criteria.nodes import Band, Bands, Steps
from hengliang.criteria.printed import Span
from hengliang.criteria.terms import MOST_TERMS, Term, is_doubled, places, terms_of
from hengliang.criteria.tiers import Pieces
from hengliang.criteria.variable import Kind, Variable
from hengliang.criteria.wording import is_generic

_GROWING = re.compile(
    "(?:以后|之后|此后|其后)每?(?:再)?(?:发生|发现|出现|增加)?(?:一|1)?(?:次|起|例|件|处)?(?:递增|加扣|多扣|增加)"
)


def is_series(times: list[Clause], clauses: list[Clause]) -> bool:
    if not times:
        return False
    first = clauses.index(times[0])
    before = clauses[first - 1] if first else None
    starts = times[0].nths[0].low
    if starts == 2 and before is not None and is_counting(before) and is_doubled(times[0]):
        return True
    after = clauses[first + 1] if first + 1 < len(clauses) else None
    grows = after is not None and _GROWING.search(after.words) is not None
    return starts == 1 and (len(times) > 1 or times[0].goes_on is not None or grows)


def series_of(
    times: list[Clause], clauses: list[Clause], context: Context, full: Fraction
) -> tuple[Pieces, list[Clause]]:
    """第一次扣1分，第二次扣2分: each time costs its own points, and they add up."""
    first = clauses.index(times[0])
    used = [*times]
    terms: list[Term] = []
    if times[0].nths[0].low == 2:
        before = clauses[first - 1]
        amount = amount_of(before, context, full)
        if amount.then != "lose" or amount.low != amount.high or len(times) > 1:
            raise context.unread(times[0].span, message("the series of points is not understood"))
        used.insert(0, before)
        nth = times[0].nths[0]
        double = Amount("lose", 2 * amount.low, 2 * amount.high)
        terms = [Term(1, 1, amount, before), Term(2, nth.high, double, times[0])]
    else:
        terms = terms_of(times, context, full)
    lows = [term.low for term in terms]
    whole = all(term.high in (term.low, None) for term in terms)
    if lows != list(range(1, len(terms) + 1)) or not whole:
        raise context.unread(times[0].span, message("the series of points is not understood"))
    zero = terms.pop() if terms[-1].amount.then == "zero" else None
    kinds = {term.amount.then for term in terms}
    if not terms or len(kinds) != 1 or kinds & {"points", "full", "share", "none", "zero"}:
        raise context.unread(times[0].span, message("the series of points is not understood"))
    if any(term.amount.low != term.amount.high for term in terms):
        raise context.unread(times[0].span, message("the amount of points is not said"))
    name = _event([term.clause for term in terms], context)
    sign = -1 if kinds == {"lose"} else 1
    amounts = [sign * term.amount.high for term in terms]
    if len(terms) > 1:
        context.assume(message("the points of the first, the second … time add up"))
    unit = times[0].nths[0].unit
    variable, spans = Variable(Kind.COUNT, name, unit), tuple(clause.span for clause in used)
    rest = [clause for clause in clauses if clause not in used]
    growing = next((clause for clause in rest if _GROWING.search(clause.words)), None)
    endless = terms[-1].high is None
    if growing is not None and zero is None and not endless:
        more = growing.outcome
        if not isinstance(more, Points) or len(more.amounts) != 1 or len(terms) > 1:
            raise context.unread(growing.span, message("the series of points is not understood"))
        amounts, endless = _progression(amounts[0], sign * Fraction(more.amounts[0]), full), True
        rest.remove(growing)
    elif times[-1].goes_on is not None and zero is None:
        amounts, endless = _going_on(amounts, context, times[-1], full), True
    found = Pieces(loses=sign < 0, adds=sign > 0)
    most = _most(used, context, sign)
    if zero is not None or endless:
        found.parts.append(Steps(variable, spans, amounts=tuple(amounts), most=most))
    elif most is not None:
        raise context.unread(times[-1].span, message("what further times cost is not said"))
    else:
        found.parts.append(_open_series(variable, spans, amounts, full))
        if sign < 0 and -sum(amounts) < full:
            context.open.append((message("what further times cost is not said"), times[-1].span))
    if zero is not None:
        closed = Band(Interval(Fraction(zero.low), True), Fraction(0), Fraction(0))
        found.gates.append(Bands(variable, (zero.clause.span,), (closed,)))
    return found, rest


def _most(clauses: list[Clause], context: Context, sign: int) -> Fraction | None:
    """The limit of all deductions of a series, taken from its clauses."""
    limits = [limit for clause in clauses for limit in clause.limits if limit.kind == "loss"]
    if not limits or sign > 0:
        return None
    if len({limit.amount for limit in limits}) > 1:
        raise context.unread(limits[1].span, message("two limits are named and differ"))
    for clause in clauses:
        clause.limits = [limit for limit in clause.limits if limit.kind != "loss"]
    return Fraction(limits[0].amount)


def _open_series(
    variable: Variable, spans: tuple[Span, ...], amounts: list[Fraction], full: Fraction
) -> Bands:
    """A series that ends without a word on what comes after it."""
    bands: list[Band] = []
    total = Fraction(0)
    for index, amount in enumerate(amounts):
        total += amount
        bands.append(Band(places(index + 1, index + 1), total, total))
    beyond = places(len(amounts) + 1, None)
    if total < 0:
        bands.append(Band(beyond, min(-full, total), total))
    else:
        bands.append(Band(beyond, total, total))
    return Bands(variable, spans, tuple(bands))


def _going_on(amounts: list[Fraction], context: Context, last: Clause, full: Fraction) -> list[Fraction]:
    """以此类推: the differences of the printed points go on; a series of three that doubles doubles on."""
    differences = {after - before for before, after in pairwise(amounts)}
    if len(differences) == 1:
        difference = differences.pop()
        context.assume(
            message(
                "“{words}” goes on by {step} points each",
                words=context.text(last.span),
                step=number(abs(difference)),
            )
        )
        return _progression(amounts[0], difference, full) if difference else amounts
    ratios = {after / before for before, after in pairwise(amounts)}
    if len(ratios) == 1 and len(amounts) > 2 and (ratio := ratios.pop()) > 1:
        while abs(sum(amounts)) < full and len(amounts) < MOST_TERMS:
            amounts = [*amounts, amounts[-1] * ratio]
        return amounts
    raise context.unread(last.span, message("the series of points is not understood"))


def _progression(first: Fraction, difference: Fraction, full: Fraction) -> list[Fraction]:
    """Points that grow by the same amount until all are used up."""
    amounts = [first]
    while abs(sum(amounts)) < full and len(amounts) < MOST_TERMS and (amounts[-1] + difference) * first > 0:
        amounts.append(amounts[-1] + difference)
    return amounts


def _event(clauses: list[Clause], context: Context) -> str:
    """The words for what happens once, twice …, the same in all clauses."""
    names = {name_of(clause.words) for clause in clauses}
    names = {name for name in names if name and not is_generic(name)}
    if len(names) > 1:
        longest = max(names, key=len)
        if any(name not in longest for name in names):
            raise context.unread(
                clauses[1].span, message("it is not certain whether the same thing is counted")
            )
        return longest
    return next(iter(names), "")
