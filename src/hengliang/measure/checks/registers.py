"""What a row says, held against the register that it refers to: contracts, wells, draws, spots, hazards."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, cast

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.checks.asked import Asked, asked_frame, asked_rows, other_rows
from hengliang.measure.definition import Check
from hengliang.measure.engines import fetched
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table

_DUE = {"START": "start_due", "COMPLETE": "complete_due"}


def other_than_agreed(table: Table, check: Check, records: Records) -> list[Finding]:
    """A START or COMPLETE that is `due` on another day than the contract says, without a supplement.

    Parts: `key`, `stage`, `due`, optional `supplement` (the number of the document); there `start_due`,
    `complete_due`.
    """
    contracts = other_rows(check, records)
    found: list[Finding] = []
    for row in asked_rows(table, check, records):
        agreed = contracts.get(row["key"], {}).get(_DUE.get(str(row["stage"]), ""))
        if (
            agreed is not None
            and row["due"] is not None
            and row["due"] != agreed
            and not row.get("supplement")
        ):
            reason = message("the contract says {day}, and no supplement is named", day=agreed)
            found.append(Finding(check.reports or "as-agreed", row["_row"], "audit", reason))
    return found


def outside_the_well(table: Table, check: Check, records: Records) -> list[Finding]:
    """Q10: a level above the ground or below the bottom of the well. Runs in the engine.

    Parts: `key`, `level`; there `datum` (the height of the ground) and `depth`.
    """
    wells = records.tables[check.ledger or ""]
    needed = [check.there[part] for part in ("datum", "depth")]
    if not wells.has((*needed, wells.ledger.key[0])):
        return []
    bounds = wells.frame.select(
        _well=nw.col(wells.ledger.key[0]), _top=nw.col(needed[0]), _depth=nw.col(needed[1])
    ).unique()
    level = nw.col("_level")
    rows = asked_frame(table, check, records).select(
        "_row", _key=nw.col(check.key or ""), _level=nw.col(check.columns["level"])
    )
    outside = rows.join(bounds, left_on="_key", right_on="_well", how="inner").filter(
        ((level > nw.col("_top")) | (level < nw.col("_top") - nw.col("_depth"))).fill_null(False)
    )
    reason = message("the level lies above the ground or below the bottom of the well")
    return [
        Finding(check.reports or "Q10", int(row), "blocking", reason)
        for (row,) in fetched(outside.select("_row").sort("_row"))
    ]


def not_drawn(table: Table, check: Check, records: Records) -> list[Finding]:
    """Q09: whoever was inspected (`one`) is not on the list of the draw. Part: `key`; there `drawn`."""
    draws = other_rows(check, records)
    reason = message("was not drawn")
    return [
        Finding(check.reports or "Q09", row["_row"], "blocking", reason)
        for row in asked_rows(table, check, records)
        if row["one"] is not None
        and (drawn := draws.get(row["key"], {}).get("drawn"))
        and row["one"] not in _list(drawn)
    ]


def lawful_spots(table: Table, check: Check, records: Records) -> list[Finding]:
    """A case over spots that were judged lawful. Parts: `spots` (a list); there `judged`."""
    spots = other_rows(check, records)
    found: list[Finding] = []
    for row in asked_rows(table, check, records):
        lawful = [
            spot for spot in _list(row["spots"]) if spots.get(spot, {}).get("judged") in ("LEGAL", "PSEUDO")
        ]
        if lawful:
            reason = message("the spot {spot} was judged lawful", spot=lawful[0])
            found.append(Finding(check.reports or "lawful-spots", row["_row"], "audit", reason))
    return found


def cancelled_soon(table: Table, check: Check, records: Records) -> list[Finding]:
    """What was cancelled within `days` (30) after a row. Parts: `key`, `on`; there `until`."""
    limit = timedelta(days=int(check.figures.get("days", Decimal(30))))
    targets = other_rows(check, records)
    found: list[Finding] = []
    for row in asked_rows(table, check, records):
        gone, day = _day(targets.get(row["key"], {}).get("until")), _day(row["on"])
        if gone is not None and day is not None and day <= gone <= day + limit:
            reason = message("cancelled on {day}, soon after this finding", day=gone)
            found.append(Finding(check.reports or "cancelled-soon", row["_row"], "audit", reason))
    return found


def other_extremes(table: Table, check: Check, records: Records) -> list[Finding]:
    """Q10: a report whose `least` or `most` the months behind it do not give, by more than `by` (0.01).

    Parts: `period` (a month), `least`, `most`; there `key` (the month), `least`, `most`.
    """
    by = check.figures.get("by", Decimal("0.01"))
    months = records.tables[check.ledger or ""]
    names = {part: check.there[part] for part in ("key", "least", "most")}
    if not months.has(names.values()):
        return []
    sums = months.frame.filter(nw.col("_blocked").is_null()).group_by(names["key"])
    known = {
        month: {"least": low, "most": high}
        for month, low, high in fetched(
            sums.agg(low=nw.col(names["least"]).min(), high=nw.col(names["most"]).max())
        )
    }
    reason = message("the readings do not give the lowest or the highest level that is reported")
    return [
        Finding(check.reports or "Q10", row["_row"], "blocking", reason)
        for row in asked_rows(table, check, records)
        if any(_differ(row, known.get(row["period"], {}), part, by) for part in ("least", "most"))
    ]


def _differ(row: Asked, known: Asked, part: str, by: Decimal) -> bool:
    said, computed = row.get(part), known.get(part)
    return said is not None and computed is not None and abs(said - computed) > by


def _list(value: object) -> Sequence[str]:
    if isinstance(value, list | tuple):
        return [str(each) for each in cast("Sequence[object]", value)]
    return [] if value is None else [str(value)]


def _day(value: Any) -> date | None:
    return value.date() if isinstance(value, datetime) else value


CHECKS = {
    "as-agreed": other_than_agreed,
    "Q10-well": outside_the_well,
    "Q09-drawn": not_drawn,
    "lawful-spots": lawful_spots,
    "cancelled-soon": cancelled_soon,
    "Q10-extremes": other_extremes,
}
