"""F01: one photo used twice, for different subjects or on different days."""

from hengliang.base.message import message
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.period import Period
from hengliang.measure.table import Table


def used_twice(table: Table, check: Check, period: Period) -> list[Finding]:
    """Equal hashes, or perceptual hashes within 6 bits of 64 where the ledger has them.

    The later row of the source is questioned, and names the earlier one.
    """
    del period
    near = check.columns.get("near")
    asked = [check.columns["photo"], check.columns["subject"], check.columns["day"]]
    rows = table.rows(*asked, *([near] if near and near in table.columns else []))
    limit = int(check.figures.get("bits", 6))
    seen: dict[object, list[tuple[int, object, object]]] = {}
    hashes: list[tuple[int, int, object, object]] = []
    found: list[Finding] = []
    for row, photo, subject, day, *phash in rows:
        number, earlier = int(str(row)), None
        if photo is not None:
            before = seen.setdefault(photo, [])
            earlier = next((at for at, what, when in before if (what, when) != (subject, day)), None)
            before.append((number, subject, day))
        bits = _bits(phash[0]) if phash else None
        if bits is not None:
            if earlier is None:
                earlier = next(
                    (
                        at
                        for at, other, what, when in hashes
                        if (bits ^ other).bit_count() <= limit and (what, when) != (subject, day)
                    ),
                    None,
                )
            hashes.append((number, bits, subject, day))
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
