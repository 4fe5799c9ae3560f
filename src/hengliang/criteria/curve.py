"""The score curve: an exact piecewise function from one number to points, with steps, slopes and open ends.

All numbers are fractions; nothing is rounded here. A piece is a straight line plus one staircase at most, so
that 每降低0.1%扣0.01分 stays one piece and not a thousand.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Literal

_MOST_STEPS = 2000


class CurveError(ValueError):
    """A curve that cannot be: pieces that overlap, or steps without number."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of numbers; an end that is None is without limit."""

    low: Fraction | None = None
    low_closed: bool = False
    high: Fraction | None = None
    high_closed: bool = False

    def __contains__(self, number: Fraction) -> bool:
        if self.low is not None and (number < self.low or (number == self.low and not self.low_closed)):
            return False
        return self.high is None or number < self.high or (number == self.high and self.high_closed)

    @property
    def is_empty(self) -> bool:
        """Whether no number lies in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_closed and self.high_closed))

    def meet(self, other: "Interval") -> "Interval":
        """What lies in both."""
        low, low_closed = max(_lower(self), _lower(other))[1:]
        high, high_closed = min(_upper(self), _upper(other))[1:]
        return Interval(low, not low_closed, high, high_closed)

    def rest(self) -> "tuple[Interval, ...]":
        """All numbers outside of it, from the left to the right."""
        left = Interval(high=self.low, high_closed=not self.low_closed) if self.low is not None else None
        right = Interval(low=self.high, low_closed=not self.high_closed) if self.high is not None else None
        return tuple(part for part in (left, right) if part is not None)


_End = tuple[tuple[int, Fraction, int], Fraction | None, bool]


def _lower(interval: Interval) -> _End:
    if interval.low is None:
        return (-1, Fraction(0), 0), None, True
    return (0, interval.low, not interval.low_closed), interval.low, not interval.low_closed


def _upper(interval: Interval) -> _End:
    if interval.high is None:
        return (1, Fraction(0), 0), None, False
    return (0, interval.high, interval.high_closed), interval.high, interval.high_closed


EVERYWHERE = Interval()


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


@dataclass(frozen=True, slots=True)
class Curve:
    """Pieces from the left to the right that do not overlap; between them the function is not defined."""

    pieces: tuple[Piece, ...]

    def __post_init__(self) -> None:
        for left, right in zip(self.pieces, self.pieces[1:], strict=False):
            if not left.interval.meet(right.interval).is_empty or _lower(left.interval) > _lower(
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
        return Curve(tuple(_both(self, other, _sum)))

    def over(self, other: "Curve") -> "Curve":
        """This where it is defined, `other` elsewhere."""
        pieces = [*self.pieces]
        for piece in other.pieces:
            free = [piece.interval]
            for mine in self.pieces:
                free = [part.meet(rest) for part in free for rest in mine.interval.rest()]
                free = [part for part in free if not part.is_empty]
            pieces += [replace(piece, interval=part) for part in free]
        return Curve(tuple(sorted(pieces, key=lambda each: _lower(each.interval)[0])))

    def clamped(self, low: Fraction | None, high: Fraction | None) -> "Curve":
        """No value below `low` and none above `high`."""
        pieces = self.pieces
        if low is not None:
            pieces = tuple(part for piece in pieces for part in _bounded(piece, low, 1))
        if high is not None:
            pieces = tuple(part for piece in pieces for part in _bounded(piece, high, -1))
        return Curve(tuple(_joined(pieces)))

    @property
    def lowest(self) -> Fraction | None:
        """The least value on pieces that are flat or bounded; None when it falls without limit."""
        return _extreme(self.pieces, min, -1)

    @property
    def highest(self) -> Fraction | None:
        """The greatest value or limit of values; None when it rises without limit."""
        return _extreme(self.pieces, max, 1)

    def at_least(self, points: Fraction) -> tuple[Interval, ...]:
        """Where the value is `points` or more: what is needed for them."""
        found: list[Interval] = []
        for piece in self.pieces:
            found += [part.interval for part in _split(piece, points, 1) if _reaches(part, points, 1)]
        return tuple(_merged(found))

    def at_most(self, points: Fraction) -> tuple[Interval, ...]:
        """Where the value is `points` or less; the zero set for 0."""
        found: list[Interval] = []
        for piece in self.pieces:
            found += [part.interval for part in _split(piece, points, -1) if _reaches(part, points, -1)]
        return tuple(_merged(found))

    @property
    def direction(self) -> Literal["up", "down", "flat", "mixed"]:
        """Whether larger numbers earn more (`up`), less, always the same, or now this and now that."""
        ways = {way for way in self._ways() if way}
        if not ways:
            return "flat"
        return "mixed" if len(ways) > 1 else "up" if ways == {1} else "down"

    def _ways(self) -> Iterator[int]:
        for piece in self.pieces:
            yield _sign(piece.slope) or -_sign(piece.inverse)
            if piece.stair is not None and not _is_flat(piece):
                yield _sign(piece.stair.rise * piece.stair.size)
        yield from (_sign(jump) for _, jump in self.cliffs)

    @property
    def cliffs(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """Where neighbouring pieces do not meet, and by how much the value jumps there, going right."""
        found: list[tuple[Fraction, Fraction]] = []
        for left, right in zip(self.pieces, self.pieces[1:], strict=False):
            edge = left.interval.high
            if edge is not None and edge == right.interval.low:
                jump = _limit(right, edge, 1) - _limit(left, edge, -1)
                if jump:
                    found.append((edge, jump))
        return tuple(found)


def flat(value: Fraction, interval: Interval = EVERYWHERE) -> Curve:
    """The same value all over `interval`."""
    return Curve((Piece(interval, value),))


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)


def _both(one: Curve, other: Curve, make: Callable[[Piece, Piece, Interval], list[Piece]]) -> Iterator[Piece]:
    for left in one.pieces:
        for right in other.pieces:
            interval = left.interval.meet(right.interval)
            if not interval.is_empty:
                yield from make(left, right, interval)


def _sum(left: Piece, right: Piece, interval: Interval) -> list[Piece]:
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


def _reaches(piece: Piece, points: Fraction, side: int) -> bool:
    middle = _inside(piece.interval)
    return (piece.at(middle) - points) * side >= 0


def _inside(interval: Interval) -> Fraction:
    """Some number in the interval."""
    if interval.low is None and interval.high is None:
        return Fraction(0)
    if interval.low is None:
        return interval.high - 1 if interval.high is not None else Fraction(0)
    if interval.high is None:
        return interval.low + 1
    return (interval.low + interval.high) / 2


def _split(piece: Piece, points: Fraction, side: int) -> list[Piece]:
    """The piece in parts, each of them all on `side` of `points` (or at it), or not at all."""
    if piece.stair is not None and piece.slope:
        return [part for tread in _treads(piece) for part in _split(tread, points, side)]
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
        (part for part in found if not part.interval.is_empty), key=lambda each: _lower(each.interval)[0]
    )


def _bounded(piece: Piece, bound: Fraction, side: int) -> list[Piece]:
    return [
        part if _reaches(part, bound, side) else Piece(part.interval, bound)
        for part in _split(piece, bound, side)
    ]


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbours that are one function made one piece."""
    last: Piece | None = None
    for piece in pieces:
        if last is not None and _meets(last.interval, piece.interval) and _alike(last, piece):
            last = replace(last, interval=_hull(last.interval, piece.interval))
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


