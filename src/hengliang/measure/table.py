"""Records as a typed table: what was read as text becomes columns of the types that the ledger defines.

The table lives in DuckDB and holds, beside the ledger's columns, `_row` (the row of the source, from 1),
`_blocked` (the code of the first blocking check that it broke, or null) and `_questioned` (the same for audit
checks). Metrics see the table through narwhals and do not know the engine.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from string import Formatter
from typing import Any

import duckdb
import narwhals as nw

from hengliang.measure.definition import Column, Ledger

_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
_INSTANTS = (
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
)
_YES, _NO = (
    ("Y", "YES", "TRUE", "T", "1", "是", "有", "对", "√"),
    ("N", "NO", "FALSE", "F", "0", "否", "无", "×"),
)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell whose text is not of the column's type."""

    row: int
    column: Column
    text: str


class Table:
    """The records of one ledger. `columns` are those that the source had; others of the ledger are absent."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, ledger: Ledger, name: str, columns: tuple[str, ...]
    ) -> None:
        self.connection = connection
        self.ledger = ledger
        self.name = name
        self.columns = columns

    @property
    def frame(self) -> nw.LazyFrame[duckdb.DuckDBPyRelation]:
        """The rows, for expressions."""
        return nw.from_native(self.connection.table(self.name))

    def has(self, names: Iterable[str]) -> bool:
        """Whether the source had all these columns."""
        return all(name in self.columns for name in names)

    def count(self) -> int:
        """How many rows there are."""
        return int(self.connection.sql(f"select count(*) from {quoted(self.name)}").fetchall()[0][0])

    def rows(self, *columns: str) -> list[tuple[Any, ...]]:
        """`_row` and these columns of every row, in the order of the source."""
        listed = ", ".join(quoted(name) for name in ("_row", *columns))
        return self.connection.sql(f"select {listed} from {quoted(self.name)} order by _row").fetchall()

    def named(self, rows: Iterable[int] | None = None) -> dict[int, str]:
        """The names of rows, as people call them; of all rows, or of those given."""
        name = self._name() or "_row"
        only = "" if rows is None else "where _row in (select unnest($rows::bigint[]))"
        found = self.connection.execute(
            f"select _row, {name} from {quoted(self.name)} {only} order by _row",
            None if rows is None else {"rows": sorted({*rows})},
        )
        return {int(row): str(text) for row, text in found.fetchall()}

    def _name(self) -> str | None:
        """The name of a row in SQL, None when the source has none of its columns."""
        shown = [name for name in self.ledger.named_by if name in self.columns]
        if not shown:
            return None
        if self.ledger.shown_as is None:
            return f"concat_ws('/', {', '.join(f'cast({quoted(name)} as varchar)' for name in shown)})"
        parts: list[str] = []
        for text, name, written, _ in Formatter().parse(self.ledger.shown_as):
            parts.append(literal(text))
            if name in self.columns:
                parts.append(f"strftime({quoted(name)}, {literal(written)})" if written else quoted(name))
        return f"concat({', '.join(parts)})"

    def mark(self, column: str, codes: Mapping[int, str]) -> None:
        """Writes the codes of rows into `_blocked` or `_questioned`, where none stands yet."""
        if not codes:
            return
        self.connection.execute(
            "create or replace temp table _marks as "
            "select unnest($rows::bigint[]) as r, unnest($codes::varchar[]) as code",
            {"rows": list(codes), "codes": list(codes.values())},
        )
        self.connection.execute(
            f"update {quoted(self.name)} set {quoted(column)} = _marks.code from _marks "
            f"where _row = _marks.r and {quoted(column)} is null"
        )


_AT_ONCE = 20_000
"""Rows that are handed over at once."""


def literal(text: str) -> str:
    """A text for SQL."""
    return "'" + text.replace("'", "''") + "'"


def quoted(name: str) -> str:
    """A name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def table_of(
    connection: duckdb.DuckDBPyConnection,
    ledger: Ledger,
    header: Sequence[str],
    rows: Iterable[Sequence[str | None]],
) -> tuple[Table, list[Unreadable]]:
    """The typed table of rows of text; `header` names the ledger's columns. Blank cells are missing
    values; rows without any text are left out, and keep their number.

    Returns the cells that could not be read too; in the table they are missing.
    """
    raw = f"raw_{ledger.name}"
    listed = ", ".join(f"{quoted(name)} varchar" for name in header)
    connection.execute(f"create or replace temp table {quoted(raw)} (_row bigint, {listed})")
    taken = ["_row", *header]
    columns = ", ".join(
        f"unnest(${at}::{'bigint' if at == 1 else 'varchar'}[])" for at in range(1, len(taken) + 1)
    )
    numbered = ((number, *(cell or None for cell in row)) for number, row in enumerate(rows, 1) if any(row))
    for part in iter(lambda: list(islice(numbered, _AT_ONCE)), []):
        lists = [list(cells) for cells in zip(*part, strict=True)]
        connection.execute(f"insert into {quoted(raw)} select {columns}", lists)
    return typed(connection, ledger, raw, tuple(header))


