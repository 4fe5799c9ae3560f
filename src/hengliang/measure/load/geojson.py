"""GeoJSON (RFC 7946): properties are columns, the geometry is WKT. An old `crs` member is believed."""

import json
from collections.abc import Iterator, Sequence
from json import JSONDecodeError
from pathlib import Path
from typing import Any, cast

import shapely

from hengliang.base.message import message
from hengliang.form.errors import Damaged, TooLarge
from hengliang.measure.load.source import Asked, Row, Source, digest_of, geometry_heading
from hengliang.measure.load.values import as_text

_MOST = 400_000_000
"""Bytes of a file that is read at once."""


def geojson_source(path: Path, asked: Asked) -> Source:
    """The features of a collection. Raises UnreadableFile."""
    data = _data(path)
    features = data.get("features")
    if data.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise _no_geojson(path, "FeatureCollection")
    found = cast("list[object]", features)
    fields = dict.fromkeys(str(name) for feature in found for name in (_part(feature, "properties") or {}))
    headings = (*fields, geometry_heading([*fields], asked))
    return Source(path.name, digest_of(path), headings, _rows(path, found, [*fields]), 1, crs=_crs(data))


def _data(path: Path) -> dict[str, Any]:
    if path.stat().st_size > _MOST:
        raise TooLarge(
            str(path),
            message("the file has more than {most} MB", most=_MOST // 1_000_000),
            message("save it as GeoPackage"),
        )
    try:
        data = json.loads(path.read_bytes().decode("utf-8-sig"), parse_float=str, parse_int=str)
    except (JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _no_geojson(path, str(error)[:200]) from error
    if not isinstance(data, dict):
        raise _no_geojson(path, "FeatureCollection")
    return cast("dict[str, Any]", data)


def _no_geojson(path: Path, why: str) -> Damaged:
    return Damaged(
        str(path), message("no GeoJSON: {why}", why=why), message("save it again as GeoJSON, in UTF-8")
    )


def _part(feature: object, name: str) -> dict[str, Any] | None:
    part = cast("dict[str, object]", feature).get(name) if isinstance(feature, dict) else None
    return cast("dict[str, Any]", part) if isinstance(part, dict) else None


def _rows(path: Path, features: Sequence[object], fields: Sequence[str]) -> Iterator[Row]:
    for number, feature in enumerate(features, 1):
        properties = _part(feature, "properties") or {}
        cells = [as_text(properties.get(name)) for name in fields]
        yield [*cells, _wkt(path, number, _part(feature, "geometry"))]


def _wkt(path: Path, number: int, geometry: dict[str, Any] | None) -> str | None:
    if geometry is None:
        return None
    try:
        # Numbers were kept as they are written: they become numbers again here, and only here.
        text = json.dumps(_numbers(geometry))
        return shapely.to_wkt(shapely.from_geojson(text), rounding_precision=-1)
    except (shapely.GEOSException, ValueError, TypeError, RecursionError) as error:
        raise _no_geojson(path, f"feature {number}: {str(error)[:200]}") from error


def _numbers(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        parts = cast("dict[str, Any]", value)
        return {name: _numbers(part, name) for name, part in parts.items()}
    if isinstance(value, list):
        return [_numbers(part, key) for part in value]  # pyright: ignore[reportUnknownVariableType]
    return float(value) if key == "coordinates" and isinstance(value, str) else value


def _crs(data: dict[str, Any]) -> str:
    """The system of the coordinates: that of the old member, else WGS 84, as the standard says."""
    name = (_part(_part(data, "crs"), "properties") or {}).get("name")
    if isinstance(name, str) and "CRS84" not in name:
        return name.replace("urn:ogc:def:crs:", "").replace("::", ":")
    return "EPSG:4326"
