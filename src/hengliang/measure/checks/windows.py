"""Q03: work of a round outside the window of that round. Rounds without a window may be any day.

Parts: `at` (a date or an instant), `round`. The windows are parameters of the ledger (`measure.windows`).
"""

from datetime import datetime

from hengliang.base.message import message
from hengliang.measure.checks.asked import asked_rows
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table
from hengliang.measure.windows import windows


def outside_window(table: Table, check: Check, records: Records) -> list[Finding]:
    """Rows whose day lies outside; they are blocked."""
    allowed = windows(records.parameters(table.ledger), records.period)
    found: list[Finding] = []
    for row in asked_rows(table, check, records):
        window, at = allowed.get(row["round"]), row["at"]
        day = at.date() if isinstance(at, datetime) else at
        if window is not None and day is not None and not window[0] <= day <= window[1]:
            reason = message(
                "the round {round} lasts from {start} to {end}",
                round=row["round"], start=window[0].isoformat(), end=window[1].isoformat(),
            )  # fmt: skip
            found.append(Finding(check.reports or "Q03", row["_row"], "blocking", reason))
    return found


CHECKS = {"Q03-window": outside_window}
