"""Places and occurrences: 第一名得5分，第二名得3分; 第一次扣1分，第二次扣2分，以此类推."""

import re
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from hengliang.base.message import message
from hengliang.criteria.amounts import Amount, amount_of
from hengliang.criteria.canonical import number
from hengliang.criteria.clauses import Clause
from hengliang.criteria.context import Context, name_of
from hengliang.criteria.counted import is_counting
from hengliang.criteria.curve import Interval
from hengliang.criteria.elements import Each, Mark, Nth, Points, Words
from hengliang.criteria.nodes import Band, Bands, Steps
from hengliang.criteria.printed import Span
from hengliang.criteria.tiers import Pieces
from hengliang.criteria.variable import Kind, Variable
from hengliang.criteria.wording import is_generic

_MOST_TERMS = 200


class _Term(NamedTuple):
    """What follows at the places or occurrences from `low` to `high`."""

    low: int
    high: int | None
    amount: Amount
    clause: Clause


def pieces_of(clauses: list[Clause], context: Context, full: Fraction) -> tuple[list[Pieces], list[Clause]]:
    """The tables of places and the series of occurrences of a sentence, and the clauses that are no part of
    them.

    A single place or occurrence (获得第一名的加2分) is no table: it stays words. Raises UnreadError.
    """
    ranked = [clause for clause in clauses if any(nth.is_rank for nth in clause.nths)]
    times = [clause for clause in clauses if clause.nths and clause not in ranked]
    found: list[Pieces] = []
    if not ranked and len(clauses) == 1 and _from_the_first(clauses[0]):
        return [_one_less_each(clauses[0], context, full)], []
    if ranked and _is_table(ranked, clauses):
        piece, clauses = _ranks(ranked, clauses, context, full)
        found.append(piece)
    if _is_series(times, clauses):
        piece, clauses = _series(times, clauses, context, full)
        found.append(piece)
    for clause in clauses:
        if clause.goes_on is not None:
            raise context.unread(clause.goes_on, message("the series of points is not understood"))
        clause.front = [
            Words(phrase.span, phrase.text, None) if isinstance(phrase, Nth) else phrase
            for phrase in clause.front
        ]
    return found, clauses


def _is_table(ranked: list[Clause], clauses: list[Clause]) -> bool:
    last = clauses.index(ranked[-1])
    follows = clauses[last + 1 : last + 2]
    return (
        len(ranked) > 1
        or any(_is_list(clause) for clause in ranked)
        or (bool(follows) and (_is_rest(follows[0]) or _rank_step(follows[0]) is not None))
        or ranked[0].goes_on is not None
    )


def _is_rest(clause: Clause) -> bool:
    """其余不得分: all other places, and not 否则."""
    return any(
        isinstance(phrase, Mark) and phrase.kind == "otherwise" and phrase.text.startswith("其")
        for phrase in clause.front
    )


def _is_list(clause: Clause) -> bool:
    return isinstance(clause.outcome, Points) and len(clause.outcome.amounts) > 1


_PLACES = frozenset({"名", "位", "名次", "位次", "个名次", "个位次"})


def _rank_step(clause: Clause) -> Each | None:
    """The 每降低一个名次 of a clause that counts places."""
    eaches = clause.eaches
    if len(eaches) != 1 or not is_counting(clause):
        return None
    each = eaches[0]
    return each if each.quantity.unit in _PLACES and each.quantity.number == 1 else None


_BY_PLACE = re.compile("按(?:照)?[^,]{0,12}(?:排位|排名|名次|位次|排序)")


def _from_the_first(clause: Clause) -> bool:
    """按排位打分，每位次递减0.25分: every place is worth less than the one before."""
    step = _rank_step(clause)
    return step is not None and step.way is None and _BY_PLACE.search(clause.words) is not None


def _one_less_each(clause: Clause, context: Context, full: Fraction) -> Pieces:
    context.assume(message("the first place earns all points"))
    first = _Term(1, 1, Amount("full", full, full), clause)
    return _less_each([first], clause, context, (clause.span,))


