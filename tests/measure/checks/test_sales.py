"""Buyers of land, and notices before an auction."""

from hengliang.measure.definition import Check
from tests.measure.loading import run, table

DAYS = table(
    "calendar_day", {"day": "date", "working": "bool"},
    [[f"2023-05-{day:02}", "N" if day in (6, 7, 13, 14) else "Y"] for day in range(1, 21)],
)  # fmt: skip


def test_a_notice_that_was_too_short() -> None:
    types = {"id": "text", "notice": "date", "auction": "date"}
    rows = [
        ["1", "2023-05-04", "2023-05-12"],
        ["2", "2023-05-04", "2023-05-11"],
        ["3", "2023-05-04", "2023-06-01"],
        ["4", None, "2023-05-11"],
    ]
    check = Check(
        code="notice", columns={"notice": "notice", "event": "auction"}, figures={"working_days": 6},
        ledger="calendar_day",
    )  # fmt: skip
    found = run(check, table("sale", types, rows), DAYS)
    assert [(each.row, each.figures["working_days"]) for each in found] == [(2, 5)]


def test_a_platform_company_that_buys() -> None:
    types = {"id": "text", "holder": "text", "kind": "text", "buyer": "text"}
    rows = [["1", "P", "PLATFORM", "B"], ["2", "R", "RESERVE", "P"], ["3", "R", "RESERVE", "R"]]
    check = Check(code="platform-buyer", columns={"buyer": "buyer", "holder": "holder", "kind": "kind"})
    assert [each.row for each in run(check, table("sale", types, rows))] == [2]
