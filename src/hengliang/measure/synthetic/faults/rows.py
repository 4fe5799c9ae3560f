"""Records changed without making more wrong than was meant: copies, moved places, moved times."""

from datetime import datetime, timedelta
from typing import Any

from hengliang.measure.definition import Ledger
from hengliang.measure.synthetic.city import Row
from hengliang.measure.synthetic.codes import document_no, parcel
from hengliang.measure.synthetic.dice import digest
from hengliang.measure.synthetic.faults.plan import Field
from hengliang.measure.synthetic.filling import filled
from hengliang.measure.synthetic.places import Plot, square


def copy_of(field: Field, ledger: Ledger, row: Row) -> Row:
    """The row as a record of its own: other ids, evidence, photo, person, place; the same business key."""
    field.serials[ledger.name] += 1
    serial = field.serials[ledger.name]
    dice = field.dice(ledger.name, "copy", serial)
    changed: Row = {}
    for check in ledger.checks:
        for part, name in (*check.columns.items(), *check.optional.items()):
            if name in (*ledger.key, "accepted_by") or row.get(name) is None or check.code in ("Q12", "Q13"):
                continue
            is_same = part == "same" and check.code == "repeated" and name != "parcel_code"
            if is_same or part in ("photo", "payload", "device"):
                listed = isinstance(row[name], list)
                changed[name] = (
                    [digest(ledger.name, serial, name)] if listed else digest(ledger.name, serial, name)
                )
            elif part == "near":
                changed[name] = dice.phash()
            elif part.startswith(("person", "account")):
                changed[name] = f"U8{serial:03d}{part[-1]}"
            elif name == "parcel_code" and part in ("same", "code"):
                changed[name] = parcel(row["region_code"], 80_000 + serial)
            elif part == "number":
                changed[name] = document_no("副", field.city.year, 1000 * serial)
            elif check.code == "too-near":
                lon, lat = point_of(row[name])
                changed[name] = f"POINT({lon + 0.0006:.6f} {lat:.6f})"
    for names in ledger.unique:
        changed |= {name: f"{row[name]}-{serial}" for name in names if name not in ledger.key and row[name]}
    if "record_id" in row:
        changed["record_id"] = dice.uuid()
        changed["evidence_id"] = [f"HC-{ledger.name}-C{serial}"]
        changed["evidence_sha256"] = [digest(ledger.name, "copy", serial)]
        if isinstance(row.get("recorded_at"), datetime):
            changed["recorded_at"] = row["recorded_at"] + timedelta(minutes=7)
    if _is_partition(ledger) and str(row.get("geom")).startswith("POLYGON"):
        old = plot_of(row)
        changed |= moved(row, field.city.land.spare(old.county, old.side))
    return filled(field.city, ledger, [{**row, **changed}], dice)[0]


def _is_partition(ledger: Ledger) -> bool:
    return any(check.code == "F11" and "same" not in check.optional for check in ledger.checks)


def moved(row: Row, plot: Plot) -> Row:
    """The columns of a surface, on another plot."""
    changed: Row = {"geom": plot.wkt}
    if "area_m2" in row:
        changed["area_m2"] = plot.area
    return changed


def plot_of(row: Row) -> Plot:
    """The square that a row's surface is."""
    corners = [tuple(map(float, pair.split())) for pair in row["geom"][9:-2].split(",")[:4]]
    lons, lats = zip(*corners, strict=True)
    side = max(lons) - min(lons)
    middle = (max(lons) + min(lons)) / 2, (max(lats) + min(lats)) / 2
    return square(row["region_code"], round(middle[0], 6), round(middle[1], 6), round(side, 6))


def point_of(wkt: str) -> tuple[float, float]:
    """The longitude and latitude of a point."""
    lon, lat = wkt[6:-1].split()
    return float(lon), float(lat)


def later(row: Row, by: timedelta) -> Row:
    """The instants of a row, moved by so much."""
    return {name: value + by for name, value in row.items() if isinstance(value, datetime)}


def value_like(value: Any) -> str:
    """A code of the same form that nothing has."""
    text = str(value)
    cut = min(4, len(text))
    return text[:-cut] + "".join("9" if char.isdigit() else char for char in text[-cut:])
