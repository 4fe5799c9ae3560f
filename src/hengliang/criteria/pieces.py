"""The pieces of a curve: a straight line with one staircase at most, and how two of them are added or
bounded.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from hengliang.criteria.interval import Interval, hull, inside, lower, meets

_MOST_STEPS = 2000


class CurveError(ValueError):
    """A curve that cannot be: pieces that overlap, or steps without number."""


@dataclass(frozen=True, slots=True)
class Stair:
    """`rise` for every step of `size` away from `origin`; `up` counts begun steps, else only whole ones."""

    origin: Fraction
    size: Fraction
    rise: Fraction
    up: bool = False

    def __post_init__(self) -> None:
        if self.size == 0:
            raise CurveError("a step has no size")

    def count(self, number: Fraction) -> int:
        """How many steps `number` is away. A negative size counts towards smaller numbers."""
        steps = (number - self.origin) / self.size
        return ceil(steps) if self.up else floor(steps)


@dataclass(frozen=True, slots=True)
class Piece:
    """The function on one interval: `start` + `slope` × number + staircase, or `start` + `inverse` ÷ number.

    A piece with an inverse part lies on one side of 0 and has neither slope nor staircase.
    """

    interval: Interval
    start: Fraction
    slope: Fraction = Fraction(0)
    stair: Stair | None = None
    inverse: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        if self.inverse and (self.slope or self.stair is not None or Fraction(0) in self.interval):
            raise CurveError("an inverse part goes with nothing else")

    def at(self, number: Fraction) -> Fraction:
        """The value there."""
        if self.inverse:
            return self.start + self.inverse / number
        value = self.start + self.slope * number if self.slope else self.start
        return value if self.stair is None else value + self.stair.rise * self.stair.count(number)


def sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)


def sums(one: Sequence[Piece], other: Sequence[Piece]) -> Iterator[Piece]:
    """The sums of pieces where they meet. Raises CurveError when two staircases do not fit together."""
    for left in one:
        for right in other:
            interval = left.interval.meet(right.interval)
            if not interval.is_empty:
                yield from _added(left, right, interval)


def _added(left: Piece, right: Piece, interval: Interval) -> list[Piece]:
    start, slope = left.start + right.start, left.slope + right.slope
    if left.inverse or right.inverse:
        return [Piece(interval, start, slope, left.stair or right.stair, left.inverse + right.inverse)]
    if left.stair is None or right.stair is None:
        return [Piece(interval, start, slope, left.stair or right.stair)]
    one, two = left.stair, right.stair
    if (one.origin, one.size, one.up) == (two.origin, two.size, two.up):
        return [Piece(interval, start, slope, replace(one, rise=one.rise + two.rise))]
    steps = _treads(replace(right, interval=interval))
    return [
        Piece(tread.interval, left.start + tread.start, left.slope + tread.slope, left.stair)
        for tread in steps
    ]


def _treads(piece: Piece) -> list[Piece]:
    """A piece with a staircase, step by step. Raises CurveError when there are too many steps."""
    stair = piece.stair
    if stair is None:
        return [piece]
    low, high = piece.interval.low, piece.interval.high
    if low is None or high is None or abs(high - low) > _MOST_STEPS * abs(stair.size):
        raise CurveError("there are too many steps to write them out")
    ends = sorted((stair.count(low), stair.count(high)))
    treads = [
        Piece(_tread(stair, step).meet(piece.interval), piece.start + stair.rise * step, piece.slope)
        for step in range(ends[0] - 1, ends[1] + 2)
    ]
    kept = [tread for tread in treads if not tread.interval.is_empty]
    return kept if stair.size > 0 else kept[::-1]


def _tread(stair: Stair, step: int) -> Interval:
    """The numbers that are `step` steps away."""
    near, far = (
        stair.origin + stair.size * (step - stair.up),
        stair.origin + stair.size * (step + 1 - stair.up),
    )
    if stair.size > 0:
        return Interval(near, not stair.up, far, stair.up)
    return Interval(far, stair.up, near, not stair.up)


def reaches(piece: Piece, points: Fraction, side: int) -> bool:
    middle = inside(piece.interval)
    return (piece.at(middle) - points) * side >= 0


def split(piece: Piece, points: Fraction, side: int) -> list[Piece]:
    """The piece in parts, each of them all on `side` of `points` (or at it), or not at all."""
    if piece.stair is not None and piece.slope:
        return [part for tread in _treads(piece) for part in split(tread, points, side)]
    if piece.stair is not None:
        edge = _stair_edge(piece, points, side)
        return [piece] if edge is None else _cut(piece, edge)
    if piece.inverse:
        return _split_inverse(piece, points, side)
    if not piece.slope:
        return [piece]
    crossing = (points - piece.start) / piece.slope
    # The crossing itself belongs to the side asked for.
    reached = (
        Interval(low=crossing, low_closed=True)
        if piece.slope * side > 0
        else Interval(high=crossing, high_closed=True)
    )
    return _cut(piece, reached)


def _split_inverse(piece: Piece, points: Fraction, side: int) -> list[Piece]:
    if points == piece.start:
        return [piece]
    crossing = piece.inverse / (points - piece.start)
    left = Interval(high=crossing, high_closed=True)
    return _cut(piece, left if piece.inverse * side > 0 else Interval(low=crossing, low_closed=True))


def _stair_edge(piece: Piece, points: Fraction, side: int) -> Interval | None:
    """The half line on which the staircase has reached `points` on `side`."""
    stair = piece.stair
    if stair is None or not stair.rise:
        return None
    steps = (points - piece.start) / stair.rise
    if stair.rise * side > 0:
        first = _tread(stair, ceil(steps))
        if stair.size > 0:
            return Interval(low=first.low, low_closed=first.low_closed)
        return Interval(high=first.high, high_closed=first.high_closed)
    last = _tread(stair, floor(steps))
    if stair.size > 0:
        return Interval(high=last.high, high_closed=last.high_closed)
    return Interval(low=last.low, low_closed=last.low_closed)


def _cut(piece: Piece, interval: Interval) -> list[Piece]:
    parts = [interval, *interval.rest()]
    found = [replace(piece, interval=piece.interval.meet(part)) for part in parts]
    return sorted(
        (part for part in found if not part.interval.is_empty), key=lambda each: lower(each.interval)[0]
    )


def bounded(piece: Piece, bound: Fraction, side: int) -> list[Piece]:
    return [
        part if reaches(part, bound, side) else Piece(part.interval, bound)
        for part in split(piece, bound, side)
    ]


def joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbours that are one function made one piece."""
    last: Piece | None = None
    for piece in pieces:
        if last is not None and meets(last.interval, piece.interval) and _alike(last, piece):
            last = replace(last, interval=hull(last.interval, piece.interval))
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def _alike(one: Piece, other: Piece) -> bool:
    return (one.start, one.slope, one.stair, one.inverse) == (
        other.start,
        other.slope,
        other.stair,
        other.inverse,
    )


