"""F01: one photo used twice, for different subjects or on different days."""

from hengliang.base.message import message
from hengliang.measure.checks.asked import asked_rows
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def used_twice(table: Table, check: Check, records: Records) -> list[Finding]:
    """Equal hashes, or perceptual hashes (`near`, optional) within 6 bits of 64.

    The later row of the source is questioned, and names the earlier one.
    """
    limit = int(check.figures.get("bits", 6))
    seen: dict[object, list[tuple[int, object, object]]] = {}
    hashes: list[tuple[int, int, object, object]] = []
    found: list[Finding] = []
    for row in asked_rows(table, check, records):
        number, photo, what, when = row["_row"], row["photo"], row["subject"], row["day"]
        earlier = None
        if photo is not None:
            before = seen.setdefault(photo, [])
            earlier = next((at for at, *other in before if other != [what, when]), None)
            before.append((number, what, when))
        bits = _bits(row.get("near"))
        if bits is not None:
            if earlier is None:
                alike = (
                    at
                    for at, far, *other in hashes
                    if (bits ^ far).bit_count() <= limit and other != [what, when]
                )
                earlier = next(alike, None)
            hashes.append((number, bits, what, when))
        if earlier is not None:
            reason = message("the same photo stands for another subject or day")
            found.append(Finding("F01", number, "audit", reason, earlier))
    return found


def _bits(text: object) -> int | None:
    try:
        return int(str(text), 16) if text is not None else None
    except ValueError:
        return None


CHECKS = {"F01": used_twice}
