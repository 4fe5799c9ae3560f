"""Months of groundwater monitoring (地下水监测月度): arrival over the stations that were required.

Required are the stations of the ledger `groundwater_station` in their time, or else all that have a month of
the year. A required station without a row in a month, or with a blocked one, has received nothing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

import narwhals as nw

from hengliang.base.message import message
from hengliang.criteria.evaluate import rounded
from hengliang.measure.checks.months import hours_of
from hengliang.measure.codes.catalogue import wrong_code
from hengliang.measure.compute import Ask, Result, State, Value, figure, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.metrics.columns import lacking
from hengliang.measure.records import Records
from hengliang.measure.told import FREE, ONCE, Row, Told, holding, tell

_STATIONS = "groundwater_station"


@dataclass(slots=True)
class _Month:
    received: int = 0
    expected: int = 0
    silent: bool = False
    """Whether a required station sent nothing."""

    def reaches(self, least: Fraction) -> bool:
        """Whether so many percent of its readings came, and some of every station."""
        is_expected = self.expected and not self.silent
        return bool(is_expected and Fraction(self.received * 100, self.expected) >= least)


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
    return number(Fraction(sum(month.reaches(least) for month in found.values())), metric)


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
    own = table.frame.filter(holding([ONCE, *_asks(records, metric)]))
    parts = [nw.col(columns[part]) for part in ("station", "month", "expected", "received")]
    rows = {
        (str(station), str(month)): (int(expected or 0), 0 if blocked else int(received or 0))
        for station, month, expected, received, blocked in fetched(own.select(*parts, "_blocked"))
        if wrong_code("month", str(month)) is None
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


def _asks(records: Records, metric: Metric) -> list[Ask]:
    year = str(records.period.end.year)
    return [
        Ask(~nw.col(metric.columns["station"]).is_null(), message("it names no station")),
        Ask(nw.col(metric.columns["month"]).str.starts_with(year), message("its month is not of the year")),
    ]


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
    if (lack := lacking(records.tables[ledger.name], metric.columns.values())) is not None:
        return lack
    compared = _compared(records, ledger, metric)
    if not compared:
        return Value(State.NOT_APPLICABLE, reason=message("no station has a class of a year before"))
    return number(Fraction(sum(last.order > before.order for last, before in compared)), metric)


class _Class(NamedTuple):
    """The class of a month of a station, by its place in the list of classes."""

    row: int
    order: int


def _compared(records: Records, ledger: Ledger, metric: Metric) -> list[tuple[_Class, _Class]]:
    """The last class of the year of each station, and that of the same month a year before."""
    columns = metric.columns
    order = {code: at for at, code in enumerate(ledger.column(columns["grade"]).codes)}
    parts = [nw.col(columns[part]) for part in ("station", "month", "grade")]
    rows = records.tables[ledger.name].frame.filter(holding([FREE])).select("_row", *parts)
    classes: dict[str, dict[str, _Class]] = defaultdict(dict)
    for row, station, month, grade in fetched(rows.sort("_row")):
        if month is not None and grade in order:
            classes[str(station)][str(month)] = _Class(int(row), order[grade])
    year = records.period.end.year
    found: list[tuple[_Class, _Class]] = []
    for by_month in classes.values():
        last = max((month for month in by_month if month.startswith(str(year))), default=None)
        before = by_month.get(f"{year - 1}{last[4:]}") if last is not None else None
        if last is not None and before is not None:
            found.append((by_month[last], before))
    return found


def _told_worse(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    """The two rows of each station that were compared."""
    compared = _compared(records, ledger, metric)
    asked = {each.row for pair in compared for each in pair}
    counted = {each.row for pair in compared if pair[0].order > pair[1].order for each in pair}

    def row(one: Row) -> Row:
        if one.counted and one.row not in asked:
            return Row(
                one.row, False, False, message("not the last class of the year, nor that of a year before")
            )
        if one.counted and one.row not in counted:
            return Row(one.row, True, False, message("the class is not worse than a year before"))
        return one

    return [each.but(row) for each in tell(records.tables[ledger.name], metric.columns.values(), [])]


def _told_months(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    """A row counts where its month does: for the share of a month all of them, else those that reach it."""
    table, columns = records.tables[ledger.name], metric.columns
    found = _months(records, ledger, metric)
    if isinstance(found, Value):
        return tell(table, columns.values(), _asks(records, metric))
    stations = _stations(records)
    least = figure(records.parameters(ledger), "min_arrival_pct") or Fraction(0)
    asked = [nw.col(columns[part]) for part in ("station", "month")]
    places = {int(row): (str(station), str(month)) for row, station, month in
              fetched(table.frame.select("_row", *asked))}  # fmt: skip

    def row(one: Row) -> Row:
        station, name = places[one.row]
        month = found.get(name)
        if not one.counted:
            return one
        if month is None:
            return Row(one.row, False, False, message("its month is no month"))
        if stations and not (station in stations and stations[station].required(name)):
            return Row(one.row, False, False, message("the station was not required in the month"))
        if metric.function == "groundwater.arrival" or month.reaches(least):
            return one
        if month.silent:
            return Row(one.row, True, False, message("a station that was required sent nothing in the month"))
        said = message("less than {least} % of the readings of the month arrived", least=f"{float(least):g}")
        return Row(one.row, True, False, said)

    return [each.but(row) for each in tell(table, columns.values(), _asks(records, metric))]


TOLD = {"months": _told_months, "arrival": _told_months, "worse": _told_worse}
