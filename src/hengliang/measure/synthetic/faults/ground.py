"""Where things lie: outlines that cross themselves or one another, positions elsewhere.

As in `several`: a planter changes rows and tells where its check must report; None where no row fits.
"""

from datetime import timedelta
from decimal import Decimal
from itertools import islice

from hengliang.measure.synthetic.city import Row
from hengliang.measure.synthetic.faults.rows import moved, plot_of, point_of
from hengliang.measure.synthetic.faults.spot import Found, Planters, Spot
from hengliang.measure.synthetic.places import square


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


def _inside(spot: Spot) -> Found | None:
    shape = spot.column("shape")
    place = next(spot.free(shape), None)
    if place is None:
        return None
    plot = plot_of(spot.rows[place])
    beyond = square(plot.county, round(plot.lon + 0.0009, 6), plot.lat, 0.0012)
    return spot.change(place, **moved(spot.rows[place], beyond))


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


PLANTERS: Planters = {
    "Q06": _q06, "Q07": _q07, "F02": _f02, "F11": _f11, "inside": _inside, "stages-area": _stage_area,
    "too-near": _too_near,
}  # fmt: skip
