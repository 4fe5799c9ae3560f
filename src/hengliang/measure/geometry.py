"""Positions and shapes on the ground: CGCS2000 (EPSG:4490), distances and areas on its ellipsoid.

Shapes come as WKT, easting or longitude first, in the system that their EPSG number names. GeoJSON has the
same order; EPSG's own order, north first, is not used anywhere.
"""

import math
from decimal import Decimal
from functools import lru_cache

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
    if srid == STORED:
        return figure
    change = _to_stored(srid)

    def changed(corners: NDArray[float64]) -> NDArray[float64]:
        east, north = change.transform(corners[:, 0], corners[:, 1])
        return column_stack([east, north])

    return shapely.transform(figure, changed)


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Metres between two positions, on the ellipsoid."""
    return float(_ELLIPSOID.inv(lon, lat, other_lon, other_lat)[2])


def distance_to_m(figure: BaseGeometry, lon: float, lat: float) -> float:
    """Metres from a position to the nearest point of a shape in degrees; 0 inside it."""
    # Degrees of longitude are shorter than those of latitude: the nearest point is sought to scale.
    narrow = math.cos(math.radians(lat))
    flat = scale(figure, narrow, 1.0, origin=(0, 0))
    line = shapely.shortest_line(flat, shapely.Point(lon * narrow, lat))  # pyright: ignore[reportUnknownMemberType]
    (x, y), *_ = line.coords
    return distance_m(x / narrow, y, lon, lat)


def area_m2(figure: BaseGeometry) -> float:
    """Square metres of a shape in degrees, on the ellipsoid."""
    return abs(_ELLIPSOID.geometry_area_perimeter(shapely.orient_polygons(figure))[0])  # pyright: ignore[reportUnknownMemberType]


def places(value: float, digits: int) -> Decimal:
    """A measured figure as it is shown."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits))