def _terms(clauses: list[Clause], context: Context, full: Fraction) -> list[_Term]:
    terms: list[_Term] = []
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
                terms.append(_Term(place, place, Amount(then, Fraction(points), Fraction(points)), clause))
            continue
        amount = _doubled(terms) if _is_doubled(clause) else amount_of(clause, context, full)
        if amount is None:
            raise context.unread(clause.span, message("the series of points is not understood"))
        terms.append(_Term(nth.low, nth.high, amount, clause))
    terms.sort(key=lambda term: term.low)
    for term, follower in pairwise(terms):
        if term.high is None or term.high >= follower.low:
            raise context.unread(follower.clause.span, message("two conditions hold for the same numbers"))
    return terms


def _is_doubled(clause: Clause) -> bool:
    return isinstance(clause.outcome, Mark) and clause.outcome.kind == "doubled"


def _doubled(terms: list[_Term]) -> Amount | None:
    if not terms or terms[-1].amount.then != "lose":
        return None
    last = terms[-1].amount
    return Amount("lose", 2 * last.low, 2 * last.high)


def _ranks(
    ranked: list[Clause], clauses: list[Clause], context: Context, full: Fraction
) -> tuple[Pieces, list[Clause]]:
    """A table of places, as tiers over the place; what the table leaves out is open, or said by `其余`."""
    terms = _terms(ranked, context, full)
    rest = [clause for clause in clauses if clause not in ranked]
    kinds = {term.amount.then for term in terms} - {"zero", "full", "none"}
    if len(kinds) > 1 or kinds & {"share"}:
        raise context.unread(ranked[0].span, message("it is not certain how these places earn points"))
    kind = next(iter(kinds), "points")
    sign = -1 if kind == "lose" else 1
    spans = [clause.span for clause in ranked]
    variable = Variable(Kind.VALUE, "名次", "名")
    bands = [
        Band(_places(term.low, term.high), *sorted((sign * term.amount.low, sign * term.amount.high)))
        for term in terms
    ]
    last = terms[-1]
    after = clauses[clauses.index(ranked[-1]) + 1 :]
    step = next((clause for clause in after if _rank_step(clause) is not None), None)
    other = next((clause for clause in after if clause.is_otherwise and clause in rest), None)
    if any(term.high is not None and follower.low != term.high + 1 for term, follower in _pairs(terms)):
        raise context.unread(ranked[0].span, message("some places in between have no points"))
    gated = [clause for clause in rest if clause not in (step, other)]
    if step is not None or last.clause.goes_on is not None:
        spans += [step.span] if step is not None else []
        return _less_each(terms, step, context, tuple(spans)), [each for each in rest if each is not step]
    if last.high is not None and other is not None:
        amount = amount_of(other, context, full)
        if amount.then not in (kind, "zero", "none"):
            raise context.unread(other.span, message("it is not certain how these places earn points"))
        points = sorted((sign * amount.low, sign * amount.high))
        bands.append(Band(_places(last.high + 1, None), *points))
        rest.remove(other)
        spans.append(other.span)
    elif last.high is not None and not gated:
        if kind == "points" and context.profile.text("criteria.unsaid_earns") == "nothing":
            context.assume(message("what the sentence does not name earns nothing"))
            bands.append(Band(_places(last.high + 1, None), Fraction(0), Fraction(0)))
        elif kind == "points":
            context.open.append((message("not all values have points in the sentence"), spans[0]))
            bands.append(Band(_places(last.high + 1, None), Fraction(0), full))
    if terms[0].low != 1:
        context.open.append((message("not all values have points in the sentence"), spans[0]))
        before = Band(
            _places(1, terms[0].low - 1), *((-full, Fraction(0)) if sign < 0 else (Fraction(0), full))
        )
        bands.insert(0, before)
    part = Bands(variable, tuple(spans), tuple(bands))
    if kind == "points":
        top = max(band.high for band in bands)
        if rest:
            return Pieces(gates=[part], above=top), rest
        return Pieces(parts=[part], level=top), rest
    return Pieces(parts=[part], loses=sign < 0, adds=sign > 0), rest


