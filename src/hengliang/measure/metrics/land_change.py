"""Land change (国土变更调查): how much land went from one first class to another.

All spots of the survey are in the matrix, checked or not: it says what changed, not what was accepted.
"""

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

import narwhals as nw

from hengliang.base.message import message
from hengliang.criteria.evaluate import rounded
from hengliang.measure.codes.land import first_class
from hengliang.measure.compute import Result, State, Value
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.metrics.columns import lacking
from hengliang.measure.records import Records


def net(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """What each first class won or lost: the sum of its column less that of its row, by the class."""
    changes = _changes(records, ledger, metric)
    if isinstance(changes, Value):
        return changes
    won: dict[str, Fraction] = defaultdict(Fraction)
    for (before, after), area in changes.items():
        won[after] += area
        won[before] -= area
    return _shown(won, metric)


def matrix(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """The area of each pair of first classes, by `before>after`."""
    changes = _changes(records, ledger, metric)
    if isinstance(changes, Value):
        return changes
    return _shown({f"{before}>{after}": area for (before, after), area in changes.items()}, metric)


def _changes(records: Records, ledger: Ledger, metric: Metric) -> Mapping[tuple[str, str], Fraction] | Value:
    table, columns = records.tables[ledger.name], metric.columns
    if (lack := lacking(table, columns.values())) is not None:
        return lack
    before, after, area = (nw.col(columns[part]) for part in ("before", "after", "area"))
    rows = table.frame.filter(
        (nw.col("_blocked") != "Q08").fill_null(True), ~before.is_null(), ~after.is_null(), ~area.is_null()
    )
    sums = rows.group_by(columns["before"], columns["after"]).agg(area=area.sum())
    found: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for one, other, size in fetched(sums.select(columns["before"], columns["after"], "area")):
        found[first_class(str(one)), first_class(str(other))] += Fraction(size)
    return found or Value(State.NOT_APPLICABLE, reason=message("no spot changed its land class"))


def _shown(areas: Mapping[str, Fraction], metric: Metric) -> Value:
    shown: dict[str, Result] = {name: rounded(areas[name], metric.places) for name in sorted(areas)}
    return Value(State.OK, shown)
