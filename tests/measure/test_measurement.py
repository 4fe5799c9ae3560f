"""Measurements from stored batches: as of a date, without questioned rows, the same whatever the order."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.live import live_records
from hengliang.measure.load.run import Loading, load
from hengliang.measure.measurement import Measurement, measure_all
from hengliang.measure.period import fiscal_year
from hengliang.measure.store import Store

RECORDS = Path(__file__).parent / "vectors" / "I01_green_mine_check.csv"
LEDGER = all_ledgers()["green_mine_check"]
HEAD = "check_id,record_id,supersedes,void_reason,recorded_at,mine_id,mining_method,checked_on,accepted_on,verdict"  # noqa: E501


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


def stored(store: Store, path: Path, loaded_at: str = "2024-01-10T10:00:00+08:00") -> None:
    """Loads a file."""
    assert (
        load(path, LEDGER, store, Loading(2023, "430400", "U01", loaded_at), fiscal_year(2023)).batch
        is not None
    )


def measured(
    connection: duckdb.DuckDBPyConnection, store: Store, as_of: date | None = None
) -> dict[str, Measurement]:
    """All metrics, by id."""
    live = live_records(connection, store, [LEDGER], fiscal_year(2023, as_of=as_of), {})
    return {one.metric.id: one for one in measure_all(live, [LEDGER])}


def test_every_row_tells_whether_it_counted(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    store = Store(tmp_path)
    stored(store, RECORDS)
    one = measured(connection, store)["M01"]
    assert one.value.shown == Decimal(3)
    assert one.rows is not None
    told = {row.name: (row.counted, row.source_row) for row in one.rows}
    assert told["GC-001"] == (True, 2)
    assert told["GC-006"] == (False, 7)
    assert all(row.reason is not None for row in one.rows if not row.counted)
    assert (one.questioned, one.is_questionable) == (1, False)


def test_the_order_of_loading_changes_nothing(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    lines = RECORDS.read_text(encoding="utf-8").splitlines()
    found: list[str] = []
    for number, cut in enumerate(([1, 4], [4, 1])):
        store = Store(tmp_path / str(number))
        for part in cut:
            path = tmp_path / f"{number}-{part}.csv"
            rows = lines[1:4] if part == 1 else lines[4:]
            path.write_text("\n".join([lines[0], *rows]) + "\n", encoding="utf-8")
            stored(store, path, f"2024-01-1{len(found)}T10:00:00+08:00")
        one = measured(connection, store)["M01"]
        assert one.value.shown == Decimal(3)
        found.append(one.rows_sha256)
    assert found[0] == found[1]


def test_corrections_and_dates(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    mines = [f"C430400201903712014770{at}" for at in range(4)]
    first = tmp_path / "first.csv"
    first.write_text(
        f"{HEAD}\n"
        f"G1,R1,,,2023-04-02T08:00:00+08:00,{mines[0]},OPEN,2023-03-10,2023-04-02,PASS\n"
        f"G2,R2,,,2023-04-03T08:00:00+08:00,{mines[1]},OPEN,2023-03-11,2023-04-02,PASS\n",
        encoding="utf-8",
    )
    later = tmp_path / "later.csv"
    later.write_text(
        f"{HEAD}\n"
        f"G1,R3,R1,,2024-03-01T08:00:00+08:00,{mines[0]},UNDERGROUND,2023-03-10,2023-04-02,PASS\n"
        f"G2,R4,R2,entered twice,2024-03-01T08:00:00+08:00,{mines[1]},OPEN,2023-03-11,2023-04-02,PASS\n"
        f"G3,R5,,,2024-03-01T08:00:00+08:00,{mines[2]},OPEN,2023-12-30,2023-12-31,FAIL\n",
        encoding="utf-8",
    )
    store = Store(tmp_path / "store")
    stored(store, first)
    stored(store, later, "2024-03-02T10:00:00+08:00")
    frozen = measured(connection, store, date(2024, 1, 31))["M01"]
    restated = measured(connection, store)["M01"]
    assert (frozen.value.shown, restated.value.shown) == (Decimal(2), Decimal(1))
    assert len(frozen.batches) == 1
    assert len(restated.batches) == 2


def test_no_records_give_no_value(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert measured(connection, Store(tmp_path)) == {}


def test_blocked_payments_stay_and_are_questioned(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    ledger = all_ledgers()["hall_expense"]
    path = tmp_path / "expense.csv"
    path.write_text(
        "voucher_no,paid_on,amount_yuan,is_reversal\n"
        "V1,2023-03-01,60.00,N\nV2,2023-03-02,-10.00,N\nV3,2023-03-03,5.00,N\n",
        encoding="utf-8",
    )
    store = Store(tmp_path / "store")
    loading = Loading(2023, "430400", "U01", "2024-01-10T10:00:00+08:00")
    assert load(path, ledger, store, loading, fiscal_year(2023)).batch is not None
    live = live_records(connection, store, [ledger], fiscal_year(2023), {"budget_yuan": 100})
    spent = next(each for each in measure_all(live, [ledger]) if each.metric.id == "M13")
    assert (spent.value.shown, spent.without_questioned.shown) == (Decimal("55.00"), Decimal("65.00"))
    assert (spent.questioned, spent.is_questionable) == (1, True)


def test_what_changes_after_the_freeze_is_restated_and_questioned(tmp_path: Path) -> None:
    mines = [f"C430400201903712014770{at}" for at in range(3)]
    store = Store(tmp_path / "store")
    batches = {
        # On the last day of the freeze, in Beijing; the photo of R2 stands in R1 too.
        "2024-01-31": f"G1,R1,,2024-01-31T23:59:59+08:00,{mines[0]},OPEN,2023-03-10,2023-04-02,PASS,aa\n"
        f"G2,R2,,2024-01-31T15:59:59Z,{mines[1]},OPEN,2023-03-11,2023-04-02,PASS,aa\n",
        "2024-02-01": f"G3,R3,,2024-02-01T00:00:00+08:00,{mines[2]},OPEN,2023-03-12,2023-04-02,PASS,bb\n"
        f"G1,R4,R1,2024-01-31T16:00:00Z,{mines[0]},OPEN,2023-03-10,2024-01-02,PASS,cc\n",
    }
    head = HEAD.replace("void_reason,", "") + ",photo_sha256\n"
    for day, rows in batches.items():
        path = tmp_path / f"{day}.csv"
        path.write_text(head + rows, encoding="utf-8")
        stored(store, path, f"{day}T23:59:59+08:00")
    with duckdb.connect() as one, duckdb.connect() as other:
        frozen = live_records(one, store, [LEDGER], fiscal_year(2023, as_of=date(2024, 1, 31)), {})
        later = live_records(other, store, [LEDGER], fiscal_year(2023), {})
        found = {each.metric.id: each for each in measure_all(frozen, [LEDGER], later)}["M01"]
        changed = {each.row for each in later.findings[LEDGER.name] if each.code == "F10"}
        names = later.records.tables[LEDGER.name].named(changed)
    assert (found.value.shown, found.without_questioned.shown) == (Decimal(2), Decimal(1))
    assert found.restated is not None
    assert found.restated.shown == Decimal(2)  # G2 and G3: G1 is now accepted in the next year
    assert not [each for each in frozen.findings[LEDGER.name] if each.code == "F10"]
    assert {*names.values()} == {"G1"}