def _meets(left: Interval, right: Interval) -> bool:
    return left.high is not None and left.high == right.low and (left.high_closed or right.low_closed)


def _hull(left: Interval, right: Interval) -> Interval:
    return Interval(left.low, left.low_closed, right.high, right.high_closed)


def _merged(intervals: Sequence[Interval]) -> Iterator[Interval]:
    last: Interval | None = None
    for interval in intervals:
        if last is not None and _meets(last, interval):
            last = _hull(last, interval)
            continue
        if last is not None:
            yield last
        last = interval
    if last is not None:
        yield last


def _is_flat(piece: Piece) -> bool:
    """Whether the piece lies on one tread of its staircase."""
    if piece.stair is None:
        return True
    middle = _inside(piece.interval)
    tread = _tread(piece.stair, piece.stair.count(middle))
    return piece.interval.meet(tread) == piece.interval


def _limit(piece: Piece, edge: Fraction, side: int) -> Fraction:
    """The value of the piece close to `edge`, on its right (1) or left (-1)."""
    if edge in piece.interval or piece.stair is None:
        return piece.at(edge)
    low, high = piece.interval.low, piece.interval.high
    width = (high - low) if low is not None and high is not None else abs(piece.stair.size)
    near = edge + side * min(abs(piece.stair.size), width) / 4
    return piece.at(near) + piece.slope * (edge - near)


def _extreme(
    pieces: Sequence[Piece], choose: Callable[[list[Fraction]], Fraction], side: int
) -> Fraction | None:
    values: list[Fraction] = []
    for piece in pieces:
        low, high = piece.interval.low, piece.interval.high
        rise = piece.stair.rise * piece.stair.size if piece.stair is not None else Fraction(0)
        for end, way in ((low, -1), (high, 1)):
            if end is not None:
                values.append(_limit(piece, end, -way))
            elif piece.inverse:
                values.append(piece.start)
            elif (piece.slope * way + rise * way) * side > 0:
                return None
        values.append(piece.at(_inside(piece.interval)))
    return choose(values) if values else None
