"""What a reading gives, row by row: stretches of one number, or words, each with its points.

Where the whole sentence depends on one number, the rows are the pieces of its curve. Otherwise each part
has its own rows, which say what it gives or takes by itself.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, NamedTuple

from hengliang.base.message import Message, message
from hengliang.base.unit import exact_decimal
from hengliang.criteria.canonical import number
from hengliang.criteria.curve import Curve, Interval, Piece, Stair
from hengliang.criteria.evaluate import Curves, curves_of
from hengliang.criteria.expression import line_of
from hengliang.criteria.nodes import NO, OTHER, YES, Choice, Criterion, Formula, Gate
from hengliang.criteria.read import CriterionReading
from hengliang.criteria.variable import Kind, Variable, is_percent

Role = Literal["score", "adds", "decides"]
"""Whether a row is the score itself, one of several amounts that add up, or decides alone (a gate)."""


class Row(NamedTuple):
    """Points on one stretch of numbers or for one word.

    `low` and `high` are pieces of the curves of the least and the most points; one and the same where nothing
    is open. For a word they are flat.
    """

    variable: Variable
    role: Role
    where: Interval | str
    low: Piece
    high: Piece


def rows_of(reading: CriterionReading) -> tuple[Row, ...]:
    """The rows of a reading; none where nothing was read."""
    if reading.tree is None:
        return ()
    curves = reading.curves
    if curves is not None:
        return tuple(_of_curves(reading.tree.variables[0], "score", curves))
    return tuple(_of_parts(reading.tree))


def starts_from(reading: CriterionReading) -> Fraction:
    """The points from which the rows with the role `adds` or `decides` start; 0 where rows are the score."""
    if reading.tree is None or all(row.role == "score" for row in rows_of(reading)):
        return Fraction(0)
    return _base(reading.tree)


def _base(tree: Criterion) -> Fraction:
    return tree.base + sum((_base(section) for section in tree.sections), Fraction(0))


def _of_parts(tree: Criterion) -> Iterator[Row]:
    for section in tree.sections:
        yield from _of_parts(section)
    gate = tree.gates[0] if len(tree.gates) == 1 and not tree.parts else None
    if isinstance(gate, Gate) and gate.variable.kind is Kind.MET and len(gate.options) == 1:
        closed = gate.options[0]
        other = YES if closed.label == NO else NO
        yield _of_word(gate.variable, "score", other, tree.base, tree.base)
        yield _of_word(gate.variable, "score", closed.label, closed.low, closed.high)
        return
    alone = len(tree.parts) == 1 and not tree.gates and not tree.base
    for part in tree.parts:
        role: Role = "score" if alone else "adds"
        if isinstance(part, Choice):
            yield from (
                _of_word(part.variable, role, each.label, each.low, each.high) for each in part.options
            )
        elif not isinstance(part, Formula) or (len(part.asked) == 1 and line_of(part.expression)):
            # A formula over several quantities has no stretches of one of them; its text says it.
            yield from _of_curves(part.variable, role, curves_of(part))
    for gate in tree.gates:
        if isinstance(gate, Gate):
            yield from (
                _of_word(gate.variable, "decides", each.label, each.low, each.high) for each in gate.options
            )
        else:
            yield from _of_curves(gate.variable, "decides", curves_of(gate))


def _of_word(variable: Variable, role: Role, label: str, low: Fraction, high: Fraction) -> Row:
    return Row(variable, role, label, Piece(Interval(), low), Piece(Interval(), high))


def _of_curves(variable: Variable, role: Role, curves: Curves) -> Iterator[Row]:
    for interval, low, high in _together(curves.low, curves.high):
        yield Row(variable, role, interval, low, high)


def _together(low: Curve, high: Curve) -> Iterator[tuple[Interval, Piece, Piece]]:
    """The stretches on which both curves are one piece, from the left to the right."""
    for one in low.pieces:
        for other in high.pieces:
            interval = one.interval.meet(other.interval)
            if not interval.is_empty:
                yield interval, one, other


def where_said(row: Row) -> Message:
    """The stretch or word of a row: `≥ 80 and < 90 %`, `yes`, 蓝灯."""
    return stretch_said(row.variable, row.where)


def stretch_said(variable: Variable, where: Interval | str) -> Message:
    """A stretch of numbers, or a word, of what `variable` asks."""
    if isinstance(where, str):
        return word_said(variable, where)
    unit = unit_said(variable.unit)
    if where.low is not None and where.low == where.high:
        return message("= {number}{unit}", number=number(where.low), unit=unit)
    least = f"{'≥' if where.low_closed else '>'} {number(where.low)}" if where.low is not None else ""
    most = f"{'≤' if where.high_closed else '<'} {number(where.high)}" if where.high is not None else ""
    if least and most:
        return message("{least} and {most}{unit}", least=least, most=most, unit=unit)
    if least or most:
        return message("{edge}{unit}", edge=least or most, unit=unit)
    return message("any number")


def unit_said(unit: str) -> str:
    """A unit behind a number: percentage points are written as %, Latin words stand apart."""
    if is_percent(unit):
        return "%"
    return f" {unit}" if unit[:1].isascii() and unit else unit


def word_said(variable: Variable, label: str) -> Message:
    """A word of a choice as it is shown: for yes and no, what is so."""
    if label == OTHER:
        return message("anything else")
    if variable.kind is Kind.MET and label in (YES, NO):
        if (label == YES) != variable.event:
            return message("“{name}” is so", name=variable.name)
        return message("“{name}” is not so", name=variable.name)
    return message("{word}", word=label)


def points_said(row: Row) -> Message:
    """The points of a row in words: a number, a slope, a staircase, or the least and the most."""
    least = _function_said(row.low, row.variable)
    if is_same(row.low, row.high):
        return least
    return message("{least} to {most}", least=least, most=_function_said(row.high, row.variable))


def is_same(one: Piece, other: Piece) -> bool:
    """Whether two pieces are one function, wherever they hold."""
    return (one.start, one.slope, one.stair, one.inverse) == (
        other.start,
        other.slope,
        other.stair,
        other.inverse,
    )


def _function_said(piece: Piece, variable: Variable) -> Message:
    start = number(piece.start)
    if piece.inverse:
        if not piece.start:
            return message("{amount} ÷ number", amount=number(piece.inverse))
        return message("{start} + {amount} ÷ number", start=start, amount=number(piece.inverse))
    said = _line_said(piece)
    if piece.stair is not None:
        return _stair_said(said, bool(piece.start or piece.slope), piece.stair, variable)
    return said


def _line_said(piece: Piece) -> Message:
    start = number(abs(piece.start))
    if not piece.slope:
        return message("{points}", points=number(piece.start))
    share = 1 / piece.slope
    # A share that does not end is shown as a division: 10 ÷ 3 is exact, 3.333333 is not.
    if exact_decimal(piece.slope) is None and share.numerator < 10**6:
        slope = message(
            "number × {amount} ÷ {whole}", amount=piece.slope.numerator, whole=piece.slope.denominator
        )
    else:
        slope = message("number × {amount}", amount=number(piece.slope))
    if not piece.start:
        return slope
    return message("{slope} {sign} {start}", slope=slope, sign="−" if piece.start < 0 else "+", start=start)


def _stair_said(start: Message, starts: bool, stair: Stair, variable: Variable) -> Message:
    unit = unit_said(variable.unit)
    values = {
        "start": start, "rise": number(abs(stair.rise)), "size": number(abs(stair.size)), "unit": unit,
        "origin": number(stair.origin), "sign": "−" if stair.rise < 0 else "+",
    }  # fmt: skip
    if stair.size > 0 and not stair.origin:
        if starts:
            said = message("{start} {sign} {rise} for each {size}{unit}", **values)
        else:
            said = message("{sign}{rise} for each {size}{unit}", **values)
    elif stair.size > 0 and stair.rise < 0:
        said = message("{start} − {rise} for each {size}{unit} above {origin}{unit}", **values)
    elif stair.size > 0:
        said = message("{start} + {rise} for each {size}{unit} above {origin}{unit}", **values)
    elif stair.rise < 0:
        said = message("{start} − {rise} for each {size}{unit} below {origin}{unit}", **values)
    else:
        said = message("{start} + {rise} for each {size}{unit} below {origin}{unit}", **values)
    return message("{said}, a step begun counts", said=said) if stair.up else said
