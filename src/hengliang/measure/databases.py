"""Databases that are read and never written: SQLite files, and PostgreSQL where its driver is installed.

Only what a reconciliation asks: tables and views, their columns and keys, and all rows in any order. A table
whose columns are called otherwise in the other database is compared through a view.
"""

import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from hengliang.base.message import Message, message


class DatabaseError(ValueError):
    """A database that cannot be read; `said` tells which, and why."""

    def __init__(self, said: Message) -> None:
        super().__init__(str(said))
        self.said = said


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns of a table that name a row of another one."""

    columns: tuple[str, ...]
    table: str
    there: tuple[str, ...]


class Database(Protocol):
    """What is asked of a database. Names are compared without regard to their case."""

    def tables(self) -> Sequence[str]:
        """The names of tables and views."""
        ...

    def columns(self, table: str) -> Sequence[str]:
        """The columns of a table, in its order."""
        ...

    def key(self, table: str) -> Sequence[str]:
        """The columns of its primary key; none where none is declared."""
        ...

    def references(self, table: str) -> Sequence[Reference]:
        """The declared foreign keys."""
        ...

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """All rows, a piece at a time."""
        ...

    def count(self, sql: str) -> int:
        """The number that a query gives."""
        ...


@contextmanager
def open_database(place: str) -> Generator[Database]:
    """The database at `place`: `postgresql://…`, or else the path of a SQLite file. Raises DatabaseError."""
    if place.startswith(("postgresql://", "postgres://")):
        with _postgres(place) as database:
            yield database
    else:
        with _sqlite(Path(place)) as database:
            yield database


@contextmanager
def _sqlite(path: Path) -> Generator[Database]:
    if not path.is_file():
        raise DatabaseError(message("{file}: there is no such file", file=str(path)))
    connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)
    try:
        # Old systems wrote texts in other encodings: what is no UTF-8 stays apart, and is compared as it is.
        connection.text_factory = _text
        yield Sqlite(connection)
    except sqlite3.Error as error:
        raise DatabaseError(
            message("{file} cannot be read as a database: {why}", file=str(path), why=str(error))
        ) from None
    finally:
        connection.close()


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


@contextmanager
def _postgres(place: str) -> Generator[Database]:
    try:
        driver: Any = import_module("psycopg")
    except ImportError:
        raise DatabaseError(
            message("PostgreSQL is read with the Python package psycopg; it is missing")
        ) from None
    try:
        with driver.connect(place) as connection:
            connection.read_only = True
            yield Postgres(connection)
    except driver.Error as error:
        raise DatabaseError(message("PostgreSQL says: {why}", why=str(error).strip())) from None


def place_said(place: str) -> str:
    """The place of a database without a password."""
    parts = urlsplit(place)
    if parts.scheme not in ("postgresql", "postgres"):
        return place
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"


def named(name: str) -> str:
    """A name for SQL."""
    return '"' + name.replace('"', '""') + '"'


_AT_ONCE = 10_000


class Sqlite:
    """A SQLite file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def tables(self) -> Sequence[str]:
        """See Database."""
        found = self._connection.execute(
            "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite\\_%' "
            "escape '\\' order by name"
        )
        return [str(name) for (name,) in found]

    def columns(self, table: str) -> Sequence[str]:
        """See Database."""
        return [str(row[1]) for row in self._connection.execute(f"pragma table_info({named(table)})")]

    def key(self, table: str) -> Sequence[str]:
        """See Database."""
        rows = self._connection.execute(f"pragma table_info({named(table)})").fetchall()
        return [str(row[1]) for row in sorted(rows, key=lambda row: row[5]) if row[5]]

    def references(self, table: str) -> Sequence[Reference]:
        """See Database."""
        parts: dict[int, list[tuple[Any, ...]]] = {}
        for row in self._connection.execute(f"pragma foreign_key_list({named(table)})"):
            parts.setdefault(int(row[0]), []).append(row)
        found: list[Reference] = []
        for rows in parts.values():
            rows.sort(key=lambda row: row[1])
            target = str(rows[0][2])
            # A reference without columns is one to the primary key.
            there = self.key(target) if rows[0][4] is None else [str(row[4]) for row in rows]
            found.append(Reference(tuple(str(row[3]) for row in rows), target, tuple(there)))
        return found

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """See Database."""
        listed = ", ".join(named(name) for name in columns)
        cursor = self._connection.execute(f"select {listed} from {named(table)}")
        while part := cursor.fetchmany(_AT_ONCE):
            yield from part

    def count(self, sql: str) -> int:
        """See Database."""
        return int(self._connection.execute(sql).fetchone()[0])


class Postgres:
    """A PostgreSQL database; the tables of its search path."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def _all(self, sql: str, *values: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, values).fetchall()

    def tables(self) -> Sequence[str]:
        """See Database."""
        return [
            str(name)
            for (name,) in self._all(
                "select table_name from information_schema.tables "
                "where table_schema = any(current_schemas(false)) order by table_name"
            )
        ]

    def columns(self, table: str) -> Sequence[str]:
        """See Database."""
        found = self._all(
            "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 "
            "and not attisdropped order by attnum",
            named(table),
        )
        return [str(name) for (name,) in found]

    def key(self, table: str) -> Sequence[str]:
        """See Database."""
        found = self._all(
            "select a.attname from pg_constraint c, unnest(c.conkey) with ordinality k(number, place) "
            "join pg_attribute a on a.attnum = k.number "
            "where c.contype = 'p' and c.conrelid = %s::regclass and a.attrelid = c.conrelid "
            "order by k.place",
            named(table),
        )
        return [str(name) for (name,) in found]

    def references(self, table: str) -> Sequence[Reference]:
        """See Database."""
        found = self._all(
            "select c.oid, t.relname, a.attname, b.attname from pg_constraint c "
            "join pg_class t on t.oid = c.confrelid, "
            "unnest(c.conkey, c.confkey) with ordinality k(own, there, place) "
            "join pg_attribute a on a.attnum = k.own join pg_attribute b on b.attnum = k.there "
            "where c.contype = 'f' and c.conrelid = %s::regclass and a.attrelid = c.conrelid "
            "and b.attrelid = c.confrelid order by c.oid, k.place",
            named(table),
        )
        parts: dict[Any, list[tuple[Any, ...]]] = {}
        for row in found:
            parts.setdefault(row[0], []).append(row)
        return [
            Reference(tuple(row[2] for row in rows), str(rows[0][1]), tuple(row[3] for row in rows))
            for rows in parts.values()
        ]

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """See Database."""
        listed = ", ".join(named(name) for name in columns)
        # A cursor with a name stays on the server: no more than a piece of the table is in memory.
        with self._connection.cursor(name="reconcile") as cursor:
            cursor.execute(f"select {listed} from {named(table)}")
            while part := cursor.fetchmany(_AT_ONCE):
                yield from part

    def count(self, sql: str) -> int:
        """See Database."""
        return int(self._all(sql)[0][0])
