"""Q08, the second live row with one key, and F15, the same payload delivered again as new work."""

from collections import defaultdict

from hengliang.base.message import message
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.period import Period
from hengliang.measure.table import Table


def same_key(table: Table, check: Check, period: Period) -> list[Finding]:
    """Q08: every row but the one accepted first; then recorded first, then the first of the source."""
    del period
    key = [name for name in table.ledger.key if name in table.columns]
    if len(key) < len(table.ledger.key) and "fiscal_year" not in table.ledger.key:
        return []
    first_by = [name for name in (table.ledger.accepted_on, "recorded_at") if name and name in table.columns]
    groups: dict[tuple[object, ...], list[tuple[object, ...]]] = defaultdict(list)
    for row, *values in table.rows(*key, *first_by):
        if all(value is not None for value in values[: len(key)]):
            groups[tuple(values[: len(key)])].append((row, *values[len(key) :]))
    found: list[Finding] = []
    for rows in groups.values():
        first, *others = sorted(
            rows, key=lambda each: (*((part is None, part) for part in each[1:]), each[0])
        )
        found += [
            Finding(
                "Q08", int(str(row[0])), "blocking", message("a row with the same key was accepted first"),
                int(str(first[0])),
            )
            for row in others
        ]  # fmt: skip
    return found


def delivered_again(table: Table, check: Check, period: Period) -> list[Finding]:
    """F15: `payload` (and `count`, where it is asked) equal to those of an earlier row."""
    del period
    parts = [check.columns[name] for name in ("payload", "count") if name in check.columns]
    seen: dict[tuple[object, ...], int] = {}
    found: list[Finding] = []
    for row, *values in table.rows(*parts):
        if values[0] is None:
            continue
        number = int(str(row))
        first = seen.setdefault(tuple(values), number)
        if first != number:
            reason = message("the same payload was delivered before as other work")
            found.append(Finding("F15", number, "audit", reason, first))
    return found


CHECKS = {"Q08": same_key, "F15": delivered_again}
