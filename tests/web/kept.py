"""The rows of an installation, kept as they stand in the database and put back later: far cheaper than making
them anew by the actions, and the same."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import connection

Rows = dict[str, tuple[list[str], Sequence[tuple[Any, ...]]]]
"""By table: the names of its columns, and its rows."""


def all_rows() -> Rows:
    """What stands in every table of the application that holds anything."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {_quoted(table)}")
            if rows := cursor.fetchall():
                found[table] = [column[0] for column in cursor.description], rows
    return found


def put_back(kept: Rows) -> None:
    """Writes rows again. Must run inside a transaction: what refers to what is checked at its end."""
    with connection.cursor() as cursor:
        for table, (columns, rows) in kept.items():
            names = ", ".join(map(_quoted, columns))
            holes = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {_quoted(table)} ({names}) VALUES ({holes})", rows)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
