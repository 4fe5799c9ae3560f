"""Geometry as it is stored: CGCS2000 in degrees (EPSG:4490) as WKT, with plain columns beside it.

A shape is converted from the system that is declared: for the load (`--crs`), by the file, or by the row (its
EPSG number, its datum); degrees of CGCS2000 where nobody says anything. Positions of map services (GCJ-02,
BD-09) are converted only when they are declared as such. What cannot be of the declared system stays out of
the column, with a blocking finding that proposes one; the text of the source is kept beside it always.

Plain columns for a geometry `geom`: `_geom_source` (the text as it came, where it was changed),
`_geom_area_m2` (on the ellipsoid), `_geom_lon` and `_geom_lat` (a point on it), `_geom_zone` (its 3-degree
zone). Metrics need no geometry then.
"""

# pyright: reportUnknownMemberType=false
# What shapely does with arrays takes keywords that it has no types for.

from collections import Counter, defaultdict
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

import duckdb
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from hengliang.base.message import Message, message
from hengliang.measure.finding import Finding
from hengliang.measure.geometry import STORED, GeometryError, areas_m2, shapes
from hengliang.measure.load.map_services import from_bd09, from_gcj02
from hengliang.measure.load.systems import Datum, System, doubts, read_system, to_stored
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
            table.prepared = (*table.prepared, name)
    table.srid = STORED
    return done


def _prepare_column(
    table: Table, name: str, declared: System | None, of_file: System | None, done: Prepared
) -> None:
    connection, geometry = table.connection, quoted(name)
    says = [part for part in ("srid_source", "pos_datum", "pos_accuracy_m") if part in table.columns]
    listed = ", ".join(quoted(part) for part in ("_row", name, *says))
    connection.execute(
        "create or replace temp table _prepared (_row bigint, kept boolean, geom varchar, "
        "area_m2 decimal(18, 2), lon double, lat double, zone integer, srid bigint, accuracy decimal(24, 4))"
    )
    last = connection.sql(f"select max(_row) from {quoted(table.name)}").fetchall()[0][0] or 0
    for start in range(1, int(last) + 1, _AT_ONCE):
        rows = connection.sql(
            f"select {listed} from {quoted(table.name)} where {geometry} is not null "
            f"and _row between {start} and {start + _AT_ONCE - 1} order by _row"
        ).fetchall()
        if not rows:
            continue
        given = [_Given(row[0], row[1], dict(zip(says, row[2:], strict=True))) for row in rows]
        with _seen(connection, _made(given, name, declared, of_file, done)):
            connection.execute(
                "insert into _prepared select _row, kept, geom::varchar, "
                # Hundredths: no decimal is lost on the way.
                "cast(hundredths * 0.01::decimal(3, 2) as decimal(18, 2)), lon, lat, "
                "zone::integer, srid, accuracy::varchar::decimal(24, 4) from _made"
            )
    _joined(table, name)


@contextmanager
def _seen(connection: duckdb.DuckDBPyConnection, made: Mapping[str, NDArray[Any]]) -> Generator[None]:
    """Shows arrays to the engine as the table `_made`."""
    connection.register("_made", made)
    try:
        yield
    finally:
        connection.unregister("_made")


def _joined(table: Table, name: str) -> None:
    """Puts what was prepared into the table."""
    column = quoted(name)
    replaced = [f"case when p.kept then t.{column} else p.geom end as {column}"]
    added = [f"case when not p.kept then t.{column} end as {quoted(f'_{name}_source')}"]
    added += [f"p.{part} as {quoted(f'_{name}_{part}')}" for part in PLAIN]
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


class _Given(NamedTuple):
    row: int
    text: str
    says: Mapping[str, Any]


