"""When things happened: recorded too soon or too late, in two places at once, in the wrong order.

As in `several`: a planter changes rows and tells where its check must report; None where no row fits.
"""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from hengliang.measure.synthetic.city import Row
from hengliang.measure.synthetic.faults.rows import later
from hengliang.measure.synthetic.faults.spot import Found, Planters, Spot
from hengliang.measure.synthetic.filling import events


def _q12(spot: Spot) -> Found | None:
    place = next(spot.free(where=lambda row: bool(events(spot.ledger, row))), None)
    if place is None:
        return None
    known = max(events(spot.ledger, spot.rows[place])) - timedelta(days=4)
    return spot.change(place, recorded_at=datetime.combine(known, time(9)))


def _q13(spot: Spot) -> Found | None:
    place = next(spot.free(where=lambda row: bool(events(spot.ledger, row))), None)
    if place is None:
        return None
    known = max(events(spot.ledger, spot.rows[place])) + timedelta(days=45)
    return spot.change(place, recorded_at=datetime.combine(known, time(9)))


def _f03(spot: Spot) -> Found | None:
    person, start, end = spot.column("person"), spot.column("start_at"), spot.column("end_at")
    ends = [name for name in (end, start) if name]

    def fits(one: Row, other: Row) -> bool:
        return (
            one["region_code"][:6] != other["region_code"][:6]
            and one.get("round") == other.get("round")
            and other[start] <= one[start]
            and _apart(one, other)
        )

    for place, other in spot.pairs(person, fits=fits):
        rows = spot.rows
        until = next(rows[other][name] for name in ends if rows[other].get(name))
        by = until + timedelta(minutes=10) - rows[place][start]
        changed = {**later(rows[place], by), person: rows[other][person]}
        changed["recorded_at"] = rows[place]["recorded_at"]
        spot.field.take(spot.ledger, other)
        return spot.change(place, **changed)
    return None


def _apart(one: Row, other: Row) -> bool:
    """Whether two things lie half a degree apart."""
    return abs(one["photo_lon"] - other["photo_lon"]) + abs(one["photo_lat"] - other["photo_lat"]) > 0.5


def _f04(spot: Spot) -> Found | None:
    account, at = spot.column("account"), spot.column("at")
    if at == "inspected_at":
        # Nobody can be at ten hazards in five minutes: those would be faults of travel and place too.
        return None
    count = int(spot.check.figures.get("rows", Decimal(10)))
    places: list[int] = []
    days: set[Any] = set()
    for place in spot.free(account, at):
        row = spot.rows[place]
        happened = row[spot.ledger.happened or at]
        day = happened.date() if isinstance(happened, datetime) else happened
        if row[at] is None or day in days:
            continue
        # One person is at one place a day, and what is recorded is recorded within the month.
        near = not places or abs((row[at] - spot.rows[places[0]][at]).days) < 20
        if near or at != "recorded_at":
            places.append(place)
            days.add(day)
        if len(places) == count:
            break
    if len(places) < count:
        return None
    first = max(spot.rows[place][at] for place in places)
    found: list[tuple[int, str]] = []
    for step, place in enumerate(places):
        changed = {account: "U9999", at: first + timedelta(seconds=10 * step)}
        found += spot.change(place, **changed)
    return found


def _stages(spot: Spot) -> Found | None:
    group, stage, done = spot.column("group"), spot.column("stage"), spot.column("done")
    order = list(spot.ledger.column(stage).codes)
    groups: dict[Any, list[int]] = {}
    for place in spot.field.sound(spot.ledger, lambda row: spot.asked(row) and row[done] is not None):
        groups.setdefault(spot.rows[place][group], []).append(place)
    for places in reversed(groups.values()):
        places.sort(key=lambda place: order.index(spot.rows[place][stage]))
        if len(places) > 1:
            before, last = places[-2], places[-1]
            spot.field.take(spot.ledger, before)
            return spot.change(last, **{done: spot.rows[before][done] - timedelta(days=1)})
    return None


def _stage_order(spot: Spot) -> Found | None:
    rows = spot.rows
    for place in spot.free("started_on", where=lambda row: row["stage"] == "SUPPLY"):
        before = next(
            (
                row
                for row in rows
                if row["parcel_code"] == rows[place]["parcel_code"] and row["stage"] == "REQUISITION"
            ),
            None,
        )
        if before is not None and before["done_on"] is not None:
            return spot.change(place, started_on=before["done_on"] - timedelta(days=3))
    return None


def _window(spot: Spot) -> Found | None:
    place = next(spot.free("inspected_at", where=lambda row: row["round"] == "PRE"), None)
    if place is None:
        return None
    row = spot.rows[place]
    by = timedelta(days=100)
    return spot.change(place, **later(row, by), inspector_id="U8801", person_id="U8801")


def _in_force(spot: Spot) -> Found | None:
    place = next(spot.free("inspected_at", where=lambda row: row["hazard_id"] is not None), None)
    if place is None:
        return None
    row = spot.rows[place]
    hazard = next(h for h in spot.field.city.rows("hazard_register") if h["hazard_id"] == row["hazard_id"])
    day = hazard["registered_on"] - timedelta(days=90)
    by = datetime.combine(day, time(10)) - row["inspected_at"]
    found = spot.change(place, **later(row, by), round="EXTRA", inspector_id="U8802", person_id="U8802")
    return [*((at, "Q03") for at, _ in found[:1]), *((at, "Q09") for at, _ in found[:1])]


def _notice(spot: Spot) -> Found | None:
    notice, event = spot.column("notice"), spot.column("event")
    place = next(spot.free(where=lambda row: row[event] is not None), None)
    return (
        None
        if place is None
        else spot.change(place, **{event: spot.rows[place][notice] + timedelta(days=10)})
    )


PLANTERS: Planters = {
    "Q12": _q12, "Q13": _q13, "F03": _f03, "F04": _f04, "Q03-stages": _stages, "stages": _stage_order,
    "Q03-window": _window, "Q03-in-force": _in_force, "notice": _notice,
}  # fmt: skip
