"""Q10 between neighbours: a reading that jumps, and an account that does not begin where the last one ended.

Both report under the code that the ledger says, and block or question as it says.
"""

from collections import defaultdict
from decimal import Decimal
from typing import Any

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.checks.asked import asked_frame, asked_rows, parts_of
from hengliang.measure.definition import Check
from hengliang.measure.engines import fetched
from hengliang.measure.finding import Finding, Severity
from hengliang.measure.records import Records
from hengliang.measure.series import numbered
from hengliang.measure.table import Table


def jumps(table: Table, check: Check, records: Records) -> list[Finding]:
    """Readings that lie farther from the one before than they may; a return to the level before is none.

    Parts: `series`, `series_2` …, `at`, `value`, optional `quality`: a reading marked 2 is judged, but is not
    what the next one is held against. Figures: `jump`, or `jump_per_h` for each hour that passed.
    """
    parts = parts_of(table, check)
    names = [name for part, name in parts.items() if part.startswith("series")]
    at, value, limit, per_hour = "_at", "_value", check.figures.get("jump"), check.figures.get("jump_per_h")
    rejected = nw.col(parts["quality"]).fill_null(0) == 2 if "quality" in parts else nw.lit(False)
    known = asked_frame(table, check, records).filter(nw.col("_blocked").is_null())
    read = known.select(
        "_row", *names, _at=nw.col(parts["at"]), _value=nw.col(parts["value"]), _out=rejected
    ).filter(~nw.col(value).is_null(), ~nw.col(at).is_null())
    # No step is wider than all readings of a series together: most series need not be put in order.
    spread = None if limit is None else nw.col(value).max() - nw.col(value).min() > limit
    series = "_series"
    step = nw.col(value) - nw.col("_before")
    if limit is not None:
        wide = step.abs() > limit
    else:
        wide = step.abs() * 3600 > (nw.col(at) - nw.col("_at_before")).dt.total_seconds() * per_hour
    stands = numbered(read, names, spread).with_columns(
        _kept=nw.when(~nw.col("_out")).then(nw.col(value)), _kept_at=nw.when(~nw.col("_out")).then(nw.col(at))
    )
    carried = stands.with_columns(
        _kept=nw.col("_kept").fill_null(strategy="forward").over(series, order_by=at),
        _kept_at=nw.col("_kept_at").fill_null(strategy="forward").over(series, order_by=at),
    ).with_columns(
        _before=nw.col("_kept").shift(1).over(series, order_by=at),
        _at_before=nw.col("_kept_at").shift(1).over(series, order_by=at),
    )
    judged = carried.with_columns(_wide=wide.fill_null(False), _step=step).with_columns(
        _wide_before=nw.col("_wide").shift(1).over(series, order_by=at),
        _step_before=nw.col("_step").shift(1).over(series, order_by=at),
    )
    # The step back after a single spike cancels the step up.
    back = nw.col("_wide_before") & (
        (nw.col("_step") + nw.col("_step_before")).abs() * 2 < nw.col("_step").abs()
    )
    listed = fetched(
        judged.filter(nw.col("_wide"), ~back.fill_null(False)).select("_row", "_step").sort("_row")
    )
    severity: Severity = "blocking" if check.blocking else "audit"
    found: list[Finding] = []
    for row, by in listed:
        size = Decimal(by).copy_abs().normalize()
        reason = message("the reading jumps by {size}", size=f"{size:f}")
        found.append(Finding(check.reports or "Q10", int(row), severity, reason, figures={"jump": size}))
    return found


def carried_over(table: Table, check: Check, records: Records) -> list[Finding]:
    """What an account begins with is what the one of the year before ended with.

    Parts: `key_1`, `key_2` …, `year`, `opening`, `closing`.
    """
    ends: dict[tuple[Any, ...], Decimal] = {}
    starts: dict[tuple[Any, ...], list[tuple[int, Decimal]]] = defaultdict(list)
    for row in asked_rows(table, check, records):
        key = tuple(value for part, value in row.items() if part.startswith("key_"))
        if row["year"] is not None and row["closing"] is not None:
            ends[(*key, int(row["year"]) + 1)] = row["closing"]
        if row["year"] is not None and row["opening"] is not None:
            starts[(*key, int(row["year"]))].append((row["_row"], row["opening"]))
    found: list[Finding] = []
    for key, rows in starts.items():
        for row, opening in rows:
            if key in ends and ends[key] != opening:
                figures = {"difference": opening - ends[key]}
                reason = message("begins with {opening}, the year before ended with {closing}",
                                 opening=opening, closing=ends[key])  # fmt: skip
                found.append(Finding(check.reports or "Q10", row, "blocking", reason, figures=figures))
    return found


CHECKS = {"Q10-jump": jumps, "Q10-carried": carried_over}
