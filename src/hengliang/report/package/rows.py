"""The rows of a ledger that leave the house: their columns, their text, and the table that is made of it.

Personal columns never leave. Positions stay in the house too: where an inspector stood is personal, and exact
coordinates may be secret. So do the numbers of records and their sources: where a file leaves them blank they
are made of its digest and its name. Beside the columns stand the number of the row, the batch and the row of
the source file, and the marks of the checks.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

import duckdb

from hengliang.base.message import Message, message
from hengliang.measure.definition import Column, Ledger
from hengliang.measure.table import Table, quoted, typed

ABOUT = ("_row", "_batch", "_source_row", "_blocked", "_questioned")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_AT_ONCE = 20_000


class Broken(ValueError):  # noqa: N818
    """A part of a package that is not what it should be; `said` tells which, and why."""

    def __init__(self, said: Message) -> None:
        super().__init__(str(said))
        self.said = said


_BOOKKEEPING = ("record_id", "supersedes", "void_reason", "source_system")


def leaves(column: Column) -> bool:
    """Whether a column is published."""
    return not (column.personal or column.type in ("geometry", "degrees") or column.name in _BOOKKEEPING)


def withheld(ledger: Ledger, columns: Iterable[str]) -> list[Column]:
    """Those of the columns that are not published."""
    return [ledger.column(name) for name in columns if not leaves(ledger.column(name))]


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str | None]]) -> bytes:
    """CSV in UTF-8. A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_guarded(cell or "") for cell in row] for row in rows)
    return out.getvalue().encode()


def _guarded(text: str) -> str:
    """A number may begin with a sign; any other text that begins like a formula is guarded."""
    if not text.startswith(_FORMULA) or _is_number(text):
        return text
    return f"'{text}"


def _is_number(text: str) -> bool:
    return text[1:].replace(".", "", 1).isdecimal() and text.isascii() and text[0] in "+-"


def _bare(text: str) -> str | None:
    return (text[1:] if text.startswith("'") else text) or None


def written_rows(table: Table, first_rows: dict[str, int], labels: dict[str, str]) -> bytes:
    """The rows of a live table; batches by their labels, rows of files as people count them."""
    columns = [column.name for column in table.ledger.columns if column.name in table.columns]
    columns = [name for name in columns if leaves(table.ledger.column(name))]
    found = table.rows("_batch", "_source_row", "_blocked", "_questioned", *columns)

    def lines() -> Iterator[list[str | None]]:
        for row, batch, at, blocked, questioned, *cells in found:
            place = str(first_rows[batch] + int(at) - 1)
            yield [str(row), labels[batch], place, blocked, questioned, *(_text(cell) for cell in cells)]

    return csv_bytes([*ABOUT, *columns], lines())


def _text(cell: Any) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "Y" if cell else "N"
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, list | tuple):
        return ";".join(str(each) for each in cell)
    return str(cell)


def read_rows(
    connection: duckdb.DuckDBPyConnection, ledger: Ledger, data: bytes
) -> tuple[Table, dict[int, tuple[str, int]]]:
    """The table of published rows, and of each row its batch and its place in the file. Raises Broken."""
    try:
        header, *rows = csv.reader(StringIO(data.decode("utf-8"), newline=""), strict=True)
        numbers = [int(row[0]) for row in rows]
        places = {int(row[0]): (row[1], int(row[2])) for row in rows}
    except (ValueError, IndexError, csv.Error) as error:
        raise _broken(ledger, str(error)) from error
    columns = tuple(header[len(ABOUT) :])
    allowed = [column.name for column in ledger.columns if leaves(column)]
    if tuple(header[: len(ABOUT)]) != ABOUT or [n for n in allowed if n in columns] != [*columns]:
        raise _broken(ledger, "the headings")
    if numbers != list(range(1, len(rows) + 1)) or any(len(row) != len(header) for row in rows):
        raise _broken(ledger, "the rows")
    raw = f"raw_{ledger.name}"
    listed = ", ".join(f"{quoted(name)} varchar" for name in ("_blocked", "_questioned", *columns))
    connection.execute(f"create or replace temp table {quoted(raw)} (_row bigint, {listed})")
    kinds = ["bigint", *["varchar"] * (2 + len(columns))]
    unnested = ", ".join(f"unnest(${at}::{kind}[])" for at, kind in enumerate(kinds, 1))
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        cells = [[_bare(row[at]) for row in part] for at in range(3, len(header))]
        numbered = numbers[start : start + _AT_ONCE]
        connection.execute(f"insert into {quoted(raw)} select {unnested}", [numbered, *cells])
    table, unreadable = typed(connection, ledger, raw, columns)
    if unreadable:
        raise _broken(ledger, f"{unreadable[0].column.name}, {unreadable[0].row}")
    connection.execute(
        f"update {quoted(table.name)} t set _blocked = r._blocked, _questioned = r._questioned "
        f"from {quoted(raw)} r where t._row = r._row"
    )
    return table, places


def _broken(ledger: Ledger, why: str) -> Broken:
    return Broken(message("the rows of {ledger} cannot be read: {why}", ledger=ledger.words, why=why))
