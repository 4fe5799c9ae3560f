"""When things were recorded: Q12, before they happened; Q13, more than 30 days late; F05, many of a year just
before the freeze; F10, changed after it, or in the place of a row that had been accepted.

Parts: `recorded_at`, and `event`, `event_2` …: the days on which the things that the row records happened.
The latest of them decides. `bunched` asks for `event` alone: how much of a year happened in its last days.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import chain
from typing import Any

from hengliang.base.message import Message, message
from hengliang.measure.checks.asked import Asked, asked_pieces, asked_rows
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
    """Q13: the row counts, and is flagged. Figures: `days` (30)."""
    limit = int(check.figures.get("days", 30))
    found: list[Finding] = []
    for row in asked_rows(table, check, records):
        late = _days_late(row)
        if late is not None and late > limit:
            reason = message("recorded {days} days after it happened", days=late)
            found.append(Finding("Q13", row["_row"], "note", reason, figures={"days_late": late}))
    return found


def just_before_the_freeze(table: Table, check: Check, records: Records) -> list[Finding]:
    """F05: of the rows, more than `pct` (40) percent happened in the period and were recorded in the last
    `days` (10) before the freeze. Fewer than `rows` (3) of them say nothing."""
    period = records.period
    first = period.freeze - timedelta(days=int(check.figures.get("days", 10)))
    rows = [row for row in asked_rows(table, check, records) if row["recorded_at"] is not None]
    late = [
        row
        for row in rows
        if (event := _event(row)) is not None
        and event <= period.end
        and first <= _day(row["recorded_at"]) <= period.freeze
    ]
    return _bunch(check, "F05", late, len(rows), message("recorded just before the freeze, as many others"))


def bunched(table: Table, check: Check, records: Records) -> list[Finding]:
    """Of what happened in the period, more than `pct` (40) percent did so in its last `days` (7)."""
    period = records.period
    first = period.end - timedelta(days=int(check.figures.get("days", 7)) - 1)
    rows = [
        row
        for row in asked_rows(table, check, records)
        if (event := _event(row)) is not None and period.start <= event <= period.end
    ]
    late = [row for row in rows if _day(row["event"]) >= first]
    return _bunch(check, "F05", late, len(rows), message("in the last days of the year, as many others"))


def _bunch(check: Check, code: str, late: list[Asked], of: int, reason: Message) -> list[Finding]:
    least, share = check.figures.get("rows", 3), check.figures.get("pct", 40)
    if len(late) < least or len(late) * 100 <= share * of:
        return []
    figures = {"share_pct": (Decimal(len(late) * 100) / of).quantize(Decimal("0.01"))}
    return [Finding(check.reports or code, row["_row"], "audit", reason, figures=figures) for row in late]


def changed_late(table: Table, check: Check, records: Records) -> list[Finding]:
    """F10. Parts: `supersedes`. A record that says the same as the one that it replaces was not changed;
    where that one is not known, it may have been."""
    found: list[Finding] = []
    changes = table.changes()
    more = {"recorded_at": "recorded_at"} | ({} if changes is None else {"record_id": "record_id"})
    for row in chain.from_iterable(asked_pieces(table, check, records, more)):
        if row["supersedes"] is None:
            continue
        unknown = (row["recorded_at"], False)
        changed_at, accepted = unknown if changes is None else changes.get(row["record_id"], (None, False))
        if changed_at is not None and _day(changed_at) > records.period.freeze:
            found.append(Finding("F10", row["_row"], "audit", message("changed after the freeze")))
        elif accepted:
            reason = message("takes the place of a row that had been accepted")
            found.append(Finding("F10", row["_row"], "audit", reason))
    return found


def _days_late(row: Asked) -> int | None:
    event = _event(row)
    return None if row["recorded_at"] is None or event is None else (_day(row["recorded_at"]) - event).days


def _event(row: Asked) -> date | None:
    """The latest day on which the things of a row happened."""
    events = [_day(value) for part, value in row.items() if part.startswith("event") and value is not None]
    return max(events, default=None)


def _day(value: Any) -> date:
    return value.date() if isinstance(value, datetime) else value


CHECKS = {
    "Q12": before_it_happened,
    "Q13": long_after,
    "F05": just_before_the_freeze,
    "F05-end": bunched,
    "F10": changed_late,
}
