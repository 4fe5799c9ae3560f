"""What a sentence gives when some of the facts it asks for are not known: the least and the most points.

Every unknown fact is let run through all that it can be. The bounds of one part are exact; their sum may be
wider than what can happen together, never narrower.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

from hengliang.criteria.curve import EVERYWHERE, Curve, Interval
from hengliang.criteria.evaluate import Fact, curves_of, outcome
from hengliang.criteria.nodes import Bands, Choice, Criterion, Formula, Gate, Node
from hengliang.criteria.variable import Variable

Bounds = tuple[Fraction | None, Fraction | None]
"""The least and the most points; None where there is no end."""
_ZERO = Fraction(0)
CanBe = Callable[[Variable], Interval]
"""Where the number that a variable asks can lie at all."""


def anywhere(variable: Variable) -> Interval:
    """Every number."""
    return EVERYWHERE


def bounds(tree: Criterion, facts: Mapping[Variable, Fact], can_be: CanBe = anywhere) -> Bounds:
    """The least and the most points of `tree` when only `facts` are known, and the others are where they can
    be.

    None stands for points without end, which only a sentence that names no floor or no cap can have.
    """
    if all(variable in facts for variable in tree.variables):
        found = outcome(tree, facts)
        return found.low, found.high
    return _tree(tree, facts, can_be)


def _tree(tree: Criterion, facts: Mapping[Variable, Fact], can_be: CanBe) -> Bounds:
    gates: list[Bounds] = []
    for gate in tree.gates:
        if gate.variable in facts:
            closed = _closed(gate, facts[gate.variable])
            if closed is not None:
                return _hull([closed, *gates])
        else:
            gates.append(_extremes(gate, can_be))
    parts = [bounds(section, facts, can_be) for section in tree.sections]
    if tree.pick:
        choose = min if tree.pick == "least" else max
        lows, highs = [part[0] or _ZERO for part in parts], [part[1] for part in parts]
        known = [high for high in highs if high is not None]
        return _clamp(tree, choose(lows), tree.low), choose(known) if len(known) == len(highs) else None
    parts += [_part(part, facts, can_be) for part in tree.parts]
    base = _ZERO if tree.sections else tree.base
    low = _clamp(tree, _sum(base, [part[0] for part in parts]), tree.low)
    high = _clamp(tree, _sum(base, [part[1] for part in parts]), tree.high)
    return _hull([(low, high), *gates])


def _sum(base: Fraction, points: list[Fraction | None]) -> Fraction | None:
    known = [point for point in points if point is not None]
    return sum(known, base) if len(known) == len(points) else None


def _clamp(tree: Criterion, points: Fraction | None, end: Fraction | None) -> Fraction | None:
    """`points` between floor and cap; those without end go as far as `end`."""
    if points is None:
        return end
    if tree.low is not None:
        points = max(points, tree.low)
    return points if tree.high is None else min(points, tree.high)


def _hull(all_of: list[Bounds]) -> Bounds:
    lows, highs = [low for low, _ in all_of], [high for _, high in all_of]
    low = min(each for each in lows if each is not None) if None not in lows else None
    high = max(each for each in highs if each is not None) if None not in highs else None
    return low, high


def _closed(gate: Bands | Gate, fact: Fact) -> Bounds | None:
    if isinstance(gate, Gate):
        return next(((option.low, option.high) for option in gate.options if option.label == fact), None)
    return next(
        (
            (band.low, band.high)
            for band in gate.bands
            if isinstance(fact, Fraction) and fact in band.interval
        ),
        None,
    )


def _part(part: Node, facts: Mapping[Variable, Fact], can_be: CanBe) -> Bounds:
    if any(variable not in facts for variable in part.variables):
        return _extremes(part, can_be)
    single = Criterion(_ZERO, (part,), low=None)  # pyright: ignore[reportArgumentType]
    found = outcome(single, facts)
    return found.low, found.high


def _extremes(part: Node, can_be: CanBe) -> Bounds:
    """All that one part can give."""
    if isinstance(part, Formula):
        return None, None
    if isinstance(part, Choice | Gate):
        return _hull([(option.low, option.high) for option in part.options])
    where = can_be(part.variable)
    if isinstance(part, Bands):
        reached = [band for band in part.bands if not band.interval.meet(where).is_empty]
        # Between and beyond the bands a part gives nothing.
        return _hull([(_ZERO, _ZERO), *((band.low, band.high) for band in reached)])
    curves = curves_of(part)
    return _reach(curves.low.within(where), -1), _reach(curves.high.within(where), 1)


def _reach(curve: Curve, side: int) -> Fraction | None:
    return (curve.highest if side > 0 else curve.lowest) if curve.pieces else _ZERO
