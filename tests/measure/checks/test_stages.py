"""Stages that rest on one another."""

from hengliang.measure.definition import Check
from tests.measure.loading import run, table

TYPES = {
    "id": "text", "parcel": "text", "block": "text", "stage": "text", "start": "date", "done": "date",
    "area": "decimal",
}  # fmt: skip
MORE = {"parameters": {"stage_order": ("TAKE<SUPPLY<USE",)}}
PARTS = {"subject": "parcel", "subject_2": "block", "stage": "stage", "start": "start", "done": "done"}


def test_a_stage_that_began_before_the_one_it_rests_on_was_done() -> None:
    rows = [
        ["1", "A", None, "TAKE", "2023-01-01", "2023-02-01", None],
        ["2", "A", None, "SUPPLY", "2023-02-01", "2023-03-01", None],
        ["3", "A", None, "USE", "2023-02-28", None, None],
        ["4", "B", None, "USE", "2023-02-28", None, None],
        ["5", None, "X", "TAKE", "2023-01-01", None, None],
        ["6", "C", "X", "SUPPLY", "2023-05-01", None, None],
    ]
    found = run(Check(code="stages", columns=PARTS), table("land", TYPES, rows, **MORE))
    assert [(each.row, each.with_row) for each in found] == [(3, 2)]
    strict = Check(code="stages", columns=PARTS, figures={"open": 1})
    found = run(strict, table("land", TYPES, rows, **MORE))
    assert [(each.row, each.with_row) for each in found] == [(3, 2), (6, 5)]


def test_an_area_that_grows_by_more_than_one_percent() -> None:
    rows = [
        ["1", "A", None, "TAKE", None, None, "100"],
        ["2", "A", None, "SUPPLY", None, None, "101"],
        ["3", "A", None, "USE", None, None, "101.01"],
        ["4", "B", None, "USE", None, None, "500"],
    ]
    check = Check(code="stages-area", columns={"subject": "parcel", "stage": "stage", "area": "area"})
    found = run(check, table("land", TYPES, rows, **MORE))
    assert [(each.row, each.with_row, str(each.figures["growth_m2"])) for each in found] == [(3, 1, "1.0100")]
