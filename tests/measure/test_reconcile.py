"""Two real databases held against each other, row by row."""

import csv
import os
import re
import sqlite3
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.check import check
from hengliang.measure.databases import Database, DatabaseError, open_database
from hengliang.measure.period import fiscal_year
from hengliang.measure.reconcile import (
    HEADINGS,
    Reconciled,
    Sample,
    canonical,
    canonical_text,
    reconcile,
    write_ledger,
)
from hengliang.measure.records import Records, value_of
from hengliang.measure.table import table_of

SCHEMA = (
    "create table QLR (ID integer primary key, XM text, ZJH text)",
    "create table DYAQ (YWH text primary key, QLRID integer references QLR, JE numeric, DJSJ, BDCDYH)",
)
HOLDERS = [(1, "甲", "A1"), (2, "乙", None), (3, "丙", "C3")]
UNIT = "430405001002GB00031F00010001"
MORTGAGES = [
    ("D1", 1, 1000000, "2020-01-01", UNIT),
    ("D2", 2, 12.5, "2021-02-28", UNIT),
    ("D3", 3, 0.1, "2022-12-31", None),
]


def database(
    path: Path,
    holders: Sequence[tuple[Any, ...]] = HOLDERS,
    mortgages: Sequence[tuple[Any, ...]] = MORTGAGES,
    schema: Sequence[str] = SCHEMA,
) -> Path:
    with sqlite3.connect(path) as connection:
        for statement in schema:
            connection.execute(statement)
        connection.executemany("insert into QLR values (?, ?, ?)", holders)
        connection.executemany("insert into DYAQ values (?, ?, ?, ?, ?)", mortgages)
    connection.close()
    return path


def reconciled(old: Path, new: Path, *tables: str) -> dict[str, Reconciled]:
    with open_database(str(old)) as source, open_database(str(new)) as target:
        return {each.table: each for each in reconcile(source, target, tables or None)}


def test_equal_in_another_order_and_of_other_types(tmp_path: Path) -> None:
    old = database(tmp_path / "old.db")
    new = database(
        tmp_path / "new.db",
        [(3, "丙  ", "C3"), (1, "甲", "A1"), (2, "乙", None)],
        [("D3", 3, "0.1", "2022-12-31", None), ("D1", 1, 1000000.0, "2020-01-01", UNIT),
         ("D2", 2, 12.50, "2021-02-28", UNIT)],
        ["create table qlr (id, xm, zjh)", "create table dyaq (ywh, qlrid, je, djsj, bdcdyh)"],
    )  # fmt: skip
    found = reconciled(old, new)
    assert set(found) == {"QLR", "DYAQ"}
    for each in found.values():
        assert (each.source_rows, each.target_rows, each.matched, each.missing, each.extra) == (3, 3, 3, 0, 0)
        assert each.source_checksum == each.target_checksum
    assert (found["DYAQ"].units, found["DYAQ"].valid_units) == (2, 2)


def test_what_is_missing_changed_and_orphaned(tmp_path: Path) -> None:
    old = database(tmp_path / "old.db")
    changed = [
        ("D1", 1, 1000001, "2020-01-01", UNIT),
        ("D2", 9, 12.5, "2021-02-28", "430405"),
        *MORTGAGES[2:],
    ]
    new = database(tmp_path / "new.db", HOLDERS[:2], [*changed, (None, None, None, None, None)])
    found = reconciled(old, new)
    mortgages, holders = found["DYAQ"], found["QLR"]
    assert (mortgages.source_rows, mortgages.target_rows) == (3, 4)
    assert (mortgages.matched, mortgages.missing, mortgages.extra) == (1, 2, 3)
    assert mortgages.source_checksum != mortgages.target_checksum
    assert (mortgages.null_key_rows, mortgages.orphan_rows) == (1, 2)  # D2 and D3: holders 9 and 3 are gone
    assert (mortgages.units, mortgages.valid_units) == (2, 1)
    assert (holders.missing, holders.extra, holders.orphan_rows) == (1, 0, 0)


def test_a_row_that_stands_twice_is_not_one_that_stands_once(tmp_path: Path) -> None:
    plain = ["create table QLR (ID, XM, ZJH)", SCHEMA[1]]
    old = database(tmp_path / "old.db", [HOLDERS[0], HOLDERS[0], HOLDERS[1]], [], plain)
    new = database(tmp_path / "new.db", [HOLDERS[0], HOLDERS[1], HOLDERS[1]], [], plain)
    found = reconciled(old, new, "qlr")["qlr"]
    assert (found.source_rows, found.target_rows, found.matched) == (3, 3, 2)
    assert found.source_checksum != found.target_checksum


