"""Readings of sensors over a window: how many arrived, how long they paused, how far they moved.

Columns: `series`, `series_2` … (what makes a series), `at`, `value`, `quality`. Parameters: `interval_h`,
the hours of a slot; `window` (`2023-06-18T00:00/08:00`, the end without a day where it is the same), the
fiscal year unless said; `expected_slots` of a series, computed unless there is no window; `worst_quality`,
up to which a reading is accepted. A value of several series is given by their names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import Result, State, Value, not_computable, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched, instant
from hengliang.measure.functions import all_of
from hengliang.measure.period import Period
from hengliang.measure.records import Records
from hengliang.measure.series import Frame, ends, flat_runs, gaps


@dataclass(frozen=True, slots=True)
class _Readings:
    """The readings of a window: all that came, and those that are accepted."""

    came: Frame
    accepted: Frame
    series: list[str]
    at: str
    start: datetime
    end: datetime
    slot_s: int
    slots: int
    silent: int
    """Devices on the list that sent nothing at all."""


def arrival(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Slots with an accepted reading, of all slots of the window and of all series, in percent.

    A device on the list of devices that sent nothing at all counts as one series.
    """
    return _with(records, ledger, metric, _arrival)


def longest_gap(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """The most hours between two accepted readings of one series; the edges of the window are no readings."""
    return _with(records, ledger, metric, _longest_gap)


def change(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """The last accepted value of the window less the first."""
    return _with(records, ledger, metric, lambda given, metric: _moved(given, metric, False))


def rate(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """The change by the days between first and last accepted reading."""
    return _with(records, ledger, metric, lambda given, metric: _moved(given, metric, True))


def received(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Slots with an accepted reading, of all series."""
    return _with(records, ledger, metric, lambda given, metric: number(Fraction(_filled(given)), metric))


def expected(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Slots of the window, of all series."""
    return _with(records, ledger, metric, lambda given, metric: number(Fraction(_expected(given)), metric))


def longest_flat(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """The most hours for which the accepted readings of one series did not change."""
    return _with(records, ledger, metric, _longest_flat)


def mean(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """The mean of the accepted readings."""
    return _with(records, ledger, metric, _mean)


def _with(
    records: Records, ledger: Ledger, metric: Metric, work: Callable[[_Readings, Metric], Value]
) -> Value:
    table, columns = records.tables[ledger.name], metric.columns
    needed = [*columns.values(), *(name for each in metric.among for name in each.when.columns)]
    missing = next((name for name in needed if name not in table.columns), None)
    if missing is not None:
        return not_computable(message("the records have no column {name}", name=missing))
    parameters = records.parameters(ledger)
    window = _window(parameters, records.period)
    if window is None:
        return not_computable(message("“{text}” is no window of time", text=str(parameters.get("window"))))
    start, end = window
    slot_s = int(Decimal(str(parameters["interval_h"])) * 3600)
    slots = -(-int((end - start).total_seconds()) // slot_s)
    if "window" not in parameters and "expected_slots" in parameters:
        slots = int(parameters["expected_slots"])
    at = columns["at"]
    came = table.frame.filter(
        all_of([each.when.build(records.period, parameters).fill_null(False) for each in metric.among]),
        nw.col(at) >= instant(start),
        nw.col(at) < instant(end),
    )
    good = nw.col(columns["quality"]).fill_null(0) <= int(parameters["worst_quality"])
    accepted = came.filter(nw.col("_blocked").is_null(), good)
    series = [name for part, name in columns.items() if part.startswith("series")]
    return work(
        _Readings(
            came, accepted, series, at, start, end, slot_s, slots, _silent(records, came, window, columns)
        ),
        metric,
    )


def _window(parameters: Mapping[str, Any], period: Period) -> tuple[datetime, datetime] | None:
    """The window, its end excluded."""
    text = parameters.get("window")
    if text is None:
        return datetime.combine(period.start, time()), datetime.combine(
            period.end + timedelta(days=1), time()
        )
    first, _, last = str(text).partition("/")
    try:
        start = _beijing(datetime.fromisoformat(first))
        if "T" not in last and ":" in last:
            end = datetime.combine(start.date(), time.fromisoformat(last))
            end += timedelta(days=end <= start)
        else:
            end = _beijing(datetime.fromisoformat(last))
    except ValueError:
        return None
    return (start, end) if start < end else None


_SENDS_NOTHING = ("VIDEO", "ALARM")


def _silent(
    records: Records, came: Frame, window: tuple[datetime, datetime], columns: Mapping[str, str]
) -> int:
    """Devices that were mounted in the window and have no reading; 0 where there is no list of devices."""
    devices = records.table("monitoring_device")
    if devices is None or columns["series"] != "device_id":
        return 0
    start, end = (instant.date() for instant in window)
    there = [nw.col("_blocked").is_null()]
    if "mounted_on" in devices.columns:
        there.append(nw.col("mounted_on") <= end)
    if "removed_on" in devices.columns:
        there.append((nw.col("removed_on") > start).fill_null(True))
    if "kind" in devices.columns:
        there.append(~nw.col("kind").is_in(_SENDS_NOTHING).fill_null(False))
    expected = devices.frame.filter(all_of(there)).select("device_id")
    heard = came.group_by("device_id").agg(nw.len().alias("n")).select("device_id")
    missing = expected.join(heard, on="device_id", how="anti")
    return int(fetched(missing.select(nw.len()))[0][0])


def _beijing(instant: datetime) -> datetime:
    """An instant as the records keep it: the time of Beijing, without an offset."""
    if instant.tzinfo is None:
        return instant
    return (instant - (instant.utcoffset() or timedelta()) + timedelta(hours=8)).replace(tzinfo=None)


def _arrival(given: _Readings, metric: Metric) -> Value:
    return number(Fraction(_filled(given), _expected(given)) * 100, metric)


def _expected(given: _Readings) -> int:
    known = fetched(given.came.group_by(*given.series).agg(nw.len().alias("n")).select(nw.len()))[0][0]
    return given.slots * max(1, int(known) + given.silent)


def _filled(given: _Readings) -> int:
    since = (nw.col(given.at) - instant(given.start)).dt.total_seconds()
    filled = given.accepted.with_columns(_slot=since // given.slot_s)
    slots = filled.group_by(*given.series, "_slot").agg(nw.len().alias("n")).select(nw.len())
    return int(fetched(slots)[0][0])


def _longest_flat(given: _Readings, metric: Metric) -> Value:
    runs = flat_runs(given.accepted, given.series, given.at, metric.columns["value"])
    longest = fetched(runs.select(nw.col("seconds").max()))[0][0]
    if longest is None and not fetched(given.accepted.select(nw.col(metric.columns["value"]).count()))[0][0]:
        return Value(State.NOT_APPLICABLE, reason=message("no reading was accepted"))
    return number(Fraction(int(longest or 0), 3600), metric)


def _mean(given: _Readings, metric: Metric) -> Value:
    value = nw.col(metric.columns["value"])
    total, count = fetched(given.accepted.select(total=value.sum(), count=value.count()))[0]
    if not count:
        return Value(State.NOT_APPLICABLE, reason=message("no reading was accepted"))
    return number(Fraction(total) / int(count), metric)


def _longest_gap(given: _Readings, metric: Metric) -> Value:
    longest = fetched(gaps(given.accepted, given.series, given.at).select(nw.col("gap").max()))[0][0]
    if longest is None:
        return Value(State.NOT_APPLICABLE, reason=message("there are no two readings of one series"))
    return number(Fraction(int(longest), 3600), metric)


def _moved(given: _Readings, metric: Metric, by_time: bool) -> Value:
    value = metric.columns["value"]
    known = given.accepted.filter(~nw.col(value).is_null())
    found = fetched(
        ends(known, given.series, given.at, value).select(*given.series, "first", "last", "seconds")
    )
    moved: dict[str, Fraction] = {}
    for *names, first, last, seconds in found:
        if seconds or not by_time:
            per = Fraction(int(seconds), 86400) if by_time else Fraction(1)
            moved["/".join(map(str, names))] = (Fraction(last) - Fraction(first)) / per
    if not moved:
        return Value(State.NOT_APPLICABLE, reason=message("there are no two readings of one series"))
    if len(moved) == 1:
        return number(next(iter(moved.values())), metric)
    shown: dict[str, Result] = {}
    for name in sorted(moved):
        rounded = number(moved[name], metric).shown
        if rounded is not None:
            shown[name] = rounded
    return Value(State.OK, shown)
