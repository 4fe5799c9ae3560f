"""A file of records, opened: headings, and rows of text in the order of the file (`open` opens it)."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hengliang.base.message import Message, message
from hengliang.measure.definition import Ledger
from hengliang.measure.load.headings import HeadingError

LOOKED_AT = 30
"""The headings stand in one of the first rows."""
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
