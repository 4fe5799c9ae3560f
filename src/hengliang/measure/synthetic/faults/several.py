"""Faults that only several rows, or several ledgers, show: one planter for each shared check, by its code.

A planter takes the field, the ledger and the check as the ledger asks for it, changes or adds rows, and tells
the rows on which the check must report. It gives None where the ledger has no row for it.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice, pairwise
from typing import Any

from hengliang.measure.definition import Check, Ledger
from hengliang.measure.synthetic.city import Row
from hengliang.measure.synthetic.codes import document_no
from hengliang.measure.synthetic.faults import registers
from hengliang.measure.synthetic.faults.heaps import HEAPS
from hengliang.measure.synthetic.faults.plan import Field, key_there
from hengliang.measure.synthetic.faults.rows import copy_of, later, moved, plot_of, point_of, value_like
from hengliang.measure.synthetic.faults.spot import Found, Spot
from hengliang.measure.synthetic.filling import events
from hengliang.measure.synthetic.places import PLACE, square


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


def _q06(spot: Spot) -> Found | None:
    shape = spot.column("shape")
    # Stages are held against each other's areas: only those that stand alone are changed.
    alone = not any(check.code == "stages-area" for check in spot.ledger.checks)
    fits = spot.free(shape, where=lambda row: row[shape] is not None and (alone or row["stage"] == "OFFSET"))
    places = list(islice(fits, 2))
    if len(places) < 2:
        return None
    one, other = places
    corners = spot.rows[one][shape][9:-2].split(", ")
    corners[1], corners[2] = corners[2], corners[1]
    found = list(spot.change(one, **{shape: f"POLYGON(({', '.join(corners)}))"}))
    if (area := spot.column("area")) and spot.rows[other].get(area):
        found += spot.change(other, **{area: round(spot.rows[other][area] * Decimal("0.93"), 2)})
    return found


def _q07(spot: Spot) -> Found | None:
    shape = spot.column("shape")
    if not shape:
        lon, lat = spot.column("lon"), spot.column("lat")
        place = next(spot.free(lon, lat, where=lambda row: row[lon] is not None), None)
        return (
            place
            if place is None
            else spot.change(place, **{lon: spot.rows[place][lat], lat: spot.rows[place][lon]})
        )
    place = next(spot.free(shape, where=lambda row: row[shape] is not None), None)
    if place is None:
        return None
    plot = plot_of(spot.rows[place])
    away = square(plot.county, plot.lon, round(plot.lat - 3.2, 6), 0.0012)
    return spot.change(place, **moved(spot.rows[place], away))


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


def _f02(spot: Spot) -> Found | None:
    rows = spot.rows
    lon, place_ = spot.column("lon"), spot.column("place")
    taken = spot.column("taken_at")
    moving = lon or place_
    places = list(islice(spot.free(moving, where=lambda row: row[moving] is not None), 2))
    if not places:
        return None
    if lon:
        found = list(spot.change(places[0], **{lon: round(rows[places[0]][lon] + 0.03, 6)}))
        if taken and len(places) > 1 and rows[places[1]].get(taken):
            found += spot.change(places[1], **{taken: rows[places[1]][taken] + timedelta(hours=9)})
        return found
    west, south = point_of(rows[places[0]][place_])
    changed = {place_: f"POINT({west + 0.06:.6f} {south:.6f})"}
    if rows[places[0]].get("photo_lon") is not None:
        changed |= {"photo_lon": west + 0.06}
    return spot.change(places[0], **changed)


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


def _f11(spot: Spot) -> Found | None:
    shape, same = spot.column("shape"), spot.column("same")
    if spot.check.ledger is not None:
        return None

    # Rows of one thing lie on one another rightly, and those behind the changed one would be found too.
    last = {row[same]: place for place, row in enumerate(spot.rows)} if same else {}

    def fits(one: Row, other: Row) -> bool:
        return bool(one[shape] and other[shape] and (not same or one[same] != other[same]))

    for place, other in spot.pairs(shape, fits=fits):
        if last.get(spot.rows[other].get(same), 0) > place:
            continue
        beside, mine = plot_of(spot.rows[other]), plot_of(spot.rows[place])
        plot = square(mine.county, round(beside.lon + mine.side / 4, 6), beside.lat, mine.side)
        changed = moved(spot.rows[place], plot)
        changed |= {
            name: spot.rows[other][name] for name in (spot.column("top"), spot.column("bottom")) if name
        }
        spot.field.take(spot.ledger, other)
        return spot.change(place, **changed)
    return None


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


def _counties(spot: Spot) -> Found | None:
    value = spot.column("value")
    place = next(spot.free(where=lambda row: row[spot.column("region")].endswith("00")), None)
    return None if place is None else spot.change(place, **{value: spot.rows[place][value] + 7})


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


def _hours(spot: Spot) -> Found | None:
    expected = spot.column("expected")
    place = next(spot.free(where=lambda row: row["received_readings"] < row[expected]), None)
    return None if place is None else spot.change(place, **{expected: spot.rows[place][expected] - 1})


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


def _inside(spot: Spot) -> Found | None:
    shape = spot.column("shape")
    place = next(spot.free(shape), None)
    if place is None:
        return None
    plot = plot_of(spot.rows[place])
    beyond = square(plot.county, round(plot.lon + 0.0009, 6), plot.lat, 0.0012)
    return spot.change(place, **moved(spot.rows[place], beyond))


def _lineage_area(spot: Spot) -> Found | None:
    sizes = {row["parcel_code"]: row["area_m2"] for row in spot.field.city.rows("parcel_code")}
    unused = _unused(spot)
    place = next(spot.free(), None)
    for code in unused:
        parent = spot.rows[place]["parent_code"] if place is not None else None
        if place is not None and abs(sizes[code] - sizes[parent]) > sizes[parent] * Decimal("0.002"):
            return spot.change(place, child_code=code, kind="SPLIT")
    return None


def _unused(spot: Spot) -> list[str]:
    used = {row[name] for row in spot.rows for name in ("parent_code", "child_code")}
    taken = spot.field.city.rows("parcel_code")
    return [row["parcel_code"] for row in taken if row["parcel_code"] and row["parcel_code"] not in used]


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


def _notice(spot: Spot) -> Found | None:
    notice, event = spot.column("notice"), spot.column("event")
    place = next(spot.free(where=lambda row: row[event] is not None), None)
    return (
        None
        if place is None
        else spot.change(place, **{event: spot.rows[place][notice] + timedelta(days=10)})
    )


def _letters(spot: Spot) -> Found | None:
    place = next(spot.free("parcel_code"), None)
    if place is None:
        return None
    code = spot.rows[place]["parcel_code"]
    return spot.change(place, parcel_code=f"{code[:13]}I{code[14:]}")


def _platform(spot: Spot) -> Found | None:
    holder, kind, buyer = spot.column("holder"), spot.column("kind"), spot.column("buyer")
    platform = next((row[holder] for row in spot.rows if row[kind] == "PLATFORM"), None)
    place = next(spot.free(where=lambda row: row[buyer] is not None), None)
    return None if None in (platform, place) else spot.change(place or 0, **{buyer: platform})


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


def _stage_area(spot: Spot) -> Found | None:
    place = next(spot.free("geom", where=lambda row: row["stage"] == "USE"), None)
    if place is None:
        return None
    plot = plot_of(spot.rows[place])
    return spot.change(place, **moved(spot.rows[place], square(plot.county, plot.lon, plot.lat, 0.0022)))


def _too_near(spot: Spot) -> Found | None:
    rows = spot.rows
    for place in islice(spot.free("geom"), 60):
        for other in spot.field.sound(spot.ledger):
            if (
                other < place
                and rows[other]["region_code"] == rows[place]["region_code"]
                and _near(rows[place], rows[other])
            ):
                lon, lat = point_of(rows[other]["geom"])
                spot.field.take(spot.ledger, other)
                return spot.change(place, geom=f"POINT({lon + 0.00005:.6f} {lat:.6f})")
    return None


def _near(one: Row, other: Row) -> bool:
    """Whether two points lie in neighbouring cells: one can move to the other and stay by its hazard."""
    here, there = (point_of(row["geom"]) for row in (one, other))
    return abs(here[0] - there[0]) + abs(here[1] - there[1]) < 0.0032


def _worse(spot: Spot) -> Found | None:
    month, grade = spot.column("month"), spot.column("grade")
    place = next(spot.free(where=lambda row: row[month] is not None and not row[month].endswith("-01")), None)
    return None if place is None else spot.change(place, **{grade: "V"})


def _changed_late(spot: Spot) -> Found | None:
    """F10: a row that takes the place of another one after the freeze."""
    # A load sees the old row beside the new one: sums and journeys of both would be found too.
    if {check.code for check in spot.ledger.checks} & {"Q10-sum", "F03"}:
        return None
    names = [column.name for column in spot.ledger.columns]
    place = next(spot.free(*names), None)
    if place is None:
        return None
    spot.field.take(spot.ledger, place)
    row = copy_of(spot.field, spot.ledger, spot.rows[place])
    late = datetime.combine(spot.field.period.freeze + timedelta(days=9), time(9))
    row |= {"supersedes": spot.rows[place]["record_id"], "recorded_at": late}
    return spot.found(spot.field.add(spot.ledger, row))


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


PLANTERS: Mapping[str, Callable[[Spot], Found | None]] = {
    "Q08": _q08, "Q09": _q09, "Q12": _q12, "Q13": _q13, "Q06": _q06, "Q07": _q07, "F01": _f01, "F02": _f02,
    "F03": _f03, "F04": _f04, "F07": _f07, "F08": _f08, "F11": _f11, "F12": _f12, "F13": _f13, "F13b": _f13b,
    "F14": _f14, "F15": _f15, "Q03-stages": _stages, "Q03-window": _window, "Q03-in-force": _in_force,
    "Q10-carried": _carried, "Q10-counties": _counties, "Q10-falls": _falls, "Q10-hours": _hours,
    "Q10-jump": _jump, "Q10-rate": _jump, "Q10-sum": _sum, "code-again": _code_again, "inside": _inside,
    "lineage-area": _lineage_area, "lineage-cycle": _cycle, "notice": _notice, "parcel-letters": _letters,
    "platform-buyer": _platform, "repeated": _repeated, "shared-device": _shared_device,
    "stages": _stage_order, "stages-area": _stage_area, "too-near": _too_near, "worse-class": _worse,
    "Q09-reversal": _reversal, "F10": _changed_late, **registers.PLANTERS,
}  # fmt: skip


UNPLANTED = frozenset(("F05-end", "F09", "F09-none", "F10", "I18-A2"))
"""Planted, they would colour a large part of all rows, or need many years. They have tests of their own."""


def plant_checks(field: Field, ledger: Ledger) -> None:
    """One fault for every check over several rows that a ledger asks for, or has by itself."""
    for check in (*_always(ledger), *ledger.checks):
        if check.code in HEAPS or {check.code, check.reports} & UNPLANTED:
            continue
        spot = Spot(field, ledger, check)
        planter = PLANTERS.get(check.code)
        found = planter(spot) if planter is not None else None
        name = check.code if check.reports in (None, check.code) else f"{check.code} {check.reports}"
        if found is None:
            if check.code != "F11" or check.ledger is None:
                field.skipped.append((ledger.name, name))
        else:
            field.tell(ledger, name, f"{check.code}: {', '.join(check.columns.values())}"[:80], found)


def _always(ledger: Ledger) -> Iterator[Check]:
    asked = {check.code for check in ledger.checks}
    yield Check(code="Q08")
    names = {column.name for column in ledger.columns}
    if "recorded_at" in names and (ledger.happened or ledger.accepted_on) and not ledger.is_series:
        yield from (Check(code=code) for code in ("Q12", "Q13") if code not in asked)
        yield Check(code="F10")
