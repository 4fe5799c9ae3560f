"""Where the facts of a scored row stand in a workbook: in the actual cell, or in a cell of their own.

A fact that follows from the actual value by arithmetic (the value itself, actual ÷ target, what is missing to
the target, whether the target is reached) is linked to the actual cell, so that a changed actual changes the
score. A fact that was stated apart, or that needs a calendar or a judgement, has its own cell. A link is only
made where it gives the very fact that was scored.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hengliang.base.number import read_number, read_quantity
from hengliang.base.unit import convert, convertible, exact_decimal, unit_of
from hengliang.criteria.nodes import YES, Criterion
from hengliang.criteria.variable import Kind, Reach, Variable, is_percent
from hengliang.form.actual import Actual
from hengliang.form.model import Indicator
from hengliang.form.value import NumberValue, value_of
from hengliang.report.formula import NO_WORD, YES_WORD, words_of
from hengliang.report.formula_digits import Asked
from hengliang.score.sheet import RowScore

_HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class ActualValue:
    """What stands in the actual cell: a number of the indicator's unit, or text.

    `number` is None for text and for a value that was not reported; a rate is kept in percent.
    """

    number: Decimal | None
    text: str
    unit: str
    is_rate: bool
    words: tuple[str, ...] = ()
    """The words to choose from, where the scoring sentence asks for one of them."""


def actual_value(row: RowScore) -> ActualValue:
    """The actual of a row as a workbook holds it."""
    unit = row.indicator.unit or ""
    known = unit_of(unit)
    rate = known is not None and is_percent(known.symbol)
    text = (row.actual.text or "").strip() if row.actual is not None else ""
    number = read_number(text)
    if number is None and text:
        quantity = read_quantity(text)
        own = unit_of(quantity.unit) if quantity is not None else None
        if quantity is not None and own is not None and known is not None and own.symbol == known.symbol:
            number = Decimal(quantity.number)
    words = _choice(row, text) if number is None else ()
    return ActualValue(number, text, unit, rate and (number is not None or not text), words)


def _choice(row: RowScore, text: str) -> tuple[str, ...]:
    """The words among which the actual is one that answers the sentence by itself."""
    if row.tree is None or len(row.tree.variables) != 1:
        return ()
    variable = row.tree.variables[0]
    if variable.kind is Kind.MET and text in (YES_WORD, NO_WORD):
        return YES_WORD, NO_WORD
    words = words_of(row.tree, variable) if variable.kind is Kind.GRADE else ()
    return words if text in words else ()


def linked(tree: Criterion, row: RowScore, actual: ActualValue, cell: str) -> dict[Variable, Asked]:
    """The facts that follow from the actual cell `cell`. Facts that were stated apart are not among them."""
    stated = row.actual or Actual()
    apart = {*stated.facts}
    found: dict[Variable, Asked] = {}
    for variable in tree.variables:
        if apart and (apart - {"actual"}):
            continue
        asked = _link(variable, row, actual, cell)
        if asked is not None:
            found[variable] = asked
    return found


def _link(variable: Variable, row: RowScore, actual: ActualValue, cell: str) -> Asked | None:
    fact = row.facts.get(variable)
    reported = bool(actual.text)
    if reported and fact is None:
        return None
    if not variable.is_number:
        return _word_link(variable, row, actual, cell)
    if reported and actual.number is None:
        return None
    number = Fraction(actual.number) if actual.number is not None else None
    own = Fraction(1, 1) if not actual.is_rate else _HUNDRED
    for factor, missing in _ways(variable, row.indicator):
        if number is None:
            return _asked(cell, factor, missing, own, Fraction(0))
        follows = number * factor if missing is None else max(Fraction(0), missing - number)
        if follows == fact:
            return _asked(cell, factor, missing, own, number)
    return None


def _asked(cell: str, factor: Fraction, missing: Fraction | None, own: Fraction, known: Fraction) -> Asked:
    """A rate stands in its cell as a share of 1."""
    if missing is not None:
        return Asked(cell, own * factor, missing / own, known=known / own)
    return Asked(cell, own * factor, known=known / own)


def _ways(variable: Variable, row: Indicator) -> Iterator[tuple[Fraction, Fraction | None]]:
    """The ways in which a number may follow from the actual: times a factor, or as what is missing."""
    target = _target(row)
    own, asked = unit_of(row.unit), unit_of(variable.unit)
    rates = own is not None and is_percent(own.symbol)
    completion = _HUNDRED / target if target else None
    if variable.kind is Kind.RATIO:
        if completion is not None:
            yield completion, None
        return
    if variable.kind is Kind.RATE or (is_percent(variable.unit) and not rates):
        if rates:
            yield Fraction(1), None
        elif completion is not None:
            yield completion, None
        return
    if variable.kind is Kind.COUNT:
        if own is not None and asked is not None and own.symbol == asked.symbol:
            if row.operator in ("≤", "<") or not target:
                yield Fraction(1), None
            else:
                yield Fraction(1), target
        return
    if not variable.unit or variable.unit == row.unit or (own is not None and own == asked):
        yield Fraction(1), None
    elif own is not None and asked is not None and convertible(own, asked):
        factor = convert(Decimal(1), own, asked)
        if exact_decimal(factor) is not None or exact_decimal(1 / factor) is not None:
            yield factor, None


def _target(row: Indicator) -> Fraction | None:
    value = value_of(row.operator, row.target, row.unit)
    return Fraction(value.number) if isinstance(value, NumberValue) else None


def _word_link(variable: Variable, row: RowScore, actual: ActualValue, cell: str) -> Asked | None:
    if actual.words:
        return Asked(cell)
    if variable.kind is not Kind.MET or (actual.text and actual.number is None):
        return None
    reach = variable.reach or _reach(row.indicator)
    if reach is None or (not actual.text and variable.reach is None):
        return None
    number = Fraction(actual.number) if actual.number is not None else Fraction(0)
    if actual.text and (row.facts.get(variable) == YES) != reach.holds(number):
        return None
    if actual.is_rate:
        reach, number = Reach(reach.operator, reach.target / _HUNDRED), number / _HUNDRED
    return Asked(cell, reach=reach, known=number)


def _reach(row: Indicator) -> Reach | None:
    target = _target(row)
    if target is None:
        return None
    return Reach("≥" if row.operator in (None, "定性") else row.operator, target)
