"""What is there twice: a row, a photo, a document number, a device, the numbers of a series.

As in `several`: a planter changes rows and tells where its check must report; None where no row fits.
"""

from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from hengliang.measure.synthetic.city import Row
from hengliang.measure.synthetic.codes import document_no
from hengliang.measure.synthetic.faults.rows import copy_of
from hengliang.measure.synthetic.faults.spot import Found, Planters, Spot
from hengliang.measure.synthetic.places import PLACE


def _q08(spot: Spot) -> Found | None:
    rows = spot.rows
    place = next(
        spot.field.sound(spot.ledger, lambda row: all(row[name] is not None for name in spot.ledger.key)),
        None,
    )
    if place is None:
        return None
    spot.field.take(spot.ledger, place)
    added = spot.field.add(spot.ledger, copy_of(spot.field, spot.ledger, rows[place]))
    return [(added, "Q08")]


def _f01(spot: Spot) -> Found | None:
    photo, near = spot.column("photo"), spot.column("near")
    subject = spot.column("subject")
    both = spot.pairs(
        fits=lambda one, other: one[subject] != other[subject] and bool(one[photo] and other[photo])
    )
    found: list[tuple[int, str]] = []
    for (place, other), name in zip(islice(both, 2), (photo, near), strict=False):
        like = spot.rows[other][name]
        found += spot.change(
            place, **{name: like if name == photo else f"{int(like, 16) ^ 0b10100000100:016x}"}
        )
        spot.field.take(spot.ledger, other)
    return found or None


def _f07(spot: Spot) -> Found | None:
    one, other = spot.column("one"), spot.column("other")
    place = next(spot.free(where=lambda row: row[one] is not None and row[other] is not None), None)
    return None if place is None else spot.change(place, **{other: spot.rows[place][one]})


def _f08(spot: Spot) -> Found | None:
    series, at, value = spot.column("series"), spot.column("at"), spot.column("value")
    days: dict[tuple[str, date], list[int]] = {}
    for place in spot.field.sound(spot.ledger):
        row = spot.rows[place]
        days.setdefault((row[series], row[at].date()), []).append(place)
    whole = next((places for places in days.values() if len(places) == 24), None)
    if whole is None:
        return None
    spot.field.take(spot.ledger, *whole)
    added = [
        spot.field.add(
            spot.ledger,
            {
                **spot.rows[place],
                series: f"{PLACE.code}999901",
                value: spot.rows[place][value] + Decimal("2.345"),
            },
        )
        for place in whole
    ]
    return [(added[0], "F08")]


def _f12(spot: Spot) -> Found | None:
    number = spot.column("number")
    known = list(spot.field.sound(spot.ledger, lambda row: row[number] is not None))
    used = known[-2] if len(known) > 1 else None
    if used is None:
        # Nothing has a number yet: two rows get the same.
        places = list(islice(spot.free(number), 2))
        if len(places) < 2:
            return None
        dates = {"doc_date": spot.field.city.first} if "doc_date" in spot.rows[places[0]] else {}
        for place in places:
            spot.change(place, **{number: document_no("复", spot.field.city.year, 1), **dates})
        return spot.found(min(places)) and spot.found(max(places))
    spot.field.take(spot.ledger, used)
    return spot.change(known[-1], **{number: spot.rows[used][number]})


def _f14(spot: Spot) -> Found | None:
    device, at = spot.column("device"), spot.column("at")
    for place, other in spot.pairs(device, fits=lambda one, other: one[at] > other[at]):
        spot.field.take(spot.ledger, other)
        return spot.change(place, **{device: spot.rows[other][device]})
    return None


def _f15(spot: Spot) -> Found | None:
    payload, when = spot.column("payload"), spot.column("when")

    def fits(one: Row, other: Row) -> bool:
        known = bool(one[payload] and other[payload])
        return known and (
            not when or (one[when] is not None and other[when] is not None and other[when] < one[when])
        )

    for place, other in spot.pairs(payload, fits=fits):
        spot.field.take(spot.ledger, other)
        return spot.change(place, **{payload: spot.rows[other][payload]})
    return None


def _repeated(spot: Spot) -> Found | None:
    same = spot.column("same")
    both = "all" in spot.check.figures

    def fits(one: Row, other: Row) -> bool:
        return bool(one[same] and other[same]) and (not both or one["region_code"] == other["region_code"])

    for place, other in spot.pairs(same, fits=fits):
        spot.field.take(spot.ledger, other)
        found = list(spot.change(place, **{same: spot.rows[other][same]}))
        return [*found, (other, spot.code)] if both else found
    return None


def _shared_device(spot: Spot) -> Found | None:
    device, person = spot.column("device"), spot.column("person")
    places: dict[Any, int] = {}
    for place in spot.free(device):
        places.setdefault(spot.rows[place][person], place)
        if len(places) == 3:
            return [each for place in places.values() for each in spot.change(place, **{device: "PH-共用"})]
    return None


PLANTERS: Planters = {
    "Q08": _q08, "F01": _f01, "F07": _f07, "F08": _f08, "F12": _f12, "F14": _f14, "F15": _f15,
    "repeated": _repeated, "shared-device": _shared_device,
}  # fmt: skip
