"""F02: a photo or an inspector far from the object, or a photo taken outside the visit.

Parts: `lon` and `lat`, or `place` (a point in WKT); the object as `object_lon` and `object_lat`, or `object`
(WKT), of the same row or, under `there`, of another ledger. Optional: `accuracy`, `object_accuracy` (metres;
0 where unknown), `taken_at`, `start_at`, `end_at`. Figures: `distance_m` (200), `hours` (2).
"""

from datetime import timedelta
from decimal import Decimal
from math import cos, isfinite, radians

from shapely import Point, STRtree, box

from hengliang.base.message import message
from hengliang.measure.checks.asked import Asked, asked_rows, other_rows
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.geometry import GeometryError, distance_m, distance_to_m, places, shape
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def far_away(table: Table, check: Check, records: Records) -> list[Finding]:
    """Farther than the limit and both accuracies together; or taken some hours outside the visit."""
    limit = check.figures.get("distance_m", Decimal(200))
    hours = check.figures.get("hours", Decimal(2))
    objects = other_rows(check, records) if check.ledger is not None else None
    found: list[Finding] = []
    for row in asked_rows(table, check, records):
        target = row if objects is None else objects.get(row["key"])
        distance = None if target is None else metres_between(row, target)
        allowed = limit + sum(Decimal(row.get(part) or 0) for part in ("accuracy", "object_accuracy"))
        if distance is not None and Decimal(distance) > allowed:
            figures = {"distance_m": places(distance, 0)}
            reason = message("{distance} m away from the object, {allowed} m are allowed",
                             distance=figures["distance_m"], allowed=allowed)  # fmt: skip
            found.append(Finding("F02", row["_row"], "audit", reason, figures=figures))
        elif _outside(row, timedelta(hours=float(hours))):
            reason = message("the photo was taken more than {hours} h outside the visit", hours=hours)
            found.append(Finding("F02", row["_row"], "audit", reason))
    return found


def metres_between(row: Asked, target: Asked) -> float | None:
    """Metres from the position of a row to an object; None where either is missing or is no geometry."""
    try:
        at = position(row, "lon", "lat", "place")
        if at is None:
            return None
        if target.get("object") is not None:
            return _known(distance_to_m(shape(target["object"]), *at))
        there = position(target, "object_lon", "object_lat", "object")
    except GeometryError:
        return None
    return None if there is None else _known(distance_m(*at, *there))


def _known(distance: float) -> float | None:
    """Places beyond the pole or in the coordinates of another system have no distance: that is Q07 or Q10."""
    return distance if isfinite(distance) else None


def position(row: Asked, lon: str, lat: str, place: str) -> tuple[float, float] | None:
    """A position of two columns, or of a point in WKT. Raises GeometryError."""
    if row.get(lon) is not None and row.get(lat) is not None:
        return float(row[lon]), float(row[lat])
    if row.get(place) is None:
        return None
    middle = shape(row[place]).centroid
    return (middle.x, middle.y)


def _outside(row: Asked, margin: timedelta) -> bool:
    taken, start = row.get("taken_at"), row.get("start_at")
    if taken is None or start is None:
        return False
    return not start - margin <= taken <= (row.get("end_at") or start) + margin


def too_near(table: Table, check: Check, records: Records) -> list[Finding]:
    """Two places of one ledger that lie closer than two different ones can.

    Parts: `place`, or `lon` and `lat`. Figures: `distance_m` (20). The later row of the source is questioned.
    """
    limit = float(check.figures.get("distance_m", Decimal(20)))
    placed: list[tuple[int, tuple[float, float]]] = []
    for row in asked_rows(table, check, records):
        try:
            at = position(row, "lon", "lat", "place")
        except GeometryError:
            continue
        if at is not None:
            placed.append((row["_row"], at))
    tree = STRtree([Point(at) for _, at in placed])
    found: list[Finding] = []
    for row, (lon, lat) in placed:
        # A degree is never longer than 112 km, and of longitude shorter towards the poles.
        reach = limit / 111_000
        wide = reach / max(0.01, cos(radians(lat)))
        for at in sorted(int(at) for at in tree.query(box(lon - wide, lat - reach, lon + wide, lat + reach))):
            other, there = placed[at]
            distance = distance_m(lon, lat, *there)
            if other < row and distance < limit:
                figures = {"distance_m": places(distance, 1)}
                reason = message("only {distance} m away from another one", distance=figures["distance_m"])
                found.append(
                    Finding(check.reports or "too-near", row, "audit", reason, other, figures=figures)
                )
    return found


CHECKS = {"F02": far_away, "too-near": too_near}
