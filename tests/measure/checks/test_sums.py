"""Sums over several rows."""

from decimal import Decimal

from hengliang.measure.definition import Check
from tests.measure.loading import run, table


def test_weights_that_do_not_add_up() -> None:
    check = Check(code="Q10-sum", columns={"group": "g", "value": "w"}, figures={"total": Decimal(100)})
    weights = table("weights", {"g": "text", "w": "decimal"}, [
        ["a", "40"], ["a", "60"], ["b", "99.9999"], ["c", None], [None, "5"], ["d", "70"], ["d", "30"],
        ["d", "30"],
    ], key=("g", "w"))  # fmt: skip
    weights.mark("_blocked", {8: "Q08"})
    found = run(check, weights)
    assert [(each.row, each.severity, each.figures["sum"]) for each in found] == [
        (3, "blocking", Decimal("99.9999")), (4, "blocking", Decimal(0)),
    ]  # fmt: skip


def test_counties_that_do_not_make_their_prefecture() -> None:
    check = Check(code="Q10-counties", columns={"region": "code", "year": "year", "value": "area"})
    areas = table("areas", {"code": "text", "year": "int", "area": "decimal"}, [
        ["430400", "2023", "30"], ["430405", "2023", "10"], ["430406", "2023", "20.5"],
        ["430400", "2022", "5"], ["430405", "2022", "5"], ["430000", "2023", "30"], ["430500", "2023", "7"],
    ])  # fmt: skip
    found = run(check, areas)
    assert [(each.row, each.figures["difference"]) for each in found] == [
        (1, Decimal("-0.5")),
        (6, Decimal(-7)),
    ]


def test_a_county_that_stands_twice_is_added_once() -> None:
    check = Check(code="Q10-counties", columns={"region": "code", "year": "year", "value": "area"})
    areas = table("areas", {"code": "text", "year": "int", "area": "decimal"}, [
        ["430400", "2023", "10"], ["430405", "2023", "10"], ["430405", "2023", "10"],
    ])  # fmt: skip
    areas.mark("_blocked", {3: "Q08"})
    assert run(check, areas) == []
