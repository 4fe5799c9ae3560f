"""Periodic releases (图斑周期发布): a period of the year without a row was planned too, and is missing."""

import re
from collections.abc import Sequence
from fractions import Fraction

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import Ask, State, Value, asks_of, not_computable, number
from hengliang.measure.definition import Ledger, Metric, columns_of
from hengliang.measure.engines import fetched
from hengliang.measure.records import Records
from hengliang.measure.told import FREE, Told, holding, tell

_FORMS = (
    (re.compile(r"\d{4}-(?:0[1-9]|1[0-2])"), 12),
    (re.compile(r"\d{4}-Q[1-4]"), 4),
    (re.compile(r"\d{4}-H[12]"), 2),
    (re.compile(r"\d{4}"), 1),
)


def planned_share(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Periods of the year with a release that counts, of all periods of the kinds that are released."""
    table, columns = records.tables[ledger.name], metric.columns
    needed = [columns["period"], *(name for each in metric.counted for name in each.when.columns)]
    missing = next((name for name in needed if name not in table.columns), None)
    if missing is not None:
        return not_computable(message("the records have no column {name}", name=missing))
    planned_for, *counted = _asks(records, ledger, metric)
    rows = table.frame.filter(planned_for.holds).select(columns["period"], done=holding([FREE, *counted]))
    done: dict[str, bool] = {}
    for period, is_done in fetched(rows):
        done[period] = done.get(period, False) or bool(is_done)
    planned = sum({count for period in done for form, count in _FORMS if form.fullmatch(period)})
    planned += sum(not any(form.fullmatch(period) for form, _ in _FORMS) for period in done)
    if not planned:
        return Value(State.NOT_APPLICABLE, reason=message("nothing was due"))
    return number(Fraction(sum(done.values()) * 100, planned), metric)


def _asks(records: Records, ledger: Ledger, metric: Metric) -> list[Ask]:
    table, year = records.tables[ledger.name], str(records.period.end.year)
    in_year = nw.col(metric.columns["period"]).str.starts_with(year)
    counted = asks_of(metric, records.period, records.parameters(ledger), table.columns)
    return [Ask(in_year, message("its period is not of the year")), *counted]


def _told(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    return tell(records.tables[ledger.name], columns_of(metric), _asks(records, ledger, metric))


TOLD = {"planned_share": _told}
