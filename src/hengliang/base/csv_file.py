"""Tables as comma separated values for spreadsheet programs: Chinese stays readable, no cell is a formula."""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import islice

_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-][0-9][0-9,]*(\.[0-9]+)?")


def begins_formula(text: str) -> bool:
    """Whether a spreadsheet program would read a typed text as something else than a text."""
    return text.startswith(_SIGNS)


def inert(text: str, guard: str = "'") -> str:
    """A text that no spreadsheet program takes for a formula; a sign alone and a number are none."""
    harmless = len(text) < 2 or _NUMBER.fullmatch(text)
    return guard + text if begins_formula(text) and not harmless else text


def csv_text(rows: Iterable[Iterable[object]], guard: str = "'") -> str:
    """Rows as lines of text; `None` is an empty cell. The guard stands before what begins like a formula."""
    stream = StringIO(newline="")
    csv.writer(stream).writerows(
        [inert("" if cell is None else str(cell), guard) for cell in cells] for cells in rows
    )
    return stream.getvalue()


def csv_bytes(rows: Iterable[Iterable[object]], guard: str = "'") -> bytes:
    """Rows as the bytes of a file, with the byte mark by which Excel knows UTF-8."""
    return csv_text(rows, guard).encode("utf-8-sig")


def csv_stream(rows: Iterable[Iterable[object]], guard: str = "'", together: int = 500) -> Iterator[bytes]:
    """The same bytes, in pieces of so many rows: of a table that need not stand in memory."""
    yield codecs.BOM_UTF8
    rest = iter(rows)
    while some := list(islice(rest, together)):
        yield csv_text(some, guard).encode()
