"""The door for files of records.

What a file is decides its ending: text tables (`text`), GeoJSON (`geojson`), files of maps (`maps`), Parquet
(`columnar`); everything else is read by the readers of forms (`sheets`): what a person sees in a cell is what
counts. A zip is unpacked first (`unpack`), within bounds.
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hengliang.base.message import message
from hengliang.form.containers.refusal import empty, missing, no_file
from hengliang.form.errors import TooLarge
from hengliang.measure.definition import Ledger
from hengliang.measure.load.source import Asked, Source, digest_of

MOST_COLUMNS = 2_000
"""Columns that a file of records may have; no ledger has more than eighty."""
TEXT = (".csv", ".tsv", ".txt")
GEOJSON = (".geojson", ".json")
MAPS = (".gpkg", ".shp")
PARQUET = (".parquet", ".geoparquet")


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
