"""A group of clauses about one number becomes parts of the tree: tiers, steps and proportions."""

from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise

from hengliang.base.message import message
from hengliang.base.unit import Dimension
from hengliang.criteria.canonical import number
from hengliang.criteria.context import Context
from hengliang.criteria.curve import Interval
from hengliang.criteria.edges import position, told_apart
from hengliang.criteria.groups import Group, Line
from hengliang.criteria.nodes import Band, Bands, Gate, Part, Share, Steps
from hengliang.criteria.printed import Span
from hengliang.criteria.variable import Kind, dimension_of, is_percent


@dataclass(slots=True)
class Pieces:
    """What clauses come to: parts that add up, gates above them, and what they start from.

    `level` is the most that parts which give points (and take none away) can give; None when there are none.
    `anchor` are the full marks that deductions start from, where the sentence names them.
    """

    parts: list[Part] = field(default_factory=list[Part])
    gates: list[Bands | Gate] = field(default_factory=list[Bands | Gate])
    level: Fraction | None = None
    anchor: Fraction | None = None
    above: Fraction | None = None
    """The most that a gate gives."""
    loses: bool = False
    adds: bool = False
    gives: bool = False
    """Steps that give points, from nothing upwards."""


def pieces_of(group: Group, context: Context, full: Fraction) -> Pieces:
    """The parts that a group comes to. Raises UnreadError where its clauses do not fit together."""
    lines = told_apart(group.lines, context, group.variable.unit)
    zeros = [line for line in lines if line.then == "zero"]
    gains = [line for line in lines if line.then in ("points", "full")]
    losses = [_of_some(line, lines, context) for line in lines if line.then in ("lose", "none")]
    if group.steps and not any(line.then == "lose" for line in losses):
        losses = []
    adds = [line for line in lines if line.then == "add"]
    found = Pieces()
    lose_steps = [step for step in group.steps if step.amounts is None or step.amounts[0] < 0]
    add_steps = [step for step in group.steps if step not in lose_steps]
    found.parts += [step if step.amounts is not None else _unknown(step, full) for step in group.steps]
    found.loses = bool(lose_steps or any(line.high for line in losses))
    found.adds = bool(adds)
    span = group.spans[0]
    if len(lose_steps) > 1 and len({(step.variable, step.way) for step in lose_steps}) < len(lose_steps):
        raise context.unread(span, message("two kinds of steps lie over the same numbers"))
    if adds:
        found.parts.append(Bands(group.variable, _spans(adds), _changes(adds, 1)))
    if add_steps:
        found.adds = found.adds or bool(gains or lose_steps or group.share or not group.is_gap)
        found.gives = not found.adds
    if group.share is not None:
        return _with_share(group, found, gains, zeros, losses, context, full)
    if lose_steps:
        return _with_steps(group, found, gains, zeros, losses, context)
    if gains:
        level = _levels(group, [*gains, *zeros], losses, context, full)
        found.parts.append(Bands(group.variable, group.spans, level))
        found.level = max(band.high for band in level)
        found.loses = False
        return found
    if losses:
        found.parts.append(
            Bands(
                group.variable, _spans(losses), (*_changes(losses, -1), *_worse(losses, zeros, context, full))
            )
        )
    found.gates += [
        Bands(group.variable, (line.span,), (Band(line.interval, line.low, line.high),)) for line in zeros
    ]
    if group.otherwise is not None:
        raise context.unread(
            group.otherwise.span, message("it is not certain what this is the other case of")
        )
    return found


def _of_some(line: Line, lines: list[Line], context: Context) -> Line:
    """3人以内扣1分，3人以上扣2分: what grows worse with the number costs nothing at 0."""
    high = line.interval.high
    if line.then != "lose" or line.interval.low is not None or high is None or high <= 0:
        return line
    worse = [
        other
        for other in lines
        if other.interval.low is not None
        and other.interval.low >= high
        and (other.then == "zero" or (other.then == "lose" and other.low > line.high))
    ]
    if not worse or Fraction(0) not in line.interval:
        return line
    context.assume(message("where there is nothing of it nothing is deducted"))
    return replace(line, interval=replace(line.interval, low=Fraction(0), low_closed=False))


def _unknown(step: Steps, full: Fraction) -> Bands:
    """Steps whose amount is cut off: beyond the line anything may be lost."""
    beyond = Interval(low=step.line) if step.way > 0 else Interval(high=step.line)
    return Bands(step.variable, step.spans, (Band(beyond, -full, Fraction(0)),))


