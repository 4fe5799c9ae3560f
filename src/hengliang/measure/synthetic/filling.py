"""The shared column groups of a record, where its story leaves them out: who recorded it when, with what
evidence, photo, position and acceptance. Every record says that it is synthetic."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from shapely import get_coordinates

from hengliang.measure.definition import Ledger
from hengliang.measure.geometry import shape
from hengliang.measure.synthetic.city import City, Row
from hengliang.measure.synthetic.codes import document_no, uscc
from hengliang.measure.synthetic.dice import Dice, digest
from hengliang.measure.synthetic.places import PLACE

SOURCE = "合成数据"
"""What stands in `source_system` of every record, and in the name of every file."""


def filled(city: City, ledger: Ledger, rows: Sequence[Row], dice: Dice) -> list[Row]:
    """The rows with all columns of the ledger, in its order."""
    visits: Counter[date] = Counter()
    found: list[Row] = []
    for number, row in enumerate(rows, 1):
        own = dict(row)
        for group in (group for group in _GROUPS if group in ledger.groups):
            for name, value in _GROUPS[group](city, ledger, own, number, dice, visits).items():
                own.setdefault(name, value)
        found.append({column.name: own.get(column.name) for column in ledger.columns})
    return found


def events(ledger: Ledger, row: Row) -> list[date]:
    """The days on which what the row records happened."""
    names = [name for name in (ledger.happened, ledger.accepted_on) if name]
    dated = [check for check in ledger.checks if check.code == "Q12"]
    names += [name for check in dated for name in (*check.columns.values(), *check.optional.values())]
    days = [row.get(name) for name in names if name != "recorded_at"]
    return [
        value.date() if isinstance(value, datetime) else value for value in days if isinstance(value, date)
    ]


def _record(city: City, ledger: Ledger, row: Row, number: int, dice: Dice, visits: Counter[date]) -> Row:
    known = max(events(ledger, row), default=dice.day(city.first, city.last))
    recorded = datetime.combine(known + timedelta(days=dice.whole(1, 9)), time()) + timedelta(
        seconds=dice.whole(8 * 3600, 18 * 3600)
    )
    return {
        "record_id": dice.uuid(),
        "region_code": PLACE.code,
        "fiscal_year": city.year,
        "source_system": SOURCE,
        "recorded_at": recorded,
        "recorded_by": f"R{dice.whole(1, 60):03d}",
    }


def _evidence(city: City, ledger: Ledger, row: Row, number: int, dice: Dice, visits: Counter[date]) -> Row:
    name = f"HC-{ledger.name}-{number:07d}"
    return {"evidence_id": [name], "evidence_sha256": [digest(city.seed, name)]}


def _photo(city: City, ledger: Ledger, row: Row, number: int, dice: Dice, visits: Counter[date]) -> Row:
    at = _visit(ledger, row)
    if at is None:
        return {}
    taken = at + timedelta(minutes=dice.whole(5, 40))
    lon, lat = _where(row)
    return {
        "photo_sha256": digest(city.seed, ledger.name, "photo", number),
        "photo_phash": dice.phash(),
        "photo_taken_at": taken,
        "photo_lon": lon,
        "photo_lat": lat,
        "photo_azimuth": dice.whole(0, 359),
    }


def _who(city: City, ledger: Ledger, row: Row, number: int, dice: Dice, visits: Counter[date]) -> Row:
    at = _visit(ledger, row)
    # Nobody has two visits on one day: the n-th visit of a day is made by the n-th person.
    day = at.date() if at is not None else city.first
    visits[day] += 1
    who: Row = {
        "person_id": f"U{visits[day]:04d}",
        "team_uscc": uscc(700 + visits[day] % 40),
        "device_id": f"PAD-{visits[day]:04d}",
    }
    if at is not None:
        who |= {"start_at": at, "end_at": at + timedelta(minutes=dice.whole(45, 150))}
    return who


def _visit(ledger: Ledger, row: Row) -> datetime | None:
    """When somebody was there: the start that the row says, or the morning on which it happened."""
    at: Any = row.get("start_at") or row.get(ledger.happened or "")
    return at if at is None or isinstance(at, datetime) else datetime.combine(at, time(9, 30))


def _where(row: Row) -> tuple[float | None, float | None]:
    if row.get("lon") is not None:
        return row["lon"], row["lat"]
    if row.get("geom") is None:
        return None, None
    corners = get_coordinates(shape(row["geom"]))
    lons, lats = ([float(value) for value in corners[:, at]] for at in (0, 1))
    return round((min(lons) + max(lons)) / 2, 6), round((min(lats) + max(lats)) / 2, 6)


def _point(city: City, ledger: Ledger, row: Row, number: int, dice: Dice, visits: Counter[date]) -> Row:
    plot = city.land.plot(ledger.name)
    return {
        "geom": plot.point,
        "pos_method": dice.pick(("RTK", "CORS", "GNSS_PHONE")),
        "pos_accuracy_m": dice.amount(0.02, 5, 2),
        "pos_datum": "CGCS2000",
    }


def _surface(city: City, ledger: Ledger, row: Row, number: int, dice: Dice, visits: Counter[date]) -> Row:
    plot = city.land.plot(ledger.name, 0.0004 + dice.whole(0, 8) * 0.0001)
    return {"geom": plot.wkt, "area_m2": plot.area, "srid_source": 4490}


def _acceptance(city: City, ledger: Ledger, row: Row, number: int, dice: Dice, visits: Counter[date]) -> Row:
    day = row.get("accepted_on")
    if day is None:
        return {"accepted": False}
    name = document_no("验", day.year, number)
    return {"accepted": True, "accepted_by": f"V{dice.whole(1, 40):03d}", "acceptance_doc_no": name}


def _money(city: City, ledger: Ledger, row: Row, number: int, dice: Dice, visits: Counter[date]) -> Row:
    budget = row.get("budget_yuan") or dice.amount(50_000, 900_000)
    contract = row.get("contract_yuan") or round(budget * dice.amount(0.85, 1, 4), 2)
    return {
        "budget_yuan": budget,
        "contract_yuan": contract,
        "paid_yuan": round(contract * dice.amount(0.3, 0.99, 4), 2),
        "fund_source": dice.pick(("GENERAL", "FUND")),
    }


_GROUPS = {
    "S": _surface, "L": _point, "R": _acceptance, "M": _money, "W": _who, "P": _photo, "E": _evidence,
    "A": _record,
}  # fmt: skip
"""A photo is taken where the object lies, and a record is made when all has happened."""
