"""F03: one person at two visits between which nobody could have travelled.

Parts: `person` (and `person_2`, `person_3` where several go), `start_at`, optional `end_at`; `lon` and `lat`,
or `place` (a point in WKT). Figures: `speed_kmh` (80).
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from math import isfinite

from hengliang.base.message import message
from hengliang.measure.checks.asked import Asked, asked_rows
from hengliang.measure.checks.places import position
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.geometry import GeometryError, distance_m, places
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def impossible(table: Table, check: Check, records: Records) -> list[Finding]:
    """Visits that overlap, or lie so far apart that the speed between them is above the limit.

    The gap runs from the end of one visit to the start of the next; the later visit is questioned.
    """
    limit = float(check.figures.get("speed_kmh", Decimal(80)))
    persons = [part for part in (*check.columns, *check.optional) if part.startswith("person")]
    visits: dict[object, dict[int, Asked]] = defaultdict(dict)
    for row in asked_rows(table, check, records):
        if row["start_at"] is not None:
            for person in {row[part] for part in persons if row.get(part) is not None}:
                visits[person][row["_row"]] = row
    found: dict[tuple[int, int], Finding] = {}
    for of_one in visits.values():
        for before, after in _neighbours(list(of_one.values())):
            pair = (after["_row"], before["_row"])
            if pair not in found and (finding := _between(before, after, limit)) is not None:
                found[pair] = finding
    return list(found.values())


def _neighbours(rows: list[Asked]) -> Iterator[tuple[Asked, Asked]]:
    """Every visit with the one before it, and with one that began earlier still and was not over."""
    rows.sort(key=lambda row: (row["start_at"], _end(row), row["_row"]))
    longest = rows[0] if rows else None
    for before, after in pairwise(rows):
        yield before, after
        if longest is not None and longest is not before and _end(longest) > after["start_at"]:
            yield longest, after
        if longest is None or _end(before) >= _end(longest):
            longest = before


def _end(row: Asked) -> datetime:
    return row.get("end_at") or row["start_at"]


def _between(before: Asked, after: Asked, limit: float) -> Finding | None:
    seconds = (after["start_at"] - _end(before)).total_seconds()
    try:
        one, other = position(before, "lon", "lat", "place"), position(after, "lon", "lat", "place")
    except GeometryError:
        one = other = None
    distance = distance_m(*one, *other) if one is not None and other is not None else None
    if distance is not None and not isfinite(distance):
        distance = None  # a place beyond the pole: that is Q10
    figures = {} if distance is None else {"distance_km": places(distance / 1000, 1)}
    if seconds < 0:
        reason = message("one person was at two visits at the same time")
        return Finding("F03", after["_row"], "audit", reason, before["_row"], figures=figures)
    if not distance or distance * 3.6 <= limit * seconds:
        return None
    if not seconds:
        reason = message("one person ended a visit and began another elsewhere at the same moment")
        return Finding("F03", after["_row"], "audit", reason, before["_row"], figures=figures)
    speed = places(distance * 3.6 / seconds, 0)
    reason = message("one person would have travelled {distance} km at {speed} km/h",
                     distance=figures["distance_km"], speed=speed)  # fmt: skip
    figures["speed_kmh"] = speed
    return Finding("F03", after["_row"], "audit", reason, before["_row"], figures=figures)


CHECKS = {"F03": impossible}
