"""`hengliang measure`: actual values from records, bound by a file and never silently."""

import csv
import json
import tomllib
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.calling import EXAMPLE, call

VECTORS = Path(__file__).parents[1] / "measure" / "vectors"
BINDINGS = """
organisation = "衡阳市自然资源和规划局"
fiscal_year = 2023
[[indicators]]
number = 1
name = "开展绿色矿山核查露天开采"
metric = "M01"
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with the green mine checks."""
    folder = tmp_path / "store"
    records = VECTORS / "I01_green_mine_check.csv"
    call(
        "ledger",
        "load",
        records,
        "--ledger",
        "green_mine_check",
        "--store",
        folder,
        "--year",
        2023,
        "--org",
        "430400",
    )
    return folder


@pytest.fixture
def bindings(tmp_path: Path) -> Path:
    path = tmp_path / "bindings.toml"
    path.write_text(BINDINGS, encoding="utf-8")
    return path


def test_a_bound_indicator_has_a_value_with_its_rows(store: Path, bindings: Path) -> None:
    run = call("measure", EXAMPLE, "--store", store, "--year", 2023, "--bindings", bindings, "--rows")
    assert run.code == 0
    assert "M01 open-pit mines checked and accepted: 3家" in run.out
    assert "- GC-004  row 5  not an open-pit mine" in run.out
    assert "nothing is bound to it" in run.out


def test_the_same_for_programs(store: Path, bindings: Path) -> None:
    run = call("measure", EXAMPLE, "--store", store, "--year", 2023, "--bindings", bindings, "--json")
    (one,) = json.loads(run.out)["measurements"]
    assert (one["value"], one["exact"], one["questioned"]) == ("3", "3", 1)
    assert [row["counted"] for row in one["rows"]] == [True, True, True, False, True, False]


def test_what_was_recorded_later_does_not_exist(store: Path, bindings: Path) -> None:
    run = call(
        "measure", EXAMPLE, "--store", store, "--year", 2023, "--bindings", bindings, "--as-of", "2024-01-31"
    )
    assert run.code == 1
    assert "cannot be computed" in run.out
    assert "restated with all that was recorded since: 3家" in run.out


def test_the_frozen_value_stands_beside_the_restated_one(tmp_path: Path, bindings: Path) -> None:
    head, *rows = (VECTORS / "I01_green_mine_check.csv").read_text(encoding="utf-8").splitlines()
    late = [f"{head},recorded_at"]
    late += [f"{row},{'2024-02-01' if row.startswith('GC-001') else '2024-01-31'}T09:00:00" for row in rows]
    (tmp_path / "late.csv").write_text("\n".join(late), encoding="utf-8")
    given = ("--store", tmp_path / "s", "--year", 2023)
    call("ledger", "load", tmp_path / "late.csv", "--ledger", "green_mine_check", *given, "--org", "430400")
    run = call("measure", EXAMPLE, *given, "--bindings", bindings)
    assert run.out.startswith("All that was recorded so far counts (restated values).")
    assert "M01 open-pit mines checked and accepted: 3家" in run.out
    assert "as of the freeze on 2024-01-31: 2家" in run.out
    (one,) = json.loads(call("measure", EXAMPLE, *given, "--bindings", bindings, "--json").out)[
        "measurements"
    ]
    assert (one["value"], one["restated"]) == ("3", None)
    assert one["frozen"] == {"on": "2024-01-31", "state": "ok", "value": "2", "reason": None}
    scored = call("score", EXAMPLE, *given, "--bindings", bindings)
    assert "restated; 2家 as of the freeze on 2024-01-31" in scored.out
    as_of = call("measure", EXAMPLE, *given, "--bindings", bindings, "--as-of", "2024-02-01", "--json")
    assert json.loads(as_of.out)["measurements"][0]["frozen"] is None


def test_what_was_not_changed_since_the_freeze_is_said_once(tmp_path: Path, bindings: Path) -> None:
    text = (VECTORS / "I01_green_mine_check.csv").read_text(encoding="utf-8").splitlines()
    known = [f"{text[0]},recorded_at", *(f"{row},2024-01-31T23:59:59" for row in text[1:])]
    (tmp_path / "known.csv").write_text("\n".join(known), encoding="utf-8")
    given = ("--store", tmp_path / "s", "--year", 2023)
    call("ledger", "load", tmp_path / "known.csv", "--ledger", "green_mine_check", *given, "--org", "430400")
    run = call("measure", EXAMPLE, *given, "--bindings", bindings)
    assert "as of the freeze on 2024-01-31:" not in run.out
    (one,) = json.loads(call("measure", EXAMPLE, *given, "--bindings", bindings, "--json").out)[
        "measurements"
    ]
    assert one["frozen"]["value"] == one["value"] == "3"


def test_a_binding_for_another_row_binds_nothing(store: Path, bindings: Path) -> None:
    bindings.write_text(BINDINGS.replace("number = 1", "number = 2"), encoding="utf-8")
    run = call("measure", EXAMPLE, "--store", store, "--year", 2023, "--bindings", bindings)
    assert run.code == 2
    assert "开展绿色矿山核查露天开采" in run.err


def test_a_store_that_is_not_there(tmp_path: Path, bindings: Path) -> None:
    run = call("measure", EXAMPLE, "--store", tmp_path / "none", "--year", 2023, "--bindings", bindings)
    assert (run.code, "there is no store" in run.err) == (2, True)


def test_measured_values_are_scored(store: Path, bindings: Path) -> None:
    run = call("score", EXAMPLE, "--store", store, "--year", 2023, "--bindings", bindings, "--json")
    row = json.loads(run.out)["sheets"][0]["rows"][0]
    assert (row["actual"]["text"], row["actual"]["origin"], row["low"]) == ("3家", "measured", "0.15")


