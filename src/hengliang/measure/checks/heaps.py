"""F06: heaped values. Numbers that were measured spread; numbers that were made up lie where people put them.

All question the rows of the heap. Parts and figures:

* `F06`: the last digits of `value` are not spread evenly: χ² above `chi` (27.88: p < 0.001) of at least
  `rows` (100) values. The last digit is that of the smallest place that any of the values has.
* `F06-band`: at least `rows` (10) and more than `pct` (30) percent of the values lie from `low` to `high`.
* `F06-round`: at least `rows` (10) and more than `pct` (50) percent are whole multiples of `step`.
* `F06-equal`: `one` is `other` (and `one_2` is `other_2` …) in at least `rows` (3) rows, `pct` (0) percent.
* `F06-same`: one `value` stands in at least `rows` (10) rows and `pct` (50) percent of all.
"""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hengliang.base.message import Message, message
from hengliang.measure.checks.asked import Asked, asked_rows
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def last_digits(table: Table, check: Check, records: Records) -> list[Finding]:
    """F06."""
    rows = _with_value(table, check, records)
    if len(rows) < check.figures.get("rows", 100):
        return []
    numbers = [Decimal(row["value"]).normalize() for row in rows]
    places = max(0, *(-int(number.as_tuple().exponent) for number in numbers))
    digits = [int(abs(number).scaleb(places)) % 10 for number in numbers]
    counts = Counter(digits)
    even = Decimal(len(digits)) / 10
    chi = sum(((counts[digit] - even) ** 2 for digit in range(10)), Decimal(0)) / even
    if chi <= check.figures.get("chi", Decimal("27.88")):
        return []
    heap = max(range(10), key=lambda digit: counts[digit])
    reason = message("the last digits are not spread evenly: {digit} stands {count} times", digit=heap,
                     count=counts[heap])  # fmt: skip
    heaped = [row for row, digit in zip(rows, digits, strict=True) if digit == heap]
    return _findings(check, heaped, reason, {"chi_square": chi.quantize(Decimal("0.1"))})


def in_a_band(table: Table, check: Check, records: Records) -> list[Finding]:
    """F06-band."""
    rows = _with_value(table, check, records)
    low, high = check.figures["low"], check.figures["high"]
    heaped = [row for row in rows if low <= row["value"] <= high]
    reason = message("{count} values lie between {low} and {high}", count=len(heaped), low=low, high=high)
    return _findings(check, heaped, reason) if _many(check, len(heaped), len(rows), 10, 30) else []


def round_numbers(table: Table, check: Check, records: Records) -> list[Finding]:
    """F06-round."""
    rows = _with_value(table, check, records)
    step = check.figures["step"]
    heaped = [row for row in rows if row["value"] % step == 0]
    reason = message("{count} values are whole multiples of {step}", count=len(heaped), step=step)
    return _findings(check, heaped, reason) if _many(check, len(heaped), len(rows), 10, 50) else []


def equal_pairs(table: Table, check: Check, records: Records) -> list[Finding]:
    """F06-equal."""
    pairs = [(part, part.replace("one", "other")) for part in check.columns if part.startswith("one")]
    rows = [
        row
        for row in asked_rows(table, check, records)
        if all(row[part] is not None for pair in pairs for part in pair)
    ]
    heaped = [row for row in rows if all(row[one] == row[other] for one, other in pairs)]
    reason = message("equal to the last digit, as in {count} rows", count=len(heaped))
    return _findings(check, heaped, reason) if _many(check, len(heaped), len(rows), 3, -1) else []


def one_value(table: Table, check: Check, records: Records) -> list[Finding]:
    """F06-same."""
    rows = _with_value(table, check, records)
    if not rows:
        return []
    ((value, count),) = Counter(row["value"] for row in rows).most_common(1)
    heaped = [row for row in rows if row["value"] == value]
    reason = message("{count} rows say {value}", count=count, value=value)
    return _findings(check, heaped, reason) if _many(check, count, len(rows), 10, 50) else []


def _many(check: Check, count: int, of: int, rows: int, pct: int) -> bool:
    """Whether a heap is large enough: in rows, and as a share of all."""
    share = check.figures.get("pct", Decimal(pct))
    return count >= check.figures.get("rows", rows) and (count == of or count * 100 > share * of)


def _with_value(table: Table, check: Check, records: Records) -> list[Asked]:
    return [row for row in asked_rows(table, check, records) if row["value"] is not None]


def _findings(
    check: Check, rows: Sequence[Asked], reason: Message, figures: dict[str, Any] | None = None
) -> list[Finding]:
    code = check.reports or "F06"
    return [Finding(code, row["_row"], "audit", reason, figures=figures or {}) for row in rows]


CHECKS = {
    "F06": last_digits,
    "F06-band": in_a_band,
    "F06-round": round_numbers,
    "F06-equal": equal_pairs,
    "F06-same": one_value,
}
