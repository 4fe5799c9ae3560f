"""Positions given as two columns, such as 经度 and 纬度, become the point that the ledger asks for.

The headings are those of `packs/coordinates.toml`, or those that a mapping calls `east` and `north`. Nothing
is dropped: a position with one coordinate only, or with another text, is no geometry, and its row is blocked.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from hengliang.measure.catalogue import PACKS
from hengliang.measure.definition import Column, Ledger
from hengliang.measure.load.headings import match_headings, plain_heading
from hengliang.measure.load.source import Row, Source

PARTS = ("east", "north")


def without_parts(mapping: Mapping[str, str] | None) -> dict[str, str]:
    """A mapping without the headings that it calls a coordinate: they are no column of a ledger."""
    return {heading: name for heading, name in (mapping or {}).items() if name not in PARTS}


def with_points(source: Source, ledger: Ledger, mapping: Mapping[str, str] | None) -> Source:
    """The source with its two columns of coordinates joined in the place of the first of them, where the
    ledger has a point that the source does not give; else the source as it is."""
    matched = match_headings(source.headings, ledger, without_parts(mapping)).columns
    points = [column for column in ledger.columns if column.is_point and column not in matched]
    if len(points) != 1:
        return source
    words = _words()
    named = {plain_heading(heading): name for heading, name in (mapping or {}).items() if name in PARTS}
    places: list[int] = []
    for part in PARTS:
        found = [
            at
            for at, (heading, column) in enumerate(zip(source.headings, matched, strict=True))
            if column is None and named.get(plain := plain_heading(heading), words.get(plain)) == part
        ]
        if len(found) != 1:
            return source
        places += found
    east, north = places
    return replace(
        source,
        headings=_headings(source.headings, points[0], east, north),
        rows=_rows(source.rows, east, north),
        scan=None if source.scan is None else _scan(source.scan, east + 1, north + 1),
    )


@lru_cache(maxsize=1)
def _words() -> Mapping[str, str]:
    """Which coordinate a heading means."""
    with (PACKS / "coordinates.toml").open("rb") as stream:
        words = tomllib.load(stream)
    return {plain_heading(word): part for part in PARTS for word in words[part]}


def _headings(headings: Sequence[str], point: Column, east: int, north: int) -> tuple[str, ...]:
    taken = {east: point.name, north: ""}
    return tuple(taken.get(at, heading) for at, heading in enumerate(headings))


def _rows(rows: Iterator[Row], east: int, north: int) -> Iterator[Row]:
    for row in rows:
        cells = list(row)
        if cells[east] is not None or cells[north] is not None:
            cells[east] = f"POINT ({cells[east] or ''} {cells[north] or ''})"
            cells[north] = None
        yield cells


def _scan(scan: str, east: int, north: int) -> str:
    """The same in SQL."""
    point = (
        f"case when c{east} is not null or c{north} is not null "
        f"then concat('POINT (', coalesce(c{east}, ''), ' ', coalesce(c{north}, ''), ')') end"
    )
    return f"select * replace ({point} as c{east}, cast(null as varchar) as c{north}) from ({scan})"
