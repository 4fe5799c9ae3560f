"""Q06, a geometry that cannot be one or has another area than the row says, and Q07, one in the wrong place.

Parts of Q06: `shape` (WKT), optional `srid` (EPSG; 4490 where unknown) and `area` (m², on the ellipsoid).
Figures: `area_m2` (1), `area_pct` (0.1).

Parts of Q07: `shape` and optional `srid`, or `lon` and `lat`. Figures: `west`, `east`, `south`, `north`, the
box in degrees that everything lies in; the whole country unless said.
"""

# pyright: reportUnknownMemberType=false
# What shapely does with arrays takes keywords that it has no types for.

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import isfinite
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from hengliang.base.message import Message, message
from hengliang.measure.checks.asked import Asked, asked_pieces
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.geometry import STORED, GeometryError, all_stored, areas_m2, places, shapes
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def unusable(table: Table, check: Check, records: Records) -> list[Finding]:
    """Q06: not closed, self-crossing, without extent, with a corner twice, or with another area."""
    found: list[Finding] = []
    column = check.columns["shape"]
    # What the load has worked out need not be worked out again.
    known = {"computed": f"_{column}_area_m2"} if column in table.prepared else {}
    for piece in asked_pieces(table, check, records, known):
        rows = [row for row in piece if row.get("shape") is not None]
        figures = shapes([row["shape"] for row in rows])
        whole = _is_whole(figures)
        found += [
            Finding("Q06", rows[at]["_row"], "blocking", _fault(figures[at]))
            for at in np.flatnonzero(~whole).tolist()
        ]
        said = np.array([row.get("area") is not None for row in rows], dtype=bool)
        for srid, members in _by_system(rows, whole & said).items():
            found += _other_areas(srid, [(rows[at], figures[at]) for at in members], check)
    return sorted(found, key=lambda finding: finding.row)


def _is_whole(figures: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether shapes are what they must be: valid, with extent, without a corner twice in a row."""
    whole: NDArray[np.bool_] = shapely.is_valid(figures) & ~shapely.is_empty(figures)
    surfaces = np.flatnonzero(whole & np.isin(shapely.get_type_id(figures), (_POLYGON, _MULTIPOLYGON)))
    whole[surfaces] = shapely.area(figures[surfaces]) > 0
    wide = figures[surfaces[whole[surfaces]]]
    once = shapely.remove_repeated_points(wide)
    whole[surfaces[whole[surfaces]]] = shapely.get_num_coordinates(once) == shapely.get_num_coordinates(wide)
    return whole


_POLYGON, _MULTIPOLYGON = 3, 6
"""The numbers of the types in shapely."""


def _fault(figure: BaseGeometry | None) -> Message:
    """What is wrong with a shape that is not whole."""
    if figure is None:
        return message("the text is no geometry in WKT")
    if figure.is_empty:
        return message("the geometry is empty")
    if not figure.is_valid:
        return message("the geometry is invalid: {why}", why=shapely.is_valid_reason(figure))
    if not figure.area:
        return message("the geometry has no extent")
    return message("the geometry has the same corner twice in a row")


def _by_system(rows: Sequence[Asked], asked: NDArray[np.bool_]) -> dict[int, list[int]]:
    """The places of the rows that are asked, by the system that their shapes are in."""
    places: dict[int, list[int]] = defaultdict(list)
    for at in np.flatnonzero(asked).tolist():
        places[int(rows[at].get("srid") or STORED)].append(at)
    return places


def _other_areas(srid: int, members: Sequence[tuple[Asked, BaseGeometry]], check: Check) -> Iterator[Finding]:
    """The rows of one system whose shape has another area than they say."""
    try:
        computed = _areas(srid, members)
    except GeometryError as error:
        yield from (Finding("Q06", row["_row"], "blocking", error.reason) for row, _ in members)
        return
    least = float(check.figures.get("area_m2", 1))
    share = float(check.figures.get("area_pct", Decimal("0.1"))) / 100
    for (row, _), area in zip(members, computed, strict=True):
        # Coordinates of another system may have no place on the ellipsoid at all: that is Q07.
        if isfinite(area) and abs(float(row["area"]) - area) > max(least, share * area):
            figures: dict[str, object] = {"computed_m2": places(area, 2)}
            reason = message("the area is {said} m², the geometry has {computed} m²",
                             said=row["area"], computed=figures["computed_m2"])  # fmt: skip
            yield Finding("Q06", row["_row"], "blocking", reason, figures=figures)


def _areas(srid: int, members: Sequence[tuple[Asked, BaseGeometry]]) -> list[float]:
    """Square metres on the ellipsoid. Raises GeometryError for an unknown system."""
    known = [row.get("computed") for row, _ in members]
    if None not in known:
        return [float(area) for area in known if area is not None]
    return areas_m2(all_stored(np.array([figure for _, figure in members], dtype=object), srid)).tolist()


_COUNTRY = {"west": Decimal(73), "east": Decimal(136), "south": Decimal(3), "north": Decimal(54)}


def misplaced(table: Table, check: Check, records: Records) -> list[Finding]:
    """Q07: outside the box; what swapped axes, a missing zone number or another system look like."""
    box = {part: float(value) for part, value in {**_COUNTRY, **check.figures}.items()}
    reason = message("lies outside the area that is administered; axes, zone or system may be wrong")
    found: list[Finding] = []
    for rows in asked_pieces(table, check, records):
        for at, (west, south, east, north) in _bounds(rows):
            inside = box["west"] <= west <= east <= box["east"]
            if not inside or not box["south"] <= south <= north <= box["north"]:
                found.append(Finding("Q07", rows[at]["_row"], "blocking", reason))
    return sorted(found, key=lambda finding: finding.row)


def _bounds(rows: Sequence[Asked]) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    """West, south, east, north of the rows that have a position, in degrees."""
    figures = shapes([row.get("shape") for row in rows])
    drawn = ~(shapely.is_missing(figures) | shapely.is_empty(figures))
    for srid, members in _by_system(rows, drawn).items():
        try:
            bounds: list[list[float]] = shapely.bounds(all_stored(figures[members], srid)).tolist()
        except GeometryError:
            continue
        for at, (west, south, east, north) in zip(members, bounds, strict=True):
            yield at, (west, south, east, north)
    for at, row in enumerate(rows):
        if row.get("shape") is None and row.get("lon") is not None and row.get("lat") is not None:
            yield at, (row["lon"], row["lat"], row["lon"], row["lat"])


CHECKS = {"Q06": unusable, "Q07": misplaced}
