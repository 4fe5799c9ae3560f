"""`hengliang measure`: actual values from records, bound by a file and never silently."""

import json
from pathlib import Path

import pytest

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
    for said in ("0.15 of 3.00 points", "+ GC-001  row 2", "I01_green_mine_check.csv"):
        assert said in run.out


@pytest.mark.parametrize("asked", ["99", "没有的指标", "地下水资源常规监测"])
def test_an_indicator_that_cannot_be_told(store: Path, bindings: Path, asked: str) -> None:
    run = call("trace", EXAMPLE, asked, "--store", store, "--year", 2023, "--bindings", bindings)
    assert run.code == 2
    assert asked in run.err
