"""Parquet, GeoParquet included: the types of the file become text, and are read like all text."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import shapely

from hengliang.base.message import message
from hengliang.form.errors import Damaged
from hengliang.measure.load.headings import heading_row
from hengliang.measure.load.source import Asked, Row, Source, digest_of, no_headings
from hengliang.measure.memory import limits
from hengliang.measure.table import literal, quoted

_AT_ONCE = 10_000


def parquet_source(path: Path, asked: Asked) -> Source:
    """The rows of a Parquet file. Raises UnreadableFile, HeadingError."""
    try:
        with duckdb.connect(config=limits()) as connection:
            file = literal(str(path.resolve()))
            described = connection.sql(
                f"describe select * from read_parquet({file}, hive_partitioning = false)"
            )
            types = [(str(name), str(kind)) for name, kind, *_ in described.fetchall()]
            shapes, crs = _geo(connection, file)
    except duckdb.Error as error:
        raise Damaged(
            str(path),
            message("the file is damaged: it cannot be read as {kind}", kind="Parquet"),
            message("ask the sender for the file again, or open it in its program and save it anew"),
        ) from error
    headings = tuple(name for name, _ in types)
    if heading_row([headings], asked.ledger, asked.mapping) is None:
        raise no_headings(path, asked.ledger)
    cells = [_cell(name, kind) for name, kind in types]
    select = ", ".join(f"{cell} as c{at}" for at, cell in enumerate(cells, 1))
    scan = f"select {select} from read_parquet({file}, hive_partitioning = false)"
    wkb = [at for at, name in enumerate(headings) if name in shapes]
    return Source(
        path.name, digest_of(path), headings, _rows(scan, wkb), 1, scan=None if wkb else scan, crs=crs
    )


def _geo(connection: duckdb.DuckDBPyConnection, file: str) -> tuple[set[str], str | None]:
    """The columns that hold shapes, and their system, as GeoParquet says in its metadata."""
    rows = connection.sql(f"select value from parquet_kv_metadata({file}) where key = 'geo'").fetchall()
    if not rows:
        return set(), None
    try:
        geo: dict[str, Any] = json.loads(bytes(rows[0][0]).decode())
        columns: dict[str, Any] = geo["columns"]
        crs: Any = columns[geo["primary_column"]].get("crs", "EPSG:4326")
        return {*columns}, crs if isinstance(crs, str) else json.dumps(crs) if crs else None
    except (ValueError, KeyError, AttributeError, TypeError):
        return set(), None


def _cell(name: str, kind: str) -> str:
    column = quoted(name)
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"strftime(to_timestamp(epoch({column})) at time zone 'UTC', '%Y-%m-%dT%H:%M:%SZ')"
    if kind.startswith("TIMESTAMP"):
        return f"strftime({column}, '%Y-%m-%dT%H:%M:%S')"
    if kind.endswith("[]"):
        return f"array_to_string({column}, '；')"
    if kind == "BLOB" or kind.startswith("GEOMETRY"):
        return column
    if kind in ("DOUBLE", "FLOAT"):
        whole = f"{column} = trunc({column}) and abs({column}) < 1e15"
        texts = f"cast(cast({column} as bigint) as varchar) else cast({column} as varchar)"
        return f"case when {whole} then {texts} end"
    return f"nullif(trim(cast({column} as varchar)), '')"


def _rows(scan: str, wkb: Sequence[int]) -> Iterator[Row]:
    with duckdb.connect(config=limits()) as connection:
        found = connection.execute(scan)
        while rows := found.fetchmany(_AT_ONCE):
            for row in rows:
                cells = list(row)
                for at in wkb:
                    cells[at] = _wkt(cells[at])
                yield cells


def _wkt(value: object) -> str | None:
    """The shape as WKT; what is no shape stays as it is, and is refused with its row."""
    if value is None:
        return None
    if not isinstance(value, bytes):
        return str(value)
    try:
        return shapely.to_wkt(shapely.from_wkb(value), rounding_precision=-1)
    except shapely.GEOSException:
        return value.hex()
