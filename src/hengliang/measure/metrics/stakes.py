"""Boundary stakes (界桩): how far measured positions lie from the designed ones."""

from decimal import Decimal
from fractions import Fraction
from math import isqrt

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import State, Value, not_computable, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.expression import all_of
from hengliang.measure.records import Records

_PARTS = ("meas_n", "meas_e", "design_n", "design_e")


def largest_offset(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """The largest offset of the stakes measured in the year."""
    squares = _squares(records, ledger, metric)
    return squares if isinstance(squares, Value) else number(_root(max(squares)), metric)


def root_mean_square(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """The root of the mean square offset of the stakes measured in the year."""
    squares = _squares(records, ledger, metric)
    if isinstance(squares, Value):
        return squares
    return number(_root(sum(squares, Fraction(0)) / len(squares)), metric)


def _squares(records: Records, ledger: Ledger, metric: Metric) -> list[Fraction] | Value:
    table = records.tables[ledger.name]
    needed = [metric.columns[part] for part in _PARTS]
    needed += [name for each in metric.counted for name in each.when.columns]
    missing = next((name for name in needed if name not in table.columns), None)
    if missing is not None:
        return not_computable(message("the records have no column {name}", name=missing))
    parameters = records.parameters(ledger)
    counted = [each.when.build(records.period, parameters).fill_null(False) for each in metric.counted]
    rows = table.frame.filter(all_of([nw.col("_blocked").is_null(), *counted]))
    squares: list[Fraction] = []
    for row in fetched(rows.select(*(metric.columns[part] for part in _PARTS))):
        if None not in row:
            north, east, planned_n, planned_e = (Fraction(Decimal(value)) for value in row)
            squares.append((north - planned_n) ** 2 + (east - planned_e) ** 2)
    if not squares:
        return Value(State.NOT_APPLICABLE, reason=message("no stake was measured in the year"))
    return squares


_FINE = 10**12
"""Roots are exact to the millionth of a micrometre, far below what is shown."""


def _root(square: Fraction) -> Fraction:
    return Fraction(isqrt(square.numerator * _FINE**2 // square.denominator), _FINE)
