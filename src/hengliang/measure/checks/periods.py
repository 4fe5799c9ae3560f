"""Periods and numbers that follow each other: nothing twice in a row, images older than the period, gaps."""

from collections import defaultdict
from itertools import pairwise

from hengliang.base.message import message
from hengliang.measure.checks.asked import Asked, asked_rows
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.functions import ExpressionError, part_of
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def nothing_twice(table: Table, check: Check, records: Records) -> list[Finding]:
    """A `value` of 0 in two periods that follow each other. Parts: `period`, `value`."""
    rows = [row for row in asked_rows(table, check, records) if row["period"] and row["value"] is not None]
    rows.sort(key=lambda row: (str(row["period"]), row["_row"]))
    reason = message("nothing, as in the period before")
    return [
        Finding(check.reports or "nothing-twice", after["_row"], "audit", reason, before["_row"])
        for before, after in pairwise(rows)
        if before["value"] == 0 == after["value"]
    ]


def stale_images(table: Table, check: Check, records: Records) -> list[Finding]:
    """What ends (`until`) before the `period` begins."""
    found: list[Finding] = []
    for row in asked_rows(table, check, records):
        try:
            start, _ = part_of(records.period, str(row["period"] or ""))
        except ExpressionError:
            continue
        if row["until"] is not None and row["until"] < start:
            reason = message("the images are older than the period")
            found.append(Finding(check.reports or "stale-images", row["_row"], "audit", reason))
    return found


def number_gaps(table: Table, check: Check, records: Records) -> list[Finding]:
    """Numbers of a list that are left out: the row after the gap. Parts: `number`, optional `group`."""
    groups: dict[object, list[Asked]] = defaultdict(list)
    for row in asked_rows(table, check, records):
        if row["number"] is not None:
            groups[row.get("group")].append(row)
    found: list[Finding] = []
    for rows in groups.values():
        rows.sort(key=lambda row: (row["number"], row["_row"]))
        numbers = [0, *(int(row["number"]) for row in rows)]
        for (before, number), row in zip(pairwise(numbers), rows, strict=True):
            if number > before + 1:
                reason = message("{count} numbers before this one are left out", count=number - before - 1)
                found.append(Finding(check.reports or "number-gaps", row["_row"], "audit", reason))
    return sorted(found, key=lambda finding: finding.row)


def listed_again(table: Table, check: Check, records: Records) -> list[Finding]:
    """A `subject` that stands in an earlier `year` already; the row of that year is named."""
    rows = [row for row in asked_rows(table, check, records) if row["subject"] and row["year"] is not None]
    rows.sort(key=lambda row: (row["year"], row["_row"]))
    first: dict[object, Asked] = {}
    found: list[Finding] = []
    for row in rows:
        before = first.setdefault(row["subject"], row)
        if before["year"] < row["year"]:
            reason = message("was listed in {year} already", year=before["year"])
            found.append(
                Finding(check.reports or "listed-again", row["_row"], "audit", reason, before["_row"])
            )
    return sorted(found, key=lambda finding: finding.row)


CHECKS = {
    "listed-again": listed_again,
    "nothing-twice": nothing_twice,
    "stale-images": stale_images,
    "number-gaps": number_gaps,
}
