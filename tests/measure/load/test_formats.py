"""The same records in every format come to the same batch of values."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import shapely

from hengliang.form.errors import UnreadableFile
from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.load.headings import HeadingError
from hengliang.measure.load.run import Loaded, Loading, Manner, load
from hengliang.measure.period import fiscal_year
from hengliang.measure.store import RECORDS, Store

LEDGER = all_ledgers()["violation_spot"]
LOADING = Loading(2023, "430400", "U01", "2024-01-10T10:00:00+08:00")
FIELDS = ("图斑编号", "类型", "发现日期", "面积", "是否应整改", "备注")
ROWS = (
    ("S-001", "违法用地", "2023-03-01", 1101.5, True, "甲"),
    ("S-002", "违法建设", "2023-04-01", 1101.5, False, None),
)
SQUARES = (
    "POLYGON ((112.6 26.9, 112.601 26.9, 112.601 26.901, 112.6 26.901, 112.6 26.9))",
    "POLYGON ((112.7 26.9, 112.701 26.9, 112.701 26.901, 112.7 26.901, 112.7 26.9))",
)


def stored(tmp_path: Path, path: Path, manner: Manner = Manner(complete=False)) -> tuple[Loaded, list[tuple]]:  # noqa: B008
    store = Store(tmp_path / "store")
    loaded = load(path, LEDGER, store, LOADING, fiscal_year(2023), None, manner)
    assert loaded.batch is not None
    rows = duckdb.sql(
        "select spot_id, kind, found_on::varchar, area_m2::decimal(18, 2)::varchar, must_rectify, geom "
        f"from read_parquet('{store.place(loaded.batch) / RECORDS}') order by _row"
    ).fetchall()
    return loaded, rows


def expected(rows: list[tuple]) -> None:
    assert [row[:5] for row in rows] == [
        ("S-001", "LAND", "2023-03-01", "1101.50", True),
        ("S-002", "BUILDING", "2023-04-01", "1101.50", False),
    ]
    for row, square in zip(rows, SQUARES, strict=True):
        assert shapely.from_wkt(row[5]).normalize().equals_exact(shapely.from_wkt(square).normalize(), 1e-9)


def as_geojson(folder: Path) -> Path:
    features = [
        {"type": "Feature", "properties": dict(zip(FIELDS, row, strict=True)),
         "geometry": json.loads(shapely.to_geojson(shapely.from_wkt(square)))}
        for row, square in zip(ROWS, SQUARES, strict=True)
    ]  # fmt: skip
    path = folder / "spots.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def as_map(folder: Path, name: str, encoding: str | None = None, layer: str | None = None) -> Path:
    pyogrio = pytest.importorskip("pyogrio")
    import numpy as np

    path = folder / name
    columns = [np.array(column, dtype=object) for column in zip(*ROWS, strict=True)]
    columns[3] = columns[3].astype(float)
    columns[4] = np.array(["Y", "N"], dtype=object)
    columns[5] = np.array(["甲", ""], dtype=object)
    pyogrio.raw.write(
        path, np.array([shapely.to_wkb(shapely.from_wkt(each)) for each in SQUARES], dtype=object), columns,
        [*FIELDS], geometry_type="Polygon", crs="EPSG:4490", encoding=encoding, layer=layer,
        append=path.exists(),
    )  # fmt: skip
    return path


def as_gpkg(folder: Path) -> Path:
    return as_map(folder, "spots.gpkg")


def as_shapefile(folder: Path) -> Path:
    return zipped(as_map(folder, "spots.shp", "gb18030"))


def zipped(path: Path, without: tuple[str, ...] = ()) -> Path:
    archive = path.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w") as made:
        for part in path.parent.glob(f"{path.stem}.*"):
            if part != archive and part.suffix not in without:
                made.write(part, f"图斑/{part.name}")
    return archive


def as_parquet(folder: Path) -> Path:
    path = folder / "spots.parquet"
    with duckdb.connect() as connection:
        named = ", ".join(f'"{name}"' for name in (*FIELDS, "geom"))
        values = ", ".join(
            f"('{a}', '{b}', date '{c}', {d}, {e}, {repr(f) if f else 'null'}, '{square}')"
            for (a, b, c, d, e, f), square in zip(ROWS, SQUARES, strict=True)
        )
        connection.sql(f"copy (select * from (values {values}) t({named})) to '{path}' (format parquet)")
    return path


def as_geoparquet(folder: Path) -> Path:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")

    columns = dict(zip(FIELDS, zip(*ROWS, strict=True), strict=True))
    table = pa.table({**columns, "geom": [shapely.to_wkb(shapely.from_wkt(square)) for square in SQUARES]})
    shapes = {"geom": {"encoding": "WKB", "geometry_types": []}}
    geo = {"version": "1.1.0", "primary_column": "geom", "columns": shapes}
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), folder / "spots.parquet")
    return folder / "spots.parquet"


@pytest.mark.parametrize(
    "made", [as_geojson, as_gpkg, as_shapefile, as_parquet, as_geoparquet], ids=lambda made: made.__name__
)
def test_every_format_says_the_same(tmp_path: Path, made: Callable[[Path], Path]) -> None:
    loaded, rows = stored(tmp_path, made(tmp_path))
    expected(rows)
    assert loaded.matched.unknown == ("备注",)
    assert loaded.batch is not None and loaded.batch.srid == 4490


def test_a_csv_in_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = [",".join((*FIELDS[:5], "geom"))]
    lines += [
        f'{row[0]},{row[1]},{row[2]},"1,101.5",{"是" if row[4] else "否"},"{square}"'
        for row, square in zip(ROWS, SQUARES, strict=True)
    ]
    path.write_text("\r\n".join(lines) + "\r\n", encoding="gb18030", newline="")
    _, rows = stored(tmp_path, zipped(path))
    expected(rows)


def test_layers_are_named(tmp_path: Path) -> None:
    as_map(tmp_path, "spots.gpkg", layer="2022")
    path = as_map(tmp_path, "spots.gpkg", layer="2023")
    with pytest.raises(HeadingError, match="2022, 2023"):
        stored(tmp_path, path)
    loaded, rows = stored(tmp_path, path, Manner(layer="2023", complete=False))
    expected(rows)
    assert loaded.sheet == "2023"


@pytest.mark.parametrize(("page", "said"), [(None, "read as gb18030"), ("UTF-8", "not in the code page")])
def test_the_code_page_is_guessed_and_said(tmp_path: Path, page: str | None, said: str) -> None:
    path = as_map(tmp_path, "spots.shp", "gb18030")
    path.with_suffix(".cpg").unlink(missing_ok=True)
    if page:
        path.with_suffix(".cpg").write_text(page)
    table = path.with_suffix(".dbf")
    data = bytearray(table.read_bytes())
    data[29] = 0
    table.write_bytes(data)
    loaded, rows = stored(tmp_path, zipped(path))
    expected(rows)
    assert said in str(loaded.notes[0])


def test_a_shapefile_without_its_parts_is_refused(tmp_path: Path) -> None:
    path = as_map(tmp_path, "spots.shp", "gb18030")
    with pytest.raises(UnreadableFile, match="dbf"):
        stored(tmp_path, zipped(path, without=(".dbf",)))


def test_maps_without_gdal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = as_gpkg(tmp_path)
    monkeypatch.setitem(__import__("sys").modules, "pyogrio", None)
    with pytest.raises(UnreadableFile, match=r"pip install .*maps"):
        stored(tmp_path, path)
