"""A load: what it fills in, refuses, recognises, corrects, and keeps for later."""

from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.live import Live, live_records
from hengliang.measure.load.headings import LoadError
from hengliang.measure.load.run import Loaded, Loading, Manner, load
from hengliang.measure.period import fiscal_year
from hengliang.measure.store import RECORDS, Store
from hengliang.measure.table import quoted

ITEMS, READINGS = all_ledgers()["work_item"], all_ledgers()["sensor_reading"]
HEAD = "事项编号,计划完成日期,数量\n"


def put(
    store: Store,
    content: str,
    ledger: str = "work_item",
    day: str = "2023-06-01",
    name: str = "a.csv",
    encoding: str = "utf-8",
    **manner: object,
) -> Loaded:
    store.folder.mkdir(exist_ok=True, parents=True)
    path = store.folder.parent / name
    path.write_text(content, encoding=encoding, newline="")
    loading = Loading(2023, "430405", "U01", f"{day}T10:00:00+08:00")
    return load(path, all_ledgers()[ledger], store, loading, fiscal_year(2023), None, Manner(**manner))  # type: ignore[arg-type]


def live(store: Store, as_of: str | None = None) -> tuple[Live, list[dict[str, object]]]:
    from datetime import date

    period = fiscal_year(2023, as_of=date.fromisoformat(as_of) if as_of else None)
    found = live_records(duckdb.connect(), store, [ITEMS], period, {})
    if "work_item" not in found.records.tables:
        return found, []
    table = found.records.tables["work_item"]
    rows = table.connection.sql(f"select * from {quoted(table.name)} order by _row")
    names = rows.columns
    return found, [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_what_the_load_knows_is_filled_in(store: Store) -> None:
    put(store, HEAD + "W1,2023-06-30,1\nW2,2023-06-30,2\n")
    _, (first, second) = live(store)
    assert (first["fiscal_year"], first["source_system"], first["recorded_by"]) == (2023, "a.csv", "U01")
    assert (str(first["recorded_at"]), first["region_code"]) == ("2023-06-01 10:00:00", "430405")
    assert first["record_id"] != second["record_id"]
    again, (same, _) = live(store)
    assert same["record_id"] == first["record_id"]
    # The batch itself holds what the file says, and is the same whenever it is loaded.
    assert "recorded_at" not in again.batches["work_item"][0].columns


def test_blank_cells_are_filled_in_too(store: Store) -> None:
    loaded = put(store, "事项编号,记录编号,录入时间\nW1,,\nW2,R-2,2023-05-01 08:00\n")
    assert not [finding for finding in loaded.findings if finding.column in ("record_id", "recorded_at")]
    _, rows = live(store)
    assert [str(row["recorded_at"]) for row in rows] == ["2023-06-01 10:00:00", "2023-05-01 08:00:00"]
    assert rows[1]["record_id"] == "R-2"


def test_a_file_that_lacks_columns_is_refused_by_name(store: Store) -> None:
    with pytest.raises(LoadError) as refused:
        put(store, "事项编号,数量,完成期限\nW1,1,2023-06-30\n")
    said = str(refused.value)
    assert "a.csv lacks the required columns" in said
    assert "item name (item_name)" in said
    assert "完成期限" in said
    assert "--mapping" in said
    assert put(store, "事项编号,数量,完成期限\nW1,1,2023-06-30\n", complete=False).rows == 1
    with pytest.raises(LoadError, match="lacks"):
        put(store, "事项编号,数量\nW9,1\n", complete=True)
    assert put(store, "事项编号,数量\nW9,1\n").rows == 1


def test_the_same_records_in_another_file_are_recognised(store: Store) -> None:
    first = put(store, HEAD + "W1,2023-06-30,1\n")
    again = put(store, HEAD + "W1,2023-06-30,1\r\n", name="b.csv")
    assert (again.batch, again.before) == (None, first.batch)


def test_a_correction_takes_the_place_of_a_batch(store: Store) -> None:
    first = put(store, HEAD + "W1,2023-06-30,1\nW2,2023-06-30,2\nW3,2023-06-30,3\n").batch
    assert first is not None
    second = put(
        store, HEAD + "W1,2023-06-30,10\nW2,2023-06-30,2\nW4,2023-06-30,4\n", day="2023-07-01", name="b.csv",
        corrects=first.id[:8],
    ).batch  # fmt: skip
    assert second is not None
    assert second.corrects == first.id
    found, rows = live(store)
    assert [(row["item_id"], row["quantity"]) for row in rows] == [("W1", 10), ("W2", 2), ("W4", 4)]
    assert not found.findings["work_item"]
    # Before the correction was known, the old records count; they are still on file.
    assert [row["quantity"] for row in live(store, "2023-06-15")[1]] == [1, 2, 3]
    third = put(store, HEAD + "W1,2023-06-30,11\n", day="2023-08-01", name="c.csv", corrects=second.id).batch
    assert third is not None
    assert [(row["item_id"], row["quantity"]) for row in live(store)[1]] == [("W1", 11)]
    assert len(live(store, "2023-07-15")[1]) == 3


def test_a_correction_after_the_freeze_questions_the_rows_that_it_changes(store: Store) -> None:
    first = put(store, HEAD + "W1,2023-06-30,1\nW2,2023-06-30,2\n").batch
    assert first is not None
    changed = HEAD + "W1,2023-06-30,10\nW2,2023-06-30,2\nW4,2023-06-30,4\n"
    second = put(store, changed, day="2024-02-10", name="b.csv", corrects=first.id).batch
    assert second is not None
    assert questioned(store) == [("W1", "F10")]
    # Given once more, it stays questioned; as of the freeze nothing was changed.
    once_more = changed.replace("W4,2023-06-30,4", "W4,2023-06-30,5")
    assert put(store, once_more, day="2024-02-11", name="c.csv", corrects=second.id).batch is not None
    assert questioned(store) == [("W1", "F10"), ("W4", "F10")]
    assert questioned(store, "2024-01-31") == []


def questioned(store: Store, as_of: str | None = None) -> list[tuple[object, str]]:
    found, rows = live(store, as_of)
    names = {row["_row"]: row["item_id"] for row in rows}
    return sorted((names[each.row], each.code) for each in found.findings["work_item"])


def test_a_file_that_was_read_in_the_wrong_way_corrects_itself(store: Store) -> None:
    square = "POLYGON ((361000 2977000, 361200 2977000, 361200 2977100, 361000 2977100, 361000 2977000))"
    content = f'图斑编号,类型,范围（面）\nS1,LAND,"{square}"\n'
    first = put(store, content, "violation_spot", complete=False).batch
    assert first is not None
    assert first.remarks == 1
    again = put(store, content, "violation_spot", day="2023-06-02", crs="EPSG:4547", corrects=first.id).batch
    assert again is not None
    assert again.remarks == 0
    found = live_records(duckdb.connect(), store, [all_ledgers()["violation_spot"]], fiscal_year(2023), {})
    table = found.records.tables["violation_spot"]
    assert table.srid == 4490
    zones = table.connection.sql("select _geom_zone, srid_source from violation_spot").fetchall()
    assert zones == [(38, 4547)]


def test_corrections_that_cannot_be(store: Store) -> None:
    batch = put(store, HEAD + "W1,2023-06-30,1\n").batch
    assert batch is not None
    with pytest.raises(LoadError, match="no batch"):
        put(store, HEAD + "W1,2023-06-30,2\n", corrects="abcdef")
    with pytest.raises(LoadError, match="no batch"):
        put(store, HEAD, ledger="milestone", corrects=batch.id)


def test_a_cell_that_could_not_be_read_stays_a_finding(store: Store) -> None:
    loaded = put(store, HEAD + "W1,2023-06-30,many\n")
    assert loaded.batch is not None
    assert loaded.batch.remarks == 1
    found, (row,) = live(store)
    (finding,) = [each for each in found.findings["work_item"] if each.column == "quantity"]
    assert (finding.code, finding.severity, row["_blocked"]) == ("Q10", "blocking", "Q10")
    assert "“many”" in str(finding.reason)
    assert "“数量”一栏" in finding.reason.say("zh_Hans")


LINE = "430422102007010000010001,L1_LF_1,value,2023-06-18T0{hour}:00:00+08:00,{value},mm\n"
SERIES = "device_id,sensor_code,metric,observed_at,value,unit\n"


def readings(store: Store, content: str, **more: str) -> list[tuple[object, ...]]:
    loaded = put(store, content, "sensor_reading", **more)  # type: ignore[arg-type]
    assert loaded.batch is not None
    file = store.place(loaded.batch) / RECORDS
    with duckdb.connect() as connection:
        return connection.sql(
            "select _row, strftime(observed_at, '%H:%M'), value::decimal(18, 4)::varchar, unit, _blocked "
            f"from read_parquet('{file}') order by _row"
        ).fetchall()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_series_streams_through(store: Store, encoding: str) -> None:
    rows = readings(
        store, SERIES + LINE.format(hour=1, value=5) + LINE.format(hour=2, value="七"), encoding=encoding
    )
    assert rows == [(1, "01:00", "5.0000", "mm", None), (2, "02:00", None, "mm", "Q10")]


def test_marks_of_a_series_are_stored(store: Store) -> None:
    twice = LINE.format(hour=1, value=5)
    rows = readings(store, SERIES + twice + LINE.format(hour=2, value=" 6 ") + twice)
    assert [(row[0], row[2], row[4]) for row in rows] == [
        (1, "5.0000", None),
        (2, "6.0000", None),
        (3, "5.0000", "Q08"),
    ]


AWKWARD = st.lists(
    st.sampled_from(
        [
            LINE.format(hour=1, value=5), LINE.format(hour=2, value='"6"'), "\n", ",,,,,\n", "   \n",
            LINE.format(hour=3, value="7,more,cells"), "430422102007010000010001,L1_LF_1\n",
            LINE.format(hour=4, value="\u30008\u3000"), LINE.format(hour=5, value='"9\n"'), "#,,,,,\n",
        ]
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(AWKWARD)
def test_the_engine_reads_lines_as_python_does(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("lines")
    content = SERIES + "".join(lines)
    quick = readings(Store(folder / "quick"), content)
    # A blank line at the end makes the file one that is read row by row.
    slow = readings(Store(folder / "slow"), content + "\n\n")
    assert quick == slow


def test_a_wrong_column_is_refused_and_not_listed_a_million_times(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hengliang.measure.load.run._MOST_UNREADABLE", 2)
    with pytest.raises(LoadError, match="3 rows have cells that cannot be read"):
        put(store, SERIES + LINE.format(hour=1, value="x") * 3, "sensor_reading")
    assert not store.batches()
