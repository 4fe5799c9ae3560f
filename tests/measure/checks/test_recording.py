"""When things were recorded: before they happened, long after, just before the freeze, after it."""

from decimal import Decimal

from hengliang.measure.check import check
from hengliang.measure.definition import Check
from hengliang.measure.period import fiscal_year
from hengliang.measure.records import Records
from tests.measure.loading import run, table


def test_the_latest_event_decides_and_late_records_count() -> None:
    types = {"id": "text", "done": "date", "accepted": "date", "recorded_at": "datetime"}
    rows = [
        ["1", "2023-01-01", None, "2023-01-01 00:00:00"],
        ["2", "2023-01-02", None, "2023-01-01 23:59:59"],
        ["3", "2023-01-01", None, "2023-01-31 10:00:00"],
        ["4", "2023-01-01", None, "2023-02-01 10:00:00"],
        ["5", "2023-01-01", "2023-02-01", "2023-02-02 10:00:00"],
        ["6", None, None, "2023-02-02 10:00:00"],
        ["7", "2023-01-01", "2023-02-01", None],
    ]
    made = table("t", types, rows, happened="done", accepted_on="accepted")
    found = check(made, (), Records({"t": made}, fiscal_year(2023))).findings
    assert [(each.row, each.code, each.severity) for each in found] == [
        (2, "Q12", "blocking"), (4, "Q13", "note"),
    ]  # fmt: skip


def recorded(*when: str, done: str = "2023-12-20") -> list[list[str | None]]:
    return [[f"r{at}", done, f"{day} 10:00:00", None] for at, day in enumerate(when)]


TYPES = {"record_id": "text", "done": "date", "recorded_at": "datetime", "supersedes": "text"}


def findings(rows: list[list[str | None]]) -> list[tuple[int, str]]:
    made = table("t", TYPES, rows, happened="done", accepted_on="done")
    made.keep_replaced("select * from t")
    records = Records({"t": made}, fiscal_year(2023))
    return [(each.row, each.code) for each in check(made, (), records).findings if each.severity == "audit"]


def test_many_rows_recorded_in_the_last_ten_days_before_the_freeze() -> None:
    early = ["2024-01-02"] * 4
    assert findings(recorded(*early, "2024-01-21", "2024-01-25", "2024-01-31")) == [
        (5, "F05"), (6, "F05"), (7, "F05"),
    ]  # fmt: skip
    # 3 of 8 are 37.5 percent; 20 January is too early, 1 February is after the freeze.
    assert findings(recorded(*early, "2024-01-20", "2024-01-21", "2024-01-25", "2024-01-31")) == []
    assert findings(recorded("2024-01-21", "2024-01-25", "2024-02-01", "2024-02-02")) == []
    assert findings(recorded(*["2024-01-25"] * 3, done="2024-01-03")) == []


def test_rows_changed_after_the_freeze_or_in_the_place_of_accepted_ones() -> None:
    rows = [
        ["a", "2023-05-01", "2023-05-02 10:00:00", None],
        ["b", "2023-05-03", "2023-06-02 10:00:00", "a"],
        ["c", None, "2023-05-02 10:00:00", None],
        ["d", "2023-05-01", "2023-06-02 10:00:00", "c"],
        ["e", "2023-05-01", "2024-02-01 10:00:00", "x"],
        ["f", "2023-05-01", "2024-01-31 10:00:00", "y"],
    ]
    assert findings(rows) == [(2, "F10"), (5, "F10")]


def test_what_says_the_same_was_not_changed_but_a_change_is_not_forgotten() -> None:
    rows = [
        ["a", "2023-05-01", "2023-05-02 10:00:00", None],
        ["b", "2023-05-01", "2024-02-02 10:00:00", "a"],
        ["c", None, "2023-05-02 10:00:00", None],
        ["d", "2023-05-01", "2024-02-02 10:00:00", "c"],
        ["e", "2023-05-01", "2024-02-03 10:00:00", "d"],
    ]
    assert findings(rows) == [(4, "F10"), (5, "F10")]


def test_closings_in_the_last_week_of_the_year() -> None:
    asked = Check(code="F05-end", columns={"event": "done"}, reports="I06-A3")
    days = ["2023-03-01", "2023-04-01", "2023-12-24", "2023-12-25", "2023-12-31", "2023-12-31", "2024-01-01"]
    made = table("t", {"id": "text", "done": "date"}, [[str(at), day] for at, day in enumerate(days)])
    assert [(each.row, each.code, each.figures["share_pct"]) for each in run(asked, made)] == [
        (row, "I06-A3", Decimal("50.00")) for row in (4, 5, 6)
    ]
