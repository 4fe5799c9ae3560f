"""F07: one person or firm both does the work and accepts it."""

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.checks.asked import asked_frame
from hengliang.measure.definition import Check
from hengliang.measure.engines import fetched
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def same_person(table: Table, check: Check, records: Records) -> list[Finding]:
    """The columns `one` and `other` hold the same."""
    reason = message("whoever did the work also accepted it")
    one, other = (nw.col(check.columns[part]) for part in ("one", "other"))
    same = asked_frame(table, check, records).filter((one == other).fill_null(False))
    return [Finding("F07", int(row), "audit", reason) for (row,) in fetched(same.select("_row").sort("_row"))]


CHECKS = {"F07": same_person}
