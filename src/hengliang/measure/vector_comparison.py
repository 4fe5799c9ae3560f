"""What test vectors say of codes, coordinates and areas, held against what comes out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from hengliang.measure.codes.catalogue import wrong_code
from hengliang.measure.geometry import area_m2, places
from hengliang.measure.load.systems import doubt, read_system, to_stored


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing expected of a vector, and what came out. `found` is None where nothing came out."""

    vector: str
    what: str
    """`M01`, `score`, `score if rounding=ceil`, `finding GC-006 F01`."""
    expected: Any
    found: Any
    equal: bool


_KINDS = {
    "USCC": "uscc", "PARCEL19": "parcel", "UNIT28": "unit", "MINE23": "mine", "SHEET500": "sheet500",
    "DLBM": "land_class",
}  # fmt: skip
_EASTING = re.compile(r"([\d.]+)(?: with EPSG:(\d+)| given as easting)")
_NORTHING = 2_977_000.0
"""A northing of the city, which goes with any of its eastings."""


def code_comparisons(data: Mapping[str, Any]) -> Iterator[Comparison]:
    """The vectors of codes, of coordinates and of an area; those of other kinds of codes are passed over."""
    for vector in data.get("code_vectors", []):
        valid = _is_valid(vector["kind"], str(vector["value"]))
        if valid is not None:
            what = f"{vector['kind']} {vector['value']}"
            yield Comparison("codes", what, vector["valid"], valid, valid == vector["valid"])
    yield from _positions(data.get("crs_vectors", []))
    if (ring := data.get("area_vector", {}).get("ring_lonlat")) is not None:
        expected = data["area_vector"]["geodesic_m2"]
        found = places(area_m2(shapely.Polygon([[float(part) for part in corner] for corner in ring])), 1)
        yield Comparison("areas", "geodesic_m2", expected, found, expected == found)


def _is_valid(kind: str, value: str) -> bool | None:
    if kind == "EASTING" and (said := _EASTING.fullmatch(value)) is not None:
        easting = float(said[1])
        system = read_system(said[2] or "4526")
        return doubt(system, (easting, _NORTHING, easting, _NORTHING)) is None
    return wrong_code(_KINDS[kind], value) is None if kind in _KINDS else None


def _positions(vectors: Sequence[Mapping[str, Any]]) -> Iterator[Comparison]:
    for vector in vectors:
        change = to_stored(read_system(str(vector["epsg"])))
        east, north = change.transform(float(vector["lon"]), float(vector["lat"]), direction="INVERSE")
        expected = [vector["east_m"], vector["north_m"]]
        near = max(abs(east - float(expected[0])), abs(north - float(expected[1])))
        what = f"{vector['lon']} {vector['lat']} in EPSG:{vector['epsg']}"
        found = [places(east, 3), places(north, 3)]
        yield Comparison("positions", what, expected, found, near <= float(vector["tolerance_m"]))
