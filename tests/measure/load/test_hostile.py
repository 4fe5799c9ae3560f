"""Files that nobody means well with: one clear error each, and nothing half done stays."""

import json
import os
import random
import stat
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from hengliang.form.errors import UnreadableFile
from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.load.headings import LoadError
from hengliang.measure.load.run import Loaded, Loading, Manner, load
from hengliang.measure.load.unpack import unpacked
from hengliang.measure.period import fiscal_year
from hengliang.measure.store import Store
from hengliang.report import ledger_errors

LEDGER = all_ledgers()["violation_spot"]
LOADING = Loading(2023, "430400", "U01", "2024-01-10T10:00:00+08:00")
HEAD = "图斑编号,类型,发现日期,面积,范围（面）\n"


def loaded(folder: Path, path: Path, organisation: str = "430400", **manner: object) -> Loaded:
    """What a load makes of a file; nothing but whole batches may stand in the store afterwards."""
    store = Store(folder / "store")
    loading = Loading(2023, organisation, "U01", "2024-01-10T10:00:00+08:00")
    try:
        return load(
            path, LEDGER, store, loading, fiscal_year(2023), None, Manner(**{"complete": False, **manner})
        )  # type: ignore[arg-type]
    finally:
        left = [each for each in store.folder.rglob("*") if each.is_file()] if store.folder.exists() else []
        assert {each.name for each in left} <= {"records.parquet", "manifest.json"}
        assert not list(folder.glob("store/.part-*"))


def refused(folder: Path, path: Path, said: str, **manner: object) -> None:
    with pytest.raises((UnreadableFile, LoadError)) as error:
        loaded(folder, path, **manner)  # type: ignore[arg-type]
    assert said in str(error.value), str(error.value)
    assert len(str(error.value)) < 1000
    assert not Store(folder / "store").batches()


