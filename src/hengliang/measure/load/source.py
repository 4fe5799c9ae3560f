"""A file of records, opened: headings, and rows of text in the order of the file.

What a file is decides its ending: text tables (`text`), GeoJSON (`geojson`), files of maps (`maps`), Parquet
(`columnar`); everything else is read by the readers of forms (`sheets`): what a person sees in a cell is what
counts. A zip is unpacked first (`unpack`), within bounds.
"""

import hashlib
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hengliang.base.message import Message, message
from hengliang.form.containers.refusal import empty, missing, no_file
from hengliang.form.errors import TooLarge
from hengliang.measure.definition import Ledger
from hengliang.measure.load.headings import HeadingError

LOOKED_AT = 30
"""The headings stand in one of the first rows."""
MOST_COLUMNS = 2_000
"""Columns that a file of records may have; no ledger has more than eighty."""
TEXT = (".csv", ".tsv", ".txt")
GEOJSON = (".geojson", ".json")
MAPS = (".gpkg", ".shp")
PARQUET = (".parquet", ".geoparquet")
READ = (*TEXT, *GEOJSON, *MAPS, *PARQUET, ".xlsx", ".xls", ".zip")
Row = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a file: the ledger that it is for, the mapping of its headings, which layer, and a
    folder for what has to be written on the way."""

    ledger: Ledger
    mapping: Mapping[str, str]
    layer: str | None
    scratch: Path


@dataclass(frozen=True, slots=True)
class Source:
    """`rows` may be gone through once. `scan`, where it is given, is SQL that gives the same rows faster: the
    columns `c1`, `c2`, … as text in the order of the headings, blank cells null, every row of the file once
    and in order. It may fail where `rows` does not.

    `first_row` is the number that people see beside the first row. `crs` is the coordinate system that the
    file says its geometry is in, as EPSG number or WKT; `notes` is what had to be guessed.
    """

    file: str
    sha256: str
    headings: tuple[str, ...]
    rows: Iterator[Row]
    first_row: int
    sheet: str | None = None
    scan: str | None = None
    crs: str | None = None
    first_column: int = 1
    """The number of the column that the first heading stands in."""
    notes: tuple[Message, ...] = field(default=())


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


@contextmanager
def open_source(
    path: Path, ledger: Ledger, mapping: Mapping[str, str] | None = None, layer: str | None = None
) -> Generator[Source]:
    """The records of the file at `path`; `layer` names the one to read where a file has several.

    Raises UnreadableFile, HeadingError.
    """
    _look(path)
    with TemporaryDirectory(prefix="hengliang-") as scratch:
        asked = Asked(ledger, mapping or {}, layer, Path(scratch))
        with _opened(path, asked) as source:
            if len(source.headings) > MOST_COLUMNS:
                raise TooLarge(
                    str(path),
                    message("the file has {count} columns, more than the {most} that records may have",
                            count=len(source.headings), most=MOST_COLUMNS),
                    message("keep the columns of the ledger only"),
                )  # fmt: skip
            yield source


def _look(path: Path) -> None:
    if not path.exists():
        raise missing(str(path))
    if not path.is_file():
        raise no_file(str(path))
    if not path.stat().st_size:
        raise empty(str(path))


@contextmanager
def _opened(path: Path, asked: Asked) -> Generator[Source]:
    # Each reader is imported when its format turns up: the libraries of maps and sheets are slow to load.
    suffix = path.suffix.lower()
    if suffix in TEXT:
        from hengliang.measure.load.text import text_source

        with text_source(path, asked) as source:
            yield source
    elif suffix in GEOJSON:
        from hengliang.measure.load.geojson import geojson_source

        yield geojson_source(path, asked)
    elif suffix in MAPS:
        from hengliang.measure.load.maps import map_source

        yield map_source(path, asked)
    elif suffix in PARQUET:
        from hengliang.measure.load.columnar import parquet_source

        yield parquet_source(path, asked)
    elif suffix == ".zip":
        from hengliang.measure.load.unpack import unpacked

        inside = unpacked(path, asked.scratch, asked.layer)
        layer = None if asked.layer == inside.stem else asked.layer
        with _opened(inside, replace(asked, layer=layer)) as source:
            yield replace(source, file=path.name, sha256=digest_of(path), sheet=source.sheet or inside.name)
    else:
        from hengliang.measure.load.sheets import sheet_source

        yield sheet_source(path, asked)


def no_headings(path: Path, ledger: Ledger) -> HeadingError:
    """That no row of a file holds the headings of the ledger."""
    return HeadingError(
        message(
            "{file} has no row with the headings of {ledger}; "
            "`hengliang ledger template {name}` writes a file that has",
            file=path.name, ledger=ledger.words, name=ledger.name,
        )
    )  # fmt: skip


def geometry_heading(fields: Sequence[str], asked: Asked) -> str:
    """The heading under which the shapes of a file of maps are given: the ledger's only geometry, the one
    called `geom` of several, or what the mapping says of `geometry`."""
    names = [column.name for column in asked.ledger.columns if column.type == "geometry"]
    name = "geom" if "geom" in names or not names else names[0]
    wanted = asked.mapping.get("geometry", name)
    return "geometry" if wanted in fields else wanted
