"""Coordinate systems that a file, a row or a person declares, and what coordinates look like that are of
another one. Nothing is guessed: a declared system is converted from, a doubtful one is a finding with a
proposal.

CGCS2000 / Gauss-Krüger: EPSG 4513-4533 are the 3-degree zones 25-45 with the zone number before the easting,
4534-4554 the same meridians without it (GB/T 33176; EPSG registry).
"""

# pyright: reportUnknownMemberType=false
# What shapely does with arrays takes keywords that it has no types for.

import re
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from typing import Any, Literal

import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from hengliang.base.message import Message, message
from hengliang.measure.geometry import STORED, GeometryError

Datum = Literal["CGCS2000", "GCJ02", "BD09"]
Bounds = tuple[float, float, float, float]
"""West, south, east, north in the system's own unit."""

_NAMES: dict[str, tuple[str, Datum]] = {
    "CGCS2000": ("EPSG:4490", "CGCS2000"), "WGS84": ("EPSG:4326", "CGCS2000"),
    "GCJ02": ("EPSG:4326", "GCJ02"), "BD09": ("EPSG:4326", "BD09"),
}  # fmt: skip
_SAME_GROUND = (
    "China 2000",
    "World Geodetic System 1984",
    "International Terrestrial Reference Frame",
    "China_2000",
    "WGS_1984",
)
"""Datums that agree with CGCS2000 to some decimetres; others need parameters that only surveyors have."""
_FIRST_ZONE, _LAST_ZONE = 25, 45
_WITH_NUMBER, _WITHOUT = 4488, 4509
"""EPSG number less zone."""
_COUNTRY = (73.0, 3.0, 136.0, 54.0)


@dataclass(frozen=True, slots=True)
class System:
    """A coordinate system as it is declared: what pyproj reads, and the datum of map services."""

    crs: str
    datum: Datum = "CGCS2000"

    @property
    def name(self) -> str:
        """As people call it."""
        if self.datum != "CGCS2000":
            return {"GCJ02": "GCJ-02", "BD09": "BD-09"}[self.datum]
        return self.crs if len(self.crs) < 20 else crs_of(self).name

    @property
    def number(self) -> int | None:
        """The EPSG number, None where it has none."""
        return _number(self)


def read_system(text: str) -> System:
    """A system from what people and files write: 4526, EPSG:4526, CGCS2000, GCJ-02, WKT.

    Raises GeometryError for one that there is not, or that cannot be converted exactly.
    """
    plain = re.sub(r"[\s_-]", "", text).upper()
    if plain in _NAMES:
        return System(*_NAMES[plain])
    system = System(f"EPSG:{plain}" if re.fullmatch(r"\d{4,6}", plain) else text.strip())
    datum = _datum(crs_of(system))
    if not datum.startswith(_SAME_GROUND):
        raise GeometryError(
            message(
                "{system} is of the datum {datum}: only the surveying office can convert it to CGCS2000; "
                "ask for the file in CGCS2000",
                system=system.name, datum=datum,
            )
        )  # fmt: skip
    return system


@lru_cache(maxsize=64)
def crs_of(system: System) -> CRS:
    """The system for pyproj. Raises GeometryError."""
    try:
        crs = CRS.from_user_input(system.crs)
    except CRSError:
        raise GeometryError(message("there is no coordinate system {name}", name=system.crs[:60])) from None
    return crs.sub_crs_list[0] if crs.is_compound else crs


@lru_cache(maxsize=64)
def _number(system: System) -> int | None:
    return crs_of(system).to_epsg(min_confidence=20)


@lru_cache(maxsize=64)
def to_stored(system: System) -> Transformer:
    """From a system to CGCS2000 in degrees, longitude first."""
    return Transformer.from_crs(crs_of(system), CRS.from_epsg(STORED), always_xy=True)


def _datum(crs: CRS) -> str:
    ground = crs.geodetic_crs
    if ground is None or crs.is_geocentric or not (crs.is_projected or crs.is_geographic):
        return crs.name
    return str(ground.datum.name if ground.datum else ground.name).removeprefix("D_")


