"""Boundary stakes (界桩): how far measured positions lie from the designed ones."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import isqrt

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import Ask, State, Value, asks_of, not_computable, number
from hengliang.measure.definition import Ledger, Metric, columns_of
from hengliang.measure.engines import fetched
from hengliang.measure.records import Records
from hengliang.measure.told import FREE, Told, holding, tell

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
    rows = table.frame.filter(holding([FREE, *_asks(records, ledger, metric)]))
    squares: list[Fraction] = []
    for row in fetched(rows.select(*(metric.columns[part] for part in _PARTS))):
        north, east, planned_n, planned_e = (Fraction(Decimal(value)) for value in row)
        squares.append((north - planned_n) ** 2 + (east - planned_e) ** 2)
    if not squares:
        return Value(State.NOT_APPLICABLE, reason=message("no stake was measured in the year"))
    return squares


_FINE = 10**12
"""Roots are exact to the millionth of a micrometre, far below what is shown."""


def _root(square: Fraction) -> Fraction:
    return Fraction(isqrt(square.numerator * _FINE**2 // square.denominator), _FINE)


def _asks(records: Records, ledger: Ledger, metric: Metric) -> list[Ask]:
    table = records.tables[ledger.name]
    asks = asks_of(metric, records.period, records.parameters(ledger), table.columns)
    for part in _PARTS:
        name = metric.columns[part]
        said = message("it has no {column}", column=ledger.column(name).words)
        asks.append(Ask(~nw.col(name).is_null(), said))
    return asks


def _told(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    return tell(records.tables[ledger.name], columns_of(metric), _asks(records, ledger, metric))


TOLD = {"largest_offset": _told, "root_mean_square": _told}
