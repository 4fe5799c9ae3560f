"""The records of a batch, page by page, by what became of them, and where they lie."""

import json
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, NamedTuple, cast

import duckdb
import shapely

from hengliang.measure.definition import Ledger
from hengliang.measure.geometry import STORED, GeometryError, shape
from hengliang.measure.memory import limits
from hengliang.measure.store import RECORDS, Batch, Store
from hengliang.measure.table import quoted
from hengliang.web.accounts.models import Organisation
from hengliang.web.evidence.queries import store_folder
from hengliang.web.evidence.told import Told

PAGE = 50
ON_MAP = 1000
"""Records that a map shows; more would hide one another and make the page heavy."""

_READERS = 4
"""Pages that are read at once share the memory that one measuring may have."""

State = Literal["counted", "left_out", "blocked", "questioned", "other"]
STATES: tuple[State, ...] = ("counted", "left_out", "blocked", "questioned", "other")


class Record(NamedTuple):
    """One record: its row in the file, what became of it and why, and its texts by column."""

    row: int
    state: State
    reason: str
    cells: list[str]
    questioned: str


class Records(NamedTuple):
    """A page of records; `total` is the number of all that were asked for."""

    columns: list[str]
    rows: list[Record]
    total: int
    hidden: int
    """Columns that the reader may not see."""
    counts: dict[State, int]


def records(
    organisation: Organisation,
    found: Batch,
    ledger: Ledger,
    told: Told | None,
    page: int,
    state: State | None = None,
    persons: bool = False,
) -> Records:
    """A page of the records of a batch, counted from 1; `told` is what a metric said of them."""
    names = [name for name in found.columns if not name.startswith("_")]
    kept = _personal(ledger, persons)
    columns = [name for name in names if name not in kept]
    with _opened(organisation, found, told) as connection:
        counts = cast("dict[State, int]", dict(connection.execute(
            "select state, count(*) from records group by state").fetchall()))  # fmt: skip
        known = {row[0] for row in connection.execute("describe records").fetchall()}
        shown = "".join(f", {_shown(name, ledger, known)}" for name in columns)
        where = "where state = ?" if state else ""
        rows = connection.execute(
            f"select number, state, coalesce(_blocked, why, ''), coalesce(_questioned, ''){shown} "
            f"from records {where} order by number limit {PAGE} offset {(page - 1) * PAGE}",
            [state] if state else [],
        ).fetchall()
    made = [
        Record(row[0], row[1], row[2], ["" if cell is None else cell for cell in row[4:]], row[3])
        for row in rows
    ]
    total = counts.get(state, 0) if state else sum(counts.values())
    return Records(columns, made, total, len(names) - len(columns), counts)


def _shown(name: str, ledger: Ledger, known: set[str]) -> str:
    """SQL for a cell as text; of a shape the middle of it, which people can look up."""
    middle = (f"_{name}_lon", f"_{name}_lat")
    shapes = {column.name for column in ledger.columns if column.type == "geometry"}
    if name in shapes and known.issuperset(middle):
        return " || ', ' || ".join(f"cast(round({quoted(part)}, 5) as varchar)" for part in middle)
    return _texts([name])


def _personal(ledger: Ledger, persons: bool) -> set[str]:
    """The columns that the reader may not see."""
    return set[str]() if persons else {column.name for column in ledger.columns if column.personal}


class Place(NamedTuple):
    """A record on the map: its row in the file, its name, what became of it, and a GeoJSON geometry."""

    row: int
    name: str
    state: State
    geometry: dict[str, Any]


def places(
    organisation: Organisation,
    found: Batch,
    ledger: Ledger,
    told: Told | None,
    state: State | None = None,
    persons: bool = False,
) -> list[Place]:
    """Where the records lie, the first `ON_MAP` of them; nothing for a ledger without places, or whose places
    tell where persons were, unless `persons`."""
    kept = _personal(ledger, persons)
    where = _place_of(found, ledger)
    if where is None or kept & set(where):
        return []
    shown = [name for name in ledger.shown or ledger.key if name in found.columns and name not in kept]
    label = f"concat_ws(' ', {_texts(shown)})" if shown else "''"
    only = "and state = ?" if state else ""
    with _opened(organisation, found, told) as connection:
        rows = connection.execute(
            f"select number, {label}, state, {_texts(where)} "
            f"from records where {quoted(where[0])} is not null {only} order by number limit {ON_MAP}",
            [state] if state else [],
        ).fetchall()
    return [Place(row[0], row[1], row[2], geometry) for row in rows if (geometry := _geometry(row[3:]))]


def _texts(columns: Sequence[str]) -> str:
    return ", ".join(f"cast({quoted(name)} as varchar)" for name in columns)


def _place_of(found: Batch, ledger: Ledger) -> tuple[str, ...] | None:
    """The columns that say where a record lies: a shape in the stored system, else longitude and latitude."""
    shapes = [column.name for column in ledger.columns if column.type == "geometry"]
    if found.srid == STORED:
        named = next((name for name in shapes if name in found.columns), None)
        if named is not None:
            return (named,)
    return ("lon", "lat") if {"lon", "lat"} <= set(found.columns) else None


def _geometry(cells: Sequence[str | None]) -> dict[str, Any] | None:
    try:
        if len(cells) == 2:
            found = shapely.Point(float(cells[0] or "x"), float(cells[1] or "x"))
        else:
            found = shape(cells[0] or "")
    except (GeometryError, ValueError):
        return None
    if found.is_empty:
        return None
    west, south, east, north = found.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        return None
    # About a metre is enough to look at.
    return json.loads(shapely.to_geojson(shapely.force_2d(found.simplify(0.00001))))


@contextmanager
def _opened(
    organisation: Organisation, found: Batch, told: Told | None
) -> Generator[duckdb.DuckDBPyConnection]:
    """The records of a batch with their numbers, states and reasons as the table `records`.

    Raises measure.store.StoreError where they are lost or damaged.
    """
    store = Store(store_folder(organisation), (found.id,))
    with (
        store.blamed(),
        TemporaryDirectory(prefix="hengliang-", ignore_cleanup_errors=True) as spill,
        duckdb.connect(config=limits(Path(spill), engines=_READERS)) as connection,
    ):
        _fill(connection, str(store.place(found) / RECORDS), found, told)
        yield connection


def _fill(connection: duckdb.DuckDBPyConnection, path: str, found: Batch, told: Told | None) -> None:
    connection.execute("create temp table told (told_row bigint, is_counted boolean, why varchar)")
    if told is not None:
        numbers = [*sorted(told.counted), *sorted(told.left_out)]
        flags = [number in told.counted for number in numbers]
        whys = [told.left_out.get(number) for number in numbers]
        connection.execute(
            "insert into told select unnest(?::bigint[]), unnest(?::boolean[]), unnest(?::varchar[])",
            [numbers, flags, whys],
        )
    connection.execute(
        "create temp view records as select *, case when _blocked is not null then 'blocked' "
        "when is_counted then 'counted' when not is_counted then 'left_out' "
        "when _questioned is not null then 'questioned' else 'other' end as state "
        f"from (select *, _row + {int(found.first_row) - 1} as number "
        f"from read_parquet('{path.replace(chr(39), chr(39) * 2)}', hive_partitioning = false)) "
        "left join told on told_row = number"
    )
