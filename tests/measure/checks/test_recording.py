"""Q12 and Q13: records made before the event, or long after it."""

from hengliang.measure.check import check
from hengliang.measure.period import fiscal_year
from hengliang.measure.records import Records
from tests.measure.loading import table


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
