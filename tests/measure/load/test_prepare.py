"""Geometry is stored in CGCS2000: converted from what is declared, doubted where it cannot be that."""

import csv
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import duckdb
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.geometry import GeometryError
from hengliang.measure.load.headings import LoadError
from hengliang.measure.load.map_services import from_bd09, from_gcj02, to_bd09, to_gcj02
from hengliang.measure.load.run import Loaded, Loading, Manner, load
from hengliang.measure.load.systems import read_system
from hengliang.measure.period import fiscal_year
from hengliang.measure.store import RECORDS, Store

SPOTS, CHECKS = all_ledgers()["violation_spot"], all_ledgers()["green_mine_check"]
LOADING = Loading(2023, "430400", "U01", "2024-01-10T10:00:00+08:00")
ELLIPSOID = Geod(a=6378137.0, rf=298.257222101)


def stored(
    folder: Path,
    ledger: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    crs: str | None = None,
) -> tuple[Loaded, list[dict[str, object]]]:
    path = folder / "records.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([headings, *rows])
    store = Store(folder / "store")
    manner = Manner(crs=crs, complete=False)
    loaded = load(path, all_ledgers()[ledger], store, LOADING, fiscal_year(2023), None, manner)
    assert loaded.batch is not None
    with duckdb.connect() as connection:
        found = connection.sql(
            f"select * from read_parquet('{store.place(loaded.batch) / RECORDS}') order by _row"
        )
        names = found.columns
        return loaded, [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def spot(
    folder: Path, wkt: str, srid: object = "", crs: str | None = None
) -> tuple[Loaded, dict[str, object]]:
    loaded, rows = stored(
        folder, "violation_spot", ("spot_id", "geom", "srid_source"), [("S1", wkt, srid)], crs
    )
    return loaded, rows[0]


SQUARE = (
    "POLYGON ((38361000 2977000, 38361200 2977000, 38361200 2977100, 38361000 2977100, 38361000 2977000))"
)
DEGREES = "POLYGON ((112.6 26.9, 112.601 26.9, 112.601 26.901, 112.6 26.901, 112.6 26.9))"


def plain(wkt: str, shift: float) -> str:
    """The shape with another number before the easting."""
    moved = shapely.transform(shapely.from_wkt(wkt), lambda corners: np.add(corners, (shift, 0)))
    return shapely.to_wkt(moved)


def swapped(wkt: str) -> str:
    return shapely.to_wkt(shapely.transform(shapely.from_wkt(wkt), lambda corners: corners[:, ::-1]))


@pytest.mark.parametrize(
    ("wkt", "srid"), [(SQUARE, 4526), (plain(SQUARE, -38e6), 4547), (f"SRID=4526;{SQUARE}", 4526)]
)
def test_projected_shapes_are_stored_in_degrees(tmp_path: Path, wkt: str, srid: int) -> None:
    loaded, row = spot(tmp_path, wkt, srid)
    figure = shapely.from_wkt(str(row["geom"]))
    to_plane = Transformer.from_crs(4490, 4526, always_xy=True)
    corners = shapely.get_coordinates(figure)
    back = np.column_stack(to_plane.transform(corners[:, 0], corners[:, 1]))
    assert np.abs(back - shapely.get_coordinates(shapely.from_wkt(SQUARE))).max() < 1e-4
    assert row["_geom_source"] == wkt
    assert row["srid_source"] == srid
    assert row["_geom_zone"] == 38
    assert row["_geom_area_m2"] == Decimal(repr(abs(ELLIPSOID.geometry_area_perimeter(figure)[0]))).quantize(
        Decimal("0.01")
    )
    # On the ellipsoid it is 0.05 % smaller than in the plane.
    assert 19985 < float(str(row["_geom_area_m2"])) < 19995
    assert not [finding for finding in loaded.findings if finding.column == "geom"]
    assert "1 rows" in str(loaded.notes[0])


def test_degrees_stay_as_they_are(tmp_path: Path) -> None:
    loaded, row = spot(tmp_path, DEGREES)
    assert (row["geom"], row["_geom_source"], row["srid_source"], loaded.notes) == (DEGREES, None, 4490, ())
    assert shapely.from_wkt(DEGREES).covers(shapely.Point(row["_geom_lon"], row["_geom_lat"]))


@pytest.mark.parametrize(
    ("wkt", "srid", "proposal"),
    [
        (swapped(DEGREES), "", "longitude first"),
        (SQUARE, "", "EPSG:4526"),
        (plain(SQUARE, -1e6), "", "zone 37: say --crs EPSG:4525"),
        (plain(SQUARE, -38e6), "", "EPSG:4546 for zone 37"),
        (swapped(SQUARE), "", "northing stands before"),
        (swapped(SQUARE), 4526, "put the easting first"),
        (plain(SQUARE, -38e6), 4526, "EPSG:4547"),
        (plain(SQUARE, -1e6), 4526, "EPSG:4525"),
        (SQUARE, 4547, "EPSG:4526"),
        (DEGREES, 4526, "EPSG:4490"),
        (plain(SQUARE, 5e8), 4526, "another system"),
        (plain(SQUARE, 1e300), 4526, "no place on earth"),
        ("POINT (2.35 48.85)", "", "outside the country"),
        (SQUARE, 2362, "Xian 1980"),
        (SQUARE, 999999, "no coordinate system"),
        (DEGREES.replace("112.601 26.9,", "26.9 112.601,"), "", "outside the country"),
    ],
)
def test_what_cannot_be_of_the_system_is_a_finding(
    tmp_path: Path, wkt: str, srid: object, proposal: str
) -> None:
    loaded, row = spot(tmp_path, wkt, srid)
    found = [finding for finding in loaded.findings if finding.column == "geom"]
    assert [(finding.code, finding.severity) for finding in found] == [("Q07", "blocking")]
    assert proposal in str(found[0].reason)
    assert (row["geom"], row["_geom_source"], row["_blocked"]) == (None, wkt, "Q07")


@pytest.mark.parametrize("text", ["POLYGON ((1 2", "somewhere", "0103", '{"type": "Point"}', "SRID=4490;"])
def test_what_is_no_geometry(tmp_path: Path, text: str) -> None:
    loaded, row = spot(tmp_path, text)
    assert [finding.code for finding in loaded.findings if finding.column == "geom"] == ["Q06"]
    assert row["_geom_source"] == text


def test_an_invalid_polygon_is_stored_and_found(tmp_path: Path) -> None:
    bow = "POLYGON ((112.6 26.9, 112.61 26.91, 112.61 26.9, 112.6 26.91, 112.6 26.9))"
    loaded, row = spot(tmp_path, bow)
    assert [finding.code for finding in loaded.findings if "invalid" in str(finding.reason)] == ["Q06"]
    assert row["geom"] == bow


def test_what_is_declared_for_the_load_counts(tmp_path: Path) -> None:
    _, row = spot(tmp_path, plain(SQUARE, -38e6), 4490, crs="EPSG:4547")
    assert row["_geom_zone"] == 38
    with pytest.raises(LoadError, match="Beijing 1954"):
        spot(tmp_path, SQUARE, crs="4214")
    with pytest.raises(LoadError, match="no coordinate system"):
        spot(tmp_path, SQUARE, crs="nowhere")


@pytest.mark.parametrize(("datum", "metres"), [("GCJ02", 600), ("BD09", 1300), ("WGS84", 0), ("CGCS2000", 0)])
def test_positions_of_map_services(tmp_path: Path, datum: str, metres: float) -> None:
    headings = ("check_id", "geom", "pos_datum", "pos_accuracy_m")
    loaded, (row,) = stored(
        tmp_path, "green_mine_check", headings, [("G1", "POINT (112.6 26.9)", datum, "2")]
    )
    at = shapely.from_wkt(str(row["geom"]))
    moved = ELLIPSOID.inv(112.6, 26.9, at.x, at.y)[2]
    notes = [finding for finding in loaded.findings if finding.severity == "note"]
    if metres:
        assert metres / 2 < moved < metres * 1.5
        assert (row["_geom_source"], row["pos_accuracy_m"]) == ("POINT (112.6 26.9)", 10)
        assert notes[0].figures == {"pos_accuracy_m": Decimal(2)}
    else:
        assert moved == pytest.approx(0, abs=1e-6)
        assert (row["pos_accuracy_m"], notes) == (2, [])


def test_known_positions_of_map_services() -> None:
    lon, lat = np.array([116.404]), np.array([39.915])
    assert to_gcj02(lon, lat) == (pytest.approx(116.41024449916938), pytest.approx(39.91640428150164))
    assert to_bd09(lon, lat) == (pytest.approx(116.41036949371029), pytest.approx(39.92133699351021))


@given(st.floats(73.6, 134.9), st.floats(3.9, 53.6))
def test_there_and_back(lon: float, lat: float) -> None:
    at = np.array([lon]), np.array([lat])
    for back in (from_gcj02(*to_gcj02(*at)), from_bd09(*to_bd09(*to_gcj02(*at)))):
        assert ELLIPSOID.inv(lon, lat, float(back[0][0]), float(back[1][0]))[2] < 0.001


def test_systems_by_name() -> None:
    assert [read_system(name).number for name in ("4526", "epsg:4547", "CGCS2000", "wgs 84")] == [
        4526,
        4547,
        4490,
        4326,
    ]
    assert [read_system(name).datum for name in ("GCJ-02", "bd09")] == ["GCJ02", "BD09"]
    with pytest.raises(GeometryError) as refused:
        read_system("EPSG:2362")
    assert "Xian 1980" in str(refused.value.reason)
