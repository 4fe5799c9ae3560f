"""`hengliang ledger reconcile`: two databases, their differences, and records that the metric measures."""

import json
from pathlib import Path

from tests.cli.calling import EXAMPLE, call
from tests.measure.test_reconcile import HOLDERS, MORTGAGES, database

BINDINGS = """
organisation = "衡阳市自然资源和规划局"
fiscal_year = 2023
[[indicators]]
number = 23
name = "不动产系统迁移"
metric = "M23"
"""


def test_equal_databases(tmp_path: Path) -> None:
    old, new = database(tmp_path / "old.db"), database(tmp_path / "new.db", HOLDERS[::-1])
    run = call("ledger", "reconcile", old, new)
    assert run.code == 0
    assert "✓ QLR  3 rows, checksum " in run.out
    assert "2 of 2 tables are the same; 6 of 6 rows of the source are in the target" in run.out


def test_differences_are_listed(tmp_path: Path) -> None:
    old = database(tmp_path / "old.db")
    new = database(tmp_path / "new.db", [(1, "甲", "A1"), (2, "\x1b[31m乙乙", None)], MORTGAGES)
    run = call("ledger", "reconcile", old, new)
    assert run.code == 1
    assert "✗ QLR  3 rows in the source, 2 in the target" in run.out
    assert "2 rows missing in the target: 2、3" in run.out
    assert "1 rows only in the target: 2" in run.out
    assert "1 rows of the target refer to rows that are not there" in run.out
    chinese = call("--lang", "zh", "ledger", "reconcile", old, new)
    assert "目标库缺少2行：2、3" in chinese.out
    data = json.loads(call("ledger", "reconcile", old, new, "--json").out)
    assert data["equal"] is False
    (holders,) = [each for each in data["tables"] if each["table"] == "QLR"]
    assert (holders["missing_rows"], holders["extra_rows"]) == (["2", "3"], ["2"])


def test_what_is_found_is_loaded_and_measured(tmp_path: Path) -> None:
    old = database(tmp_path / "old.db")
    new = database(tmp_path / "new.db", mortgages=MORTGAGES[:2])
    rows, store, bindings = tmp_path / "rows.csv", tmp_path / "s", tmp_path / "b.toml"
    bindings.write_text(BINDINGS, encoding="utf-8")
    asked = ("--run", 1, "--on", "2023-09-01", "--sample", "QLR=20:0", "--sample", "DYAQ=20:0", "-o", rows)
    assert call("ledger", "reconcile", old, new, *asked).code == 1
    given = ("--store", store, "--year", 2023)
    loaded = call("ledger", "load", rows, "--ledger", "registry_migration", *given, "--org", "430400")
    assert loaded.code in (0, 1)
    run = call("measure", EXAMPLE, *given, "--bindings", bindings, "--json")
    (one,) = json.loads(run.out)["measurements"]
    assert (one["state"], one["value"]) == ("ok", "50.00")


def test_what_cannot_be_reconciled(tmp_path: Path) -> None:
    old = database(tmp_path / "old.db")
    (tmp_path / "text.db").write_text("no database at all", encoding="utf-8")
    for given, said in (
        ((old, tmp_path / "none.db"), "there is no such file"),
        ((old, tmp_path / "text.db"), "cannot be read as a database"),
        ((old, old, "--table", "NONE"), "neither database has a table NONE"),
        ((old, old, "--sample", "QLR=3:5"), "is no sample"),
        ((old, old, "--on", "1. September"), "is no date"),
    ):
        run = call("ledger", "reconcile", *given)
        assert (run.code, said in run.err) == (2, True), (given, run.err)
