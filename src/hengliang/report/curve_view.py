"""What of a score curve is shown: the stretch of numbers, the ticks, and every run and jump on it.

All coordinates are exact; pictures round them to pixels, the terminal to characters.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, log10
from typing import NamedTuple

from hengliang.criteria.curve import Curve, Interval, Piece, Stair
from hengliang.criteria.evaluate import Curves
from hengliang.criteria.variable import Kind, Variable, is_percent

_ZERO = Fraction(0)
_MOST_TREADS = 60
"""Steps beyond this number are drawn as the line they follow: they would be narrower than the pen."""
_BENDS = 24
"""Straight parts of which a bent line is made."""


class Point(NamedTuple):
    """A place in numbers and points."""

    x: Fraction
    y: Fraction


class Run(NamedTuple):
    """A line without a jump. An end is closed where it belongs to the line; None at the edge of the view.

    `is_stairs` for a line that stands for more steps than can be drawn.
    """

    points: tuple[Point, ...]
    start_closed: bool | None
    end_closed: bool | None
    is_stairs: bool = False


class View(NamedTuple):
    """The part of the plane that is shown."""

    left: Fraction
    right: Fraction
    bottom: Fraction
    top: Fraction
    x_ticks: tuple[Fraction, ...]
    y_ticks: tuple[Fraction, ...]
    low: tuple[Run, ...]
    high: tuple[Run, ...]
    """The same as `low` where nothing is open."""

    @property
    def is_exact(self) -> bool:
        """Whether there is one curve."""
        return self.low == self.high


def view_of(
    curves: Curves, variable: Variable, marked: Sequence[Fraction] = (), full: Fraction | None = None
) -> View:
    """The view on `curves` of `variable` in which all steps and the `marked` numbers near them are seen.

    It reaches up to the `full` marks at least.
    """
    edges = _edges(curves)
    left, right = _stretch(edges, variable, marked)
    # A little room is left of nothing, but no number is written there.
    is_cut = left < 0 <= min(marked, default=_ZERO) and _is_never_negative(variable, edges)
    first = _ZERO if is_cut else left
    low, high = runs(curves.low, left, right), runs(curves.high, left, right)
    heights = [point.y for run in (*low, *high) for point in run.points] or [_ZERO]
    bottom, top = min(_ZERO, *heights), max(_ZERO, full or _ZERO, *heights)
    if bottom == top:
        top = bottom + 1
    flats = {
        point.y for run in (*low, *high) for point in run.points if len(run.points) == 2 and not run.is_stairs
    }
    return View(
        left,
        right,
        bottom,
        top,
        _filled(_ticks(_seen(curves, low, high), first, right, 9), first, right, 9),
        _ticks(sorted({bottom, top, _ZERO, *flats}), bottom, top, 7),
        low,
        high,
    )


def _seen(curves: Curves, low: Sequence[Run], high: Sequence[Run]) -> list[Fraction]:
    """The numbers at which a line jumps or bends, and those from which steps are counted."""
    found = {
        piece.stair.origin for piece in (*curves.low.pieces, *curves.high.pieces) if piece.stair is not None
    }
    for lines in (low, high):
        found |= {other.points[0].x for one, other in pairwise(lines) if not _goes_on(one, other)}
    return sorted(found)


def _goes_on(one: Run, other: Run) -> bool:
    """Whether one line is the other's straight continuation."""
    return one.points[-1] == other.points[0] and _slope(one) == _slope(other)


def _slope(run: Run) -> Fraction | None:
    start, end = run.points[0], run.points[-1]
    return (end.y - start.y) / (end.x - start.x) if end.x != start.x else None


def _edges(curves: Curves) -> list[Fraction]:
    """The numbers at which something happens."""
    found: set[Fraction] = set()
    for piece in (*curves.low.pieces, *curves.high.pieces):
        interval, stair = piece.interval, piece.stair
        found |= {end for end in (interval.low, interval.high) if end is not None}
        if stair is None:
            continue
        if stair.origin in interval or stair.origin in (interval.low, interval.high):
            found.add(stair.origin)
        if interval.low is None or interval.high is None:
            # Steps without end: some of them show how it goes on.
            found |= {stair.origin, stair.origin + 6 * stair.size}
    return sorted(found)


NEVER_NEGATIVE = frozenset((Kind.RATE, Kind.RATIO, Kind.COUNT, Kind.DELAY))
"""What is asked by these is never below 0, so nothing is shown there."""


