"""Comma, semicolon, tab or bar separated values, with line breaks inside quotes and rows of any length."""

import csv
from collections.abc import Iterable
from io import StringIO

from hengliang.base.place import Place
from hengliang.form.containers.grid import table_of_sheet
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.refusal import too_many_cells
from hengliang.form.document import Block

_DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 200


def read_csv(text: str, file: str, limits: Limits) -> tuple[Block, ...]:
    """One table. Empty rows keep their number; rows count as a spreadsheet program counts them."""
    csv.field_size_limit(limits.text_bytes)
    delimiter = _delimiter(text)
    try:
        texts = _texts(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True), file, limits)
    except csv.Error:
        # A quote that is never closed would make one cell of the rest: then quotes are taken as they stand.
        plain = csv.reader(StringIO(text, newline=""), delimiter=delimiter, quoting=csv.QUOTE_NONE)
        texts = _texts(plain, file, limits)
    table = table_of_sheet(texts, (), Place(file, table=1), limits)
    return (table,) if table else ()


def _texts(rows: Iterable[list[str]], file: str, limits: Limits) -> list[tuple[int, int, str]]:
    """Row, column and text of each filled cell."""
    texts: list[tuple[int, int, str]] = []
    for number, row in enumerate(rows):
        if any(row):
            for column, cell in enumerate(row):
                if shown := cell.strip():
                    texts.append((number, column, shown.replace("\r\n", "\n").replace("\r", "\n")))
            if len(texts) > limits.cells:
                raise too_many_cells(file, limits.cells)
    return texts


def _delimiter(text: str) -> str:
    """The delimiter that parts most rows alike; a comma when none does."""

    def agreement(delimiter: str) -> tuple[int, int]:
        counts: dict[int, int] = {}
        rows = csv.reader(StringIO(text[:100_000], newline=""), delimiter=delimiter, strict=True)
        try:
            for _, row in zip(range(_SAMPLE_ROWS), rows, strict=False):
                if len(row) > 1:
                    counts[len(row)] = counts.get(len(row), 0) + 1
        except csv.Error:
            pass
        return max(counts.values(), default=0), max(counts, default=0)

    return max(_DELIMITERS, key=agreement)
