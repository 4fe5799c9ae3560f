"""Land change (国土变更调查): how much land went from one first class to another.

All spots of the survey are in the matrix, checked or not: it says what changed, not what was accepted.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

import narwhals as nw

from hengliang.base.message import message
from hengliang.criteria.evaluate import rounded
from hengliang.measure.codes.land import first_class
from hengliang.measure.compute import Ask, Result, State, Value
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.metrics.columns import lacking
from hengliang.measure.records import Records
from hengliang.measure.told import ONCE, Told, holding, tell


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
    rows = table.frame.filter(holding(_asks(ledger, metric)))
    sums = rows.group_by(columns["before"], columns["after"]).agg(area=nw.col(columns["area"]).sum())
    found: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for one, other, size in fetched(sums.select(columns["before"], columns["after"], "area")):
        found[first_class(str(one)), first_class(str(other))] += Fraction(size)
    return found or Value(State.NOT_APPLICABLE, reason=message("no spot changed its land class"))


def _shown(areas: Mapping[str, Fraction], metric: Metric) -> Value:
    shown: dict[str, Result] = {name: rounded(areas[name], metric.places) for name in sorted(areas)}
    return Value(State.OK, shown)


def _asks(ledger: Ledger, metric: Metric) -> list[Ask]:
    names = [metric.columns[part] for part in ("before", "after", "area")]
    said = {name: message("it has no {column}", column=ledger.column(name).words) for name in names}
    return [ONCE, *(Ask(~nw.col(name).is_null(), said[name]) for name in names)]


def _told(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    return tell(
        records.tables[ledger.name], metric.columns.values(), _asks(ledger, metric), keeps_blocked=True
    )


TOLD = {"net": _told, "matrix": _told}
