"""The score curve: an exact piecewise function from one number to points, with steps, slopes and open ends.

All numbers are fractions; nothing is rounded here. A piece is a straight line plus one staircase at most, so
that 每降低0.1%扣0.01分 stays one piece and not a thousand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from hengliang.criteria.interval import EVERYWHERE, Interval, lower, merged
from hengliang.criteria.pieces import (
    CurveError,
    Piece,
    Stair,
    bounded,
    extreme,
    is_flat,
    joined,
    limit,
    reaches,
    sign,
    split,
    sums,
)

__all__ = ["EVERYWHERE", "Curve", "CurveError", "Interval", "Piece", "Stair", "flat"]


@dataclass(frozen=True, slots=True)
class Curve:
    """Pieces from the left to the right that do not overlap; between them the function is not defined."""

    pieces: tuple[Piece, ...]

    def __post_init__(self) -> None:
        for left, right in zip(self.pieces, self.pieces[1:], strict=False):
            if not left.interval.meet(right.interval).is_empty or lower(left.interval) > lower(
                right.interval
            ):
                raise CurveError("two pieces of a curve overlap")

    def at(self, number: Fraction) -> Fraction | None:
        """The value at `number`, None where there is none."""
        return next((piece.at(number) for piece in self.pieces if number in piece.interval), None)

    def within(self, interval: Interval) -> "Curve":
        """The part of it over `interval`."""
        parts = (replace(piece, interval=piece.interval.meet(interval)) for piece in self.pieces)
        return Curve(tuple(part for part in parts if not part.interval.is_empty))

    def plus(self, other: "Curve") -> "Curve":
        """The sum, where both are defined. Raises CurveError when two staircases do not fit together."""
        return Curve(tuple(sums(self.pieces, other.pieces)))

    def over(self, other: "Curve") -> "Curve":
        """This where it is defined, `other` elsewhere."""
        pieces = [*self.pieces]
        for piece in other.pieces:
            free = [piece.interval]
            for mine in self.pieces:
                free = [part.meet(rest) for part in free for rest in mine.interval.rest()]
                free = [part for part in free if not part.is_empty]
            pieces += [replace(piece, interval=part) for part in free]
        return Curve(tuple(sorted(pieces, key=lambda each: lower(each.interval)[0])))

    def clamped(self, low: Fraction | None, high: Fraction | None) -> "Curve":
        """No value below `low` and none above `high`."""
        pieces = self.pieces
        if low is not None:
            pieces = tuple(part for piece in pieces for part in bounded(piece, low, 1))
        if high is not None:
            pieces = tuple(part for piece in pieces for part in bounded(piece, high, -1))
        return Curve(tuple(joined(pieces)))

    @property
    def lowest(self) -> Fraction | None:
        """The least value on pieces that are flat or bounded; None when it falls without limit."""
        return extreme(self.pieces, min, -1)

    @property
    def highest(self) -> Fraction | None:
        """The greatest value or limit of values; None when it rises without limit."""
        return extreme(self.pieces, max, 1)

    def at_least(self, points: Fraction) -> tuple[Interval, ...]:
        """Where the value is `points` or more: what is needed for them."""
        found: list[Interval] = []
        for piece in self.pieces:
            found += [part.interval for part in split(piece, points, 1) if reaches(part, points, 1)]
        return tuple(merged(found))

    def at_most(self, points: Fraction) -> tuple[Interval, ...]:
        """Where the value is `points` or less; the zero set for 0."""
        found: list[Interval] = []
        for piece in self.pieces:
            found += [part.interval for part in split(piece, points, -1) if reaches(part, points, -1)]
        return tuple(merged(found))

    @property
    def direction(self) -> Literal["up", "down", "flat", "mixed"]:
        """Whether larger numbers earn more (`up`), less, always the same, or now this and now that."""
        ways = {way for way in self._ways() if way}
        if not ways:
            return "flat"
        return "mixed" if len(ways) > 1 else "up" if ways == {1} else "down"

    def _ways(self) -> Iterator[int]:
        for piece in self.pieces:
            yield sign(piece.slope) or -sign(piece.inverse)
            if piece.stair is not None and not is_flat(piece):
                yield sign(piece.stair.rise * piece.stair.size)
        yield from (sign(jump) for _, jump in self.cliffs)

    @property
    def cliffs(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """Where neighbouring pieces do not meet, and by how much the value jumps there, going right."""
        found: list[tuple[Fraction, Fraction]] = []
        for left, right in zip(self.pieces, self.pieces[1:], strict=False):
            edge = left.interval.high
            if edge is not None and edge == right.interval.low:
                jump = limit(right, edge, 1) - limit(left, edge, -1)
                if jump:
                    found.append((edge, jump))
        return tuple(found)


def flat(value: Fraction, interval: Interval = EVERYWHERE) -> Curve:
    """The same value all over `interval`."""
    return Curve((Piece(interval, value),))