def is_flat(piece: Piece) -> bool:
    """Whether the piece lies on one tread of its staircase."""
    if piece.stair is None:
        return True
    middle = inside(piece.interval)
    tread = _tread(piece.stair, piece.stair.count(middle))
    return piece.interval.meet(tread) == piece.interval


def limit(piece: Piece, edge: Fraction, side: int) -> Fraction:
    """The value of the piece close to `edge`, on its right (1) or left (-1)."""
    if edge in piece.interval or piece.stair is None:
        return piece.at(edge)
    low, high = piece.interval.low, piece.interval.high
    width = (high - low) if low is not None and high is not None else abs(piece.stair.size)
    near = edge + side * min(abs(piece.stair.size), width) / 4
    return piece.at(near) + piece.slope * (edge - near)


def extreme(
    pieces: Sequence[Piece], choose: Callable[[list[Fraction]], Fraction], side: int
) -> Fraction | None:
    values: list[Fraction] = []
    for piece in pieces:
        low, high = piece.interval.low, piece.interval.high
        rise = piece.stair.rise * piece.stair.size if piece.stair is not None else Fraction(0)
        for end, way in ((low, -1), (high, 1)):
            if end is not None:
                values.append(limit(piece, end, -way))
            elif piece.inverse:
                values.append(piece.start)
            elif (piece.slope * way + rise * way) * side > 0:
                return None
        values.append(piece.at(inside(piece.interval)))
    return choose(values) if values else None
