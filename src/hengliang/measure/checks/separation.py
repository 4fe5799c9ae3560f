"""F07: one person or firm both does the work and accepts it."""

from hengliang.base.message import message
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.period import Period
from hengliang.measure.table import Table


def same_person(table: Table, check: Check, period: Period) -> list[Finding]:
    """The columns `one` and `other` hold the same."""
    del period
    reason = message("whoever did the work also accepted it")
    return [
        Finding("F07", int(str(row)), "audit", reason)
        for row, one, other in table.rows(check.columns["one"], check.columns["other"])
        if one is not None and one == other
    ]


CHECKS = {"F07": same_person}