def test_a_number_is_walked_back_to_rows_of_files(store: Path, bindings: Path) -> None:
    run = call("trace", EXAMPLE, 1, "--store", store, "--year", 2023, "--bindings", bindings)
    assert run.code == 0
    for said in ("0.15 of 3.00 points", "+ GC-001  I01_green_mine_check.csv row 2", "mining method C2=OPEN"):
        assert said in run.out


def test_the_rows_of_every_ledger_that_a_number_looked_at_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "hazards"
    for name in ("hazard_register", "hazard_inspection"):
        given = ("--ledger", name, "--store", folder, "--year", 2023, "--org", "430400")
        call("ledger", "load", VECTORS / f"I18_{name}.csv", *given, "--incomplete")
    run = call("trace", EXAMPLE, 18, "--store", folder, "--year", 2023, "--json")
    (one, *_) = json.loads(run.out)["measurements"]
    register = {row["name"]: row for row in one["rows"] if row["ledger"] == "hazard_register"}
    assert register["430426010007"]["counted"] is False
    assert register["430426010007"]["reason"] == "it lacks the rounds IN"
    visits = [row for row in one["rows"] if row["ledger"] == "hazard_inspection"]
    assert {row["counted"] for row in visits} == {True, False}
    assert all(row["reason"] for row in one["rows"] if not row["counted"])
    assert {batch["ledger"] for batch in one["batches"]} == {"hazard_register", "hazard_inspection"}


@pytest.mark.parametrize("asked", ["99", "没有的指标", "地下水资源常规监测"])
def test_an_indicator_that_cannot_be_told(store: Path, bindings: Path, asked: str) -> None:
    run = call("trace", EXAMPLE, asked, "--store", store, "--year", 2023, "--bindings", bindings)
    assert run.code == 2
    assert asked in run.err


def test_proposals_bind_nothing_until_they_are_confirmed(store: Path, bindings: Path, tmp_path: Path) -> None:
    proposed = tmp_path / "proposed.toml"
    run = call("measure", EXAMPLE, "--propose", "--bindings", bindings, "-o", proposed)
    assert (run.code, run.out) == (0, "")
    text = proposed.read_text(encoding="utf-8")
    assert text.count("confirmed = false") > 15
    assert "words in common: 界桩定位核查; the same unit: %" in text.replace("；", "; ")
    run = call("measure", EXAMPLE, "--store", store, "--year", 2023, "--bindings", proposed)
    assert "M04 is proposed for it in the binding file, and not confirmed" in run.out
    assert "M04 share" not in run.out
    proposed.write_text(text.replace("\nconfirmed = false", "", 1), encoding="utf-8")
    again = call("measure", EXAMPLE, "--store", store, "--year", 2023, "--bindings", proposed, "--json")
    assert len(json.loads(again.out)["indicators"]) == 2
    assert tomllib.loads(text)["organisation"] == "衡阳市自然资源和规划局"


def test_measuring_needs_a_store_and_a_year() -> None:
    assert "--store is missing" in call("measure", EXAMPLE, "--year", 2023).err


def test_a_trace_tells_the_cells_of_workbooks(bindings: Path, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "核查"
    with (VECTORS / "I01_green_mine_check.csv").open(encoding="utf-8") as stream:
        for row, line in enumerate(csv.reader(stream), 4):
            for column, text in enumerate(line, 2):
                sheet.cell(row, column, text)
    path, store = tmp_path / "checks.xlsx", tmp_path / "store"
    book.save(path)
    options = ("--store", store, "--year", 2023)
    call("ledger", "load", path, "--ledger", "green_mine_check", *options, "--org", "430400")
    run = call("trace", EXAMPLE, 1, *options, "--bindings", bindings, "--json")
    (one,) = json.loads(run.out)["measurements"]
    told = {row["name"]: row for row in one["rows"]}
    assert (told["GC-004"]["counted"], told["GC-004"]["reason"]) == (False, "not an open-pit mine")
    assert told["GC-004"]["sheet"] == "核查"
    for cell in told["GC-004"]["cells"]:
        written = str(sheet[cell["cell"]].value)
        assert written == cell["value"]
    assert {cell["cell"] for cell in told["GC-004"]["cells"]} == {"C8", "D8", "E8", "K8"}
    text = call("trace", EXAMPLE, 1, *options, "--bindings", bindings, HENGLIANG_LANG="zh")
    assert "- GC-004  checks.xlsx:核查 第8行  不是露天开采" in text.out


def test_measurements_as_a_workbook(store: Path, bindings: Path, tmp_path: Path) -> None:
    out = tmp_path / "measured.xlsx"
    run = call("measure", EXAMPLE, "--store", store, "--year", 2023, "--bindings", bindings, "-o", out)
    assert (run.code, run.out) == (0, "")
    book = load_workbook(out)
    assert [sheet.title for sheet in book] == [
        "Measured values", "Rows that count", "Rows that do not count", "Parameters", "Batches",
    ]  # fmt: skip
    values = list(book["Measured values"].iter_rows(min_row=2, values_only=True))
    assert values[0][:6] == (
        1,
        "开展绿色矿山核查露天开采",
        "M01 v1",
        "open-pit mines checked and accepted",
        3,
        "家",
    )
    left = list(book["Rows that do not count"].iter_rows(min_row=2, values_only=True))
    assert [row[:3] for row in left] == [
        ("M01", "GC-004", "not an open-pit mine"),
        ("M01", "GC-006", "not accepted in the year"),
    ]
