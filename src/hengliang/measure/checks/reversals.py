"""Reversals of vouchers (冲销): each names an earlier voucher, and takes back no more than that one paid.

Parts: `number`, `amount` (below zero for a reversal), `day`, `reverses` (the number of the voucher).
"""

from collections import defaultdict
from decimal import Decimal

from hengliang.base.message import Message, message
from hengliang.measure.checks.asked import Asked, asked_rows
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def wrong_reversals(table: Table, check: Check, records: Records) -> list[Finding]:
    """Q09 without the voucher, Q03 before it, Q10 above it; several reversals of one voucher add up."""
    rows = asked_rows(table, check, records)
    vouchers: dict[object, Asked] = {}
    for row in rows:
        if row["number"] is not None and row["reverses"] is None:
            vouchers.setdefault(row["number"], row)
    taken: dict[object, Decimal] = defaultdict(Decimal)
    found: list[Finding] = []
    for row in rows:
        if row["reverses"] is not None:
            voucher = vouchers.get(row["reverses"])
            taken[row["reverses"]] -= row["amount"] or 0
            found += [
                Finding(code, row["_row"], "blocking", reason, voucher["_row"] if voucher else None)
                for code, reason in _wrong(row, voucher, taken[row["reverses"]])
            ]
    return found


def _wrong(row: Asked, voucher: Asked | None, taken: Decimal) -> list[tuple[str, Message]]:
    if voucher is None:
        return [("Q09", message("there is no voucher {number} to be reversed", number=row["reverses"]))]
    wrong: list[tuple[str, Message]] = []
    if row["day"] is not None and voucher["day"] is not None and row["day"] < voucher["day"]:
        wrong.append(("Q03", message("reversed before it was paid")))
    if voucher["amount"] is not None and taken > voucher["amount"]:
        wrong.append(("Q10", message("more is reversed than was paid")))
    return wrong


CHECKS = {"Q09-reversal": wrong_reversals}
