"""Surveys (满意度调查): interviewers who meet nobody but satisfied people, and answers in a straight line."""

from collections import defaultdict

from hengliang.base.message import message
from hengliang.measure.checks.asked import Asked, asked_rows
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def all_satisfied(table: Table, check: Check, records: Records) -> list[Finding]:
    """All answers that one `person` took, of at least `rows` (10), are satisfied ones.

    Parts: `person`, `level`. Satisfied are the levels of the parameter `satisfied_levels`.
    """
    good = {str(level) for level in records.parameters(table.ledger)["satisfied_levels"]}
    least = check.figures.get("rows", 10)
    found: list[Finding] = []
    for rows in _groups(table, check, records, "person").values():
        if len(rows) >= least and all(row["level"] in good for row in rows):
            reason = message("all {count} answers that one interviewer took are satisfied", count=len(rows))
            found += [Finding(check.reports or "all-satisfied", row["_row"], "audit", reason) for row in rows]
    return sorted(found, key=lambda finding: finding.row)


def straight_line(table: Table, check: Check, records: Records) -> list[Finding]:
    """One respondent gave the same level to every one of at least `items` (3) items.

    Parts: `who`, `item`, `level`.
    """
    least = check.figures.get("items", 3)
    found: list[Finding] = []
    for rows in _groups(table, check, records, "who").values():
        asked = [row for row in rows if row["item"] is not None]
        items = {row["item"] for row in asked}
        if len(items) >= least and len({row["level"] for row in asked}) == 1:
            reason = message("the same level for all of {count} items", count=len(items))
            found += [
                Finding(check.reports or "straight-line", row["_row"], "audit", reason) for row in asked
            ]
    return sorted(found, key=lambda finding: finding.row)


def _groups(table: Table, check: Check, records: Records, by: str) -> dict[object, list[Asked]]:
    """The answers with a level, by whoever took or gave them."""
    groups: dict[object, list[Asked]] = defaultdict(list)
    for row in asked_rows(table, check, records):
        if row[by] is not None and row["level"] is not None:
            groups[row[by]].append(row)
    return groups


CHECKS = {"all-satisfied": all_satisfied, "straight-line": straight_line}
