"""F14: several answers from one device or address.

Parts: `device`; optional `at` (which answer came first, otherwise the order of the source) and `survey`.
"""

from collections import defaultdict

from hengliang.base.message import message
from hengliang.measure.checks.asked import Asked, asked_rows
from hengliang.measure.definition import Check
from hengliang.measure.engines import fetched
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def from_one_device(table: Table, check: Check, records: Records) -> list[Finding]:
    """Every answer of a device after its first is questioned, and names the one that counts.

    That is the first answer against which no other check speaks, or the first one where the answer itself
    is that.
    """
    frame = table.frame.select("_row", "_blocked", "_questioned")
    spoken_against = {int(row) for row, *codes in fetched(frame) if any(codes)}
    answers: dict[tuple[object, object], list[Asked]] = defaultdict(list)
    for row in asked_rows(table, check, records):
        if row["device"] is not None:
            answers[row.get("survey"), row["device"]].append(row)
    reason = message("another answer came from the same device")
    found: list[Finding] = []
    for rows in answers.values():
        rows.sort(key=lambda row: (row.get("at") is None, row.get("at"), row["_row"]))
        numbers = [int(row["_row"]) for row in rows]
        counts = next((at for at, number in enumerate(numbers) if number not in spoken_against), 0)
        found += [
            Finding("F14", number, "audit", reason, numbers[counts if counts < at else 0])
            for at, number in enumerate(numbers)
            if at
        ]
    return sorted(found, key=lambda finding: finding.row)


CHECKS = {"F14": from_one_device}