def _spans(lines: list[Line]) -> tuple[Span, ...]:
    return tuple(line.span for line in lines)


def _with_share(
    group: Group,
    found: Pieces,
    gains: list[Line],
    zeros: list[Line],
    losses: list[Line],
    context: Context,
    full: Fraction,
) -> Pieces:
    if (
        len(gains) > 1
        or losses
        or group.otherwise
        or any(step.amounts and step.amounts[0] < 0 for step in group.steps)
    ):
        raise context.unread(
            group.share or group.spans[0], message("it is not certain on which numbers the proportion holds")
        )
    if group.over is not None:
        _check_over(group, group.over, gains, zeros, context)
    points, line, less = full, _share_line(group, context), ""
    if gains:
        gain = gains[0]
        points = gain.high
        low, high = gain.interval.low, gain.interval.high
        if low is None and high is not None:
            line, less = high, context.profile.text("criteria.reverse")
        elif low is not None:
            line = low
    elif context.operator in ("≤", "<") and group.variable.kind is Kind.VALUE:
        less = context.profile.text("criteria.reverse")
    if line <= 0 or points <= 0:
        raise context.unread(
            group.share or group.spans[0], message("there is no line above 0 to be in proportion to")
        )
    if less:
        if less == "X2":
            context.assume(
                message(
                    "in proportion, less is better: nothing is left at the double of the line (method X2)"
                )
            )
        else:
            context.assume(
                message("in proportion, less is better: the line is divided by the value (method X3)")
            )
    found.parts.append(
        Share(
            group.variable,
            group.spans,
            line=line,
            points=points,
            less="X3" if less == "X3" else "X2" if less else "",
        )
    )
    found.gates += [
        Bands(group.variable, (zero.span,), (Band(zero.interval, zero.low, zero.high),)) for zero in zeros
    ]
    found.level = points
    return found


def _check_over(group: Group, over: Interval, gains: list[Line], zeros: list[Line], context: Context) -> None:
    """低于60%不得分，60%-100%按比例得分: the stretch must lie between nothing and all, and be one of all."""
    unclear = context.unread(
        group.share or group.spans[0], message("it is not certain what the proportion is one of")
    )
    whole = {Fraction(100), context.target} if is_percent(group.variable.unit) else {context.target}
    top = gains[0].interval.low if gains else over.high
    below = any(zero.interval.low is None and zero.interval.high == over.low for zero in zeros)
    if len(gains) > 1 or not below or len(zeros) > 1 or context.operator in ("≤", "<"):
        raise unclear
    if (top is not None and (top not in whole or (top != 100 and is_percent(group.variable.unit)))) or (
        gains and over.high not in (None, top)
    ):
        raise unclear
    if not gains and over.high is None and _share_line(group, context) not in whole:
        raise unclear
    zero = zeros[0]
    if (
        zero.loose_high
        and zero.interval.high is not None
        and context.profile.text("criteria.band_edge") == "upper"
    ):
        context.assume(
            message("{edge} belongs to the upper of the two bands", edge=number(zero.interval.high))
        )
        zero.interval = Interval(high=zero.interval.high)


def _share_line(group: Group, context: Context) -> Fraction:
    if group.variable.kind is Kind.VALUE and context.target is not None:
        return context.target
    return Fraction(100)


def _with_steps(
    group: Group, found: Pieces, gains: list[Line], zeros: list[Line], losses: list[Line], context: Context
) -> Pieces:
    """Full marks at the line, and steps away from it."""
    step = next(step for step in group.steps if step.amounts is None or step.amounts[0] < 0)
    if len(gains) > 1 or losses or group.otherwise:
        raise context.unread(group.spans[0], message("it is not certain how tiers and steps go together"))
    if gains:
        gain = gains[0]
        edge = gain.interval.low if step.way < 0 else gain.interval.high
        if edge != step.line and not (gain.bare and gain.interval.low == step.line):
            raise context.unread(gain.span, message("the steps do not begin where the points are given"))
        found.anchor = gain.high
    found.gates += [
        Bands(group.variable, (zero.span,), (Band(zero.interval, zero.low, zero.high),)) for zero in zeros
    ]
    return found


def _changes(lines: list[Line], sign: int) -> tuple[Band, ...]:
    return tuple(
        Band(line.interval, *sorted((sign * line.low, sign * line.high)))
        for line in sorted(lines, key=position)
    )


