"""F11: polygons that are drawn twice or overlap, where a ledger divides the land.

Parts: `shape` (WKT), optional `srid` (EPSG; 4490 where unknown), `top` and `bottom` (heights: what lies
above the other does not overlap), `same` (what may overlap with itself). With `ledger` and `there` the rows
are held against another ledger instead. Figures: `iou` (0.9), `overlap_m2` (1), `overlap_pct` (1, of the
smaller one).
"""

# pyright: reportUnknownMemberType=false
# What shapely does with arrays takes keywords that it has no types for.

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from hengliang.base.message import message
from hengliang.measure.checks.asked import Asked, asked_rows, other_rows
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.geometry import STORED, GeometryError, all_stored, area_m2, is_planar, places, shapes
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


_AT_ONCE = 20_000
"""Pairs that are laid over each other at once."""


def overlapping(table: Table, check: Check, records: Records) -> list[Finding]:
    """Every pair that overlaps more than the limits; the later row of the source is questioned."""
    mine = _areas(asked_rows(table, check, records))
    within = check.ledger is None
    others = mine if within else _areas(list(other_rows(check, records).values()))
    tree = STRtree([area.degrees for area in others])
    met = tree.query(np.array([area.degrees for area in mine], dtype=object), predicate="intersects")
    if within:
        rows = np.array([area.row for area in mine])
        met = met[:, rows[met[1]] < rows[met[0]]]
    met_places: list[list[int]] = met.T.tolist()
    pairs = [
        (mine[one], others[other])
        for one, other in sorted(met_places)
        if not _rightly(mine[one], others[other])
    ]
    found: list[Finding] = []
    for start in range(0, len(pairs), _AT_ONCE):
        some = pairs[start : start + _AT_ONCE]
        ones, theirs = _compared(some)
        common = shapely.intersection(ones, theirs)
        for at in np.flatnonzero(shapely.area(common) > 0).tolist():
            one, other = some[at]
            if (finding := _overlap(one, other, common.item(at), check)) is not None:
                found.append(finding if within else replace(finding, with_row=None))
    return found


def _compared(pairs: Sequence[tuple[_Area, _Area]]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The shapes of both sides as they are measured: in the plane where both came in one, else in degrees."""
    both = [
        (one.figure, other.figure) if _is_planar(one, other) else (one.degrees, other.degrees)
        for one, other in pairs
    ]
    sides = np.array(both, dtype=object).reshape(-1, 2)
    return sides[:, 0], sides[:, 1]


def _is_planar(one: _Area, other: _Area) -> bool:
    return one.srid == other.srid and is_planar(one.srid)


def outside(table: Table, check: Check, records: Records) -> list[Finding]:
    """Surfaces that leave the one that they belong to, by more than `overlap_m2`; joined by `key`."""
    there = other_rows(check, records)
    rows = {row["_row"]: row for row in there.values()}
    wholes = {rows[area.row]["key"]: area for area in _areas(list(there.values()))}
    asked = asked_rows(table, check, records)
    keys = {row["_row"]: row["key"] for row in asked}
    found: list[Finding] = []
    for area in _areas(asked):
        whole = wholes.get(keys[area.row])
        if whole is None:
            continue
        beyond = area_m2(shapely.difference(area.degrees, whole.degrees))
        if beyond > float(check.figures.get("overlap_m2", 1)):
            figures = {"outside_m2": places(beyond, 2)}
            reason = message("{area} m² lie outside what it belongs to", area=figures["outside_m2"])
            found.append(Finding(check.reports or "inside", area.row, "audit", reason, figures=figures))
    return found


def _areas(rows: Sequence[Asked]) -> list[_Area]:
    """The surfaces of rows; without those that are missing or cannot be used (that is Q06)."""
    figures = shapes([row.get("shape") for row in rows])
    usable = shapely.is_valid(figures) & ~shapely.is_empty(figures)
    places_of: dict[int, list[int]] = defaultdict(list)
    for at in np.flatnonzero(usable).tolist():
        places_of[int(rows[at].get("srid") or STORED)].append(at)
    found: dict[int, _Area] = {}
    for srid, members in places_of.items():
        try:
            degrees = all_stored(figures[members], srid)
        except GeometryError:
            continue
        known: NDArray[np.bool_] = np.isfinite(shapely.bounds(degrees))
        for place in np.flatnonzero(np.all(known, axis=1)).tolist():
            at = members[place]
            optional = (rows[at].get(part) for part in ("top", "bottom", "same"))
            found[at] = _Area(rows[at]["_row"], figures.item(at), srid, degrees.item(place), *optional)
    return [found[at] for at in sorted(found)]


def _rightly(one: _Area, other: _Area) -> bool:
    """Whether two may overlap: one lies above the other, or both are versions of one thing."""
    return _stacked(one, other) or _stacked(other, one) or (one.same is not None and one.same == other.same)


def _overlap(one: _Area, other: _Area, common: BaseGeometry, check: Check) -> Finding | None:
    planar = _is_planar(one, other)
    first, second = (one.figure, other.figure) if planar else (one.degrees, other.degrees)
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
