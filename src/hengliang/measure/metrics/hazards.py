"""Geological hazards (地质灾害隐患点): which rounds of inspection each one needed, and which were done.

A hazard needs a round when it was in the register before the round's window began and still when it ended. A
visit counts within the window of its round and near the hazard, or its danger zone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import narwhals as nw

from hengliang.base.message import Message, message
from hengliang.measure.checks.asked import Asked
from hengliang.measure.checks.places import metres_between
from hengliang.measure.compute import Ask, State, Value, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.metrics.columns import lacking, no_records
from hengliang.measure.period import Period
from hengliang.measure.records import Records
from hengliang.measure.told import FREE, ONCE, Row, Told, holding, missed, tell
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
    rounds = windows(records.parameters(ledger), records.period)
    done: dict[Any, set[str]] = {}
    for visit, reason in _judged(records, ledger, metric):
        if reason is None:
            done.setdefault(visit["hazard"], set()).add(visit["round"])
    found: list[_Hazard] = []
    for name, hazard in sorted(_register(records).items()):
        needed = _needed(hazard, rounds, records.period)
        if needed:
            kept: set[str] = set() if hazard["_blocked"] else done.get(name, set())
            found.append(_Hazard(str(name), needed, frozenset(kept)))
    return found or Value(State.NOT_APPLICABLE, reason=message("no hazard needed a round"))


def _judged(records: Records, ledger: Ledger, metric: Metric) -> Iterator[tuple[Asked, Message | None]]:
    """The visits that no check blocks, and why each does none of the rounds; None where it does."""
    parameters = records.parameters(ledger)
    rounds, radius = windows(parameters, records.period), float(parameters["on_site_radius_m"])
    hazards = _register(records)
    for visit in _visits(records, ledger, metric):
        hazard = hazards.get(visit["hazard"])
        if hazard is None:
            yield visit, message("its hazard is not in the register")
        elif visit["round"] not in rounds:
            yield visit, message("its round is none of the rounds of the year")
        elif not _inside(visit["at"], rounds[visit["round"]]):
            yield visit, message("it was not within the time of its round")
        elif (distance := metres_between(visit, hazard)) is None:
            yield visit, message("nobody says how far from the hazard it was")
        elif distance > radius:
            said = message("it was {distance} m from the hazard", distance=f"{distance:.0f}")
            yield visit, said
        else:
            yield visit, None


def _register(records: Records) -> dict[Any, Asked]:
    table = records.tables[_REGISTER]
    parts = {
        "registered": "registered_on", "cancelled": "cancelled_on",
        "object_lon": "lon", "object_lat": "lat", "object": "danger_zone",
    }  # fmt: skip
    known = {part: name for part, name in parts.items() if name in table.columns}
    rows = table.frame.filter(holding([ONCE, _NAMED]))
    names = ("hazard_id", "_row", "_blocked", *known)
    listed = fetched(rows.select(*names[:3], **{part: nw.col(at) for part, at in known.items()}))
    return {row[0]: dict(zip(names, row, strict=True)) for row in listed}


def _visits(records: Records, ledger: Ledger, metric: Metric) -> list[Asked]:
    rows = records.tables[ledger.name].frame.filter(holding([FREE])).sort("_row")
    parts = {"row": "_row", **metric.columns}
    listed = fetched(rows.select(**{part: nw.col(name) for part, name in parts.items()}))
    return [dict(zip(parts, row, strict=True)) for row in listed]


def _inside(at: datetime | None, window: Window) -> bool:
    return at is not None and window[0] <= at.date() <= window[1]


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


_NAMED = Ask(~nw.col("hazard_id").is_null(), message("it names no hazard"))


def _told(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    """The visits, and the hazards of the register: which rounds each of them lacks."""
    hazards = _hazards(records, ledger, metric)
    needed = {each.name: each for each in hazards} if isinstance(hazards, list) else {}
    names = {hazard["_row"]: str(name) for name, hazard in _register(records).items()}
    reasons = {int(visit["row"]): reason for visit, reason in _judged(records, ledger, metric)}

    def visit(one: Row) -> Row:
        reason = reasons.get(one.row)
        return one if reason is None else Row(one.row, False, False, reason)

    def hazard(one: Row) -> Row:
        known = needed.get(names.get(one.row, ""))
        if known is None:
            return Row(one.row, False, False, one.reason or message("it needed no round in the year"))
        lacks = [each for each in known.needed if each not in known.done]
        said = message("it lacks the rounds {names}", names=tuple(lacks)) if lacks else None
        return Row(one.row, True, not lacks, one.reason or said)

    visits = tell(records.tables[ledger.name], metric.columns.values(), [])
    register = tell(records.table(_REGISTER), ("registered_on", "cancelled_on"), [_NAMED])
    return [*(each.but(visit) for each in visits), *(each.but(hazard) for each in register)]


def _told_missed(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    return [each.but(missed) if each.ledger == _REGISTER else each for each in _told(records, ledger, metric)]


TOLD = {"hazards_done": _told, "rounds_done": _told, "hazards_missed": _told_missed}