def _made(
    given: Sequence[_Given], column: str, declared: System | None, of_file: System | None, done: Prepared
) -> dict[str, NDArray[Any]]:
    """What is stored of some rows, as arrays. Shapes of one system are converted together."""
    count = len(given)
    figures = _shapes([one.text for one in given])
    # Whoever is not of a system, or not where it can be, is refused: nothing is stored but the source.
    after = np.full(count, None, dtype=object)
    made: dict[str, NDArray[Any]] = {
        "_row": np.array([one.row for one in given], dtype=np.int64),
        "kept": np.zeros(count, dtype=bool),
        "geom": np.full(count, None, dtype=object),
        "srid": np.ma.array(np.zeros(count, dtype=np.int64), mask=True),
        "accuracy": np.full(count, None, dtype=object),
    }

    def refuse(at: int, code: str, reason: Message) -> None:
        done.findings.append(Finding(code, given[at].row, "blocking", reason, column=column))

    by_system: dict[tuple[object, object], list[int]] = defaultdict(list)
    for at, one in enumerate(given):
        if figures[at] is None:
            refuse(at, "Q06", message("the text is no geometry in WKT"))
        else:
            by_system[one.says.get("srid_source"), one.says.get("pos_datum")].append(at)
    for (srid, datum), members in by_system.items():
        try:
            system = _system(srid, datum, declared, of_file)
            reasons = doubts(system, figures[members])
        except GeometryError as error:
            for at in members:
                refuse(at, "Q07", error.reason)
            continue
        taken: list[int] = []
        for at, reason in zip(members, reasons, strict=True):
            if reason is None:
                taken.append(at)
            else:
                refuse(at, "Q07", reason)
        if not taken:
            continue
        if system.crs not in ("EPSG:4490", "EPSG:4326") or system.datum != "CGCS2000":
            done.converted[system.name] += len(taken)
        converted = _converted(system, figures[taken])
        after[taken] = converted
        _keep_texts([given[at] for at in taken], taken, figures[taken], converted, made)
        if system.number is not None:
            made["srid"][taken] = system.number
        for at in taken:
            made["accuracy"][at] = _accuracy(given[at], system, done)
    made.update(_plain(after))
    return made


def _system(srid: object, datum: object, declared: System | None, of_file: System | None) -> System:
    """The system of a row that says these. Raises GeometryError."""
    system = declared or of_file or (read_system(str(srid)) if srid is not None else _DEGREES)
    named = _DATUMS.get(str(datum))
    return system if named is None or declared is not None else System(system.crs, named)


def _shapes(texts: Sequence[str]) -> NDArray[Any]:
    """The shapes of texts: WKT, EWKT, GeoJSON or WKB in hexadecimal digits; None for another text."""
    figures = shapes(texts)
    for at in np.flatnonzero(shapely.is_missing(figures)).tolist():
        figures[at] = _shape(texts[at])
    return figures


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
    flat: NDArray[Any] = shapely.force_2d(figures)
    if system == _DEGREES:
        return flat

    def changed(corners: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = to_stored(system).transform(corners[:, 0], corners[:, 1])
        if system.datum != "CGCS2000":
            x, y = (from_gcj02 if system.datum == "GCJ02" else from_bd09)(np.asarray(x), np.asarray(y))
        return np.column_stack([x, y])

    return shapely.transform(flat, changed)


def _keep_texts(
    given: Sequence[_Given],
    places: Sequence[int],
    before: NDArray[Any],
    after: NDArray[Any],
    made: Mapping[str, NDArray[Any]],
) -> None:
    """A text that is WKT of the stored system already stays as it was written; others are written anew."""
    is_wkt = np.array([one.text[:1].isalpha() and ";" not in one.text for one in given])
    same = shapely.equals_exact(before, after, 0) & is_wkt
    made["kept"][places] = same
    changed = np.array(places)[~same]
    made["geom"][changed] = shapely.to_wkt(after[~same], rounding_precision=_DIGITS)


def _plain(figures: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """The plain columns of shapes in degrees; None has none."""
    middles = shapely.centroid(figures)
    valid = shapely.is_valid(figures)
    middles[valid] = shapely.point_on_surface(figures[valid])
    lon, lat = (np.ma.masked_invalid(part) for part in (shapely.get_x(middles), shapely.get_y(middles)))
    wide = shapely.area(figures) > 0
    hundredths = np.ma.array(np.zeros(len(figures), dtype=np.int64), mask=shapely.is_missing(figures))
    hundredths[wide] = [
        int(Decimal(repr(area)).quantize(Decimal("0.01")).scaleb(2))
        for area in areas_m2(figures[wide]).tolist()
    ]
    return {"lon": lon, "lat": lat, "zone": (lon + 1.5) // 3, "hundredths": hundredths}


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
