"""F09: a result that is too good: exactly at the target while the records thin out, or never a failure.

Flags only: they open no question by themselves.

* `F09`: the metric that is scored comes to exactly its target, and the last `days` (31) of the period hold
  fewer than `pct` (50) percent of the records that an even year would put there; of at least `rows` (12).
  Part: `event`, the day of a record. The last record is flagged.
* `F09-none`: in each of the last `years` (3) years there was a `result`, and none of them is a failure (the
  parameter `failures`). Part: `at`, the day or instant. The last record is flagged.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hengliang.base.message import message
from hengliang.measure.checks.asked import asked_rows
from hengliang.measure.definition import Check, Ledger
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records, value_of
from hengliang.measure.table import Table


def thinning(table: Table, check: Check, records: Records) -> list[Finding]:
    """F09."""
    period, ledger = records.period, table.ledger
    days = [
        (_day(row["event"]), row["_row"])
        for row in asked_rows(table, check, records)
        if row["event"] is not None and period.start <= _day(row["event"]) <= period.end
    ]
    if len(days) < check.figures.get("rows", 12):
        return []
    last = int(check.figures.get("days", 31))
    first = period.end - timedelta(days=last - 1)
    late = sum(day >= first for day, _ in days)
    length = (period.end - period.start).days + 1
    if late * length * 100 >= check.figures.get("pct", Decimal(50)) * len(days) * last:
        return []
    if not _at_target(ledger, records):
        return []
    reason = message(
        "the result is exactly the target, and only {late} of {count} records are of the last {days} days",
        late=late, count=len(days), days=last,
    )  # fmt: skip
    return [Finding("F09", max(days)[1], "note", reason, figures={"late": late})]


def _at_target(ledger: Ledger, records: Records) -> bool:
    """Whether the metric that is scored comes to exactly the target of the scoring rule."""
    scoring = ledger.scoring
    actual = scoring.inputs.get("actual") if scoring is not None else None
    metric = next((each for each in ledger.metrics if each.id == actual), None)
    if scoring is None or metric is None or "target" not in scoring.figures:
        return False
    return value_of(records, ledger, metric).exact == Fraction(str(scoring.figures["target"]))


def nothing_failed(table: Table, check: Check, records: Records) -> list[Finding]:
    """F09-none."""
    failures = _words(records.parameters(table.ledger), "failures")
    rows = [
        (_day(row["at"]), row["_row"], row["result"])
        for row in asked_rows(table, check, records)
        if row["at"] is not None and row["result"] is not None and _day(row["at"]) <= records.period.end
    ]
    last = records.period.end.year
    years = range(last - int(check.figures.get("years", 3)) + 1, last + 1)
    seen = [row for row in rows if row[0].year in years]
    if {day.year for day, _, _ in seen} != {*years} or any(result in failures for *_, result in seen):
        return []
    reason = message(
        "none of {count} results in {years} years is a failure", count=len(seen), years=len(years)
    )
    return [Finding("F09", max(seen)[1], "note", reason, figures={"results": len(seen)})]


def _words(parameters: Mapping[str, Any], name: str) -> frozenset[str]:
    return frozenset(str(word) for word in parameters.get(name, ()))


def _day(value: Any) -> date:
    return value.date() if isinstance(value, datetime) else value


CHECKS = {"F09": thinning, "F09-none": nothing_failed}