def _pairs(terms: list[_Term]) -> list[tuple[_Term, _Term]]:
    return list(pairwise(terms))


def _places(low: int, high: int | None) -> Interval:
    """Whole places as a stretch up to the next one; the first begins where it may."""
    return Interval(Fraction(low), True, None if high is None else Fraction(high + 1), False)


def _less_each(terms: list[_Term], step: Clause | None, context: Context, spans: tuple[Span, ...]) -> Pieces:
    """What places after the table earn, each a step less than the one before, down to nothing."""
    last = terms[-1]
    falls = [term.amount.high - follower.amount.high for term, follower in pairwise(terms)]
    certain = all(term.low == term.high and term.amount.low == term.amount.high for term in terms)
    earning = all(term.amount.then in ("points", "full") for term in terms)
    if not certain or not earning or terms[0].low != 1:
        raise context.unread(last.clause.span, message("the series of points is not understood"))
    if step is not None:
        outcome = step.outcome
        amount = amount_of(step, context, terms[0].amount.high)
        if not isinstance(outcome, Points) or outcome.doing != "lose" or amount.low != amount.high:
            raise context.unread(step.span, message("the series of points is not understood"))
        falls.append(amount.high)
    elif len(set(falls)) == 1:
        falls = falls[:1]
    else:
        falls = []
    if not falls or min(falls) <= 0:
        raise context.unread(last.clause.span, message("the series of points is not understood"))
    if len(set(falls)) == 1:
        falls = falls[:1]
    variable = Variable(Kind.VALUE, "名次", "名")
    part = Steps(variable, spans, line=Fraction(1), amounts=tuple(-fall for fall in falls))
    return Pieces(parts=[part], anchor=terms[0].amount.high, loses=True)


_GROWING = re.compile(
    "(?:以后|之后|此后|其后)每?(?:再)?(?:发生|发现|出现|增加)?(?:一|1)?(?:次|起|例|件|处)?(?:递增|加扣|多扣|增加)"
)


def _is_series(times: list[Clause], clauses: list[Clause]) -> bool:
    if not times:
        return False
    first = clauses.index(times[0])
    before = clauses[first - 1] if first else None
    starts = times[0].nths[0].low
    if starts == 2 and before is not None and is_counting(before) and _is_doubled(times[0]):
        return True
    after = clauses[first + 1] if first + 1 < len(clauses) else None
    grows = after is not None and _GROWING.search(after.words) is not None
    return starts == 1 and (len(times) > 1 or times[0].goes_on is not None or grows)


def _series(
    times: list[Clause], clauses: list[Clause], context: Context, full: Fraction
) -> tuple[Pieces, list[Clause]]:
    """第一次扣1分，第二次扣2分: each time costs its own points, and they add up."""
    first = clauses.index(times[0])
    used = [*times]
    terms: list[_Term] = []
    if times[0].nths[0].low == 2:
        before = clauses[first - 1]
        amount = amount_of(before, context, full)
        if amount.then != "lose" or amount.low != amount.high or len(times) > 1:
            raise context.unread(times[0].span, message("the series of points is not understood"))
        used.insert(0, before)
        nth = times[0].nths[0]
        double = Amount("lose", 2 * amount.low, 2 * amount.high)
        terms = [_Term(1, 1, amount, before), _Term(2, nth.high, double, times[0])]
    else:
        terms = _terms(times, context, full)
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
        bands.append(Band(_places(index + 1, index + 1), total, total))
    beyond = _places(len(amounts) + 1, None)
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
        while abs(sum(amounts)) < full and len(amounts) < _MOST_TERMS:
            amounts = [*amounts, amounts[-1] * ratio]
        return amounts
    raise context.unread(last.span, message("the series of points is not understood"))


def _progression(first: Fraction, difference: Fraction, full: Fraction) -> list[Fraction]:
    """Points that grow by the same amount until all are used up."""
    amounts = [first]
    while abs(sum(amounts)) < full and len(amounts) < _MOST_TERMS and (amounts[-1] + difference) * first > 0:
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