def doubts(system: System, figures: NDArray[Any]) -> list[Message | None]:
    """The same for each of many shapes; an empty one is not doubted."""
    bounds = shapely.bounds(figures)
    sure = shapely.is_empty(figures)
    if crs_of(system).is_geographic:
        (west, south, east, north), (left, bottom, right, top) = bounds.T, _COUNTRY
        inside = (left <= west) & (west <= east) & (east <= right)
        sure |= inside & (bottom <= south) & (south <= north) & (north <= top)
    rows: list[Bounds] = [tuple(row) for row in bounds.tolist()]
    return [None if ok else doubt(system, row) for ok, row in zip(sure.tolist(), rows, strict=True)]


def doubt(system: System, bounds: Bounds) -> Message | None:
    """Why coordinates cannot be of the system that is declared, with a proposal; None where they can be."""
    west, south, east, north = bounds
    if not all(isfinite(part) and abs(part) < 1e9 for part in bounds):
        return message("the coordinates are no place on earth")
    crs = crs_of(system)
    if crs.is_geographic:
        return _doubt_degrees(system, bounds)
    number = system.number
    if number is None or not _WITH_NUMBER + _FIRST_ZONE <= number <= _WITHOUT + _LAST_ZONE:
        return None
    zone = number - (_WITH_NUMBER if number <= _WITH_NUMBER + _LAST_ZONE else _WITHOUT)
    numbered = number <= _WITH_NUMBER + _LAST_ZONE
    found = _zone(west, south), _zone(east, north)
    if found == ((zone, zone) if numbered else (0, 0)):
        return None
    return _doubt_metres(system, zone, bounds, found)


def _zone(easting: float, northing: float) -> int | None:
    """The zone number before an easting, 0 without one; None where the two cannot be a position."""
    zone, rest = divmod(easting, 1e6)
    if not (100_000 <= rest <= 900_000 and 300_000 <= northing <= 6_000_000):
        return None
    return int(zone) if zone == 0 or _FIRST_ZONE <= zone <= _LAST_ZONE else None


def _doubt_degrees(system: System, bounds: Bounds) -> Message | None:
    west, south, east, north = bounds
    if _within(bounds):
        return None
    if _within((south, west, north, east)):
        return message("latitude stands before longitude; put the longitude first")
    found = _zone(west, south)
    if found is None and _zone(south, west) is not None:
        return message("the numbers are metres and not degrees, and the northing stands before the easting; "
                       "put the easting first and say the system, --crs EPSG:4526 for zone 38")  # fmt: skip
    if found:
        return message("the numbers are metres and not degrees; the easting is that of zone {zone}: "
                       "say --crs EPSG:{number}", zone=found, number=found + _WITH_NUMBER)  # fmt: skip
    if found == 0:
        return message("the numbers are metres and not degrees, without a zone number; say the zone, "
                       "--crs EPSG:4546 for zone 37, EPSG:4547 for zone 38")  # fmt: skip
    return message("lies outside the country in {system}; another system may be meant", system=system.name)


def _doubt_metres(system: System, zone: int, bounds: Bounds, found: tuple[int | None, int | None]) -> Message:
    west, south, east, north = bounds
    name = system.name
    if _zone(south, west) is not None and _zone(north, east) is not None and None in found:
        return message("the northing stands before the easting; put the easting first")
    if _within(bounds):
        return message("the numbers are degrees and not metres of {system}; say --crs EPSG:4490", system=name)
    if found == (0, 0):
        return message(
            "the zone number {zone} is missing before the easting; put it there, or say --crs EPSG:{number}",
            zone=zone, number=zone + _WITHOUT,
        )  # fmt: skip
    if found[0] and found[0] == found[1]:
        return message(
            "the easting has the zone number {found}, {system} has another or none; say --crs EPSG:{number}",
            found=found[0], system=name, number=found[0] + _WITH_NUMBER,
        )  # fmt: skip
    return message("no position in {system}; another system may be meant", system=name)


def _within(bounds: Bounds) -> bool:
    west, south, east, north = bounds
    return _COUNTRY[0] <= west <= east <= _COUNTRY[2] and _COUNTRY[1] <= south <= north <= _COUNTRY[3]
