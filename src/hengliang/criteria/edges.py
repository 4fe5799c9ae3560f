"""Lines about one number that touch or overlap are told apart: every number belongs to one of them."""

from dataclasses import replace
from fractions import Fraction

from hengliang.base.message import message
from hengliang.criteria.canonical import number
from hengliang.criteria.context import Context
from hengliang.criteria.curve import Interval
from hengliang.criteria.groups import Line
from hengliang.criteria.printed import Span
from hengliang.criteria.variable import is_percent


def told_apart(lines: list[Line], context: Context, unit: str) -> list[Line]:
    """The lines, of numbers in `unit`, without overlaps.

    The narrower of two nested ones decides, and a common edge goes to one of them.
    """
    found: list[Line] = []
    for line in lines:
        for index, other in enumerate(found):
            common = line.interval.meet(other.interval)
            if common.is_empty:
                continue
            if common.low == common.high and line.interval != common and other.interval != common:
                line, found[index] = _edge_given(line, other, context, unit)
            elif (line.then in ("add", "lose")) != (other.then in ("add", "lose")):
                raise context.unread(line.span, message("two conditions hold for the same numbers"))
            elif common == line.interval:
                found[index] = _without(other, line.interval, context)
            elif common == other.interval:
                line = _without(line, other.interval, context)
            else:
                raise context.unread(line.span, message("two conditions hold for the same numbers"))
        found.append(line)
    return found


def _without(line: Line, taken: Interval, context: Context) -> Line:
    rest = [part.meet(line.interval) for part in taken.rest()]
    rest = [part for part in rest if not part.is_empty]
    if len(rest) != 1:
        raise context.unread(line.span, message("two conditions hold for the same numbers"))
    return Line(rest[0], line.then, line.low, line.high, line.span, bare=line.bare)


def _edge_given(line: Line, other: Line, context: Context, unit: str) -> tuple[Line, Line]:
    """Gives the number at which two lines meet to one of them: to the one that claims it in so many words.

    Where both or neither do, the band that the reached target belongs to has it, and else the profile's.
    """
    above, below = (line, other) if position(line) > position(other) else (other, line)
    edge = above.interval.low or Fraction(0)
    upper_has_it = _upper_has(edge, above, below, context, unit, line.span)
    low, high = above.interval, below.interval
    if upper_has_it:
        below = replace(below, interval=replace(high, high_closed=False), loose_high=0)
    else:
        above = replace(above, interval=replace(low, low_closed=False), loose_low=0)
    return (above, below) if line is not other and position(line) > position(other) else (below, above)


def _upper_has(edge: Fraction, above: Line, below: Line, context: Context, unit: str, span: Span) -> bool:
    """Whether the upper of two bands has their common edge; the convention that says so is noted."""
    if above.loose_low != below.loose_high and 0 in (above.loose_low, below.loose_high):
        return not above.loose_low
    if context.both_in:
        raise context.unread(span, message("two conditions claim the same number"))
    same = unit == context.unit or (is_percent(unit) and is_percent(context.unit))
    if abs(above.loose_low - below.loose_high) > 1:
        # 以上 or 以内 against a range.
        upper = above.loose_low < below.loose_high
    elif same and edge == context.target and context.operator == "≤" and _better(below, above):
        upper = False
    else:
        upper = context.profile.text("criteria.band_edge") == "upper"
    if upper:
        context.assume(message("{edge} belongs to the upper of the two bands", edge=number(edge)))
    else:
        context.assume(message("{edge} belongs to the lower of the two bands", edge=number(edge)))
    return upper


def _better(one: Line, other: Line) -> bool:
    """Whether `one` surely gives more or takes less than `other`."""
    return _worth(one)[0] > _worth(other)[1]


def _worth(line: Line) -> tuple[Fraction, Fraction]:
    if line.then == "lose":
        return -line.high, -line.low
    return line.low, line.high


def position(line: Line) -> tuple[int, Fraction]:
    low = line.interval.low
    return (0, Fraction(0)) if low is None else (1, low)