def test_tables_of_one_side_and_lost_columns(tmp_path: Path) -> None:
    old = database(tmp_path / "old.db")
    new = tmp_path / "new.db"
    with sqlite3.connect(new) as connection:
        connection.execute("create table QLR (ID, XM)")
        connection.executemany("insert into QLR values (?, ?)", [holder[:2] for holder in HOLDERS])
        connection.execute("create table CFDJ (A)")
        connection.execute("insert into CFDJ values (1)")
    connection.close()
    found = reconciled(old, new)
    assert (found["DYAQ"].target_rows, found["DYAQ"].missing) == (0, 3)
    assert (found["CFDJ"].source_rows, found["CFDJ"].extra) == (0, 1)
    assert found["QLR"].matched == 1  # the one whose ZJH was blank
    assert (reconciled(old, new, "YGDJ")["YGDJ"].source_rows, old.stat().st_size > 0) == (0, True)


def test_the_written_ledger_is_measured(tmp_path: Path) -> None:
    old = database(tmp_path / "old.db")
    new = database(tmp_path / "new.db", HOLDERS, MORTGAGES[:2])
    path = tmp_path / "registry_migration.csv"
    write_ledger(path, [*reconciled(old, new).values()], 1, date(2023, 9, 1), {"dyaq": Sample(40, 0)})
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    assert tuple(header) == HEADINGS
    ledger = all_ledgers()["registry_migration"]
    with duckdb.connect() as connection:
        table, unreadable = table_of(connection, ledger, header, rows)
        records = Records({ledger.name: table}, fiscal_year(2023))
        findings = check(table, unreadable, records).findings
        values = {metric.id: value_of(records, ledger, metric).shown for metric in ledger.metrics}
    assert unreadable == []
    assert [(each.row, each.code, each.figures) for each in findings] == [(1, "I23-A1", {"rows_missing": 1})]
    assert values["M23"] == Decimal("50.00")
    assert values["M23_rows_missing"] == Decimal(1)


def test_what_is_no_database(tmp_path: Path) -> None:
    text = tmp_path / "text.db"
    text.write_text("x" * 5000, encoding="utf-8")
    with pytest.raises(DatabaseError, match="no such file"), open_database(str(tmp_path / "none.db")):
        pass
    with pytest.raises(DatabaseError, match="cannot be read"), open_database(str(text)) as found:
        found.tables()
    assert not (tmp_path / "none.db").exists()


def test_texts_of_another_encoding_are_compared_as_they_are(tmp_path: Path) -> None:
    sides = [tmp_path / "old.db", tmp_path / "new.db"]
    for path, text in zip(sides, ("甲".encode("gbk"), "乙".encode("gbk")), strict=True):
        with sqlite3.connect(path) as connection:
            connection.execute("create table QLR (XM text)")
            connection.execute("insert into QLR values (cast(? as text))", (text,))
        connection.close()
    assert reconciled(sides[0], sides[0])["QLR"].matched == 1
    assert reconciled(sides[0], sides[1])["QLR"].matched == 0


CELLS = st.one_of(st.none(), st.text(), st.integers(), st.binary(), st.dates(), st.booleans())


