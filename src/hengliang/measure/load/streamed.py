"""A series of readings while it is loaded: its rows stand in a Parquet file, in the order of the source, and
pass through the engine without being held. What checks mark is kept beside the file.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from hengliang.measure.definition import Ledger
from hengliang.measure.table import Table, known_columns, literal, quoted, typed_rows


class StreamedTable(Table):
    """A table whose rows are in a file. Codes of rows are marked in a table of their own."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, ledger: Ledger, columns: tuple[str, ...], file: Path
    ) -> None:
        super().__init__(connection, ledger, ledger.name, columns)
        self.file = file
        self.marked = False
        connection.execute(
            "create or replace temp table _codes (r bigint, blocked varchar, questioned varchar)"
        )
        self._seen()

    def mark(self, column: str, codes: Mapping[int, str]) -> None:
        if not codes:
            return
        self.marked = True
        part = column.removeprefix("_")
        self.connection.execute(
            f"insert into _codes (r, {part}) select unnest($1::bigint[]), unnest($2::varchar[])",
            [[*codes], [*codes.values()]],
        )
        # The first mark of a row stands.
        self.connection.execute(
            "create or replace temp table _codes as select r, arg_min(blocked, rowid) as blocked, "
            "arg_min(questioned, rowid) as questioned from _codes group by r order by r"
        )
        self._seen()

    def moved(self, file: Path) -> None:
        """Moves the rows to another file."""
        self.file = self.file.rename(file)
        self._seen()

    def _seen(self) -> None:
        rows = f"select * from read_parquet({literal(str(self.file))}, hive_partitioning = false)"
        if self.marked:
            rows = (
                "select f.* replace (c.blocked as _blocked, c.questioned as _questioned) "
                f"from ({rows}) f left join _codes c on f._row = c.r"
            )
        self.connection.execute(f"create or replace temp view {quoted(self.name)} as {rows}")


def streamed(
    connection: duckdb.DuckDBPyConnection, ledger: Ledger, columns: Sequence[str], raw: str, file: Path
) -> StreamedTable:
    """Writes the typed rows of `raw` (SQL whose columns are text beside `_row`) to `file`.

    Raises duckdb.Error where the source is not what the engine can read.
    """
    connection.execute(
        f"copy ({typed_rows(ledger, f'({raw})', columns, trimmed=True)}) to {literal(str(file))} "
        "(format parquet, compression zstd)"
    )
    return StreamedTable(connection, ledger, known_columns(ledger, columns), file)
