"""Records as a typed table: what was read as text becomes columns of the types that the ledger defines.

The table lives in DuckDB and holds, beside the ledger's columns, `_row` (the row of the source, from 1),
`_blocked` (the code of the first blocking check that it broke, or null) and `_questioned` (the same for audit
checks). Metrics see the table through narwhals and do not know the engine.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
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
        self.filled: tuple[str, ...] = ()
        """Columns that no source had and the load knows by itself."""
        self.srid: int | None = None
        """The EPSG number of all its geometry, where it was brought into one system; else each row's own."""
        self.prepared: tuple[str, ...] = ()
        """The columns of geometry beside which plain columns stand (`load.prepare`)."""

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

    def keep_replaced(self, source: str) -> None:
        """Remembers what changed when records took the place of others; `source`: SQL for all of them.

        Who recorded what when is no change of a record. A chain of records counts as a whole: what was once
        changed stays so when it is given again unchanged. What is not known is taken as another record.
        """
        if "supersedes" not in self.columns:
            return
        there = (*self.columns, *self.filled)
        names = [column.name for column in self.ledger.columns if column.name in there]
        said = [quoted(name) for name in names if name not in _ABOUT_RECORDS]
        differs = [f"n.{name} is distinct from o.{name}" for name in said]
        accepted = self.ledger.accepted_on
        is_accepted = f"o.{quoted(accepted)} is not null" if accepted in self.columns else "false"
        recorded = "n.recorded_at" if "recorded_at" in there else "cast(null as timestamp)"
        self.connection.execute(
            f"create or replace temp table {quoted(self.name + _REPLACED)} as with recursive "
            f"known as ({source}), step as (select n.record_id, n.supersedes, {recorded} as recorded_at, "
            f"{is_accepted} as accepted, {' or '.join(['o.record_id is null', *differs])} as changed "
            "from known n left join known o on o.record_id = n.supersedes where n.supersedes is not null), "
            "chain as (select * from step union select c.record_id, s.supersedes, s.recorded_at, s.accepted, "
            "s.changed from chain c join step s on s.record_id = c.supersedes) "
            "select record_id, max(recorded_at) as changed_at, bool_or(accepted) as accepted "
            "from chain where changed and record_id is not null group by record_id"
        )

    def changes(self) -> Mapping[str, tuple[datetime | None, bool]] | None:
        """The records that are others than those whose place they took: when they were last changed, and
        whether an accepted one was; None where the replaced records are not known."""
        name = self.name + _REPLACED
        known = self.connection.execute("select 1 from duckdb_tables() where table_name = $1", [name])
        if not known.fetchall():
            return None
        found = self.connection.sql(f"select record_id, changed_at, accepted from {quoted(name)}").fetchall()
        return {str(record): (changed_at, bool(accepted)) for record, changed_at, accepted in found}

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


_REPLACED = "__replaced"
_ABOUT_RECORDS = ("record_id", "source_system", "recorded_at", "recorded_by", "supersedes", "void_reason")
"""Columns that say where a record came from and what it replaces."""

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
    fill_raw(connection, raw, header, rows)
    made = typed(connection, ledger, raw, tuple(header))
    connection.execute(f"drop table {quoted(raw)}")
    return made


def fill_raw(
    connection: duckdb.DuckDBPyConnection,
    raw: str,
    header: Sequence[str],
    rows: Iterable[Sequence[str | None]],
) -> None:
    """Fills a new table `raw` with rows of text, numbered in `_row` from 1; rows without any text are left
    out, and keep their number."""
    listed = ", ".join(f"{quoted(name)} varchar" for name in header)
    connection.execute(f"create or replace temp table {quoted(raw)} (_row bigint, {listed})")
    columns = ", ".join(f"unnest(${at}::varchar[])" for at in range(2, len(header) + 2))
    numbered = enumerate(rows, 1)
    while part := list(islice(numbered, _AT_ONCE)):
        filled = [(number, row) for number, row in part if any(row)]
        if not filled:
            continue
        lists: list[list[Any]] = [[number for number, _ in filled]]
        lists += [[cell or None for cell in cells] for cells in zip(*(row for _, row in filled), strict=True)]
        connection.execute(f"insert into {quoted(raw)} select unnest($1::bigint[]), {columns}", lists)


def typed(
    connection: duckdb.DuckDBPyConnection,
    ledger: Ledger,
    raw: str,
    columns: tuple[str, ...],
    trimmed: bool = False,
) -> tuple[Table, list[Unreadable]]:
    """The typed table of the table `raw`, whose columns are text beside `_row`."""
    rows = typed_rows(ledger, quoted(raw), columns, trimmed)
    connection.execute(f"create or replace table {quoted(ledger.name)} as {rows}")
    table = Table(connection, ledger, ledger.name, known_columns(ledger, columns))
    unreadable = unreadable_cells(table)
    connection.execute(f"alter table {quoted(ledger.name)} drop column _unread")
    return table, unreadable


def known_columns(ledger: Ledger, columns: Sequence[str]) -> tuple[str, ...]:
    """The columns of a source, and those that say the same by being absent."""
    return (*columns, *(column.name for column in ledger.columns if _is_blank(column, columns)))


def _is_blank(column: Column, columns: Sequence[str]) -> bool:
    return column.blank_if_absent and column.name not in columns