def typed(
    connection: duckdb.DuckDBPyConnection, ledger: Ledger, raw: str, columns: tuple[str, ...]
) -> tuple[Table, list[Unreadable]]:
    """The typed table of the table `raw`, whose columns are text beside `_row`."""
    parts = [f"{_cast(ledger.column(name))} as {quoted(name)}" for name in columns]
    blank = [column for column in ledger.columns if column.blank_if_absent and column.name not in columns]
    parts += [f"{_cast(column, 'cast(null as varchar)')} as {quoted(column.name)}" for column in blank]
    connection.execute(
        f"create or replace table {quoted(ledger.name)} as select _row, {', '.join(parts)}, "
        f"cast(null as varchar) as _blocked, cast(null as varchar) as _questioned from {quoted(raw)}"
    )
    unreadable: list[Unreadable] = []
    for name in columns:
        column = ledger.column(name)
        if column.type in ("text", "code", "enum", "list", "geometry"):
            continue
        found = connection.sql(
            f"select r._row, r.{quoted(name)} from {quoted(raw)} r join {quoted(ledger.name)} t using (_row) "
            f"where r.{quoted(name)} is not null and t.{quoted(name)} is null order by r._row"
        )
        unreadable += [Unreadable(int(row), column, str(text)) for row, text in found.fetchall()]
    known = (*columns, *(column.name for column in blank))
    return Table(connection, ledger, ledger.name, known), unreadable


def _cast(column: Column, source: str | None = None) -> str:
    text = f"trim({source or quoted(column.name)})"
    number = f"replace(replace({text}, ',', ''), '，', '')"
    match column.type:
        case "int":
            return f"try_cast({number} as bigint)"
        case "decimal":
            return f"try_cast({number} as decimal(24, {4 if column.places is None else column.places}))"
        case "degrees":
            return f"try_cast({number} as double)"
        case "bool":
            yes, no = (", ".join(f"'{word}'" for word in words) for words in (_YES, _NO))
            return f"case when upper({text}) in ({yes}) then true when upper({text}) in ({no}) then false end"
        case "date":
            formats = ", ".join(f"'{each}'" for each in _DATES)
            return f"cast(try_strptime(left({text}, 11), [{formats}]) as date)"
        case "datetime":
            return _instant(text)
        case "enum":
            # People fill in the words of the list, programs the codes.
            words = [f"when {_literal(word)} then {_literal(code)}" for code, word in column.codes.items()]
            return f"case {text} {' '.join(words)} else {text} end"
        case "list":
            return f"string_split_regex({text}, '[;；、,，]\\s*')"
        case _:
            return text


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _instant(text: str) -> str:
    """An instant in the time of Beijing, +08:00; one without an offset is taken to be that."""
    formats = ", ".join(f"'{each}'" for each in _INSTANTS)
    plain = rf"regexp_replace({text}, '(Z|[+-]\d\d:?\d\d)$', '')"
    offset = rf"regexp_extract({text}, '([+-])(\d\d):?(\d\d)$', ['s', 'h', 'm'])"
    minutes = (
        f"case when {text} like '%Z' then 0 when ({offset}).h = '' then 480 else "
        f"(case ({offset}).s when '-' then -1 else 1 end) * "
        f"(cast(({offset}).h as int) * 60 + cast(({offset}).m as int)) end"
    )
    return f"try_strptime({plain}, [{formats}]) + to_minutes(480 - ({minutes}))"
