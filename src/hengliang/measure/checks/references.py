"""Q09: a reference without its target, or to one that was not in force on the day.

Parts: `key`; optional `on` (the day on which the target must be there), and `same`, `same_2` …, what must
stand there too. Under `there`: `key` (the first column of its key unless said), `from` and `until`, both days
included, and the same parts.
"""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.checks.asked import Asked, asked_frame, asked_rows, parts_of, rows_there
from hengliang.measure.definition import Check
from hengliang.measure.engines import fetched
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def without_target(table: Table, check: Check, records: Records) -> list[Finding]:
    """Rows whose key is unknown there, or known for other days only.

    Where the key is all that is asked, the engine looks for it and only what is unknown is fetched.
    """
    if not {*check.columns, *parts_of(table, check)} - {"key"}:
        return _unknown(table, check, records)
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
        elif not (valid := [target for target in known if _in_force(target, _day(row.get("on")))]):
            reason = message("{key} was not in force on that day", key=row["key"])
        elif not any(_agrees(row, target) for target in valid):
            reason = message("what is said of {key} is not what stands there", key=row["key"])
        else:
            continue
        found.append(Finding("Q09", row["_row"], "blocking", reason))
    return found


def not_in_force(table: Table, check: Check, records: Records) -> list[Finding]:
    """Q03: the day lies before the target began or after it ended. Unknown targets are Q09."""
    known = {target["key"] for target in rows_there(check, records)}
    keys = {row["_row"]: row["key"] for row in asked_rows(table, check, records)}
    reason = message("the day lies outside the time in which what it refers to was in force")
    return [
        Finding("Q03", finding.row, "blocking", reason)
        for finding in without_target(table, check, records)
        if keys[finding.row] in known
    ]


def _unknown(table: Table, check: Check, records: Records) -> list[Finding]:
    key, other = check.key or "", records.tables[check.ledger or ""]
    there = check.there.get("key", other.ledger.key[0])
    rows = asked_frame(table, check, records).filter(~nw.col(key).is_null()).select("_row", _key=nw.col(key))
    if there in other.columns:
        known = other.frame.select(_key=nw.col(there)).filter(~nw.col("_key").is_null()).unique()
        rows = rows.join(known, on="_key", how="anti")
    return [
        Finding(
            "Q09", int(row), "blocking", message("{key} is not in the ledger that it refers to", key=name)
        )
        for row, name in fetched(rows.sort("_row"))
    ]


def _in_force(target: Asked, on: date | None) -> bool:
    if on is None:
        return True
    start, end = _day(target.get("from")), _day(target.get("until"))
    return (start is None or start <= on) and (end is None or on <= end)


def _agrees(row: Asked, target: Asked) -> bool:
    """Whether the parts that must be the same are the same; what either lacks is not compared."""
    pairs = [(value, target.get(part)) for part, value in row.items() if part.startswith("same")]
    return all(one == other for one, other in pairs if one is not None and other is not None)


def _day(value: Any) -> date | None:
    return value.date() if isinstance(value, datetime) else value


CHECKS = {"Q09": without_target, "Q03-in-force": not_in_force}