def _worse(losses: list[Line], zeros: list[Line], context: Context, full: Fraction) -> list[Band]:
    """1次扣1分，2次扣3分: what 3 times cost is not printed, and no less than 2."""
    lines = sorted(losses, key=position)
    last = lines[-1].interval
    rising = len(lines) > 1 and all(one.high < other.low for one, other in pairwise(lines))
    if not rising or last.low is None or last.low != last.high:
        return []
    if any(zero.interval.high is None for zero in zeros) or lines[-1].low >= full:
        return []
    context.open.append((message("not all values have points in the sentence"), lines[-1].span))
    return [Band(Interval(low=last.low), -full, -lines[-1].high)]


def _levels(
    group: Group, lines: list[Line], losses: list[Line], context: Context, full: Fraction
) -> tuple[Band, ...]:
    """Tiers that give points, with what the sentence leaves out made explicit."""
    top = max(line.high for line in lines)
    bands = [Band(line.interval, line.low, line.high) for line in sorted(lines, key=position)]
    bands += [
        Band(line.interval, max(Fraction(0), top - line.high), max(Fraction(0), top - line.low))
        for line in losses
    ]
    _reached_by_more(bands, full)
    bands += _between_counts(group, bands)
    gaps = [gap for gap in _gaps([band.interval for band in bands]) if _counts(gap, group, lines)]
    if group.otherwise is not None:
        other = group.otherwise
        value = (
            (other.low, other.high)
            if other.then != "lose"
            else (max(Fraction(0), top - other.high), max(Fraction(0), top - other.low))
        )
        bands += [Band(gap, *value) for gap in gaps]
    elif gaps and _none_done(group, gaps, bands):
        context.assume(message("what the sentence does not name earns nothing"))
        bands += [Band(gap, Fraction(0), Fraction(0)) for gap in gaps]
    elif gaps:
        for gap in gaps:
            bands.append(Band(gap, Fraction(0), full))
        context.open.append((message("not all values have points in the sentence"), group.spans[0]))
    return tuple(sorted(bands, key=_band_position))


def _between_counts(group: Group, bands: list[Band]) -> list[Band]:
    """8-9次得4分，5-7次得2分: there is nothing between 7 and 8 times; its points are those beside it."""
    if dimension_of(group.variable.unit) is not Dimension.COUNT or group.variable.unit[:1] in "百千万亿":
        return []
    bands.sort(key=_band_position)
    found: list[Band] = []
    for one, other in pairwise(bands):
        low, high = one.interval.high, other.interval.low
        if low is None or high is None or high != low + 1 or high.denominator > 1:
            continue
        if one.interval.high_closed and other.interval.low_closed:
            found.append(
                Band(Interval(low, False, high, False), min(one.low, other.low), max(one.high, other.high))
            )
    return found


def _reached_by_more(bands: list[Band], full: Fraction) -> None:
    """完成1个得2分，完成2个得4分: where more is better, and 2 is worth all, 3 is as well."""
    bands.sort(key=_band_position)
    last = bands[-1]
    number = last.interval.low
    rising = len(bands) > 1 and all(one.high < other.low for one, other in pairwise(bands))
    if rising and number is not None and number == last.interval.high and last.low == full:
        bands[-1] = replace(last, interval=Interval(number, True))


def _none_done(group: Group, gaps: list[Interval], bands: list[Band]) -> bool:
    """完成1个得2分，完成2个得4分: nothing done earns nothing, and there is no number between 1 and 2."""
    unit = group.variable.unit
    if dimension_of(unit) is not Dimension.COUNT or min(band.interval.low or 0 for band in bands) != 1:
        return False
    rising = [band.low for band in sorted(bands, key=_band_position)]
    between = [gap for gap in gaps if gap.low is not None]
    whole = all(gap.high is not None and gap.low is not None and gap.high - gap.low <= 1 for gap in between)
    return whole and rising == sorted(rising) and rising[0] >= 0


def _band_position(band: Band) -> tuple[bool, Fraction, bool]:
    low = band.interval.low
    return (low is not None, low if low is not None else Fraction(0), not band.interval.low_closed)


def _gaps(intervals: list[Interval]) -> list[Interval]:
    free = [Interval()]
    for interval in intervals:
        free = [part.meet(rest) for part in free for rest in interval.rest()]
        free = [part for part in free if not part.is_empty]
    return free


def _counts(gap: Interval, group: Group, lines: list[Line]) -> bool:
    """Whether numbers of the gap can occur: no rate, count or delay lies below 0."""
    if group.variable.kind is Kind.VALUE and any(
        line.interval.low is not None and line.interval.low < 0 for line in lines
    ):
        return True
    return gap.high is None or gap.high > 0
