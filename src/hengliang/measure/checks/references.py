"""Q09: a reference without its target, or to one that was not in force on the day.

Parts: `key`; optional `on` (the day on which the target must be there). Under `there`: `key` (the first
column of its key unless said), `from` and `until`, both days included.
"""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from hengliang.base.message import message
from hengliang.measure.checks.asked import Asked, asked_rows, rows_there
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def without_target(table: Table, check: Check, records: Records) -> list[Finding]:
    """Rows whose key is unknown there, or known for other days only."""
    targets: dict[Any, list[Asked]] = defaultdict(list)
    for target in rows_there(check, records):
        targets[target["key"]].append(target)
    found: list[Finding] = []
    for row in asked_rows(table, check, records):
        if row["key"] is None:
            continue
        known = targets.get(row["key"])
        if not known:
            reason = message("{key} is not in the ledger that it refers to", key=row["key"])
        elif not any(_in_force(target, _day(row.get("on"))) for target in known):
            reason = message("{key} was not in force on that day", key=row["key"])
        else:
            continue
        found.append(Finding("Q09", row["_row"], "blocking", reason))
    return found


def _in_force(target: Asked, on: date | None) -> bool:
    if on is None:
        return True
    start, end = _day(target.get("from")), _day(target.get("until"))
    return (start is None or start <= on) and (end is None or on <= end)


def _day(value: Any) -> date | None:
    return value.date() if isinstance(value, datetime) else value


CHECKS = {"Q09": without_target}