def typed_rows(ledger: Ledger, raw: str, columns: Sequence[str], trimmed: bool = False) -> str:
    """SQL for the typed rows of `raw` (a table or a subquery), whose columns are text beside `_row`;
    `trimmed` says that no cell begins or ends with a blank.

    `_unread` lists the cells that are not of their column's type, with their texts; null without any.
    """
    fallible = [name for name in columns if ledger.column(name).type not in _ANY_TEXT]
    cells = {name: quoted(name) if trimmed else f"trim({quoted(name)})" for name in columns}
    parts = [f"{_cast(ledger.column(name), cell)} as {quoted(name)}" for name, cell in cells.items()]
    parts += [
        f"{_cast(column, 'cast(null as varchar)')} as {quoted(column.name)}"
        for column in ledger.columns
        if _is_blank(column, columns)
    ]
    parts += [f"{quoted(name)} as {quoted(f'_text_{name}')}" for name in fallible]
    wrong = {name: f"{quoted(f'_text_{name}')} is not null and {quoted(name)} is null" for name in fallible}
    unread = "cast(null as struct(col varchar, txt varchar)[])"
    if fallible:
        cells = ", ".join(
            f"case when {wrong[name]} then {{'col': {literal(name)}, 'txt': {quoted(f'_text_{name}')}}} end"
            for name in fallible
        )
        unread = f"case when {' or '.join(wrong.values())} then [{cells}] end"
    without = f"exclude ({', '.join(quoted(f'_text_{name}') for name in fallible)})" if fallible else ""
    return (
        f"select * {without}, cast(null as varchar) as _blocked, cast(null as varchar) as _questioned, "
        f"{unread} as _unread from (select _row, {', '.join(parts)} from {raw})"
    )


def unreadable_cells(table: Table) -> list[Unreadable]:
    """The cells of a table whose text is not of their column's type, column by column."""
    found = table.connection.sql(
        f"select _row, cell.col, cell.txt from (select _row, unnest(_unread) as cell "
        f"from {quoted(table.name)} where _unread is not null) where cell is not null order by _row"
    ).fetchall()
    order = {column.name: at for at, column in enumerate(table.ledger.columns)}
    found.sort(key=lambda each: order[each[1]])
    return [Unreadable(int(row), table.ledger.column(name), str(text)) for row, name, text in found]


_ANY_TEXT = ("text", "code", "enum", "list", "geometry")
"""Types that every text is of."""


def _cast(column: Column, text: str) -> str:
    """SQL for the value of a text."""
    # Few cells have separators: the others are read as they stand.
    number = f"case when contains({text}, ',') or contains({text}, '，') then "
    number += f"replace(replace({text}, ',', ''), '，', '') else {text} end"
    match column.type:
        case "int":
            return f"try_cast({number} as bigint)"
        case "decimal":
            # Never fewer than four places: 143.996 m² must not become the 144 that a limit asks for.
            return f"try_cast({number} as decimal(24, {max(4, column.places or 0)}))"
        case "degrees":
            return f"try_cast({number} as double)"
        case "bool":
            yes, no = (", ".join(literal(word) for word in words) for words in (_YES, _NO))
            return f"case when upper({text}) in ({yes}) then true when upper({text}) in ({no}) then false end"
        case "date":
            return _day(text)
        case "datetime":
            return _instant(text)
        case "enum":
            # People fill in the words of the list, programs the codes.
            words = ", ".join(literal(word) for word in column.codes.values())
            codes = [f"when {literal(word)} then {literal(code)}" for code, word in column.codes.items()]
            return f"case when {text} in ({words}) then case {text} {' '.join(codes)} end else {text} end"
        case "list":
            return f"string_split_regex({text}, '[;；、,，]\\s*')"
        case _:
            return text


_FIRST, _LAST = "1900", "22"
"""Between these texts lie all days that begin with a year from 1900 to 2199."""


def _day(text: str) -> str:
    formats = ", ".join(f"'{each}'" for each in _DATES)
    slow = _in_reach(text, f"cast(try_strptime(left({text}, 11), [{formats}]) as date)", "date")
    return _usually(text, "____-__-__", f"cast(try_strptime({text}, '%Y-%m-%d') as date)", slow)


def _usually(text: str, form: str, value: str, otherwise: str) -> str:
    """`value` where a text has the form in which programs write, and its year is within reach: it is read
    several times as fast without looking for its form."""
    usual = f"{text} like '{form}' and {text} between '{_FIRST}' and '{_LAST}'"
    return f"case when {usual} then {value} else {otherwise} end"


def _in_reach(text: str, value: str, kind: str) -> str:
    """A day or an instant of 1900 to 2199, in digits; no record is of another time, and no engine need know
    the words that one knows (epoch, infinity)."""
    digits = f"left({text}, 1) between '0' and '9'"
    return (
        f"case when {digits} and {value} between {kind} '1900-01-01' and {kind} '2199-12-31' then {value} end"
    )


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
    slow = _in_reach(text, f"try_strptime({plain}, [{formats}]) + to_minutes(480 - ({minutes}))", "timestamp")
    usual = f"try_strptime(left({text}, 19), '%Y-%m-%dT%H:%M:%S')"
    return _usually(text, "____-__-__T__:__:__+08:00", usual, slow)
