"""Contracts split under the tender limit: each of them below it, together not."""

from collections import defaultdict
from decimal import Decimal

from hengliang.base.message import message
from hengliang.measure.checks.asked import Asked, asked_rows
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def split(table: Table, check: Check, records: Records) -> list[Finding]:
    """Rows of one `group` (a supplier) whose `value`s are all below `limit` and add up to it or more."""
    limit = check.figures["limit"]
    groups: dict[object, list[Asked]] = defaultdict(list)
    for row in asked_rows(table, check, records):
        if row["group"] is not None and row["value"] is not None and 0 < row["value"] < limit:
            groups[row["group"]].append(row)
    found: list[Finding] = []
    for rows in groups.values():
        total = sum((row["value"] for row in rows), Decimal(0))
        if len(rows) > 1 and total >= limit:
            reason = message(
                "{count} contracts with one supplier are each below the limit of {limit}, together {total}",
                count=len(rows), limit=limit, total=total,
            )  # fmt: skip
            found += [
                Finding(check.reports or "split", row["_row"], "audit", reason, figures={"total": total})
                for row in rows
            ]
    return sorted(found, key=lambda finding: finding.row)


CHECKS = {"split": split}
