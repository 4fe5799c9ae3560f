"""The same records on another engine: what DuckDB has typed and checked, for Polars or Spark to compute.

Metrics are narwhals expressions and do not know the engine; their values are the same to the last digit.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import narwhals as nw
from narwhals._spark_like.expr_dt import SparkLikeExprDateTimeNamespace

from hengliang.measure.records import Records
from hengliang.measure.table import Table, literal, quoted

_Frame = nw.LazyFrame[Any]


class _Elsewhere(Table):
    """A table whose rows are asked of another engine. Checks still work on the one in DuckDB."""

    def __init__(self, table: Table, frame: _Frame) -> None:
        super().__init__(table.connection, table.ledger, table.name, table.columns)
        self._frame = frame

    @property
    def frame(self) -> _Frame:  # pyright: ignore[reportIncompatibleVariableOverride]
        """The rows, for expressions."""
        return self._frame


def on_polars(records: Records) -> Records:
    """The records in the memory of this process, for Polars, which must be installed."""
    return _moved(records, lambda table: nw.from_native(table.connection.table(table.name).pl().lazy()))


def on_spark(records: Records, session: Any, folder: Path) -> Records:
    """The records for a session of Spark, as Parquet files in `folder`, which every worker must reach."""
    _teach_spark_elapsed_time()

    def moved(table: Table) -> _Frame:
        path = folder / f"{table.name}.parquet"
        table.connection.execute(
            f"copy (select * from {quoted(table.name)}) to {literal(str(path))} (format parquet)"
        )
        return nw.from_native(session.read.parquet(str(path)))

    return _moved(records, moved)


def _moved(records: Records, frame: Callable[[Table], _Frame]) -> Records:
    tables = {name: _Elsewhere(table, frame(table)) for name, table in records.tables.items()}
    return Records(tables, records.period, records.given)


def _teach_spark_elapsed_time() -> None:
    """narwhals 2 does not know how long an interval of Spark is; once it does, nothing is changed."""
    for name, size in {"total_seconds": 1, "total_minutes": 60}.items():
        if type(vars(SparkLikeExprDateTimeNamespace).get(name)).__name__ == "not_implemented":
            setattr(SparkLikeExprDateTimeNamespace, name, _elapsed(size))


def _elapsed(seconds: int) -> Callable[[Any], Any]:
    """Whole times so many seconds, from the parts of an interval: a sum with an instant would move by summer
    time."""
    sizes = {"DAY": 86400, "HOUR": 3600, "MINUTE": 60, "SECOND": 1}

    def whole(self: Any) -> Any:
        spark = self.compliant._F

        def expression(interval: Any) -> Any:
            parts: list[Any] = [
                spark.extract(spark.lit(part), interval) * size for part, size in sizes.items()
            ]
            total = parts[0] + parts[1] + parts[2] + parts[3]
            return (total / seconds).cast("bigint")

        return self.compliant._with_elementwise(expression)

    return whole
