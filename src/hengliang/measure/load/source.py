"""A file of records, opened: headings and rows of text, in the order of the file.

CSV of any encoding is streamed, however large; workbooks and other office files are read by the readers of
forms: what a person sees in a cell is what counts.
"""

import codecs
import csv
import hashlib
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from hengliang.base.message import message
from hengliang.form.containers.open import open_document
from hengliang.form.document import Table
from hengliang.form.errors import Damaged
from hengliang.measure.definition import Ledger
from hengliang.measure.load.headings import HeadingError, heading_row

_LOOKED_AT = 30
"""The headings stand in one of the first rows."""
_TEXT = (".csv", ".tsv", ".txt")


@dataclass(frozen=True, slots=True)
class Source:
    """`rows` may be gone through once; `first_row` is the number that people see beside the first."""

    file: str
    sha256: str
    headings: tuple[str, ...]
    rows: Iterator[Sequence[str | None]]
    first_row: int
    sheet: str | None = None


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


@contextmanager
def open_source(path: Path, ledger: Ledger, mapping: Mapping[str, str] | None = None) -> Generator[Source]:
    """The records of the file at `path`. Raises UnreadableFile, HeadingError."""
    if path.suffix.lower() in _TEXT:
        with path.open(encoding=encoding_of(path), newline="", errors="strict") as stream:
            yield _text(path, stream, ledger, mapping)
    else:
        yield _document(path, ledger, mapping)


def encoding_of(path: Path) -> str:
    """The encoding of a text file: the one of its mark, else UTF-8 when all of it is, else GB18030.

    Raises UnreadableFile when not all of it is in that encoding.
    """
    with path.open("rb") as stream:
        start = stream.read(4)
    candidates: tuple[str, ...] = ("utf-8", "gb18030")
    if start.startswith(codecs.BOM_UTF8):
        candidates = ("utf-8-sig",)
    elif start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ("utf-16",)
    for encoding in candidates:
        if _decodes(path, encoding):
            return encoding
    raise Damaged(str(path), message("the text is in no encoding known here"), message("save it as UTF-8"))


def delimiter_of(stream: TextIO) -> str:
    """The sign between the cells of a text file, by its first line; the stream is at its beginning again."""
    first = stream.read(65536).split("\n", 1)[0]
    stream.seek(0)
    return max(",\t;", key=first.count)


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(1 << 20):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _text(path: Path, stream: TextIO, ledger: Ledger, mapping: Mapping[str, str] | None) -> Source:
    lines = csv.reader(stream, delimiter=delimiter_of(stream))
    try:
        looked = list(islice(lines, _LOOKED_AT))
    except csv.Error as error:
        raise Damaged(
            str(path), message("no CSV: {why}", why=str(error)), message("save it again as CSV")
        ) from error
    at = heading_row(looked, ledger, mapping)
    if at is None:
        raise _no_headings(path, ledger)
    return Source(
        path.name,
        digest_of(path),
        tuple(looked[at]),
        _chained(path, looked[at + 1 :], lines, len(looked[at])),
        at + 2,
    )


def _chained(
    path: Path, looked: Sequence[list[str]], lines: Iterator[list[str]], width: int
) -> Iterator[list[str | None]]:
    """The rows behind the headings, as wide as these."""
    try:
        for rows in (looked, lines):
            for row in rows:
                cells: list[str | None] = [cell.strip() or None for cell in row[:width]]
                yield cells + [None] * (width - len(cells))
    except csv.Error as error:
        raise Damaged(
            str(path), message("no CSV: {why}", why=str(error)), message("save it again as CSV")
        ) from error


def _document(path: Path, ledger: Ledger, mapping: Mapping[str, str] | None) -> Source:
    document = open_document(path)
    for block in document.blocks:
        if not isinstance(block, Table):
            continue
        rows = [[cell.text.strip() if cell else "" for cell in row] for row in block.rows]
        at = heading_row(rows[:_LOOKED_AT], ledger, mapping)
        if at is not None:
            return Source(
                path.name, digest_of(path), tuple(rows[at]),
                iter([[cell or None for cell in row] for row in rows[at + 1 :]]),
                block.first_row + at + 1, block.origin.sheet,
            )  # fmt: skip
    raise _no_headings(path, ledger)


def _no_headings(path: Path, ledger: Ledger) -> HeadingError:
    return HeadingError(
        message(
            "{file} has no row with the headings of {ledger}; "
            "`hengliang ledger template {name}` writes a file that has",
            file=path.name, ledger=ledger.words, name=ledger.name,
        )
    )  # fmt: skip
