"""Places and occurrences: 第一名得5分，第二名得3分; 第一次扣1分，第二次扣2分，以此类推."""

import re
from fractions import Fraction
from itertools import pairwise

from hengliang.base.message import message
from hengliang.criteria.amounts import Amount, amount_of
from hengliang.criteria.clauses import Clause
from hengliang.criteria.context import Context
from hengliang.criteria.counted import is_counting
from hengliang.criteria.elements import Each, Mark, Nth, Points, Words
from hengliang.criteria.nodes import Band, Bands, Steps
from hengliang.criteria.printed import Span
from hengliang.criteria.series import is_series, series_of
from hengliang.criteria.terms import Term, places, terms_of
from hengliang.criteria.tiers import Pieces
from hengliang.criteria.variable import Kind, Variable


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
    if is_series(times, clauses):
        piece, clauses = series_of(times, clauses, context, full)
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
    first = Term(1, 1, Amount("full", full, full), clause)
    return _less_each([first], clause, context, (clause.span,))


def _ranks(
    ranked: list[Clause], clauses: list[Clause], context: Context, full: Fraction
) -> tuple[Pieces, list[Clause]]:
    """A table of places, as tiers over the place; what the table leaves out is open, or said by `其余`."""
    terms = terms_of(ranked, context, full)
    rest = [clause for clause in clauses if clause not in ranked]
    kinds = {term.amount.then for term in terms} - {"zero", "full", "none"}
    if len(kinds) > 1 or kinds & {"share"}:
        raise context.unread(ranked[0].span, message("it is not certain how these places earn points"))
    kind = next(iter(kinds), "points")
    sign = -1 if kind == "lose" else 1
    spans = [clause.span for clause in ranked]
    variable = Variable(Kind.VALUE, "名次", "名")
    bands = [
        Band(places(term.low, term.high), *sorted((sign * term.amount.low, sign * term.amount.high)))
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
        bands.append(Band(places(last.high + 1, None), *points))
        rest.remove(other)
        spans.append(other.span)
    elif last.high is not None and not gated:
        if kind == "points" and context.profile.text("criteria.unsaid_earns") == "nothing":
            context.assume(message("what the sentence does not name earns nothing"))
            bands.append(Band(places(last.high + 1, None), Fraction(0), Fraction(0)))
        elif kind == "points":
            context.open.append((message("not all values have points in the sentence"), spans[0]))
            bands.append(Band(places(last.high + 1, None), Fraction(0), full))
    if terms[0].low != 1:
        context.open.append((message("not all values have points in the sentence"), spans[0]))
        before = Band(
            places(1, terms[0].low - 1), *((-full, Fraction(0)) if sign < 0 else (Fraction(0), full))
        )
        bands.insert(0, before)
    part = Bands(variable, tuple(spans), tuple(bands))
    if kind == "points":
        top = max(band.high for band in bands)
        if rest:
            return Pieces(gates=[part], above=top), rest
        return Pieces(parts=[part], level=top), rest
    return Pieces(parts=[part], loses=sign < 0, adds=sign > 0), rest


def _pairs(terms: list[Term]) -> list[tuple[Term, Term]]:
    return list(pairwise(terms))


def _less_each(terms: list[Term], step: Clause | None, context: Context, spans: tuple[Span, ...]) -> Pieces:
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
