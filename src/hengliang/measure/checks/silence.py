"""F13, a sensor that reports but does not move, and F13b, a device that was accepted and is silent.

Both run where the readings are and fetch only what they find: a city has ten million readings a year.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.checks.asked import asked_frame, asked_rows, parts_of
from hengliang.measure.definition import Check
from hengliang.measure.engines import fetched
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.series import flat_runs
from hengliang.measure.table import Table


def flat(table: Table, check: Check, records: Records) -> list[Finding]:
    """F13. Parts: `series`, `series_2` … (what makes a series), `at`, `value`, optional `quality`.

    A reading of quality 2 is rejected and no part of a run. Figures: `hours` (24). The first reading of the
    run is questioned. A run may bridge a gap, and its length is the time elapsed.
    """
    parts = parts_of(table, check)
    hours = check.figures.get("hours", Decimal(24))
    frame = asked_frame(table, check, records).filter(nw.col("_blocked").is_null())
    if "quality" in parts:
        frame = frame.filter(nw.col(parts["quality"]).fill_null(0) != 2)
    runs = flat_runs(frame, [name for part, name in parts.items() if part.startswith("series")],
                     parts["at"], parts["value"])  # fmt: skip
    found: list[Finding] = []
    limit = int(hours * 3600)
    for row, seconds in fetched(runs.filter(nw.col("seconds") >= limit).select("_row", "seconds")):
        length = (Decimal(int(seconds)) / 3600).quantize(Decimal("0.1"))
        reason = message("the same value for {hours} h", hours=length)
        found.append(Finding("F13", int(row), "audit", reason, figures={"flatline_hours": length}))
    return found


def silent(table: Table, check: Check, records: Records) -> list[Finding]:
    """F13b. Parts: `accepted_on`, optional `first_data_on` and `online` (how many devices send now).

    With `ledger` (readings) and `there` `key` and `at`: no reading of the device in the last hours of the
    period. Figures: `hours` (24).
    """
    hours = timedelta(hours=float(check.figures.get("hours", Decimal(24))))
    period = records.period
    until = datetime.combine(min(period.as_of or period.end, period.end), datetime.max.time())
    last = _last_readings(check, records)
    found: list[Finding] = []
    for row in asked_rows(table, check, records):
        accepted = row["accepted_on"]
        if accepted is None:
            continue
        if last is not None:
            since = datetime.combine(accepted, datetime.min.time())
            quiet = until - max(since, last.get(row["key"], since)) >= hours
        else:
            never = "first_data_on" in row and row["first_data_on"] is None
            quiet = never or ("online" in row and row["online"] == 0)
        if quiet:
            reason = message("accepted, but sends no data")
            found.append(Finding("F13b", row["_row"], "audit", reason))
    return found


def _last_readings(check: Check, records: Records) -> Mapping[Any, datetime] | None:
    """The last reading of each device, before the end of the period; None where there are no readings."""
    readings = records.table(check.ledger or "")
    if readings is None:
        return None
    key, at = check.there["key"], check.there["at"]
    return dict(fetched(readings.frame.group_by(key).agg(nw.col(at).max())))


CHECKS = {"F13": flat, "F13b": silent}
