"""Batches at rest: whole or not at all, recognised when they come again."""

from pathlib import Path

import duckdb
import pytest

from hengliang.form.errors import UnreadableFile
from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.definition import Ledger
from hengliang.measure.live import live_records
from hengliang.measure.load import run
from hengliang.measure.load.headings import HeadingError, match_headings
from hengliang.measure.load.run import Loading, load
from hengliang.measure.period import fiscal_year
from hengliang.measure.store import Store, StoreError

RECORDS = Path(__file__).parent / "vectors" / "I01_green_mine_check.csv"
LEDGER = all_ledgers()["green_mine_check"]
LOADING = Loading(2023, "430400", "U01", "2024-01-10T10:00:00+08:00")
YEAR = fiscal_year(2023)


def test_a_load_is_a_batch(tmp_path: Path) -> None:
    store = Store(tmp_path)
    loaded = load(RECORDS, LEDGER, store, LOADING, YEAR)
    assert loaded.batch is not None
    assert store.batches() == [loaded.batch]
    assert (loaded.batch.rows, loaded.batch.findings) == (6, {"F01": 1})
    assert not list(tmp_path.glob(".part-*"))


def test_the_same_file_is_recognised(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first = load(RECORDS, LEDGER, store, LOADING, YEAR)
    again = load(RECORDS, LEDGER, store, LOADING, YEAR)
    assert (again.batch, again.before) == (None, first.batch)
    assert len(store.batches()) == 1


def test_a_load_that_breaks_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("hengliang.measure.store._flush", broken)
    with pytest.raises(OSError, match="disk full"):
        load(RECORDS, LEDGER, Store(tmp_path), LOADING, YEAR)
    assert list(tmp_path.rglob("*.parquet")) == []


def test_what_a_killed_load_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / ".part-1").mkdir()
    store = Store(tmp_path)
    assert (store.batches(), store.sweep()) == ([], 1)
    assert list(tmp_path.iterdir()) == []


def test_a_broken_manifest_is_named(tmp_path: Path) -> None:
    store = Store(tmp_path)
    batch = load(RECORDS, LEDGER, store, LOADING, YEAR).batch
    assert batch is not None
    (store.place(batch) / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match=r"manifest\.json"):
        store.batches()


def test_what_is_lost_or_changed_is_named(tmp_path: Path) -> None:
    store = Store(tmp_path)
    batch = load(RECORDS, LEDGER, store, LOADING, YEAR).batch
    assert batch is not None
    where = (batch.ledger, batch.year, batch.organisation)
    assert store.held(*where, batch.id) == batch
    assert list(store.faults()) == []
    with pytest.raises(StoreError, match="is lost"):
        store.held(*where, "0" * 16)
    records = store.place(batch) / "records.parquet"
    records.write_bytes(records.read_bytes()[:-9])
    (fault,) = store.faults()
    assert fault.file == records
    with pytest.raises(StoreError, match="does not hold what was loaded"), store.blamed():
        duckdb.sql(store.records([batch])).fetchall()
    records.unlink()
    with pytest.raises(StoreError, match=r"records\.parquet is lost"):
        store.prove(batch)


def test_what_is_wrong_with_a_question_is_not_blamed_on_the_records(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert load(RECORDS, LEDGER, store, LOADING, YEAR).batch is not None
    with pytest.raises(duckdb.Error, match="no_such"), store.blamed():
        duckdb.sql("select no_such").fetchall()


def test_checking_stores_nothing(tmp_path: Path) -> None:
    assert load(RECORDS, LEDGER, None, LOADING, YEAR).rows == 6
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_any_encoding_and_chinese_headings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "records.csv"
    path.write_text(
        "绿色矿山核查\n核查编号,采矿许可证号（23位）,核查日期\nG1,C4304002019037120147701,2023年3月10日\n",
        encoding=encoding,
    )
    loaded = load(path, LEDGER, None, LOADING, YEAR)
    assert loaded.matched.names == ("check_id", "mine_id", "checked_on")
    assert (loaded.rows, loaded.first_row, loaded.findings) == (1, 3, ())


def test_headings_of_another_house(tmp_path: Path) -> None:
    matched = match_headings(["编号", "其他"], LEDGER, {"编号": "check_id"})
    assert (matched.names, matched.unknown) == (("check_id",), ("其他",))
    with pytest.raises(HeadingError, match="check_nr"):
        match_headings(["编号"], LEDGER, {"编号": "check_nr"})
    with pytest.raises(HeadingError, match="two headings"):
        match_headings(["核查编号", "check_id"], LEDGER)


def test_a_file_without_headings(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(HeadingError, match="template"):
        run.load(path, LEDGER, None, LOADING, YEAR)


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b"\xff\xfe"])
def test_a_file_that_breaks_its_own_mark_is_refused(tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "records.csv"
    path.write_bytes(start + "核查编号,核查日期\nG1,".encode() + b"\xff\xff\xff\n")
    with pytest.raises(UnreadableFile, match="encoding"):
        load(path, LEDGER, None, LOADING, YEAR)


def test_a_column_called_like_a_folder_of_the_store_keeps_what_the_file_says(tmp_path: Path) -> None:
    ledger = all_ledgers()["district"]
    file = tmp_path / "district.csv"
    file.write_text("region_code,year,name\n430405,2022,珠晖区\n430405,2023,珠晖区\n", encoding="utf-8")
    store = Store(tmp_path / "store")
    load(file, ledger, store, LOADING, YEAR)
    with duckdb.connect() as connection:
        live = live_records(connection, store, [ledger], YEAR, {})
        assert [year for _, year in live.records.tables["district"].rows("year")] == [2022, 2023]
        assert "Q08" not in {finding.code for finding in live.findings["district"]}


@pytest.mark.parametrize("ledger", all_ledgers().values(), ids=lambda ledger: ledger.name)
def test_the_headings_of_a_template_can_be_read_again(ledger: Ledger) -> None:
    for headings in ([c.zh for c in ledger.columns], [c.en for c in ledger.columns]):
        assert match_headings(headings, ledger).names == tuple(c.name for c in ledger.columns)


def test_readings_of_what_no_ledger_knows_are_blocked_once_all_ledgers_are_there(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    files = {
        "field_grid": "grid_id,village_code\nWG-1,430405100200\n",
        "field_patrol": "patrol_id,grid_id,chief_id\nXT-1,WG-1,T1\nXT-2,WG-9,T1\n",
    }
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        load(tmp_path / f"{name}.csv", all_ledgers()[name], store, LOADING, YEAR)
    with duckdb.connect() as connection:
        live = live_records(connection, store, [all_ledgers()[name] for name in files], YEAR, {})
        assert [(each.code, each.row) for each in live.findings["field_patrol"]] == [("Q09", 2)]