@given(st.lists(CELLS, max_size=4), st.lists(CELLS, max_size=4))
def test_cells_cannot_flow_into_each_other(one: list[Any], other: list[Any]) -> None:
    def texts(row: list[Any]) -> list[str | None]:
        return [None if cell is None else canonical_text(cell) for cell in row]

    assert (canonical(one) == canonical(other)) == (texts(one) == texts(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, Decimal("1.00")), (12.5, Decimal("12.50")), (True, 1), (-0.0, 0), (1e20, 10**20),
        ("e\u0301", "\u00e9"), ("甲 ", "甲"), (date(2023, 1, 1), "2023-01-01"),
        (datetime(2023, 1, 1, 8), "2023-01-01 08:00:00"), (Decimal("1E+3"), 1000),  # noqa: DTZ001
        (datetime(2023, 1, 1, tzinfo=UTC), datetime(2023, 1, 1, 8)),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_one_value_is_written_one_way(one: object, other: object) -> None:
    assert canonical([one]) == canonical([other])


@pytest.mark.parametrize(
    ("one", "other"), [("", None), ("a", "A"), (" a", "a"), ("01", 1), (0.1, 0.10000001)]
)
def test_values_that_differ(one: object, other: object) -> None:
    assert canonical([one]) != canonical([other])


def test_without_the_driver_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(DatabaseError, match="psycopg"), open_database("postgresql://localhost/none"):
        pass


@pytest.mark.skipif("HENGLIANG_POSTGRES" not in os.environ, reason="no PostgreSQL is given to test with")
def test_sqlite_against_postgres(tmp_path: Path) -> None:
    psycopg: Any = pytest.importorskip("psycopg")
    place = os.environ["HENGLIANG_POSTGRES"]
    with psycopg.connect(place, autocommit=True) as connection:
        connection.execute("drop schema if exists migrated cascade")
        connection.execute("create schema migrated")
        connection.execute("set search_path to migrated")
        connection.execute("create table qlr (id int primary key, xm char(10), zjh text)")
        connection.execute(
            "create table dyaq (ywh text primary key, qlrid int references qlr, je numeric(18,2), djsj date, "
            "bdcdyh text)"
        )
        for holder in HOLDERS:
            connection.execute("insert into qlr values (%s, %s, %s)", holder)
        for mortgage in MORTGAGES[:2]:
            connection.execute("insert into dyaq values (%s, %s, %s, %s, %s)", mortgage)
    old = database(tmp_path / "old.db")
    sep = "&" if "?" in place else "?"
    with (
        open_database(str(old)) as source,
        open_database(f"{place}{sep}options=-csearch_path%3Dmigrated") as target,
    ):
        found = {each.table: each for each in reconcile(source, target)}
        assert _keys(target) == (["ywh"], "qlr")
    assert (found["QLR"].matched, found["QLR"].source_checksum) == (3, found["QLR"].target_checksum)
    assert (found["DYAQ"].matched, found["DYAQ"].missing, found["DYAQ"].orphan_rows) == (2, 1, 0)


def _keys(target: Database) -> tuple[list[str], str]:
    return [*target.key("dyaq")], target.references("dyaq")[0].table


@pytest.mark.skipif("HENGLIANG_POSTGRES" not in os.environ, reason="no PostgreSQL is given to test with")
def test_types_orders_and_instants_of_postgres(tmp_path: Path) -> None:
    psycopg: Any = pytest.importorskip("psycopg")
    place = os.environ["HENGLIANG_POSTGRES"]
    with psycopg.connect(place, autocommit=True) as connection:
        connection.execute("drop schema if exists typed cascade")
        connection.execute("create schema typed")
        connection.execute("set search_path to typed")
        # Other types and another order of columns than in the old file.
        connection.execute(
            "create table h (zt boolean, mj numeric(12,4), djsj timestamptz, bz text, bh bigint, xh bytea)"
        )
        connection.execute(
            "insert into h select true, 90.5, timestamptz '2023-06-01 08:00:00+08', null, n, '\\x0a'::bytea "
            "from generate_series(1, 25000) n"
        )
        connection.execute("insert into h values (false, 0, null, '', 0, null)")
    old = tmp_path / "old.db"
    with sqlite3.connect(old) as file:
        file.execute("create table H (BH integer, BZ text, DJSJ text, MJ real, XH blob, ZT integer)")
        same = (None, "2023-06-01 08:00:00", 90.50, b"\n", 1)
        file.executemany("insert into H values (?, ?, ?, ?, ?, ?)", [(n, *same) for n in range(1, 25_001)])
        file.execute("insert into H values (0, '', null, 0, null, 0)")
    file.close()
    sep = "&" if "?" in place else "?"
    # The zone in which the server shows instants must not matter.
    with (
        open_database(str(old)) as source,
        open_database(f"{place}{sep}options=-csearch_path%3Dtyped%20-cTimeZone%3DAmerica/New_York") as target,
    ):
        (found,) = reconcile(source, target)
    assert (found.source_rows, found.target_rows, found.matched) == (25_001, 25_001, 25_001)
    assert found.source_checksum == found.target_checksum


@pytest.mark.skipif("HENGLIANG_POSTGRES" not in os.environ, reason="no PostgreSQL is given to test with")
def test_postgres_that_refuses_or_goes_away(tmp_path: Path) -> None:
    psycopg: Any = pytest.importorskip("psycopg")
    place = os.environ["HENGLIANG_POSTGRES"]
    wrong = re.sub(r":[^:@/]*@", ":wrong@", place)
    with pytest.raises(DatabaseError, match="password") as refused, open_database(wrong):
        pass
    assert "wrong" not in str(refused.value)  # no password in a message
    nobody = "postgresql://nobody:secret@localhost:1/none?connect_timeout=2"
    with pytest.raises(DatabaseError) as away, open_database(nobody):
        pass
    assert "secret" not in str(away.value)
    old = database(tmp_path / "old.db")
    with psycopg.connect(place, autocommit=True) as connection:
        connection.execute("drop table if exists gone")
        connection.execute("create table gone as select n as a from generate_series(1, 30000) n")
        with (
            pytest.raises(DatabaseError, match="PostgreSQL says"),
            open_database(f"{place}{'&' if '?' in place else '?'}application_name=reconciled") as target,
        ):
            rows = target.rows("gone", ["a"])
            assert next(rows) == (1,)
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'reconciled'"
            )
            assert len([*rows]) < 30_000
        connection.execute("drop table gone")
    assert old.stat().st_size > 0


def test_a_hundred_thousand_rows(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table QLR (ID integer, XM text)")
        connection.execute(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000) "
            "insert into QLR select i, '权利人' || i from n"
        )
    connection.close()
    found = reconciled(path, path)["QLR"]
    assert (found.source_rows, found.matched, found.missing, found.extra) == (100_000, 100_000, 0, 0)
