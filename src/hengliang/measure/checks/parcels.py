"""Parcel codes (宗地代码): letters that the standard does not know, codes used again, wrong lineages.

All report under the code that the ledger says.
"""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from hengliang.base.message import message
from hengliang.measure.checks.asked import asked_rows, rows_there
from hengliang.measure.codes.land import wrong_letters
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding, Severity
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def letters(table: Table, check: Check, records: Records) -> list[Finding]:
    """A `code` of the right form whose feature letters are not in GB/T 37346-2019."""
    found: list[Finding] = []
    for row in asked_rows(table, check, records):
        wrong = None if row["code"] is None else wrong_letters(row["code"])
        if wrong is not None:
            found.append(Finding(check.reports or "parcel-letters", row["_row"], "blocking", wrong))
    return found


def used_again(table: Table, check: Check, records: Records) -> list[Finding]:
    """A `code` given to another `parcel` after it had gone out of force: `from` no earlier than `until`."""
    seen: dict[Any, list[tuple[int, Any, Any]]] = defaultdict(list)
    rows = asked_rows(table, check, records)
    for row in rows:
        if row["code"] is not None and row.get("until") is not None:
            seen[row["code"]].append((row["_row"], row["parcel"], row["until"]))
    found: list[Finding] = []
    for row in rows:
        for at, parcel, until in seen.get(row["code"], ()):
            if parcel != row["parcel"] and row.get("from") is not None and row["from"] >= until:
                reason = message("the code belonged to another parcel until {day}", day=until)
                found.append(Finding(check.reports or "code-again", row["_row"], "audit", reason, at))
                break
    return found


def cycles(table: Table, check: Check, records: Records) -> list[Finding]:
    """A `child` that is an ancestor of its own `parent`. A boundary that moved may keep its code."""
    parents: dict[Any, set[Any]] = defaultdict(set)
    rows = asked_rows(table, check, records)
    for row in rows:
        if None not in (row["parent"], row["child"]) and row["parent"] != row["child"]:
            parents[row["child"]].add(row["parent"])
    severity: Severity = "blocking" if check.blocking else "audit"
    reason = message("the parcel descends from itself")
    return [
        Finding(check.reports or "lineage-cycle", row["_row"], severity, reason)
        for row in rows
        if row["parent"] != row["child"] and row["child"] in _ancestors(row["parent"], parents)
    ]


def _ancestors(code: Any, parents: dict[Any, set[Any]]) -> set[Any]:
    """A parcel and all that it descends from."""
    found: set[Any] = set()
    left = [code]
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left += parents.get(one, ())
    return found


def areas(table: Table, check: Check, records: Records) -> list[Finding]:
    """Parents and children whose areas differ by more than `pct` percent (0.1): those of one change together.

    Rows that share a `parent` or a `child` are one change; the areas are those of the other ledger.
    """
    sizes = {row["key"]: row.get("area") for row in rows_there(check, records)}
    rows = [row for row in asked_rows(table, check, records) if None not in (row["parent"], row["child"])]
    limit = check.figures.get("pct", Decimal("0.1")) / 100
    found: list[Finding] = []
    for change in _changes([(row["_row"], row["parent"], row["child"]) for row in rows]):
        before, after = ({pair[side] for pair in change} for side in (1, 2))
        old, new = ([sizes.get(code) for code in codes] for codes in (before, after))
        if None in old or None in new:
            continue
        lost = sum((size for size in old if size), Decimal(0)) - sum(
            (size for size in new if size), Decimal(0)
        )
        if abs(lost) > limit * abs(sum((size for size in old if size), Decimal(0))):
            reason = message("the areas before and after differ by {area} m²", area=lost)
            row = min(number for number, _, _ in change)
            found.append(
                Finding(check.reports or "lineage-area", row, "audit", reason, figures={"area_m2": lost})
            )
    return found


_Pair = tuple[int, Any, Any]


def _changes(pairs: list[_Pair]) -> list[list[_Pair]]:
    """The pairs that belong to one change."""
    changes: list[list[_Pair]] = []
    for pair in pairs:
        joined = [each for each in changes if any(p[1] == pair[1] or p[2] == pair[2] for p in each)]
        kept = [each for each in changes if each not in joined]
        changes = [*kept, [one for each in joined for one in each] + [pair]]
    return changes


CHECKS = {
    "parcel-letters": letters, "code-again": used_again, "lineage-cycle": cycles, "lineage-area": areas,
}  # fmt: skip
