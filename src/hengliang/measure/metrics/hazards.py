"""Geological hazards (地质灾害隐患点): which rounds of inspection each one needed, and which were done.

A hazard needs a round when it was in the register before the round's window began and still when it ended. A
visit counts within the window of its round and near the hazard, or its danger zone.
"""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.checks.asked import Asked
from hengliang.measure.checks.places import metres_between
from hengliang.measure.compute import State, Value, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.metrics.columns import lacking, no_records
from hengliang.measure.period import Period
from hengliang.measure.records import Records
from hengliang.measure.windows import Window, windows

_REGISTER = "hazard_register"


@dataclass(frozen=True, slots=True)
class _Hazard:
    name: str
    needed: tuple[str, ...]
    done: frozenset[str]


def hazards_done(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Hazards with all rounds that they needed, of those that needed one, in percent."""
    hazards = _hazards(records, ledger, metric)
    if isinstance(hazards, Value):
        return hazards
    done = sum(hazard.done >= {*hazard.needed} for hazard in hazards)
    return number(Fraction(done * 100, len(hazards)), metric)


def rounds_done(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Rounds done, of all rounds that hazards needed, in percent."""
    hazards = _hazards(records, ledger, metric)
    if isinstance(hazards, Value):
        return hazards
    done = sum(len(hazard.done & {*hazard.needed}) for hazard in hazards)
    return number(Fraction(done * 100, sum(len(hazard.needed) for hazard in hazards)), metric)


def hazards_missed(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """The hazards that lack a round, with the rounds."""
    hazards = _hazards(records, ledger, metric)
    if isinstance(hazards, Value):
        return hazards
    lists = {hazard.name: [each for each in hazard.needed if each not in hazard.done] for hazard in hazards}
    return Value(State.OK, tuple(f"{name}: {', '.join(rounds)}" for name, rounds in lists.items() if rounds))


def _hazards(records: Records, ledger: Ledger, metric: Metric) -> list[_Hazard] | Value:
    """The hazards that needed a round, in the order of their numbers."""
    register, visits = records.table(_REGISTER), records.tables[ledger.name]
    if register is None:
        return no_records(_REGISTER)
    for table, columns in ((register, ("hazard_id", "registered_on")), (visits, metric.columns.values())):
        if (lack := lacking(table, columns)) is not None:
            return lack
    parameters = records.parameters(ledger)
    rounds = windows(parameters, records.period)
    radius = float(parameters["on_site_radius_m"])
    hazards = _register(records)
    done: dict[Any, set[str]] = {}
    for visit in _visits(records, ledger, metric):
        hazard = hazards.get(visit["hazard"])
        if hazard is None or not _inside(visit["at"], rounds.get(visit["round"])):
            continue
        distance = metres_between(visit, hazard)
        if distance is not None and distance <= radius:
            done.setdefault(visit["hazard"], set()).add(visit["round"])
    found: list[_Hazard] = []
    for name, hazard in sorted(hazards.items()):
        needed = _needed(hazard, rounds, records.period)
        if needed:
            kept: set[str] = set() if hazard["_blocked"] else done.get(name, set())
            found.append(_Hazard(str(name), needed, frozenset(kept)))
    return found or Value(State.NOT_APPLICABLE, reason=message("no hazard needed a round"))


def _register(records: Records) -> dict[Any, Asked]:
    table = records.tables[_REGISTER]
    parts = {
        "registered": "registered_on", "cancelled": "cancelled_on",
        "object_lon": "lon", "object_lat": "lat", "object": "danger_zone",
    }  # fmt: skip
    known = {part: name for part, name in parts.items() if name in table.columns}
    rows = table.frame.filter((nw.col("_blocked") != "Q08").fill_null(True), ~nw.col("hazard_id").is_null())
    names = ("hazard_id", "_blocked", *known)
    listed = fetched(rows.select("hazard_id", "_blocked", **{part: nw.col(at) for part, at in known.items()}))
    return {row[0]: dict(zip(names, row, strict=True)) for row in listed}


def _visits(records: Records, ledger: Ledger, metric: Metric) -> list[Asked]:
    rows = records.tables[ledger.name].frame.filter(nw.col("_blocked").is_null())
    parts = metric.columns
    listed = fetched(rows.select(**{part: nw.col(name) for part, name in parts.items()}))
    return [dict(zip(parts, row, strict=True)) for row in listed]


def _inside(at: datetime | None, window: Window | None) -> bool:
    return at is not None and window is not None and window[0] <= at.date() <= window[1]


def _needed(hazard: Asked, rounds: dict[str, Window], period: Period) -> tuple[str, ...]:
    """The rounds that a hazard needs in the year; all of them where it stood in the register all year."""
    registered: date | None = hazard["registered"]
    cancelled: date | None = hazard.get("cancelled")
    if (registered is not None and registered > period.end) or (
        cancelled is not None and cancelled < period.start
    ):
        return ()
    new = registered if registered is not None and registered >= period.start else None
    gone = cancelled if cancelled is not None and cancelled <= period.end else None
    return tuple(
        name
        for name, (start, end) in rounds.items()
        if (new is None or start > new) and (gone is None or end < gone)
    )
