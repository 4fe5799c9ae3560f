"""Positions and shapes on the ground: CGCS2000 (EPSG:4490), distances and areas on its ellipsoid.

Shapes come as WKT, easting or longitude first, in the system that their EPSG number names. GeoJSON has the
same order; EPSG's own order, north first, is not used anywhere.
"""

# pyright: reportUnknownMemberType=false
# What shapely does with arrays takes keywords that it has no types for.

import math
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy import column_stack, float64
from numpy.typing import NDArray
from pyproj import CRS, Geod, Transformer
from pyproj.exceptions import CRSError
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

from hengliang.base.message import Message, message

STORED = 4490
_ELLIPSOID = Geod(a=6378137.0, rf=298.257222101)


class GeometryError(ValueError):
    """A shape that cannot be used; `reason` says why."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.text)
        self.reason = reason


@lru_cache(maxsize=65536)
def shape(wkt: str) -> BaseGeometry:
    """The shape that a WKT text says. Raises GeometryError."""
    try:
        return shapely.from_wkt(wkt)
    except (shapely.GEOSException, TypeError):
        raise GeometryError(message("the text is no geometry in WKT")) from None


def shapes(texts: Sequence[str | None]) -> NDArray[Any]:
    """The shapes that WKT texts say; None for a text that says none. Many together are read several times as
    fast as one by one."""
    return np.asarray(shapely.from_wkt(np.array(texts, dtype=object), on_invalid="ignore"), dtype=object)


@lru_cache(maxsize=64)
def _system(srid: int) -> CRS:
    try:
        return CRS.from_epsg(srid)
    except CRSError:
        raise GeometryError(message("there is no coordinate system EPSG:{srid}", srid=srid)) from None


@lru_cache(maxsize=64)
def _to_stored(srid: int) -> Transformer:
    return Transformer.from_crs(_system(srid), _system(STORED), always_xy=True)


def is_planar(srid: int) -> bool:
    """Whether a system has plane coordinates in metres. Raises GeometryError for an unknown one."""
    return _system(srid).is_projected


def stored(figure: BaseGeometry, srid: int) -> BaseGeometry:
    """The shape in degrees of CGCS2000. Raises GeometryError for an unknown system."""
    return all_stored(np.array([figure], dtype=object), srid)[0]


def all_stored(figures: NDArray[Any], srid: int) -> NDArray[Any]:
    """The same for shapes of one system."""
    if srid == STORED:
        return figures
    change = _to_stored(srid)

    def changed(corners: NDArray[float64]) -> NDArray[float64]:
        east, north = change.transform(corners[:, 0], corners[:, 1])
        return column_stack([east, north])

    return shapely.transform(figures, changed)


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Metres between two positions, on the ellipsoid."""
    return float(_ELLIPSOID.inv(lon, lat, other_lon, other_lat)[2])


def distance_to_m(figure: BaseGeometry, lon: float, lat: float) -> float:
    """Metres from a position to the nearest point of a shape in degrees; 0 inside it."""
    # Degrees of longitude are shorter than those of latitude: the nearest point is sought to scale.
    narrow = math.cos(math.radians(lat))
    flat = scale(figure, narrow, 1.0, origin=(0, 0))
    line = shapely.shortest_line(flat, shapely.Point(lon * narrow, lat))
    (x, y), *_ = line.coords
    return distance_m(x / narrow, y, lon, lat)


def area_m2(figure: BaseGeometry) -> float:
    """Square metres of a shape in degrees, on the ellipsoid; 0 for what has no extent."""
    return float(areas_m2([figure])[0])


def areas_m2(figures: Sequence[BaseGeometry] | NDArray[Any]) -> NDArray[float64]:
    """The same for many shapes."""
    areas = np.zeros(len(figures))
    polygons, of_figure = _parts(np.asarray(figures, dtype=object))
    rings, of_polygon = shapely.get_rings(shapely.orient_polygons(polygons), return_index=True)
    corners = shapely.get_coordinates(rings)
    ends = np.cumsum(shapely.get_num_coordinates(rings))
    # Outer rings run one way round and holes the other: their areas are added.
    first = 0
    for last, polygon in zip(ends.tolist(), of_polygon.tolist(), strict=True):
        ring = corners[first:last]
        areas[of_figure[polygon]] += _ELLIPSOID.polygon_area_perimeter(ring[:, 0], ring[:, 1])[0]
        first = last
    return np.abs(areas)


def _parts(figures: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The polygons of shapes, and the place of the shape that each is of."""
    parts, places = shapely.get_parts(figures, return_index=True)
    kinds = shapely.get_type_id(parts)
    while np.any(kinds > _POLYGON):
        parts, within = shapely.get_parts(parts, return_index=True)
        places, kinds = places[within], shapely.get_type_id(parts)
    return parts[kinds == _POLYGON], places[kinds == _POLYGON]


_POLYGON = 3
"""The number of the type in shapely; what is made of several parts has a larger one."""


def places(value: float, digits: int) -> Decimal:
    """A measured figure as it is shown."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits))
