"""F04: many rows by one account within minutes, or one text again and again.

Parts: `account`, `at`, optional `text`. Figures: `rows` (10) in `minutes` (5); `texts` (3) equal ones of at
least `characters` (20). Runs in the engine and fetches only the rows of bursts.
"""

from decimal import Decimal
from typing import Any

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.checks.asked import asked_frame, parts_of
from hengliang.measure.definition import Check
from hengliang.measure.engines import fetched
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def bursts(table: Table, check: Check, records: Records) -> list[Finding]:
    """Every row of a burst, and every row with a text that stands too often."""
    parts = parts_of(table, check)
    count, minutes = (int(check.figures.get(name, Decimal(n))) for name, n in (("rows", 10), ("minutes", 5)))
    account, at = parts["account"], parts["at"]
    rows = asked_frame(table, check, records).filter(~nw.col(account).is_null(), ~nw.col(at).is_null())
    # A burst ends in a row whose tenth predecessor, itself included, is no older than five minutes.
    spans = rows.with_columns(_from=nw.col(at).shift(count - 1).over(account, order_by=[at, "_row"]))
    ends = spans.with_columns(
        _ends=((nw.col(at) - nw.col("_from")).dt.total_seconds() <= minutes * 60).fill_null(False)
    )
    later = [
        nw.col("_ends").shift(-step).over(account, order_by=[at, "_row"]).fill_null(False)
        for step in range(count)
    ]
    inside = ends.with_columns(_inside=nw.any_horizontal(*later, ignore_nulls=True)).filter(nw.col("_inside"))
    reason = message(
        "{count} rows or more by one account within {minutes} minutes", count=count, minutes=minutes
    )
    code = check.reports or "F04"
    found = {
        int(row): Finding(code, int(row), "audit", reason)
        for (row,) in fetched(inside.select("_row").sort("_row"))
    }
    if "text" in parts:
        for finding in _texts(rows, parts["text"], check):
            found.setdefault(finding.row, finding)
    return [found[row] for row in sorted(found)]


def _texts(rows: nw.LazyFrame[Any], text: str, check: Check) -> list[Finding]:
    most, length = (
        int(check.figures.get(name, Decimal(n))) for name, n in (("texts", 3), ("characters", 20))
    )
    long = rows.filter(nw.col(text).str.len_chars() >= length)
    often = long.group_by(text).agg(_times=nw.len()).filter(nw.col("_times") >= most)
    listed = fetched(long.join(often, on=text, how="inner").select("_row", "_times").sort("_row"))
    return [
        Finding("F04", int(row), "audit", message("the same text stands in {count} rows", count=int(times)))
        for row, times in listed
    ]


CHECKS = {"F04": bursts}