def text(folder: Path, content: str | bytes, name: str = "records.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def zipped(folder: Path, *entries: tuple[zipfile.ZipInfo | str, bytes]) -> Path:
    path = folder / "records.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries:
            made.writestr(name, data)
    return path


@pytest.mark.parametrize(
    "name", ["../spots.csv", "/etc/spots.csv", "a/../../spots.csv", "C:\\spots.csv", "..\\spots.csv"]
)
def test_names_that_lead_out_of_a_zip(tmp_path: Path, name: str) -> None:
    refused(tmp_path, zipped(tmp_path, (name, HEAD.encode())), "leads out")
    assert not (tmp_path.parent / "spots.csv").exists()


def test_links_in_a_zip(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("spots.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    refused(tmp_path, zipped(tmp_path, (link, b"/etc/passwd")), "link")


def test_zips_with_a_password_and_damaged_ones(tmp_path: Path) -> None:
    path = zipped(tmp_path, ("spots.csv", HEAD.encode() * 50))
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    locked = bytearray(data)
    locked[6] |= 1
    locked[at + 8] |= 1
    refused(tmp_path, text(tmp_path, bytes(locked), "a.zip"), "password")
    refused(tmp_path, text(tmp_path, bytes(data[: len(data) // 2]), "b.zip"), "damaged")
    data[40:60] = bytes(20)
    refused(tmp_path, text(tmp_path, bytes(data), "c.zip"), "damaged")


def test_a_zip_that_swells(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made, made.open("spots.csv", "w") as stream:
        for _ in range(130):
            stream.write(bytes(1_000_000))
    with pytest.raises(UnreadableFile, match="unpacks to more than 100 MB"):
        unpacked(path, tmp_path, None)
    many = zipped(tmp_path, *((f"{number}.csv", b"a") for number in range(600)))
    refused(tmp_path, many, "more than 500 files")


def test_zips_without_or_with_several_files(tmp_path: Path) -> None:
    refused(tmp_path, zipped(tmp_path, ("a.exe", b"MZ")), "no file of records")
    two = zipped(tmp_path, ("a.csv", (HEAD + "S1,LAND,2023-01-01,5,\n").encode()), ("b.csv", HEAD.encode()))
    refused(tmp_path, two, "--layer")
    assert loaded(tmp_path, two, layer="a").rows == 1


def test_entities_of_xml(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["图斑编号", "类型", "发现日期"])
    book.worksheets[0].append(["S1", "LAND", "2023-01-01"])
    book.save(tmp_path / "whole.xlsx")
    lol = '<!DOCTYPE a [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9)
    )
    with (
        zipfile.ZipFile(tmp_path / "whole.xlsx") as source,
        zipfile.ZipFile(tmp_path / "bomb.xlsx", "w") as made,
    ):
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                data = (
                    b'<?xml version="1.0"?>'
                    + (lol + "]>").encode()
                    + data.replace(b"</sheetData>", b"&j;</sheetData>")
                )
            made.writestr(entry.filename, data)
    try:
        assert loaded(tmp_path, tmp_path / "bomb.xlsx").rows <= 1
    except (UnreadableFile, LoadError) as error:
        assert len(str(error)) < 1000


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HEAD + 'S1,LAND,2023-01-01,5,"' + "x" * 9_000_000 + '"\n', "no CSV, in line 2"),
        (HEAD + 'S1,LAND,"2023-01-01,5,\nS2,LAND,2023-01-01,5,\n', "unexpected end of data"),
        (",".join(f"c{number}" for number in range(100_000)) + "\n1\n", "headings"),
        (
            HEAD.strip() + "," + ",".join(f"c{number}" for number in range(100_000)) + "\nS1\n",
            "100005 columns",
        ),
        (b"\x00" * 5000, "headings"),
        (b"\xff\xfe" + b"\x00\xd8" * 50, "encoding"),
        (b"\x81" * 999, "encoding"),
        ("", "empty"),
        ("PK\x03\x04nothing", "headings"),
    ],
    ids=[
        "10 MB cell",
        "open quote",
        "100k unknown",
        "100k columns",
        "NUL",
        "half UTF-16",
        "no encoding",
        "empty",
        "no zip",
    ],
)
def test_texts(tmp_path: Path, content: str | bytes, said: str) -> None:
    refused(tmp_path, text(tmp_path, content), said)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.geojson", b"{" * 100_000, "no GeoJSON"),
        ("a.geojson", b"[" * 100_000, "no GeoJSON"),
        ("a.geojson", b'{"type": "Feature"}', "FeatureCollection"),
        ("a.geojson", b"\xff\xfe{}", "no GeoJSON"),
        ("a.gpkg", b"SQLite format 3\0" + bytes(200), "cannot be read"),
        ("a.gpkg", b"no database", "no GeoPackage"),
        ("a.shp", b"no shape", "no Shapefile"),
        ("a.parquet", b"PAR1" + bytes(100) + b"PAR1", "Parquet"),
        ("a.parquet", b"no parquet", "Parquet"),
        ("a.xlsx", b"PK\x03\x04" + bytes(100), "damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "formats read"),
    ],
)
def test_files_that_are_not_what_they_say(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    refused(tmp_path, text(tmp_path, content, name), said)


def test_files_that_are_none(tmp_path: Path) -> None:
    refused(tmp_path, tmp_path / "nowhere.csv", "no such file")
    refused(tmp_path, tmp_path, "folder")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.csv")
        refused(tmp_path, tmp_path / "pipe.csv", "folder or a device")


@pytest.mark.parametrize("organisation", ["../..", "a/b", "", "x" * 65, "a=b", "."])
def test_organisations_that_lead_out_of_the_store(tmp_path: Path, organisation: str) -> None:
    path = text(tmp_path, HEAD + "S1,LAND,2023-01-01,5,\n")
    with pytest.raises(LoadError, match="organisation"):
        loaded(tmp_path, path, organisation)


@pytest.mark.parametrize(
    "day",
    [
        "9999-12-31",
        "0001-01-01",
        "2023-02-30",
        "12023-01-01",
        "-2023-01-01",
        "infinity",
        "epoch",
        "2023-13-01",
        "1e9",
    ],
)
def test_absurd_days_are_no_days(tmp_path: Path, day: str) -> None:
    found = loaded(tmp_path, text(tmp_path, HEAD + f"S1,LAND,{day},5,\n")).findings
    assert [each.code for each in found if each.column == "found_on"] == ["Q10"]


@pytest.mark.parametrize("number", ["1e400", "NaN", "inf", "9" * 60, "0x10", "--1", "=1+1"])
def test_absurd_numbers_are_no_numbers(tmp_path: Path, number: str) -> None:
    found = loaded(tmp_path, text(tmp_path, HEAD + f"S1,LAND,2023-01-01,{number},\n")).findings
    assert "Q10" in [each.code for each in found if each.column == "area_m2"]


FORMULAS = ('=HYPERLINK("http://a")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".geojson"])
def test_no_formula_leaves_the_house(tmp_path: Path, suffix: str) -> None:
    rows = [[cell, "LAND", "never", "1", None] for cell in FORMULAS]
    path = tmp_path / f"records{suffix}"
    head = HEAD.strip().split(",")
    if suffix == ".xlsx":
        book = Workbook()
        for row in [head, *rows]:
            book.worksheets[0].append(row)
            for cell in book.worksheets[0][book.worksheets[0].max_row]:
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
        book.save(path)
    elif suffix == ".csv":
        quoted = [[f'"{(cell or "").replace(chr(34), chr(34) * 2)}"' for cell in row] for row in rows]
        text(tmp_path, HEAD + "".join(",".join(row) + "\n" for row in quoted))
    else:
        features = [
            {"type": "Feature", "geometry": None, "properties": dict(zip(head[:4], row, strict=False))}
            for row in rows
        ]
        text(tmp_path, json.dumps({"type": "FeatureCollection", "features": features}), path.name)
    found = loaded(tmp_path, path)
    assert found.findings
    ledger_errors.write(path, LEDGER, found, tmp_path / "marked.xlsx", "en")
    for sheet in load_workbook(tmp_path / "marked.xlsx").worksheets:
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
        assert "f" not in kinds
        assert "problems" in [cell.value for cell in sheet[1]]


def test_bytes_by_chance(tmp_path: Path) -> None:
    chance = random.Random(3)
    whole = (HEAD + "S1,LAND,2023-01-01,5,POINT (1 2)\n" * 20).encode()
    for _ in range(40):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            loaded(tmp_path, text(tmp_path, bytes(data)))
        except (UnreadableFile, LoadError) as error:
            assert len(str(error)) < 1000
