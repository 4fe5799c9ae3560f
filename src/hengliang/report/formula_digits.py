"""How many decimals a spreadsheet must hold so that its points are those of the exact arithmetic.

No two different results of a sentence may lie closer together than the last decimal that is kept; where that
cannot be had there is no formula.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from hengliang.base.unit import exact_decimal
from hengliang.criteria.evaluate import curves_of
from hengliang.criteria.expression import Asked as Quantity
from hengliang.criteria.expression import Expression, Number
from hengliang.criteria.nodes import Choice, Criterion, Formula, Gate, Steps
from hengliang.criteria.variable import Reach, Variable

_MOST_DIGITS = 6
"""Decimals of a value that count, where its size leaves room for them."""
_LARGEST = 10**13
"""Whole numbers up to here survive all arithmetic of a spreadsheet, which shows 15 digits."""
_ZERO = Fraction(0)


class FormulaError(ValueError):
    """A score that no formula gives exactly: too many steps, or figures too large or too fine."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The cell that answers what a sentence asks.

    A number is the cell × `factor`, or what the cell lacks to `missing_of`, or the cell ÷ `per` × `factor`.
    Yes or no is the word 是 or 否 in the cell, or whether its number reaches `reach`. `known` is the number
    that stands in the cell now, `known_per` the one in `per`.
    """

    cell: str
    factor: Fraction = Fraction(1)
    missing_of: Fraction | None = None
    reach: Reach | None = None
    known: Fraction = _ZERO
    per: str = ""
    known_per: Fraction = _ZERO


def decimals(number: Fraction) -> int:
    exact = exact_decimal(number)
    if exact is None:
        return 0
    return max(0, -int(exact.normalize().as_tuple().exponent))


@dataclass(slots=True)
class Figures:
    """What a tree holds: numbers that are compared with a cell, and what its points are divided by."""

    compared: list[Fraction]
    divisors: list[Fraction]
    """Points for 1 of a cell, and points that stand alone: what their denominators have in common counts."""
    slopes: list[Fraction]
    inverses: list[Fraction]
    formulas: list[Formula]


def digits_of(figures: Figures, cells: Mapping[Variable, Asked], scale: Fraction, kept: int) -> int:
    """How many decimals of the cells the formula takes in. Raises FormulaError when it cannot be exact."""
    stated = [number for asked in cells.values() for number in (asked.known, asked.known_per)]
    targets = [
        number
        for asked in cells.values()
        for number in (asked.missing_of, asked.reach.target if asked.reach else None)
        if number is not None
    ]
    numbers = [*figures.compared, *stated, *targets]
    if any(exact_decimal(number) is None for number in numbers):
        raise FormulaError("a line that no decimal number hits")
    needed = max((decimals(number) for number in numbers), default=0)
    largest = max((abs(number) for number in numbers), default=_ZERO) * 10
    divided = max((asked.known_per for asked in cells.values()), default=_ZERO)
    for digits in range(max(_MOST_DIGITS, needed), needed - 1, -1):
        unit = 10**digits
        step = lcm(1, *(number.denominator for number in figures.divisors))
        if divided:
            shares = lcm(1, *(number.denominator for number in figures.slopes))
            step = lcm(step, shares) * int(divided * unit + 1) * 200
        else:
            step = lcm(step, *(number.denominator * unit for number in figures.slopes))
        for number in figures.inverses:
            step = lcm(step, number.denominator) * int(largest * unit + 1) * 200
        for part in figures.formulas:
            step = lcm(step, _fraction(part.expression, part, cells, largest * unit, unit)[1]) * 200
        closest = lcm(step * scale.denominator, 200)
        if largest * unit <= _LARGEST and closest <= kept:
            return digits
    raise FormulaError("the figures are too large or too fine for a spreadsheet")


def collect(tree: Criterion, cells: Mapping[Variable, Asked], found: Figures) -> None:
    found.divisors += [tree.base, *(bound for bound in (tree.low, tree.high) if bound is not None)]
    for section in tree.sections:
        collect(section, cells, found)
    for part in (*tree.parts, *tree.gates):
        if isinstance(part, Choice | Gate):
            found.divisors += [points for option in part.options for points in (option.low, option.high)]
            continue
        if isinstance(part, Formula):
            found.formulas.append(part)
            found.divisors.append(part.points)
            continue
        factor = cells[part.variable].factor
        if isinstance(part, Steps):
            found.compared += [part.line / factor, part.size / factor]
            amounts = part.amounts or ()
            if part.whole == "exact":
                found.slopes += [amount * factor / part.size for amount in amounts]
            found.divisors += [*amounts, *([part.most] if part.most is not None else [])]
            continue
        for curve in (curves_of(part).low, curves_of(part).high):
            for piece in curve.pieces:
                ends = (piece.interval.low, piece.interval.high)
                found.compared += [end / factor for end in ends if end is not None]
                found.divisors.append(piece.start)
                found.slopes += [piece.slope * factor] if piece.slope else []
                found.inverses += [piece.inverse / factor] if piece.inverse else []


def _fraction(
    expression: Expression, part: Formula, cells: Mapping[Variable, Asked], largest: Fraction, unit: int
) -> tuple[int, int]:
    """The greatest numerator and denominator of an expression, as whole numbers of the cells' last place."""
    if isinstance(expression, Number):
        return abs(expression.value.numerator), expression.value.denominator
    if isinstance(expression, Quantity):
        factor = expression.scale * cells[part.asked[expression.index]].factor
        return int(largest + 1) * factor.numerator, unit * factor.denominator
    upper, lower = _fraction(expression.left, part, cells, largest, unit)
    right_upper, right_lower = _fraction(expression.right, part, cells, largest, unit)
    if expression.sign == "÷":
        return upper * right_lower, lower * max(right_upper, 1)
    if expression.sign == "×":
        return upper * right_upper, lower * right_lower
    return upper * right_lower + right_upper * lower, lower * right_lower
