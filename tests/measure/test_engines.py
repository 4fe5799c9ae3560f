"""Every metric of every vector on DuckDB, on Polars, and with its rows turned round: always the same."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw
import pytest

from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.check import check
from hengliang.measure.period import Period
from hengliang.measure.records import Records, value_of
from hengliang.measure.table import Table
from hengliang.measure.vectors import run_vectors, tables_of

pytest.importorskip("polars")

HERE = Path(__file__).parent
LEDGERS = all_ledgers()


def vectors() -> Iterator[Any]:
    """Each vector whose ledgers are all defined, with its folder."""
    for path in sorted(HERE.glob("**/expected.json")):
        for vector in json.loads(path.read_text(encoding="utf-8"))["vectors"]:
            if all(Path(file).stem.partition("_")[2] in LEDGERS for file in vector["files"]):
                yield pytest.param(path.parent, vector, id=f"{path.parent.name}-{vector['id']}")


class OnPolars(Table):
    """The same rows as a lazy frame of Polars."""

    @property
    def frame(self) -> nw.LazyFrame[Any]:  # type: ignore[override]
        return nw.from_native(self.connection.table(self.name).pl().lazy())


@pytest.mark.parametrize(("folder", "vector"), [*vectors()])
def test_both_engines_say_the_same(folder: Path, vector: dict[str, Any]) -> None:
    as_of = vector["params"].get("as_of")
    period = Period(
        date(2023, 1, 1), date(2023, 12, 31), date(2024, 1, 31), as_of and date.fromisoformat(as_of)
    )
    with duckdb.connect() as connection:
        tables = tables_of(connection, folder, vector["files"], LEDGERS)
        records = Records({name: table for name, (table, _) in tables.items()}, period, vector["params"])
        for table, unreadable in tables.values():
            check(table, unreadable, records)
        moved = {
            name: OnPolars(connection, table.ledger, name, table.columns)
            for name, table in records.tables.items()
        }
        again = Records(moved, period, vector["params"])
        ledger = LEDGERS[vector["ledger"]]
        for metric in ledger.metrics:
            assert value_of(again, ledger, metric) == value_of(records, ledger, metric), metric.id


@pytest.mark.parametrize(("folder", "vector"), [*vectors()])
def test_the_order_of_rows_does_not_matter(folder: Path, vector: dict[str, Any], tmp_path: Path) -> None:
    for file in vector["files"]:
        head, *rows = (folder / file).read_text(encoding="utf-8").splitlines(keepends=True)
        (tmp_path / file).write_text(head + "".join(reversed(rows)), encoding="utf-8")
    (tmp_path / "expected.json").write_text(
        json.dumps({"vectors": [{**vector, "findings": []}], "freeze_date": "2024-01-31"}), encoding="utf-8"
    )
    different = run_vectors(tmp_path, LEDGERS).different
    # A list of rows follows the source; every number must not.
    assert [each for each in different if not isinstance(each.expected, list)] == []
