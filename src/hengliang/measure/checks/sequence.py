"""Stages that follow each other, and amounts that only grow, among the rows of one thing."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from hengliang.base.message import message
from hengliang.measure.checks.asked import Asked, asked_rows
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def out_of_order(table: Table, check: Check, records: Records) -> list[Finding]:
    """Q03: a stage that was done before the one before it. The later stage is blocked.

    Parts: `group` (what goes through the stages), `stage` (an enum, its codes in the order of the stages),
    `done`. A stage that is not done says nothing; its neighbours are held against each other.
    """
    order = {code: at for at, code in enumerate(table.ledger.column(check.columns["stage"]).codes)}
    found: list[Finding] = []
    for rows in _groups(table, check, records):
        done = [row for row in rows if row["done"] is not None and row["stage"] in order]
        done.sort(key=lambda row: (order[row["stage"]], row["_row"]))
        for before, after in pairwise(done):
            if order[before["stage"]] < order[after["stage"]] and after["done"] < before["done"]:
                reason = message("done before the stage before it")
                found.append(
                    Finding(check.reports or "Q03", after["_row"], "blocking", reason, before["_row"])
                )
    return sorted(found, key=lambda finding: finding.row)


def falling(table: Table, check: Check, records: Records) -> list[Finding]:
    """Q10: an amount that is smaller than before. Parts: `group`, `order` (a date), `value`."""
    found: list[Finding] = []
    for rows in _groups(table, check, records):
        known = [row for row in rows if row["order"] is not None and row["value"] is not None]
        known.sort(key=lambda row: (row["order"], row["_row"]))
        for before, after in pairwise(known):
            if after["value"] < before["value"]:
                figures = {"less_by": before["value"] - after["value"]}
                reason = message("less than before")
                found.append(
                    Finding(
                        check.reports or "Q10", after["_row"], "blocking", reason, before["_row"],
                        figures=figures,
                    )
                )  # fmt: skip
    return sorted(found, key=lambda finding: finding.row)


def _groups(table: Table, check: Check, records: Records) -> Iterator[list[Asked]]:
    groups: dict[object, list[Asked]] = defaultdict(list)
    for row in asked_rows(table, check, records):
        if row["group"] is not None:
            groups[row["group"]].append(row)
    yield from groups.values()


CHECKS = {"Q03-stages": out_of_order, "Q10-falls": falling}
