"""F11: polygons that are drawn twice or overlap, where a ledger divides the land.

Parts: `shape` (WKT), optional `srid` (EPSG; 4490 where unknown), `top` and `bottom` (heights: what lies
above the other does not overlap), `same` (what may overlap with itself). With `ledger` and `there` the rows
are held against another ledger instead. Figures: `iou` (0.9), `overlap_m2` (1), `overlap_pct` (1, of the
smaller one).
"""

from dataclasses import dataclass
from decimal import Decimal
from math import isfinite

import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from hengliang.base.message import message
from hengliang.measure.checks.asked import Asked, asked_rows, other_rows
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.geometry import STORED, GeometryError, area_m2, is_planar, places, shape, stored
from hengliang.measure.records import Records
from hengliang.measure.table import Table


@dataclass(frozen=True, slots=True)
class _Area:
    row: int
    figure: BaseGeometry
    """As it came."""
    srid: int
    degrees: BaseGeometry
    top: Decimal | None
    bottom: Decimal | None
    same: object
    """What overlaps with itself rightly: the versions of one right."""


def overlapping(table: Table, check: Check, records: Records) -> list[Finding]:
    """Every pair that overlaps more than the limits; the later row of the source is questioned."""
    mine = [area for row in asked_rows(table, check, records) if (area := _area(row)) is not None]
    within = check.ledger is None
    others = mine if within else [a for row in other_rows(check, records).values() if (a := _area(row))]
    tree = STRtree([area.degrees for area in others])
    found: list[Finding] = []
    for area in mine:
        for at in sorted(int(at) for at in tree.query(area.degrees, predicate="intersects")):
            other = others[at]
            if within and other.row >= area.row:
                continue
            if (finding := _overlap(area, other, check)) is not None:
                found.append(finding if within else Finding(
                    "F11", area.row, "audit", finding.reason, figures=finding.figures
                ))  # fmt: skip
    return found


def outside(table: Table, check: Check, records: Records) -> list[Finding]:
    """Surfaces that leave the one that they belong to, by more than `overlap_m2`; joined by `key`."""
    wholes = {
        key: area for key, row in other_rows(check, records).items() if (area := _area(row)) is not None
    }
    found: list[Finding] = []
    for row in asked_rows(table, check, records):
        area, whole = _area(row), wholes.get(row["key"])
        if area is None or whole is None:
            continue
        beyond = area_m2(shapely.difference(area.degrees, whole.degrees))
        if beyond > float(check.figures.get("overlap_m2", 1)):
            figures = {"outside_m2": places(beyond, 2)}
            reason = message("{area} m² lie outside what it belongs to", area=figures["outside_m2"])
            found.append(Finding(check.reports or "inside", row["_row"], "audit", reason, figures=figures))
    return found


def _area(row: Asked) -> _Area | None:
    """The surface of a row; None where it is missing or cannot be used (that is Q06)."""
    if row.get("shape") is None:
        return None
    try:
        figure, srid = shape(row["shape"]), int(row.get("srid") or STORED)
        if figure.is_empty or not figure.is_valid:
            return None
        degrees = stored(figure, srid)
        if not all(map(isfinite, degrees.bounds)):
            return None
        return _Area(
            row["_row"],
            figure,
            srid,
            degrees,
            row.get("top"),
            row.get("bottom"),
            row.get("same"),
        )
    except GeometryError:
        return None


def _overlap(one: _Area, other: _Area, check: Check) -> Finding | None:
    if _stacked(one, other) or _stacked(other, one) or (one.same is not None and one.same == other.same):
        return None
    planar = one.srid == other.srid and is_planar(one.srid)
    first, second = (one.figure, other.figure) if planar else (one.degrees, other.degrees)
    common = shapely.intersection(first, second)
    sizes = [figure.area if planar else area_m2(figure) for figure in (first, second, common)]
    smaller, shared = min(sizes[:2]), sizes[2]
    whole = sizes[0] + sizes[1] - shared
    iou = shared / whole if whole else 0.0
    limits = check.figures
    least = max(float(limits.get("overlap_m2", 1)), float(limits.get("overlap_pct", 1)) / 100 * smaller)
    if iou <= float(limits.get("iou", Decimal("0.9"))) and shared <= least:
        return None
    figures: dict[str, object] = {
        "overlap_m2": places(shared, 2), "iou": places(iou, 3),
        "measured": "planar" if planar else "ellipsoid",
    }  # fmt: skip
    if planar:
        reason = message(
            "overlaps another area by {area} m², measured in the plane", area=figures["overlap_m2"]
        )
    else:
        reason = message("overlaps another area by {area} m²", area=figures["overlap_m2"])
    return Finding("F11", one.row, "audit", reason, other.row, figures=figures)


def _stacked(one: _Area, other: _Area) -> bool:
    """Whether one lies wholly below the other."""
    return one.top is not None and other.bottom is not None and one.top <= other.bottom


CHECKS = {"F11": overlapping, "inside": outside}
