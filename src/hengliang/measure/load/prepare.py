"""Geometry as it is stored: CGCS2000 in degrees (EPSG:4490) as WKT, with plain columns beside it.

A shape is converted from the system that is declared: for the load (`--crs`), by the file, or by the row (its
EPSG number, its datum); degrees of CGCS2000 where nobody says anything. Positions of map services (GCJ-02,
BD-09) are converted only when they are declared as such. What cannot be of the declared system stays out of
the column, with a blocking finding that proposes one; the text of the source is kept beside it always.

Plain columns for a geometry `geom`: `_geom_source` (the text as it came, where it was changed),
`_geom_area_m2` (on the ellipsoid), `_geom_lon` and `_geom_lat` (a point on it), `_geom_zone` (its 3-degree
zone). Metrics need no geometry then.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from hengliang.base.message import Message, message
from hengliang.measure.finding import Finding
from hengliang.measure.geometry import STORED, GeometryError, area_m2
from hengliang.measure.load.map_services import from_bd09, from_gcj02
from hengliang.measure.load.systems import Datum, System, doubt, read_system, to_stored
from hengliang.measure.table import Table, quoted

PLAIN = ("area_m2", "lon", "lat", "zone")
"""The plain columns beside a geometry."""
_AT_ONCE = 5_000
_LEAST_ACCURACY = Decimal(10)
"""Metres: a position of a map service is no better, whatever the row says."""
_DIGITS = 10
"""Decimal places of degrees: a hundredth of a millimetre."""
_DEGREES = System(f"EPSG:{STORED}")
_DATUMS: dict[str, Datum] = {"GCJ02": "GCJ02", "BD09": "BD09"}


@dataclass(slots=True)
class Prepared:
    """What came of it: findings of rows, and what was converted, for the batch."""

    findings: list[Finding] = field(default_factory=list[Finding])
    converted: Counter[str] = field(default_factory=Counter[str])

    @property
    def notes(self) -> tuple[Message, ...]:
        """What is said of the conversions."""
        return tuple(
            message("converted from {system} to EPSG:4490: {count} rows", system=name, count=count)
            for name, count in sorted(self.converted.items())
        )


def prepare(table: Table, declared: System | None, of_file: System | None) -> Prepared:
    """Converts all geometry of a table in place. `declared` is what the person who loads says, `of_file` what
    the file says; rows say what these do not."""
    done = Prepared()
    names = [column.name for column in table.ledger.columns if column.type == "geometry"]
    for name in names:
        if name in table.columns:
            _prepare_column(table, name, declared, of_file, done)
    table.srid = STORED
    return done


def _prepare_column(
    table: Table, name: str, declared: System | None, of_file: System | None, done: Prepared
) -> None:
    parts = {part: part for part in ("srid_source", "pos_datum", "pos_accuracy_m") if part in table.columns}
    table.connection.execute(
        "create or replace temp table _prepared (_row bigint, geom varchar, source varchar, "
        "area_m2 decimal(18, 2), lon double, lat double, zone integer, srid bigint, accuracy decimal(24, 4))"
    )
    rows = [row for row in table.rows(name, *parts) if row[1] is not None]
    for start in range(0, len(rows), _AT_ONCE):
        some = [
            _Given(row[0], row[1], dict(zip(parts, row[2:], strict=True)))
            for row in rows[start : start + _AT_ONCE]
        ]
        made = _made(some, name, declared, of_file, done)
        lists = [list(cells) for cells in zip(*made, strict=True)]
        kinds = (
            "bigint",
            "varchar",
            "varchar",
            "decimal(18, 2)",
            "double",
            "double",
            "integer",
            "bigint",
            "decimal(24, 4)",
        )
        values = ", ".join(f"unnest(${at}::{kind}[])" for at, kind in enumerate(kinds, 1))
        table.connection.execute(f"insert into _prepared select {values}", lists)
    _joined(table, name)


def _joined(table: Table, name: str) -> None:
    """Puts what was prepared into the table."""
    column = quoted(name)
    replaced = [f"p.geom as {column}"]
    added = [f"p.{part} as {quoted(f'_{name}_{part}')}" for part in ("source", *PLAIN)]
    known = {column.name for column in table.ledger.columns}
    if "pos_accuracy_m" in table.columns:
        replaced.append("coalesce(p.accuracy, t.pos_accuracy_m) as pos_accuracy_m")
    if "srid_source" in table.columns:
        replaced.append("coalesce(t.srid_source, p.srid) as srid_source")
    elif "srid_source" in known:
        added.append("p.srid as srid_source")
        table.columns = (*table.columns, "srid_source")
    name_of = quoted(table.name)
    table.connection.execute(
        f"create or replace table {name_of} as "
        f"select t.* replace ({', '.join(replaced)}), {', '.join(added)} "
        f"from {name_of} t left join _prepared p using (_row) order by _row"
    )


@dataclass(frozen=True, slots=True)
class _Given:
    row: int
    text: str
    says: Mapping[str, Any]

    def system(self, declared: System | None, of_file: System | None) -> System:
        """The system of this row. Raises GeometryError."""
        srid = self.says.get("srid_source")
        system = declared or of_file or (read_system(str(srid)) if srid is not None else _DEGREES)
        datum = _DATUMS.get(str(self.says.get("pos_datum")))
        return system if datum is None or declared is not None else System(system.crs, datum)


Made = tuple[
    int,
    str | None,
    str | None,
    Decimal | None,
    float | None,
    float | None,
    int | None,
    int | None,
    Decimal | None,
]


def _made(
    given: Sequence[_Given], column: str, declared: System | None, of_file: System | None, done: Prepared
) -> list[Made]:
    """The stored shapes of some rows. Those of one system are converted together."""
    by_system: dict[System, list[tuple[_Given, BaseGeometry]]] = defaultdict(list)
    made: list[Made] = []

    def refuse(one: _Given, code: str, reason: Message) -> None:
        done.findings.append(Finding(code, one.row, "blocking", reason, column=column))
        made.append((one.row, None, one.text, None, None, None, None, None, None))

    for one, figure in zip(given, _shapes([one.text for one in given]), strict=True):
        if figure is None:
            refuse(one, "Q06", message("the text is no geometry in WKT"))
            continue
        try:
            system = one.system(declared, of_file)
            reason = None if figure.is_empty else doubt(system, figure.bounds)
        except GeometryError as error:
            refuse(one, "Q07", error.reason)
            continue
        if reason is not None:
            refuse(one, "Q07", reason)
        else:
            by_system[system].append((one, figure))
    for system, members in by_system.items():
        if system.crs not in ("EPSG:4490", "EPSG:4326") or system.datum != "CGCS2000":
            done.converted[system.name] += len(members)
        made += _stored_as(system, members, column, done)
    return made


def _shapes(texts: Sequence[str]) -> list[BaseGeometry | None]:
    """The shapes of texts: WKT, EWKT, GeoJSON or WKB in hexadecimal digits; None for another text."""
    return [_shape(text) if figure is None else figure for text, figure in zip(
        texts, shapely.from_wkt(np.array(texts, dtype=object), on_invalid="ignore"), strict=True
    )]  # fmt: skip


def _shape(text: str) -> BaseGeometry | None:
    try:
        if text.startswith("{"):
            return shapely.from_geojson(text)
        if text[:1] == "0":
            return shapely.from_wkb(bytes.fromhex(text))
        mark, _, rest = text.partition(";")
        return shapely.from_wkt(rest) if mark.upper().startswith("SRID=") else None
    except (shapely.GEOSException, ValueError, TypeError, RecursionError):
        return None


def _converted(system: System, figures: NDArray[Any]) -> NDArray[Any]:
    """The shapes in degrees of CGCS2000, without heights."""
    flat: NDArray[Any] = shapely.force_2d(figures)  # pyright: ignore[reportUnknownMemberType]
    if system == _DEGREES:
        return flat

    def changed(corners: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = to_stored(system).transform(corners[:, 0], corners[:, 1])
        if system.datum != "CGCS2000":
            x, y = (from_gcj02 if system.datum == "GCJ02" else from_bd09)(np.asarray(x), np.asarray(y))
        return np.column_stack([x, y])

    return shapely.transform(flat, changed)


def _stored_as(
    system: System, members: Sequence[tuple[_Given, BaseGeometry]], column: str, done: Prepared
) -> Iterator[Made]:
    """What is stored of shapes of one system."""
    before = np.array([figure for _, figure in members], dtype=object)
    after = _converted(system, before)
    texts: NDArray[Any] = shapely.to_wkt(after, rounding_precision=_DIGITS)
    same = shapely.equals_exact(before, after, 0)
    middles = shapely.centroid(after)
    valid = shapely.is_valid(after)
    middles[valid] = shapely.point_on_surface(after[valid])
    areas: NDArray[np.float64] = shapely.area(after)  # pyright: ignore[reportUnknownMemberType]
    for at, (one, _) in enumerate(members):
        # A text that is WKT of the stored system already stays as it was written.
        is_same = same[at] and one.text[:1].isalpha() and ";" not in one.text
        area, middle = Decimal(0), middles[at]
        if areas[at]:
            area = Decimal(repr(area_m2(after[at]))).quantize(Decimal("0.01"))
        lon, lat, zone = None, None, None
        if not middle.is_empty:
            lon, lat, zone = middle.x, middle.y, int((middle.x + 1.5) // 3)
        text = one.text if is_same else str(texts[at])
        source = None if is_same else one.text
        accuracy = _accuracy(one, system, done)
        yield (one.row, text, source, area, lon, lat, zone, system.number, accuracy)


def _accuracy(one: _Given, system: System, done: Prepared) -> Decimal | None:
    """The accuracy of a position of a map service, where the row says a better one."""
    if system.datum == "CGCS2000" or "pos_accuracy_m" not in one.says:
        return None
    said = one.says["pos_accuracy_m"]
    if said is not None and said >= _LEAST_ACCURACY:
        return None
    reason = message(
        "converted from {system}: the position is no better than {metres} m",
        system=system.name, metres=_LEAST_ACCURACY,
    )  # fmt: skip
    figures = {} if said is None else {"pos_accuracy_m": said}
    done.findings.append(Finding("Q07", one.row, "note", reason, column="pos_accuracy_m", figures=figures))
    return _LEAST_ACCURACY
