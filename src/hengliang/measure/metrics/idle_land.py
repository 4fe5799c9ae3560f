"""Idle land (闲置土地): parcels confirmed as idle, or not started one year after the agreed start.

Source: 闲置土地处置办法 (order 53 of 2012). Land that was started and then stopped is known only once it is
confirmed.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.checks.asked import Asked
from hengliang.measure.compute import Value, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.metrics.columns import lacking
from hengliang.measure.records import Records
from hengliang.measure.told import FREE, Row, Told, holding, tell

_PARCELS = "supply_parcel"


def area(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Square metres of the parcels that are idle at the end of the year, each once.

    The area is that of the contract, or else the one on the checkpoints.
    """
    table, columns = records.tables[ledger.name], metric.columns
    areas = _contracts(records)
    needed = [name for part, name in columns.items() if part != "area" or not areas]
    if (lack := lacking(table, needed)) is not None:
        return lack
    total = Fraction(0)
    for supply, checkpoints in _parcels(records, ledger, metric).items():
        if _is_idle(checkpoints, records.period.end):
            own = max((row.get("area") or Decimal(0) for row in checkpoints), default=Decimal(0))
            total += Fraction(areas.get(supply, own))
    return number(total, metric)


def _parcels(records: Records, ledger: Ledger, metric: Metric) -> Mapping[Any, list[Asked]]:
    """The checkpoints of each parcel, in the order of the source."""
    table = records.tables[ledger.name]
    parts = {"row": "_row"} | {part: name for part, name in metric.columns.items() if name in table.columns}
    if "idle_state" in table.columns:
        parts["state"] = "idle_state"
    rows = table.frame.filter(holding([FREE])).sort("_row")
    parcels: dict[Any, list[Asked]] = defaultdict(list)
    for row in fetched(rows.select(**{part: nw.col(name) for part, name in parts.items()})):
        given = dict(zip(parts, row, strict=True))
        parcels[given["supply"]].append(given)
    return parcels


def _is_idle(checkpoints: list[Asked], end: date) -> bool:
    """What was found last decides; where nothing was recorded, the agreed start does."""
    checkpoints.sort(key=lambda row: row["due"] or date.min)
    states = [
        row["state"] for row in checkpoints if row.get("state") is not None and (row["due"] or end) <= end
    ]
    if states and states[-1] != "SUSPECTED":
        return states[-1] == "CONFIRMED"
    is_begun = any(
        row["actual"] is not None and row["checkpoint"] in ("START", "COMPLETE") for row in checkpoints
    )
    starts = [row["due"] for row in checkpoints if row["checkpoint"] == "START" and row["due"] is not None]
    return not is_begun and any(_year_after(due) <= end for due in starts)


def _year_after(day: date) -> date:
    """The same day a year later; 28 February for a leap day."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _contracts(records: Records) -> dict[Any, Decimal]:
    table = records.table(_PARCELS)
    if table is None or not table.has(("supply_no", "area_m2")):
        return {}
    rows = table.frame.filter(nw.col("_blocked").is_null(), ~nw.col("area_m2").is_null())
    return dict(fetched(rows.select("supply_no", "area_m2")))


def _told(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    parcels = _parcels(records, ledger, metric).values()
    idle = {row["row"] for rows in parcels if _is_idle(rows, records.period.end) for row in rows}

    def row(one: Row) -> Row:
        is_idle = not one.counted or one.row in idle
        return one if is_idle else Row(one.row, True, False, message("its parcel is not idle"))

    columns = [*metric.columns.values(), "idle_state"]
    return [each.but(row) for each in tell(records.tables[ledger.name], columns, [])]


TOLD = {"area": _told}
