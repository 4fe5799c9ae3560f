"""Q06, a geometry that cannot be one or has another area than the row says, and Q07, one in the wrong place.

Parts of Q06: `shape` (WKT), optional `srid` (EPSG; 4490 where unknown) and `area` (m², on the ellipsoid).
Figures: `area_m2` (1), `area_pct` (0.1).

Parts of Q07: `shape` and optional `srid`, or `lon` and `lat`. Figures: `west`, `east`, `south`, `north`, the
box in degrees that everything lies in; the whole country unless said.
"""

from decimal import Decimal
from math import isfinite

import shapely
from shapely.geometry.base import BaseGeometry

from hengliang.base.message import Message, message
from hengliang.measure.checks.asked import Asked, asked_rows
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.geometry import STORED, GeometryError, area_m2, places, shape, stored
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def unusable(table: Table, check: Check, records: Records) -> list[Finding]:
    """Q06: not closed, self-crossing, without extent, with a corner twice, or with another area."""
    found: list[Finding] = []
    for row in asked_rows(table, check, records):
        if row.get("shape") is None:
            continue
        figures: dict[str, object] = {}
        try:
            figure = shape(row["shape"])
            reason = _fault(figure)
            if reason is None and row.get("area") is not None:
                reason = _other_area(row, figure, check, figures)
        except GeometryError as error:
            reason = error.reason
        if reason is not None:
            found.append(Finding("Q06", row["_row"], "blocking", reason, figures=figures))
    return found


def _fault(figure: BaseGeometry) -> Message | None:
    if figure.is_empty:
        return message("the geometry is empty")
    if not figure.is_valid:
        return message("the geometry is invalid: {why}", why=shapely.is_valid_reason(figure))
    if figure.geom_type in ("Polygon", "MultiPolygon"):
        if not figure.area:
            return message("the geometry has no extent")
        if _corner_twice(figure):
            return message("the geometry has the same corner twice in a row")
    return None


def _corner_twice(figure: BaseGeometry) -> bool:
    return len(shapely.get_coordinates(shapely.remove_repeated_points(figure))) != len(
        shapely.get_coordinates(figure)
    )


def _other_area(row: Asked, figure: BaseGeometry, check: Check, figures: dict[str, object]) -> Message | None:
    computed = area_m2(stored(figure, int(row.get("srid") or STORED)))
    allowed = max(
        float(check.figures.get("area_m2", 1)),
        float(check.figures.get("area_pct", Decimal("0.1"))) / 100 * computed,
    )
    # Coordinates of another system may have no place on the ellipsoid at all: that is Q07.
    if not isfinite(computed) or abs(float(row["area"]) - computed) <= allowed:
        return None
    figures["computed_m2"] = places(computed, 2)
    return message("the area is {said} m², the geometry has {computed} m²",
                   said=row["area"], computed=figures["computed_m2"])  # fmt: skip


_COUNTRY = {"west": Decimal(73), "east": Decimal(136), "south": Decimal(3), "north": Decimal(54)}


def misplaced(table: Table, check: Check, records: Records) -> list[Finding]:
    """Q07: outside the box; what swapped axes, a missing zone number or another system look like."""
    box = {**_COUNTRY, **check.figures}
    found: list[Finding] = []
    for row in asked_rows(table, check, records):
        try:
            bounds = _bounds(row)
        except GeometryError:
            continue
        if bounds is None:
            continue
        west, south, east, north = bounds
        inside = float(box["west"]) <= west <= east <= float(box["east"])
        if not inside or not float(box["south"]) <= south <= north <= float(box["north"]):
            reason = message("lies outside the area that is administered; axes, zone or system may be wrong")
            found.append(Finding("Q07", row["_row"], "blocking", reason))
    return found


def _bounds(row: Asked) -> tuple[float, float, float, float] | None:
    if row.get("shape") is not None:
        figure = stored(shape(row["shape"]), int(row.get("srid") or STORED))
        return None if figure.is_empty else figure.bounds
    if row.get("lon") is None or row.get("lat") is None:
        return None
    return (row["lon"], row["lat"], row["lon"], row["lat"])


CHECKS = {"Q06": unusable, "Q07": misplaced}
