"""Q10: readings that lie too far from the last accepted one for the time that passed.

Parts: `series`, `series_2` …, `at`, `value`, optional `quality` (2: rejected, nothing is held against it).
Figures: `per_hour`. A step that stays is accepted once enough time has passed for it. The engine looks for
steps; only the readings around them are fetched, so that a year of a province can be checked.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.checks.asked import asked_frame, parts_of
from hengliang.measure.definition import Check
from hengliang.measure.engines import fetched, instant
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table

_START = datetime(2000, 1, 1)  # noqa: DTZ001
"""From which seconds are counted. Instants are kept in the time of Beijing."""


class _Reading(NamedTuple):
    row: int
    at: int
    value: Decimal
    is_out: bool
    before: Decimal
    since: int


def too_fast(table: Table, check: Check, records: Records) -> list[Finding]:
    """Each reading that is rejected, with the `jump` from the last accepted one."""
    parts = parts_of(table, check)
    series = [name for part, name in parts.items() if part.startswith("series")]
    at, value, limit = parts["at"], parts["value"], check.figures["per_hour"]
    rows = asked_frame(table, check, records).filter(
        nw.col("_blocked").is_null(), ~nw.col(value).is_null(), ~nw.col(at).is_null()
    )
    rejected = nw.col(parts["quality"]).fill_null(0) == 2 if "quality" in parts else nw.lit(False)
    seconds = (nw.col(at) - instant(_START)).dt.total_seconds()
    held = rows.select("_row", *series, _at=seconds, _value=nw.col(value), _out=rejected).with_columns(
        _kept=nw.when(~nw.col("_out")).then(nw.col("_value")),
        _kept_at=nw.when(~nw.col("_out")).then(nw.col("_at")),
    )
    order = ["_at", "_row"]
    if fetched(held.filter(nw.col("_out")).select(nw.len()))[0][0]:
        held = held.with_columns(
            _kept=nw.col("_kept").fill_null(strategy="forward").over(*series, order_by=order),
            _kept_at=nw.col("_kept_at").fill_null(strategy="forward").over(*series, order_by=order),
        )
    held = held.with_columns(
        _before=nw.col("_kept").shift(1).over(*series, order_by=order),
        _since=nw.col("_kept_at").shift(1).over(*series, order_by=order),
    )
    step = (nw.col("_value") - nw.col("_before")).abs()
    steep = (step * 3600 > (nw.col("_at") - nw.col("_since")) * limit).fill_null(False)
    # A step needs as many hours to be accepted as it has units of the limit.
    heals = nw.col("_at") + (step.cast(nw.Float64) * 3600 / float(limit)).cast(nw.Int64) + 1
    marked = held.with_columns(_until=nw.when(steep).then(heals).otherwise(nw.lit(-1))).with_columns(
        _until=nw.col("_until").cum_max().over(*series, order_by=order)
    )
    near = fetched(
        marked.filter(nw.col("_at") <= nw.col("_until"))
        .select(*series, "_row", "_at", "_value", "_out", "_before", "_since")
        .sort(*series, *order)
    )
    walks: dict[tuple[Any, ...], list[_Reading]] = defaultdict(list)
    for each in near:
        walks[each[: len(series)]].append(_Reading(*each[len(series) :]))
    found = [
        _finding(check, reading, jump)
        for readings in walks.values()
        for reading, jump in _rejected(readings, limit)
    ]
    return sorted(found, key=lambda finding: finding.row)


def _rejected(readings: Sequence[_Reading], limit: Decimal) -> Iterator[tuple[_Reading, Decimal]]:
    """Holds each reading against the last accepted one. `readings` are those around steps."""
    until, last = -1, (0, Decimal(0))
    for reading in readings:
        if reading.at > until:
            last = (reading.since, reading.before)
        jump = abs(reading.value - last[1])
        if jump * 3600 > (reading.at - last[0]) * limit:
            until = max(until, reading.at + int(jump * 3600 / limit) + 1)
            yield reading, jump
        elif not reading.is_out:
            last = (reading.at, reading.value)


def _finding(check: Check, reading: _Reading, jump: Decimal) -> Finding:
    size = jump.normalize()
    reason = message("the reading jumps by {size}", size=f"{size:f}")
    severity = "blocking" if check.blocking else "audit"
    return Finding(check.reports or "Q10", reading.row, severity, reason, figures={"jump": size})


CHECKS = {"Q10-rate": too_fast}
