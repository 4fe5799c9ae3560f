"""Stretches of numbers with open and closed ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction


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
        low, low_closed = max(lower(self), lower(other))[1:]
        high, high_closed = min(upper(self), upper(other))[1:]
        return Interval(low, not low_closed, high, high_closed)

    def rest(self) -> "tuple[Interval, ...]":
        """All numbers outside of it, from the left to the right."""
        left = Interval(high=self.low, high_closed=not self.low_closed) if self.low is not None else None
        right = Interval(low=self.high, low_closed=not self.high_closed) if self.high is not None else None
        return tuple(part for part in (left, right) if part is not None)


_End = tuple[tuple[int, Fraction, int], Fraction | None, bool]


def lower(interval: Interval) -> _End:
    if interval.low is None:
        return (-1, Fraction(0), 0), None, True
    return (0, interval.low, not interval.low_closed), interval.low, not interval.low_closed


def upper(interval: Interval) -> _End:
    if interval.high is None:
        return (1, Fraction(0), 0), None, False
    return (0, interval.high, interval.high_closed), interval.high, interval.high_closed


EVERYWHERE = Interval()


def inside(interval: Interval) -> Fraction:
    """Some number in the interval."""
    if interval.low is None and interval.high is None:
        return Fraction(0)
    if interval.low is None:
        return interval.high - 1 if interval.high is not None else Fraction(0)
    if interval.high is None:
        return interval.low + 1
    return (interval.low + interval.high) / 2


def meets(left: Interval, right: Interval) -> bool:
    return left.high is not None and left.high == right.low and (left.high_closed or right.low_closed)


def hull(left: Interval, right: Interval) -> Interval:
    return Interval(left.low, left.low_closed, right.high, right.high_closed)


def merged(intervals: Sequence[Interval]) -> Iterator[Interval]:
    last: Interval | None = None
    for interval in intervals:
        if last is not None and meets(last, interval):
            last = hull(last, interval)
            continue
        if last is not None:
            yield last
        last = interval
    if last is not None:
        yield last
