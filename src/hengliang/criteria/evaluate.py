"""The tree is evaluated exactly: from facts to points, or to an interval of points, with every step."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import singledispatch

from hengliang.criteria.curve import EVERYWHERE, Curve, CurveError, Interval, Piece, Stair, flat
from hengliang.criteria.expression import line_of, value_of
from hengliang.criteria.nodes import OTHER, Band, Bands, Choice, Criterion, Formula, Gate, Node, Share, Steps
from hengliang.criteria.variable import Variable

Fact = Fraction | str
"""A number, or one of the words of a choice."""
_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Effect:
    """What one part gave or took; `decides` for a gate that was closed."""

    node: Node
    fact: Fact
    low: Fraction
    high: Fraction
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """Points before rounding, low and high, and all that led there."""

    low: Fraction
    high: Fraction
    base: Fraction
    effects: tuple[Effect, ...]
    floored: bool = False
    capped: bool = False
    passed: tuple[Effect, ...] = ()
    """The gates that stayed open: what would have decided did not apply."""


@dataclass(frozen=True, slots=True)
class Score:
    """Points, rounded once half up to two places; `low` and `high` differ where something is open."""

    low: Decimal
    high: Decimal
    outcome: Outcome | None

    @property
    def is_certain(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high


def rounded(number: Fraction, places: int = 2) -> Decimal:
    """`number` rounded once, half up (away from zero)."""
    scaled = abs(number) * 10**places * 2
    whole = (scaled.numerator // scaled.denominator + 1) // 2
    return Decimal(whole if number >= 0 else -whole).scaleb(-places)


@dataclass(frozen=True, slots=True)
class Curves:
    """The least and the most points of one number; one and the same curve where nothing is open."""

    low: Curve
    high: Curve

    @property
    def is_exact(self) -> bool:
        """Whether the two are one."""
        return self.low == self.high


def outcome(tree: Criterion, facts: Mapping[Variable, Fact]) -> Outcome:
    """The points of `tree` for `facts`. Raises KeyError where a fact is missing that matters."""
    if tree.sections:
        parts = [outcome(section, facts) for section in tree.sections]
        effects = tuple(effect for part in parts for effect in part.effects)
        passed = tuple(effect for part in parts for effect in part.passed)
        if tree.pick:
            return _picked(tree, parts)
        low, high = sum((part.low for part in parts), _ZERO), sum((part.high for part in parts), _ZERO)
        return bounded(tree, low, high, sum((part.base for part in parts), _ZERO), effects, passed)
    opened: list[Effect] = []
    for gate in tree.gates:
        points = _gate(gate, facts[gate.variable])
        if points is not None:
            effect = Effect(gate, facts[gate.variable], *points, decides=True)
            return Outcome(*points, tree.base, (effect,))
        opened.append(Effect(gate, facts[gate.variable], _ZERO, _ZERO))
    effects = tuple(
        _worked_out(part, facts) if isinstance(part, Formula) else _effect(part, facts[part.variable])
        for part in tree.parts
    )
    low = tree.base + sum((effect.low for effect in effects), _ZERO)
    high = tree.base + sum((effect.high for effect in effects), _ZERO)
    return bounded(tree, low, high, tree.base, effects, tuple(opened))


def _picked(tree: Criterion, parts: list[Outcome]) -> Outcome:
    """The lowest or the highest of the sections; it alone is explained."""
    choose = min if tree.pick == "least" else max
    low, high = choose(part.low for part in parts), choose(part.high for part in parts)
    chosen = next((part for part in parts if (part.low, part.high) == (low, high)), parts[0])
    return bounded(tree, low, high, chosen.base, chosen.effects, chosen.passed)


def bounded(
    tree: Criterion,
    low: Fraction,
    high: Fraction,
    base: Fraction,
    effects: tuple[Effect, ...],
    passed: tuple[Effect, ...] = (),
) -> Outcome:
    """Points held between the floor and the cap of the sentence."""
    floor = tree.low if tree.low is not None else min(low, high)
    cap = tree.high if tree.high is not None else max(low, high, floor)
    return Outcome(
        min(max(low, floor), cap), min(max(high, floor), cap), base, effects, low < floor, high > cap, passed
    )


def _gate(gate: Bands | Gate, fact: Fact) -> tuple[Fraction, Fraction] | None:
    if isinstance(gate, Gate):
        return next(((option.low, option.high) for option in gate.options if option.label == fact), None)
    band = next((band for band in gate.bands if isinstance(fact, Fraction) and fact in band.interval), None)
    return None if band is None else (band.low, band.high)


def _worked_out(part: Formula, facts: Mapping[Variable, Fact]) -> Effect:
    """What a formula comes to; anything up to its points where something is divided by 0."""
    given = [facts[variable] for variable in part.asked]
    numbers = [fact for fact in given if isinstance(fact, Fraction)]
    if len(numbers) < len(given):
        raise KeyError(part.variable.name)
    value = value_of(part.expression, numbers)
    low, high = (value, value) if value is not None else (_ZERO, part.points)
    return Effect(part, given[0], low, high)


def _effect(part: Node, fact: Fact) -> Effect:
    if isinstance(part, Choice):
        options = {option.label: option for option in part.options}
        option = options.get(fact) if isinstance(fact, str) else None
        option = option or options[OTHER]
        return Effect(part, fact, option.low, option.high)
    if not isinstance(fact, Fraction):
        raise KeyError(part.variable.name)
    curves = curves_of(part)
    low, high = curves.low.at(fact), curves.high.at(fact)
    return Effect(part, fact, low or _ZERO, high or _ZERO)


def curve_of(tree: Criterion) -> Curves | None:
    """The whole tree as curves, when it asks for one number only; None otherwise."""
    variables = tree.variables
    if len(variables) != 1 or not variables[0].is_number:
        return None
    try:
        low, high = _curve(tree, 0), _curve(tree, 1)
    except CurveError:
        return None
    return Curves(low, high)


def _curve(tree: Criterion, side: int) -> Curve:
    if tree.pick:
        raise CurveError("a choice between scores is no curve")
    total = flat(tree.base)
    for section in tree.sections:
        total = total.plus(_curve(section, side))
    for part in tree.parts:
        curves = curves_of(part)
        total = total.plus((curves.high if side else curves.low).over(flat(_ZERO)))
    total = total.clamped(tree.low, tree.high)
    for gate in tree.gates:
        if isinstance(gate, Bands):
            curves = curves_of(gate)
            total = (curves.high if side else curves.low).over(total)
    return total


@singledispatch
def curves_of(part: Node) -> Curves:
    """What one part gives or takes, as curves. Raises TypeError for a choice between words."""
    raise TypeError(f"{type(part).__name__} is no function of a number")


@curves_of.register
def _(part: Bands) -> Curves:
    low, high = (tuple(Piece(band.interval, value(band)) for band in part.bands) for value in (_low, _high))
    return Curves(Curve(low), Curve(high))


def _low(band: Band) -> Fraction:
    return band.low


def _high(band: Band) -> Fraction:
    return band.high


@curves_of.register
def _(part: Share) -> Curves:
    line, points = part.line, part.points
    below, above = Interval(high=line), Interval(low=line, low_closed=True)
    reached = Piece(Interval(high=line, high_closed=True), points)
    if part.less == "X3":
        pieces = (reached, Piece(Interval(low=line), _ZERO, inverse=points * line))
    elif part.less == "X2":
        falling = Piece(Interval(line, False, 2 * line, False), 2 * points, -points / line)
        pieces = (
            reached,
            falling,
            Piece(Interval(low=2 * line, low_closed=True), _ZERO),
        )
    elif part.start:
        # 0 at the start and all at the line: the slope counts what lies between them.
        slope = points / (line * (1 - part.start))
        begin = line * part.start
        nothing, rising = Interval(high=begin), Interval(begin, True, line, False)
        pieces = (Piece(nothing, _ZERO), Piece(rising, -slope * begin, slope), Piece(above, points))
    else:
        pieces = (Piece(below, _ZERO, points / line), Piece(above, points))
    curve = Curve(pieces).within(part.over)
    return Curves(curve, curve)


@curves_of.register
def _(part: Formula) -> Curves:
    line = line_of(part.expression) if len(part.asked) == 1 else None
    if line is None:
        raise CurveError("the formula is no straight line of one number")
    curve = Curve((Piece(EVERYWHERE, *line),))
    return Curves(curve, curve)


@curves_of.register
def _(part: Steps) -> Curves:
    amounts = part.amounts or ()
    # A step of its own price each, then the last price for all that follow.
    reached = part.line
    curve = flat(_ZERO)
    for index, amount in enumerate(amounts):
        last = index == len(amounts) - 1
        curve = curve.plus(_steps(part, reached, amount, None if last else 1))
        reached += part.way * part.size
    if part.most is not None:
        curve = curve.clamped(-part.most, part.most)
    return Curves(curve, curve)


def _steps(part: Steps, origin: Fraction, amount: Fraction, most: int | None) -> Curve:
    """Steps of one price from `origin` on, at most `most` of them."""
    size = part.way * part.size
    closed = part.whole != "started"
    beyond = (
        Interval(low=origin, low_closed=closed) if part.way > 0 else Interval(high=origin, high_closed=closed)
    )
    if part.whole == "exact":
        piece = Piece(beyond, -amount * origin / size, amount / size)
    else:
        piece = Piece(beyond, _ZERO, stair=Stair(origin, size, amount, up=part.whole == "started"))
    curve = Curve((piece,)).over(flat(_ZERO, EVERYWHERE))
    if most is not None:
        bound = amount * most
        curve = curve.clamped(min(bound, _ZERO), max(bound, _ZERO))
    return curve
