"""What one row says of another: one that is not there, a parcel as its own forebear, a payment taken back.

As in `several`: a planter changes rows and tells where its check must report; None where no row fits.
"""

from datetime import timedelta
from decimal import Decimal
from itertools import islice

from hengliang.measure.synthetic.city import Row
from hengliang.measure.synthetic.faults.plan import key_there
from hengliang.measure.synthetic.faults.rows import copy_of, value_like
from hengliang.measure.synthetic.faults.spot import Found, Planters, Spot


def _q09(spot: Spot) -> Found | None:
    key = spot.check.key or ""
    if spot.ledger.column(key).codes:
        return None
    place = next(spot.free(key, where=lambda row: row[key] is not None), None)
    if place is None:
        return None
    unknown = value_like(spot.rows[place][key])
    there = {
        row[key_there(spot.field.city, spot.check)] for row in spot.field.city.rows(spot.check.ledger or "")
    }
    return None if unknown in there else spot.change(place, **{key: unknown})


def _letters(spot: Spot) -> Found | None:
    place = next(spot.free("parcel_code"), None)
    if place is None:
        return None
    code = spot.rows[place]["parcel_code"]
    return spot.change(place, parcel_code=f"{code[:13]}I{code[14:]}")


def _code_again(spot: Spot) -> Found | None:
    def fits(one: Row, other: Row) -> bool:
        return one["valid_to"] is None and other["valid_to"] is None

    for place, other in spot.pairs("parcel_code", fits=fits):
        row = spot.rows[other]
        until = row["valid_from"] + timedelta(days=20)
        spot.change(other, valid_to=until)
        changed = {"parcel_code": row["parcel_code"], "region_code": row["region_code"]}
        return spot.change(place, **changed, valid_from=until + timedelta(days=5))
    return None


def _lineage_area(spot: Spot) -> Found | None:
    sizes = {row["parcel_code"]: row["area_m2"] for row in spot.field.city.rows("parcel_code")}
    unused = _unused(spot)
    place = next(spot.free(), None)
    for code in unused:
        parent = spot.rows[place]["parent_code"] if place is not None else None
        if place is not None and abs(sizes[code] - sizes[parent]) > sizes[parent] * Decimal("0.002"):
            return spot.change(place, child_code=code, kind="SPLIT")
    return None


def _cycle(spot: Spot) -> Found | None:
    sizes = {row["parcel_code"]: row["area_m2"] for row in spot.field.city.rows("parcel_code")}
    unused = _unused(spot)
    places = list(islice(spot.free(), 2))
    for one in unused:
        for other in unused:
            if len(places) == 2 and one != other and one[:6] == other[:6] and sizes[one] == sizes[other]:
                spot.change(places[0], parent_code=one, child_code=other)
                spot.change(places[1], parent_code=other, child_code=one)
                return [(place, "Q10") for place in places]
    return None


def _unused(spot: Spot) -> list[str]:
    used = {row[name] for row in spot.rows for name in ("parent_code", "child_code")}
    taken = spot.field.city.rows("parcel_code")
    return [row["parcel_code"] for row in taken if row["parcel_code"] and row["parcel_code"] not in used]


def _platform(spot: Spot) -> Found | None:
    holder, kind, buyer = spot.column("holder"), spot.column("kind"), spot.column("buyer")
    platform = next((row[holder] for row in spot.rows if row[kind] == "PLATFORM"), None)
    place = next(spot.free(where=lambda row: row[buyer] is not None), None)
    return None if None in (platform, place) else spot.change(place or 0, **{buyer: platform})


def _reversal(spot: Spot) -> Found | None:
    rows = spot.rows
    found: list[tuple[int, str]] = []
    for code, place in zip(("Q09", "Q03", "Q10"), islice(spot.field.sound(spot.ledger), 3), strict=False):
        spot.field.take(spot.ledger, place)
        paid = rows[place]
        row = copy_of(spot.field, spot.ledger, paid)
        row |= {"voucher_no": f"{paid['voucher_no']}-CX", "is_reversal": True, "reverses": paid["voucher_no"],
                "amount_yuan": -paid["amount_yuan"]}  # fmt: skip
        if code == "Q09":
            row |= {"reverses": "PZ-没有"}
        elif code == "Q03":
            row |= {"paid_on": paid["paid_on"] - timedelta(days=1)}
        else:
            row |= {"amount_yuan": -paid["amount_yuan"] - 1}
        found.append((spot.field.add(spot.ledger, row), code))
    return found or None


PLANTERS: Planters = {
    "Q09": _q09, "parcel-letters": _letters, "code-again": _code_again, "lineage-area": _lineage_area,
    "lineage-cycle": _cycle, "platform-buyer": _platform, "Q09-reversal": _reversal,
}  # fmt: skip
