"""Readings and figures that follow one another or add up: silence, jumps, sums, what is carried over.

As in `several`: a planter changes rows and tells where its check must report; None where no row fits.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hengliang.measure.synthetic.city import Row
from hengliang.measure.synthetic.faults.rows import copy_of
from hengliang.measure.synthetic.faults.spot import Found, Planters, Spot


def _f13(spot: Spot) -> Found | None:
    at, value, device = spot.column("at"), spot.column("value"), spot.column("series")
    place = next(spot.field.sound(spot.ledger, spot.asked), None)
    if place is None:
        return None
    hours = int(spot.check.figures["hours"])
    row = spot.rows[place]
    start = datetime.combine(spot.field.city.day(3, 1), datetime.min.time())
    added = [
        spot.field.add(
            spot.ledger,
            {
                **row,
                device: f"{row[device]}F",
                **_times(row, at, start + timedelta(hours=hour)),
                value: row[value],
            },
        )
        for hour in range(hours + 1)
    ]
    return [(added[0], "F13")]


def _times(row: Row, at: str, moment: datetime) -> Row:
    received = {"received_at": moment + timedelta(seconds=9)} if row.get("received_at") else {}
    return {at: moment, **received}


def _f13b(spot: Spot) -> Found | None:
    if spot.check.ledger is None:
        place = next(spot.free("online_device_count", where=lambda row: row["accepted_on"] is not None), None)
        return None if place is None else spot.change(place, online_device_count=0)
    place = next(spot.field.sound(spot.ledger), None)
    if place is None:
        return None
    row = copy_of(spot.field, spot.ledger, spot.rows[place])
    added = spot.field.add(spot.ledger, {**row, "device_id": f"{row['device_id'][:20]}9001"})
    return [(added, "F13b")]


def _jump(spot: Spot) -> Found | None:
    """A new device: quiet, then a step that stays."""
    size = spot.check.figures.get("jump") or Decimal(10)
    at, value, series = spot.column("at"), spot.column("value"), spot.column("series")
    place = next(spot.field.sound(spot.ledger, spot.asked), None)
    if place is None:
        return None
    row = spot.rows[place]
    start = datetime.combine(spot.field.city.day(5, 1), datetime.min.time())
    stays = spot.check.code == "Q10-jump"
    levels = [Decimal(0), Decimal(1), size + 12, size + (12 if stays else -size + 1)]
    added = [
        spot.field.add(
            spot.ledger,
            {**row, **_times(row, at, start + timedelta(hours=hour)), **_other(series, row, value, level)},
        )
        for hour, level in enumerate(levels)
    ]
    return [(added[2], "Q10")]


def _other(series: str, row: Row, value: str, level: Decimal) -> Row:
    """Another device, and another level."""
    return {series: f"{row[series]}J", value: row[value] + level}


def _hours(spot: Spot) -> Found | None:
    expected = spot.column("expected")
    place = next(spot.free(where=lambda row: row["received_readings"] < row[expected]), None)
    return None if place is None else spot.change(place, **{expected: spot.rows[place][expected] - 1})


def _falls(spot: Spot) -> Found | None:
    group, order, value = spot.column("group"), spot.column("order"), spot.column("value")
    by: dict[Any, list[int]] = {}
    for place in spot.field.sound(spot.ledger, lambda row: row[order] is not None and row[value] is not None):
        by.setdefault(spot.rows[place][group], []).append(place)
    for places in reversed(by.values()):
        places.sort(key=lambda place: spot.rows[place][order])
        for before, after in pairwise(places):
            if spot.rows[before][value] > 0 and after == places[-1]:
                spot.field.take(spot.ledger, before)
                return spot.change(after, **{value: spot.rows[before][value] - 1})
    return None


def _worse(spot: Spot) -> Found | None:
    month, grade = spot.column("month"), spot.column("grade")
    place = next(spot.free(where=lambda row: row[month] is not None and not row[month].endswith("-01")), None)
    return None if place is None else spot.change(place, **{grade: "V"})


def _sum(spot: Spot) -> Found | None:
    group, value = spot.column("group"), spot.column("value")
    place = next(spot.free(value), None)
    if place is None:
        return None
    name = spot.rows[place][group]
    places = [at for at, row in enumerate(spot.rows) if row[group] == name]
    spot.field.take(spot.ledger, *places)
    spot.rows[place] = {**spot.rows[place], value: spot.rows[place][value] + 3}
    return [(at, "Q10") for at in places]


def _counties(spot: Spot) -> Found | None:
    value = spot.column("value")
    place = next(spot.free(where=lambda row: row[spot.column("region")].endswith("00")), None)
    return None if place is None else spot.change(place, **{value: spot.rows[place][value] + 7})


def _carried(spot: Spot) -> Found | None:
    opening, closing, year = (spot.column(part) for part in ("opening", "closing", "year"))
    keys = [
        name
        for part, name in (*spot.check.columns.items(), *spot.check.optional.items())
        if part.startswith("key")
    ]
    last = {
        tuple(spot.rows[place][name] for name in keys): place
        for place in spot.field.sound(spot.ledger, lambda row: row[year] == spot.field.city.year - 1)
    }
    place = next(
        spot.free(
            where=lambda row: row[year] == spot.field.city.year and tuple(row[n] for n in keys) in last
        ),
        None,
    )
    if place is None:
        return None
    row = spot.rows[place]
    spot.field.take(spot.ledger, last[tuple(row[name] for name in keys)])
    return spot.change(place, **{opening: row[opening] + 5, closing: row[closing] + 5})


PLANTERS: Planters = {
    "F13": _f13, "F13b": _f13b, "Q10-jump": _jump, "Q10-rate": _jump, "Q10-hours": _hours,
    "Q10-falls": _falls, "worse-class": _worse, "Q10-sum": _sum, "Q10-counties": _counties,
    "Q10-carried": _carried,
}  # fmt: skip
