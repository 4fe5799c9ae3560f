"""Months of monitoring: how many readings a month has, and whether its grade is worse than before."""

from calendar import monthrange
from collections import defaultdict
from itertools import pairwise

from hengliang.base.message import message
from hengliang.measure.checks.asked import Asked, asked_rows, other_rows
from hengliang.measure.codes.catalogue import wrong_code
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def hours_of(month: str) -> int:
    """The hours of a month written 2023-01."""
    year, number = month.split("-")
    return 24 * monthrange(int(year), int(number))[1]


def other_hours(table: Table, check: Check, records: Records) -> list[Finding]:
    """Q10: an automatic station that is not expected to read once an hour.

    Parts: `key` (the station), `month`, `expected`; of the stations `mode`, AUTO for automatic ones.
    """
    stations = other_rows(check, records)
    found: list[Finding] = []
    for row in asked_rows(table, check, records):
        month, station = row["month"], stations.get(row["key"])
        if station is None or station.get("mode") != "AUTO" or row["expected"] is None:
            continue
        if month is not None and wrong_code("month", month) is None and hours_of(month) != row["expected"]:
            reason = message("{month} has {hours} hours", month=month, hours=hours_of(month))
            found.append(Finding(check.reports or "Q10", row["_row"], "blocking", reason))
    return found


def worse(table: Table, check: Check, records: Records) -> list[Finding]:
    """A grade worse than the one before. Parts: `series`, `month`, `grade` (an enum, best code first)."""
    order = {code: at for at, code in enumerate(table.ledger.column(check.columns["grade"]).codes)}
    series: dict[object, list[Asked]] = defaultdict(list)
    for row in asked_rows(table, check, records):
        if row["month"] is not None and row["grade"] in order:
            series[row["series"]].append(row)
    found: list[Finding] = []
    for rows in series.values():
        rows.sort(key=lambda row: (row["month"], row["_row"]))
        for before, after in pairwise(rows):
            if order[after["grade"]] > order[before["grade"]]:
                figures = {"from": before["grade"], "to": after["grade"]}
                reason = message("the class fell from {before} to {after}",
                                 before=before["grade"], after=after["grade"])  # fmt: skip
                code = check.reports or "worse-class"
                found.append(Finding(code, after["_row"], "audit", reason, before["_row"], figures=figures))
    return sorted(found, key=lambda finding: finding.row)


CHECKS = {"Q10-hours": other_hours, "worse-class": worse}
