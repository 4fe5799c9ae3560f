"""Months of groundwater monitoring (地下水监测月度): arrival over the stations that were required.

Required are the stations of the ledger `groundwater_station` in their time, or else all that have a month of
the year. A required station without a row in a month, or with a blocked one, has received nothing.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import narwhals as nw

from hengliang.base.message import message
from hengliang.criteria.evaluate import rounded
from hengliang.measure.checks.months import hours_of
from hengliang.measure.codes.catalogue import wrong_code
from hengliang.measure.compute import Result, State, Value, figure, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.metrics.columns import lacking
from hengliang.measure.records import Records

_STATIONS = "groundwater_station"


@dataclass(slots=True)
class _Month:
    received: int = 0
    expected: int = 0
    silent: bool = False
    """Whether a required station sent nothing."""


@dataclass(frozen=True, slots=True)
class _Station:
    start: date | None
    end: date | None
    is_manual: bool

    def required(self, month: str) -> bool:
        """Whether it is required on any day of a month."""
        first, last = (day.isoformat()[:7] if day is not None else month for day in (self.start, self.end))
        return first <= month <= last


def months(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Months of the year with enough readings and no silent station. Without any row, none was due."""
    found = _months(records, ledger, metric)
    if isinstance(found, Value):
        return found
    least = figure(records.parameters(ledger), "min_arrival_pct") or Fraction(0)
    good = [
        month
        for month in found.values()
        if month.expected and not month.silent and Fraction(month.received * 100, month.expected) >= least
    ]
    return number(Fraction(len(good)), metric)


def arrival(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Received ÷ expected readings of each month, in percent, by the month."""
    found = _months(records, ledger, metric)
    if isinstance(found, Value):
        return found
    shown: dict[str, Result] = {
        name: rounded(Fraction(month.received * 100, month.expected), metric.places)
        for name, month in sorted(found.items())
        if month.expected
    }
    return Value(State.OK, shown)


def _months(records: Records, ledger: Ledger, metric: Metric) -> dict[str, _Month] | Value:
    table, columns = records.tables[ledger.name], metric.columns
    if (lack := lacking(table, columns.values())) is not None:
        return lack
    year = str(records.period.end.year)
    own = table.frame.filter(
        (nw.col("_blocked") != "Q08").fill_null(True), nw.col(columns["month"]).str.starts_with(year)
    )
    parts = [nw.col(columns[part]) for part in ("station", "month", "expected", "received")]
    rows = {
        (str(station), str(month)): (int(expected or 0), 0 if blocked else int(received or 0))
        for station, month, expected, received, blocked in fetched(own.select(*parts, "_blocked"))
        if station is not None and wrong_code("month", str(month)) is None
    }
    if not rows:
        return Value(State.NOT_APPLICABLE, reason=message("there is no month of the year"))
    stations = _stations(records) or {station: _Station(None, None, False) for station, _ in rows}
    usual: dict[str, int] = defaultdict(int)
    for (station, _), (expected, _) in rows.items():
        usual[station] = max(usual[station], expected)
    found: dict[str, _Month] = {}
    for name in sorted({month for _, month in rows}):
        month = found[name] = _Month()
        for station, known in stations.items():
            if known.required(name):
                missing = usual[station] if known.is_manual else hours_of(name)
                expected, received = rows.get((station, name), (missing, 0))
                month.expected += expected
                month.received += received
                month.silent |= received == 0
    return found


def _stations(records: Records) -> Mapping[str, _Station]:
    """The stations of the register; none where it was not loaded."""
    table = records.table(_STATIONS)
    if table is None or "station_id" not in table.columns:
        return {}
    names = [name for name in ("required_from", "required_to", "mode") if name in table.columns]
    rows = table.frame.filter((nw.col("_blocked") != "Q08").fill_null(True), ~nw.col("station_id").is_null())
    found: dict[str, _Station] = {}
    for station, *values in fetched(rows.select("station_id", *names)):
        known = dict(zip(names, values, strict=True))
        found[str(station)] = _Station(
            known.get("required_from"), known.get("required_to"), known.get("mode") == "MANUAL"
        )
    return found


def worse(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Stations whose last class of the year is worse than that of the same month a year before."""
    table, columns = records.tables[ledger.name], metric.columns
    if (lack := lacking(table, columns.values())) is not None:
        return lack
    order = {code: at for at, code in enumerate(ledger.column(columns["grade"]).codes)}
    rows = table.frame.filter(nw.col("_blocked").is_null()).select(
        *(nw.col(columns[part]) for part in ("station", "month", "grade"))
    )
    classes: dict[str, dict[str, int]] = defaultdict(dict)
    for station, month, grade in fetched(rows):
        if month is not None and grade in order:
            classes[str(station)][str(month)] = order[grade]
    year = records.period.end.year
    compared: list[bool] = []
    for by_month in classes.values():
        last = max((month for month in by_month if month.startswith(str(year))), default=None)
        before = by_month.get(f"{year - 1}{last[4:]}") if last is not None else None
        if last is not None and before is not None:
            compared.append(by_month[last] > before)
    if not compared:
        return Value(State.NOT_APPLICABLE, reason=message("no station has a class of a year before"))
    return number(Fraction(sum(compared)), metric)