def _stretch(
    edges: Sequence[Fraction], variable: Variable, marked: Sequence[Fraction]
) -> tuple[Fraction, Fraction]:
    first, last = (edges[0], edges[-1]) if edges else (_ZERO, Fraction(100))
    wide = last - first or abs(first) / 5 or Fraction(2)
    near = [number for number in marked if first - 2 * wide <= number <= last + 2 * wide]
    left, right = min([first, *near]), max([last, *near])
    room = max(right - left, wide) * Fraction(3, 20)
    left, right = left - room, right + room
    if left < 0 and all(number >= 0 for number in near) and _is_never_negative(variable, edges):
        left = -min(room, right / 10) / 4 if right > 0 else left
    return left, right


def _is_never_negative(variable: Variable, edges: Sequence[Fraction]) -> bool:
    """Whether there is nothing below 0, or only the end of a staircase that nobody reaches."""
    if variable.kind in NEVER_NEGATIVE:
        return True
    return (
        not is_percent(variable.unit)
        and max(edges, default=_ZERO) > 0
        and sum(edge < 0 for edge in edges) <= 1
    )


def runs(curve: Curve, left: Fraction, right: Fraction) -> tuple[Run, ...]:
    """The lines of `curve` between two numbers."""
    inside = curve.within(Interval(left, True, right, True))
    return tuple(run for piece in inside.pieces for run in _runs(piece, left, right))


def _runs(piece: Piece, left: Fraction, right: Fraction) -> Iterator[Run]:
    low, high = piece.interval.low, piece.interval.high
    if low is None or high is None:
        return
    if piece.stair is None:
        yield _run(piece, piece.interval, left, right)
        return
    steps = abs((high - low) / piece.stair.size)
    if steps > _MOST_TREADS:
        near = abs(piece.stair.size) / 1000
        ends = (Point(low, piece.at(low + near)), Point(high, piece.at(high - near)))
        closed = [_closed(piece.interval, edge, left, right) for edge in (0, 1)]
        yield Run(ends, closed[0], closed[1], is_stairs=True)
        return
    for interval in _treads(piece.interval, piece.stair):
        yield _run(piece, interval, left, right)


def _treads(interval: Interval, stair: Stair) -> Iterator[Interval]:
    """The stretches of one step each, from the left to the right."""
    low, high = interval.low, interval.high
    if low is None or high is None:
        return
    size = abs(stair.size)
    # A step holds the end that is nearer to the origin, or the farther one where a begun step counts.
    holds_left = (stair.size > 0) != stair.up
    first = floor((low - stair.origin) / size)
    for count in range(first, ceil((high - stair.origin) / size) + 1):
        start = stair.origin + count * size
        tread = Interval(start, holds_left, start + size, not holds_left).meet(interval)
        if not tread.is_empty:
            yield tread


def _run(piece: Piece, interval: Interval, left: Fraction, right: Fraction) -> Run:
    low, high = interval.low or _ZERO, interval.high or _ZERO
    inside = (low + high) / 2
    level = piece.start + (piece.stair.rise * piece.stair.count(inside) if piece.stair is not None else 0)

    def at(x: Fraction) -> Point:
        return Point(x, piece.at(x) if piece.inverse else level + piece.slope * x)

    xs = [low, high]
    if piece.inverse:
        xs = [low + (high - low) * part / _BENDS for part in range(_BENDS + 1) if low + (high - low) * part]
    return Run(tuple(at(x) for x in xs), _closed(interval, 0, left, right), _closed(interval, 1, left, right))


def _closed(interval: Interval, end: int, left: Fraction, right: Fraction) -> bool | None:
    if end == 0:
        return None if interval.low == left else interval.low_closed
    return None if interval.high == right else interval.high_closed


def _ticks(wanted: Sequence[Fraction], first: Fraction, last: Fraction, most: int) -> tuple[Fraction, ...]:
    """The numbers at which something happens where they are few and apart, else round ones."""
    inside = [number for number in wanted if first <= number <= last]
    apart = (last - first) / (2 * most)
    kept: list[Fraction] = []
    for number in inside:
        if not kept or number - kept[-1] >= apart:
            kept.append(number)
    if kept and len(inside) <= most:
        return tuple(kept)
    return tuple(_round(first, last, most))


def _filled(ticks: tuple[Fraction, ...], first: Fraction, last: Fraction, most: int) -> tuple[Fraction, ...]:
    """Few ticks, and round ones between them that do not stand close to any."""
    if len(ticks) > 2:
        return ticks
    apart = (last - first) / most
    more = [each for each in _round(first, last, most) if all(abs(each - tick) >= apart for tick in ticks)]
    return tuple(sorted([*ticks, *more]))


def _round(first: Fraction, last: Fraction, most: int) -> Iterator[Fraction]:
    """Multiples of 1, 2 or 5 and a power of ten."""
    rough = (last - first) / most
    power = Fraction(10) ** floor(log10(rough))
    size = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    for count in range(ceil(first / size), floor(last / size) + 1):
        yield count * size
