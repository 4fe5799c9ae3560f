"""Q12, an event after it was recorded, and Q13, a record more than 30 days late.

Parts: `recorded_at`, and `event`, `event_2` …: the days on which the things that the row records happened.
The latest of them decides. Figures: `days` (30).
"""

from datetime import date, datetime
from typing import Any

from hengliang.base.message import message
from hengliang.measure.checks.asked import Asked, asked_rows
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def before_it_happened(table: Table, check: Check, records: Records) -> list[Finding]:
    """Q12: recorded on a day before the event."""
    reason = message("recorded before it happened")
    return [
        Finding("Q12", row["_row"], "blocking", reason)
        for row in asked_rows(table, check, records)
        if (late := _days_late(row)) is not None and late < 0
    ]


def long_after(table: Table, check: Check, records: Records) -> list[Finding]:
    """Q13: the row counts, and is flagged."""
    limit = int(check.figures.get("days", 30))
    found: list[Finding] = []
    for row in asked_rows(table, check, records):
        late = _days_late(row)
        if late is not None and late > limit:
            reason = message("recorded {days} days after it happened", days=late)
            found.append(Finding("Q13", row["_row"], "note", reason, figures={"days_late": late}))
    return found


def _days_late(row: Asked) -> int | None:
    events = [_day(value) for part, value in row.items() if part.startswith("event") and value is not None]
    if row["recorded_at"] is None or not events:
        return None
    return (_day(row["recorded_at"]) - max(events)).days


def _day(value: Any) -> date:
    return value.date() if isinstance(value, datetime) else value


CHECKS = {"Q12": before_it_happened, "Q13": long_after}
