"""A tree made ready to score many records: whole numbers in place of fractions, nothing built twice.

`Compiled.score` gives what `evaluate.outcome` gives, to the last digit (a property test holds the two
together), with the effect of every part beside it, and says the reason in words when it is asked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from hengliang.criteria.curve import Curve, Piece
from hengliang.criteria.evaluate import Effect, Fact, Outcome, bounded, curves_of
from hengliang.criteria.explain import Step, steps_of
from hengliang.criteria.nodes import OTHER, Choice, Criterion, Formula, Gate, Node

Given = int | Decimal | Fraction | str
"""A fact as records hold it: a number, or one of the words of a choice."""

_Pair = tuple[int, int]
"""Points, least and most; or a number as numerator and denominator."""


class Scored(NamedTuple):
    """The points of one record, rounded once half up, and what every part did to them.

    `effects` are points in 1 ÷ `scale`, least and most, in the order of gates and then parts; None for a gate
    that stayed open. A gate that closed is the last one: it decides.
    """

    low: Decimal
    high: Decimal
    effects: tuple[_Pair | None, ...]
    scale: int
    facts: tuple[Given, ...]
    tree: Criterion

    @property
    def outcome(self) -> Outcome:
        """The same as `evaluate.outcome` gives it."""
        tree = self.tree
        facts = dict(zip(tree.variables, map(_fact, self.facts), strict=True))
        nodes: tuple[Node, ...] = (*tree.gates, *tree.parts)
        effects = [
            Effect(
                node, facts[node.variable], Fraction(points[0], self.scale), Fraction(points[1], self.scale)
            )
            for node, points in zip(nodes, self.effects, strict=False)
            if points is not None
        ]
        if len(self.effects) <= len(tree.gates) and effects:
            last = replace(effects[-1], decides=True)
            return Outcome(last.low, last.high, tree.base, (last,))
        passed = tuple(Effect(gate, facts[gate.variable], Fraction(0), Fraction(0)) for gate in tree.gates)
        low = tree.base + sum((effect.low for effect in effects), Fraction(0))
        high = tree.base + sum((effect.high for effect in effects), Fraction(0))
        return bounded(tree, low, high, tree.base, tuple(effects), passed)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The reason in words."""
        return steps_of(self.outcome)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A tree made ready by `compiled`. All points are whole numbers of 1 ÷ `scale`."""

    tree: Criterion
    scale: int
    base: int
    low: int | None
    high: int | None
    gates: tuple["tuple[int, _Entry]", ...]
    parts: tuple["tuple[int, _Entry]", ...]

    def score(self, facts: Sequence[Given]) -> Scored:
        """The points for facts in the order of `tree.variables`.

        Raises KeyError for a word that the sentence does not know.
        """
        numbers = [(0, 1) if isinstance(fact, str) else fact.as_integer_ratio() for fact in facts]
        by = numbers[0][1] if len(numbers) == 1 else lcm(*(denominator for _, denominator in numbers))
        scale = self.scale * by
        effects: list[_Pair | None] = []
        for at, gate in self.gates:
            points = gate.at(facts[at], numbers[at], by)
            effects.append(points)
            if points is not None:
                return self._scored(points[0], points[1], effects, scale, facts)
        low = high = self.base * by
        for at, part in self.parts:
            points = part.at(facts[at], numbers[at], by) or (0, 0)
            effects.append(points)
            low += points[0]
            high += points[1]
        floor = min(low, high) if self.low is None else self.low * by
        cap = max(low, high, floor) if self.high is None else self.high * by
        return self._scored(min(max(low, floor), cap), min(max(high, floor), cap), effects, scale, facts)

    def _scored(
        self, low: int, high: int, effects: list[_Pair | None], scale: int, facts: Sequence[Given]
    ) -> Scored:
        least = _rounded(low, scale)
        most = least if low == high else _rounded(high, scale)
        return Scored(least, most, tuple(effects), scale, tuple(facts), self.tree)


def compiled(tree: Criterion) -> Compiled | None:
    """The tree made ready; None for one of several sections, with a formula, or with a proportion turned
    upside down.
    """
    nodes: tuple[Node, ...] = (*tree.gates, *tree.parts)
    if any(isinstance(node, Formula) for node in nodes):
        return None
    curves = {id(node): curves_of(node) for node in nodes if node.variable.is_number}
    pieces = [piece for pair in curves.values() for curve in (pair.low, pair.high) for piece in curve.pieces]
    if tree.sections or any(piece.inverse for piece in pieces):
        return None
    scale = lcm(*(number.denominator for number in (*_figures(tree), *_piece_figures(pieces))))
    variables = tree.variables

    def entry(node: Node) -> "tuple[int, _Entry]":
        at = variables.index(node.variable)
        if isinstance(node, Choice | Gate):
            words = {
                option.label: (_whole(option.low, scale), _whole(option.high, scale))
                for option in node.options
            }
            return at, _Words(words, isinstance(node, Choice))
        pair = curves[id(node)]
        low = _ready(pair.low, scale)
        return at, _Pieces(low, low if pair.is_exact else _ready(pair.high, scale))

    return Compiled(
        tree, scale, _whole(tree.base, scale),
        None if tree.low is None else _whole(tree.low, scale),
        None if tree.high is None else _whole(tree.high, scale),
        tuple(map(entry, tree.gates)), tuple(map(entry, tree.parts)),
    )  # fmt: skip


class _Words(NamedTuple):
    """A choice or a gate between words."""

    points: dict[str, _Pair]
    is_choice: bool

    def at(self, fact: Given, number: _Pair, by: int) -> _Pair | None:
        del number
        points = self.points.get(str(fact))
        if points is None:
            if not self.is_choice:
                return None
            points = self.points[OTHER]
        return points[0] * by, points[1] * by


class _Ready(NamedTuple):
    """A piece of a curve in whole numbers; ends, origin and size of steps as numerator and denominator."""

    low: _Pair | None
    low_closed: bool
    high: _Pair | None
    high_closed: bool
    start: int
    slope: int
    rise: int
    origin: _Pair
    size: _Pair
    up: bool


class _Pieces(NamedTuple):
    """A part that asks for a number."""

    low: tuple[_Ready, ...]
    high: tuple[_Ready, ...]

    def at(self, fact: Given, number: _Pair, by: int) -> _Pair | None:
        del fact
        low = _value(self.low, number, by)
        if low is None:
            return None
        if self.high is self.low:
            return low, low
        high = _value(self.high, number, by)
        return low, low if high is None else high


_Entry = _Words | _Pieces


def _value(pieces: tuple[_Ready, ...], number: _Pair, by: int) -> int | None:
    """The value at numerator ÷ denominator in 1 ÷ (scale × by); the denominator divides `by`."""
    n, d = number
    for low, low_closed, high, high_closed, start, slope, rise, origin, size, up in pieces:
        if low is not None:
            beyond = n * low[1] - low[0] * d
            if beyond < 0 or (beyond == 0 and not low_closed):
                continue
        if high is not None:
            beyond = n * high[1] - high[0] * d
            if beyond > 0 or (beyond == 0 and not high_closed):
                continue
        value = start * by
        if slope:
            value += slope * n * (by // d)
        if rise:
            # (n/d - o/p) ÷ (s/q), counted in whole steps
            above = (n * origin[1] - origin[0] * d) * size[1]
            below = d * origin[1] * size[0]
            value += rise * by * (-(-above // below) if up else above // below)
        return value
    return None


def _ready(curve: Curve, scale: int) -> tuple[_Ready, ...]:
    return tuple(_piece(piece, scale) for piece in curve.pieces)


def _piece(piece: Piece, scale: int) -> _Ready:
    interval, stair = piece.interval, piece.stair
    return _Ready(
        None if interval.low is None else interval.low.as_integer_ratio(), interval.low_closed,
        None if interval.high is None else interval.high.as_integer_ratio(), interval.high_closed,
        _whole(piece.start, scale), _whole(piece.slope, scale),
        0 if stair is None else _whole(stair.rise, scale),
        (0, 1) if stair is None else stair.origin.as_integer_ratio(),
        (1, 1) if stair is None else stair.size.as_integer_ratio(),
        stair is not None and stair.up,
    )  # fmt: skip


def _figures(tree: Criterion) -> Iterable[Fraction]:
    yield tree.base
    yield from (number for number in (tree.low, tree.high) if number is not None)
    for node in (*tree.parts, *tree.gates):
        if isinstance(node, Choice | Gate):
            for option in node.options:
                yield from (option.low, option.high)


def _piece_figures(pieces: Iterable[Piece]) -> Iterable[Fraction]:
    for piece in pieces:
        yield from (piece.start, piece.slope)
        if piece.stair is not None:
            yield piece.stair.rise


def _whole(number: Fraction, scale: int) -> int:
    return number.numerator * (scale // number.denominator)


_HUNDREDTHS = [Decimal(count).scaleb(-2) for count in range(10_001)]


def _rounded(points: int, scale: int) -> Decimal:
    """Points in 1 ÷ `scale` as a decimal of two places, half up, away from zero."""
    count = (200 * abs(points) + scale) // (2 * scale)
    if points < 0:
        return Decimal(-count).scaleb(-2)
    return _HUNDREDTHS[count] if count <= 10_000 else Decimal(count).scaleb(-2)


def _fact(given: Given) -> Fact:
    return given if isinstance(given, str) else Fraction(given)
