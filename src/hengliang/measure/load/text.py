"""Tables as text, CSV of any encoding: streamed, however large.

The rows are read one by one, as Python reads CSV; where the lines are plain, the engine can read them too,
thirty times as fast. Quotation marks that do not close are refused: they would swallow rows.
"""

import codecs
import csv
import hashlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from hengliang.base.message import message
from hengliang.form.errors import Damaged
from hengliang.measure.load.headings import heading_row
from hengliang.measure.load.source import LOOKED_AT, Asked, Row, Source, no_headings
from hengliang.measure.table import literal

CELL = 8_000_000
"""Characters of one cell. The outline of a county with every corner of its brooks stays below."""
_PIECE = 1 << 20
_LINE = 16_000_000
_RARE_BLANKS = ("\u3000", "\u00a0")
_BLANKS = " \t" + "".join(_RARE_BLANKS)
"""Blanks at the ends of cells."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What one pass over a file tells. Lines are plain when all end alike and none is blank: then lines and
    rows are numbered alike, whoever reads them."""

    sha256: str
    encoding: str
    plain: bool
    blanks: str
    """The blanks that it may have."""


@contextmanager
def text_source(path: Path, asked: Asked) -> Generator[Source]:
    """The records of a text file. Raises UnreadableFile, HeadingError."""
    facts = facts_of(path)
    with path.open(encoding=facts.encoding, newline="", errors="strict") as stream:
        yield _source(path, stream, facts, asked)


def facts_of(path: Path) -> Facts:
    """Reads all of a text file once. The encoding is the one of its mark, else UTF-8 when all of it is, else
    GB18030. Raises UnreadableFile when not all of it is in that encoding."""
    digest, before, returns, pairs, plain, blanks = hashlib.sha256(), b"", 0, 0, True, ""
    with path.open("rb") as stream:
        encoding = _marked(stream.read(4))
        decoder = codecs.getincrementaldecoder(encoding or "utf-8")()
        stream.seek(0)
        readable = True
        while piece := stream.read(_PIECE):
            digest.update(piece)
            joined = before[-2:] + piece
            has_returns = b"\r" in joined
            plain = plain and b"\n\n" not in joined and b"\0" not in piece
            if has_returns:
                plain = plain and b"\n\r\n" not in joined
                returns += piece.count(b"\r")
                pairs += piece.count(b"\r\n") + (before[-1:] == b"\r" and piece[:1] == b"\n")
            blanks = max(blanks, _blanks(joined), key=len)
            readable = readable and _decodes(decoder, piece)
            before = piece
        readable = readable and _decodes(decoder, b"", last=True)
    if not readable and (encoding or not _is_gb18030(path)):
        raise Damaged(
            str(path), message("the text is in no encoding known here"), message("save it as UTF-8")
        )
    if not readable:
        return Facts(digest.hexdigest(), "gb18030", plain and returns == pairs, _BLANKS)
    return Facts(digest.hexdigest(), encoding or "utf-8", plain and returns == pairs, blanks)


def _blanks(piece: bytes) -> str:
    """The blanks that may stand in a piece of UTF-8. One byte is found ten times as fast as several."""
    rare = not piece.isascii() and any(mark.encode() in piece for mark in _RARE_BLANKS)
    return _BLANKS if rare or b"\t" in piece else " " if b" " in piece else ""


def delimiter_of(stream: TextIO) -> str:
    """The sign between the cells of a text file, by its first line; the stream is at its beginning again."""
    first = stream.read(65536).split("\n", 1)[0]
    stream.seek(0)
    return max(",\t;", key=first.count)


def csv_rows(path: Path, stream: TextIO, delimiter: str) -> Iterator[list[str]]:
    """The rows of a text file. Raises UnreadableFile where quotation marks or cells are not those of CSV."""
    csv.field_size_limit(CELL)
    lines = csv.reader(stream, delimiter=delimiter, strict=True)
    try:
        yield from lines
    except csv.Error as error:
        raise Damaged(
            str(path),
            message("no CSV, in line {line}: {why}", line=lines.line_num, why=str(error)),
            message("save it again as CSV"),
        ) from error


def _marked(start: bytes) -> str | None:
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    return "utf-16" if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, last: bool = False) -> bool:
    try:
        decoder.decode(piece, final=last)
    except UnicodeDecodeError:
        return False
    return True


def _is_gb18030(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("gb18030")()
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            if not _decodes(decoder, piece):
                return False
    return _decodes(decoder, b"", last=True)


def _source(path: Path, stream: TextIO, facts: Facts, asked: Asked) -> Source:
    delimiter = delimiter_of(stream)
    lines = csv_rows(path, stream, delimiter)
    looked = list(islice(lines, LOOKED_AT))
    at = heading_row(looked, asked.ledger, asked.mapping)
    if at is None:
        raise no_headings(path, asked.ledger)
    one_line_each = not any("\n" in cell for row in looked for cell in row)
    scan = _scan(path, facts, delimiter, len(looked[at]), at + 1, asked) if one_line_each else None
    rows = _cells(looked[at + 1 :], lines, len(looked[at]))
    return Source(path.name, facts.sha256, tuple(looked[at]), rows, at + 2, scan=scan)


def _cells(looked: Sequence[list[str]], lines: Iterator[list[str]], width: int) -> Iterator[Row]:
    """The rows behind the headings, as wide as these."""
    for rows in (looked, lines):
        for row in rows:
            cells: list[str | None] = [cell.strip() or None for cell in row[:width]]
            yield cells + [None] * (width - len(cells)) if len(cells) < width else cells


def _scan(path: Path, facts: Facts, delimiter: str, width: int, skip: int, asked: Asked) -> str | None:
    """SQL for the rows, where the engine numbers them as we do. It refuses rows of another width, and
    quotation marks in wrong places; these are then read one by one."""
    if not facts.plain:
        return None
    columns = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(1, width + 1))
    # To look for blanks takes as long as to read the cells, and for more than one kind twice as long.
    signs = f", {literal(facts.blanks)}" if len(facts.blanks) > 1 else ""
    trimmed = (f"trim(c{at}{signs})" if facts.blanks else f"c{at}" for at in range(1, width + 1))
    cells = ", ".join(f"nullif({cell}, '') as c{at}" for at, cell in enumerate(trimmed, 1))
    return (
        f"select {cells} from read_csv({literal(str(_utf8(path, facts, asked)))}, header = false, "
        f"auto_detect = false, delim = {literal(delimiter)}, quote = '\"', escape = '\"', skip = {skip}, "
        f"strict_mode = true, max_line_size = {_LINE}, columns = {{{columns}}})"
    )


def _utf8(path: Path, facts: Facts, asked: Asked) -> Path:
    """A text file that the engine can read: itself, or a copy in UTF-8."""
    if facts.encoding.startswith("utf-8"):
        return path.resolve()
    copy = asked.scratch / "utf8.csv"
    with (
        path.open(encoding=facts.encoding, newline="") as stream,
        copy.open("w", encoding="utf-8", newline="") as made,
    ):
        while piece := stream.read(_PIECE):
            made.write(piece)
    return copy
