"""Positions given as two columns become points."""

import csv
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.load.run import Loaded, Loading, Manner, load
from hengliang.measure.period import fiscal_year
from hengliang.measure.store import RECORDS, Store

LOADING = Loading(2023, "430400", "U01", "2024-01-10T10:00:00+08:00")
Rows = Sequence[Sequence[str]]


def loaded(
    folder: Path, headings: Sequence[str], rows: Rows, crs: str | None = None,
    mapping: dict[str, str] | None = None, ledger: str = "tower_site", ending: str = ".csv",
) -> tuple[Loaded, list[tuple[str | None, float | None, float | None]]]:  # fmt: skip
    """What came of loading towers, and their stored shapes with the plain position."""
    path = folder / f"towers{ending}"
    with path.open("w", encoding="utf-8", newline="") as stream:
        lines = [[*row, "430405"] if row else row for row in rows]
        csv.writer(stream).writerows(
            [[*headings, "region_code" if ledger == "violation_spot" else "county_code"], *lines]
        )
    store = Store(folder / "store")
    manner = Manner(crs=crs, complete=False)
    done = load(path, all_ledgers()[ledger], store, LOADING, fiscal_year(2023), mapping, manner)
    assert done.batch is not None
    file = store.place(done.batch) / RECORDS
    with duckdb.connect() as engine:
        described = engine.sql(f"describe select * from read_parquet('{file}')").fetchall()
        if "geom" not in {row[0] for row in described}:
            return done, []
        return done, engine.sql(
            f"select geom, round(_geom_lon, 6), round(_geom_lat, 6) from read_parquet('{file}') order by _row"
        ).fetchall()


@pytest.mark.parametrize(
    "headings",
    [
        ("tower_id", "经度", "纬度"),
        ("tower_id", "lon", "lat"),
        ("tower_id", "X", "Y"),
        ("tower_id", "Longitude（°）", "Latitude"),
    ],
)
@pytest.mark.parametrize("blank_line", [False, True])
def test_two_columns_are_one_point(tmp_path: Path, headings: Sequence[str], blank_line: bool) -> None:
    # With a blank line the file is read row by row, else by the engine.
    rows = [["T1", "112.6", "26.9"], *([[]] if blank_line else []), ["T2", "112.61", "26.91"]]
    done, shapes = loaded(tmp_path, headings, rows)
    assert shapes == [("POINT (112.6 26.9)", 112.6, 26.9), ("POINT (112.61 26.91)", 112.61, 26.91)]
    assert done.matched.unknown == ()
    assert done.batch is not None
    # The point is traced to the cell of its first coordinate.
    assert done.batch.places["geom"] == 2


def test_the_latitude_may_stand_first(tmp_path: Path) -> None:
    assert loaded(tmp_path, ("纬度", "tower_id", "经度"), [["26.9", "T1", "112.6"]])[1] == [
        ("POINT (112.6 26.9)", 112.6, 26.9)
    ]


def test_eastings_and_northings_of_a_declared_system(tmp_path: Path) -> None:
    _, shapes = loaded(
        tmp_path, ("tower_id", "横坐标", "纵坐标"), [["T1", "38360912", "2977318"]], "EPSG:4526"
    )
    assert 112 < (shapes[0][1] or 0) < 113
    assert 26 < (shapes[0][2] or 0) < 27


@pytest.mark.parametrize(
    ("east", "north", "code", "said"),
    [
        ("26.9", "112.6", "Q07", "latitude stands before longitude"),
        ("112.6", "", "Q06", "no geometry"),
        ("112°36′", "26.9", "Q06", "no geometry"),
        ("1 2), (3", "4", "Q06", "no geometry"),
    ],
)
def test_what_is_no_position_is_a_finding(
    tmp_path: Path, east: str, north: str, code: str, said: str
) -> None:
    done, shapes = loaded(
        tmp_path, ("tower_id", "经度", "纬度"), [["T1", east, north], ["T2", "112.6", "26.9"]]
    )
    found = [(each.row, each.code, str(each.reason)) for each in done.findings if each.column == "geom"]
    assert [each[:2] for each in found] == [(1, code)]
    assert said in found[0][2]
    assert shapes[0] == (None, None, None)


def test_a_position_that_is_not_given_is_missing(tmp_path: Path) -> None:
    done, shapes = loaded(tmp_path, ("tower_id", "经度", "纬度"), [["T1", "", ""], ["T2", "112.6", "26.9"]])
    assert [shape for shape, *_ in shapes] == [None, "POINT (112.6 26.9)"]
    assert {each.code for each in done.findings if each.row == 1 and each.column == "geom"} <= {"Q01"}


def test_foreign_headings_are_mapped(tmp_path: Path) -> None:
    mapping = {"塔号": "tower_id", "E": "east", "N": "north"}
    done, shapes = loaded(
        tmp_path, ("塔号", "E", "N", "installed_on"), [["T1", "112.6", "26.9", "2023-01-02"]], mapping=mapping
    )
    assert shapes == [("POINT (112.6 26.9)", 112.6, 26.9)]
    assert "E" not in done.matched.unknown


def test_columns_of_the_ledger_and_given_shapes_are_left_alone(tmp_path: Path) -> None:
    done, shapes = loaded(
        tmp_path, ("tower_id", "经度", "纬度", "geom"), [["T1", "113", "27", "POINT (112.6 26.9)"]]
    )
    assert shapes == [("POINT (112.6 26.9)", 112.6, 26.9)]
    assert done.matched.unknown == ("经度", "纬度")
    (tmp_path / "spots").mkdir()
    spots, shapes = loaded(
        tmp_path / "spots", ("spot_id", "found_on", "经度", "纬度"), [["S1", "2023-03-01", "112.6", "26.9"]],
        ledger="violation_spot",
    )  # fmt: skip
    assert (shapes, spots.matched.unknown) == ([], ("经度", "纬度"))
