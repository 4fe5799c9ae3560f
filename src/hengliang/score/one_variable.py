"""A scoring sentence as a function of one of its facts, all others being as they are.

Facts that are not known are taken at their best: what comes out is what the one fact can still do.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from hengliang.criteria.curve import Curve, Interval, flat
from hengliang.criteria.evaluate import Curves, Fact, curves_of
from hengliang.criteria.nodes import NO, OTHER, YES, Bands, Choice, Criterion, Gate, Node, Option
from hengliang.criteria.scored import words_of
from hengliang.criteria.variable import Kind, Variable

_ZERO = Fraction(0)
Facts = Mapping[Variable, Fact]


def curves_in(tree: Criterion, variable: Variable, facts: Facts) -> Curves:
    """The least and the most points by the number that `variable` asks. Raises CurveError."""
    return Curves(_curve(tree, variable, facts, 0), _curve(tree, variable, facts, 1))


def points_for(tree: Criterion, variable: Variable, word: str, facts: Facts) -> tuple[Fraction, Fraction]:
    """The least and the most points with `word` as the answer to `variable`."""
    known = {**facts, variable: word}
    low, high = (_curve(tree, None, known, side).at(_ZERO) or _ZERO for side in (0, 1))
    return low, high


def answers(tree: Criterion, variable: Variable) -> tuple[str, ...]:
    """The words that answer `variable`."""
    if variable.kind is Kind.MET:
        return YES, NO
    return tuple(words_of(tree, variable))


def _curve(tree: Criterion, variable: Variable | None, facts: Facts, side: int) -> Curve:
    total = flat(_ZERO if tree.sections else tree.base)
    for section in tree.sections:
        total = total.plus(_curve(section, variable, facts, side))
    for part in tree.parts:
        total = total.plus(_part(part, variable, facts, side))
    total = total.clamped(tree.low, tree.high)
    for gate in tree.gates:
        if isinstance(gate, Bands) and gate.variable == variable:
            total = _of(curves_of(gate), side).over(total)
        elif gate.variable in facts:
            total = _closed(gate, facts[gate.variable], side) or total
    return total


def _part(part: Node, variable: Variable | None, facts: Facts, side: int) -> Curve:
    if isinstance(part, Choice):
        if part.variable in facts:
            return flat(_points(_chosen(part, facts[part.variable]), side))
        return flat(max(_points(option, side) for option in part.options))
    curve = _of(curves_of(part), side).over(flat(_ZERO))
    if part.variable == variable:
        return curve
    fact = facts.get(part.variable)
    if isinstance(fact, Fraction):
        return flat(curve.at(fact) or _ZERO)
    return flat(max(_tops(curve), default=_ZERO))


def _tops(curve: Curve) -> Iterator[Fraction]:
    if curve.highest is not None:
        yield curve.highest
    else:
        # Points without end are of no use here: what such a part gives where it begins is.
        yield from (curve.at(edge) or _ZERO for piece in curve.pieces for edge in _ends(piece.interval))


def _ends(interval: Interval) -> Iterator[Fraction]:
    yield from (end for end in (interval.low, interval.high) if end is not None and end in interval)


def _chosen(part: Choice, fact: Fact) -> Option:
    options = {option.label: option for option in part.options}
    return options.get(str(fact)) or options[OTHER]


def _closed(gate: Bands | Gate, fact: Fact, side: int) -> Curve | None:
    """The points that a closed gate leaves; None when it is open."""
    if isinstance(gate, Gate):
        return next((flat(_points(option, side)) for option in gate.options if option.label == fact), None)
    bands = (band for band in gate.bands if isinstance(fact, Fraction) and fact in band.interval)
    return next((flat(band.high if side else band.low) for band in bands), None)


def _points(option: Option, side: int) -> Fraction:
    return option.high if side else option.low


def _of(curves: Curves, side: int) -> Curve:
    return curves.high if side else curves.low
