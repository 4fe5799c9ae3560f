"""Every metric of every vector on DuckDB, Polars and Spark, and with its rows turned round: the same."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import pytest

from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.check import check
from hengliang.measure.elsewhere import on_polars, on_spark
from hengliang.measure.period import fiscal_year
from hengliang.measure.records import Records, value_of
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


def year_of(folder: Path) -> int:
    """The fiscal year of the vectors in a folder."""
    return int(json.loads((folder / "expected.json").read_text(encoding="utf-8"))["fiscal_year"])


@contextmanager
def checked(folder: Path, vector: dict[str, Any]) -> Iterator[Records]:
    """The records of a vector in DuckDB, after all checks."""
    as_of = vector["params"].get("as_of")
    period = fiscal_year(year_of(folder), as_of=as_of and date.fromisoformat(as_of))
    with duckdb.connect() as connection:
        tables = tables_of(connection, folder, vector["files"], LEDGERS)
        records = Records({name: table for name, (table, _) in tables.items()}, period, vector["params"])
        for table, unreadable in tables.values():
            check(table, unreadable, records)
        yield records


@pytest.mark.parametrize(("folder", "vector"), [*vectors()])
def test_polars_says_the_same(folder: Path, vector: dict[str, Any]) -> None:
    with checked(folder, vector) as records:
        again = on_polars(records)
        ledger = LEDGERS[vector["ledger"]]
        for metric in ledger.metrics:
            assert value_of(again, ledger, metric) == value_of(records, ledger, metric), metric.id


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """One session of Spark for all tests: it takes seconds to begin."""
    absent = [
        name
        for name, found in (("Java", shutil.which("java")), ("pyspark", find_spec("pyspark")))
        if found is None
    ]
    if absent:
        why = f"Spark is not asked: {' and '.join(absent)} not installed"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "America/New_York",
        # A dozen rows are not worth more than one part, nor compiled code.
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    }
    builder = SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.mark.parametrize(("folder", "vector"), [*vectors()])
@pytest.mark.slow
def test_spark_says_the_same(folder: Path, vector: dict[str, Any], spark: Any, tmp_path: Path) -> None:
    with checked(folder, vector) as records:
        again = on_spark(records, spark, tmp_path)
        ledger = LEDGERS[vector["ledger"]]
        for metric in ledger.metrics:
            assert value_of(again, ledger, metric) == value_of(records, ledger, metric), metric.id


@pytest.mark.parametrize(("folder", "vector"), [*vectors()])
def test_the_order_of_rows_does_not_matter(folder: Path, vector: dict[str, Any], tmp_path: Path) -> None:
    for file in vector["files"]:
        head, *rows = (folder / file).read_text(encoding="utf-8").splitlines(keepends=True)
        (tmp_path / file).write_text(head + "".join(reversed(rows)), encoding="utf-8")
    (tmp_path / "expected.json").write_text(
        json.dumps({"fiscal_year": year_of(folder), "vectors": [{**vector, "findings": []}]}),
        encoding="utf-8",
    )
    different = run_vectors(tmp_path, LEDGERS).different
    # A list of rows follows the source; every number must not.
    assert [each for each in different if not isinstance(each.expected, list)] == []
