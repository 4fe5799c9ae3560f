"""Faults against registers, in surveys and in series of periods: planters by the code of the check.

As in `several`: a planter changes rows and tells where its check must report; None where no row fits.
"""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import islice, pairwise

from hengliang.measure.synthetic.city import Row
from hengliang.measure.synthetic.codes import uscc
from hengliang.measure.synthetic.faults.spot import Found, Planters, Spot


def _split(spot: Spot) -> Found | None:
    places = list(islice(spot.free("contract_yuan", "supplier_uscc"), 2))
    if len(places) < 2:
        return None
    half = spot.ledger.parameters["tender_limit_yuan"]
    value = {"supplier_uscc": uscc(99_001), "contract_yuan": Decimal(str(half)) * Decimal("0.75")}
    return [each for place in places for each in spot.change(place, **value)]


def _all_satisfied(spot: Spot) -> Found | None:
    places = list(islice(spot.free("recorded_by", "level"), 10))
    if len(places) < 10:
        return None
    return [each for place in places for each in spot.change(place, recorded_by="U9901", level="5")]


def _straight_line(spot: Spot) -> Found | None:
    places = sorted(islice(spot.free("device_hash", "level"), 3))
    if len(places) < 3:
        return None
    when = spot.rows[places[0]]["answered_at"]
    found: list[tuple[int, str]] = []
    for item, place in zip(("登记", "审批", "窗口"), places, strict=True):
        found += spot.change(place, device_hash="合成同一设备", level="4", item=item, answered_at=when)
    return [*found, *((place, "F14") for place in places[1:])]


def _nothing_twice(spot: Spot) -> Found | None:
    period, value = spot.column("period"), spot.column("value")
    free = {*spot.free(value)}
    order = sorted(range(len(spot.rows)), key=lambda place: str(spot.rows[place][period]))
    for before, after in pairwise(order):
        if {before, after} <= free:
            spot.field.take(spot.ledger, before)
            spot.rows[before] = {**spot.rows[before], value: 0}
            return spot.change(after, **{value: 0})
    return None


def _listed_again(spot: Spot) -> Found | None:
    both = spot.pairs(
        "parcel_code", "plan_year", fits=lambda one, other: bool(one["listed_on"] and other["listed_on"])
    )
    for place, other in both:
        spot.field.take(spot.ledger, other)
        before = spot.rows[other]
        return spot.change(place, parcel_code=before["parcel_code"], plan_year=before["plan_year"] + 1)
    return None


def _stale_images(spot: Spot) -> Found | None:
    place = next(spot.free("image_from", "image_to"), None)
    if place is None:
        return None
    row = spot.rows[place]
    return spot.change(place, **{name: row[name] - timedelta(days=60) for name in ("image_from", "image_to")})


def _number_gap(spot: Spot) -> Found | None:
    number, group = spot.column("number"), spot.column("group")
    for place in spot.free(number):
        row = spot.rows[place]
        if row[number] == max(other[number] for other in spot.rows if other[group] == row[group]):
            return spot.change(place, **{number: row[number] + 5})
    return None


def _other_than_agreed(spot: Spot) -> Found | None:
    place = next(spot.free("due_on", where=lambda row: row["checkpoint"] == "START"), None)
    return (
        None if place is None else spot.change(place, due_on=spot.rows[place]["due_on"] - timedelta(days=1))
    )


def _above_the_well(spot: Spot) -> Found | None:
    level, key = spot.column("level"), spot.check.key or ""
    wells = {row[key]: row for row in spot.field.city.rows(spot.check.ledger or "")}
    for place in spot.free(level, where=lambda row: row[level] is not None):
        well = wells.get(spot.rows[place][key])
        if well is not None:
            return spot.change(place, **{level: well["datum_m"] + 1})
    return None


def _not_drawn(spot: Spot) -> Found | None:
    place = next(spot.free("unit_uscc"), None)
    return None if place is None else spot.change(place, unit_uscc=uscc(99_002))


def _lawful_spot(spot: Spot) -> Found | None:
    place = next(spot.free("spot_ids"), None)
    spots = (row for row in spot.field.city.rows("violation_spot") if row["judged"] == "LEGAL")
    lawful = next((row["spot_id"] for row in spots if row["spot_id"]), None)
    return None if place is None or lawful is None else spot.change(place, spot_ids=[lawful])


def _cancelled_soon(spot: Spot) -> Found | None:
    register = spot.field.city.ledgers["hazard_register"]
    hazards = spot.field.city.rows("hazard_register")
    others = [
        row["hazard_id"]
        for name in ("monitoring_point", "hazard_mitigation")
        for row in spot.field.city.rows(name)
    ]
    for place in spot.free(where=lambda row: row["inspected_at"] is not None):
        row = spot.rows[place]
        own = [each for each in spot.rows if each["hazard_id"] == row["hazard_id"]]
        if row["hazard_id"] in others or any(_later(each, row) for each in own):
            continue
        for at in spot.field.sound(register, lambda each, name=row["hazard_id"]: each["hazard_id"] == name):
            gone = row["inspected_at"].date() + timedelta(days=10)
            hazards[at] = {**hazards[at], "cancelled_on": gone, "cancel_doc_no": "合成销号文件"}
            spot.field.take(register, at)
            return spot.change(place, finding="CHANGED", measure="WARN", deformation_mm=Decimal(5))
    return None


def _later(one: Row, other: Row) -> bool:
    return one["inspected_at"] is None or one["inspected_at"] > other["inspected_at"]


def _other_extremes(spot: Spot) -> Found | None:
    months: Sequence[str] = [row["month"] for row in spot.field.city.rows("groundwater_month")]
    place = next(spot.free("level_max_m", where=lambda row: row["period"] in months), None)
    return None if place is None else spot.change(place, level_max_m=Decimal(9999))


PLANTERS: Planters = {
    "split": _split, "all-satisfied": _all_satisfied, "straight-line": _straight_line,
    "nothing-twice": _nothing_twice, "listed-again": _listed_again, "stale-images": _stale_images,
    "number-gaps": _number_gap, "as-agreed": _other_than_agreed, "Q10-well": _above_the_well,
    "Q09-drawn": _not_drawn,
    "lawful-spots": _lawful_spot, "cancelled-soon": _cancelled_soon, "Q10-extremes": _other_extremes,
}  # fmt: skip
