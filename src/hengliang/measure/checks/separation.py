"""F07: one person or firm both does the work and accepts it."""

from hengliang.base.message import message
from hengliang.measure.checks.asked import asked_rows
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def same_person(table: Table, check: Check, records: Records) -> list[Finding]:
    """The columns `one` and `other` hold the same."""
    reason = message("whoever did the work also accepted it")
    return [
        Finding("F07", row["_row"], "audit", reason)
        for row in asked_rows(table, check, records)
        if row["one"] is not None and row["one"] == row["other"]
    ]


CHECKS = {"F07": same_person}
