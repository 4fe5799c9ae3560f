"""Nothing personal leaves: every personal column of every ledger is filled with what nobody would write by
chance, everything is published, and the bytes are searched."""

import csv
import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from hengliang.base.profile import load_profile
from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.definition import Column, Ledger
from hengliang.measure.load.run import Loading, load
from hengliang.measure.period import fiscal_year
from hengliang.measure.store import Store
from hengliang.report.package.archive import unpack
from hengliang.report.package.publish import publish
from tests.report.package.packages import LOADED_AT, VECTORS, binding_of, example

PLAIN = {
    "text": "甲", "code": "X1", "int": "1", "decimal": "1", "bool": "Y", "date": "2023-06-01",
    "datetime": "2023-06-01 08:00:00", "list": "甲;乙", "degrees": "112.60123457",
    "geometry": "POINT (112.60123457 26.9)",
}  # fmt: skip
POSITION = "112.60123457"
ROWS = 3


class Sentinels:
    """Values that stand in one cell each."""

    def __init__(self) -> None:
        self.used: list[str] = []
        self.columns: set[tuple[str, str]] = set()

    def of(self, ledger: Ledger, column: Column) -> str:
        """A value of the column's type, where such a value can be told from others; and what is used up."""
        self.columns.add((ledger.name, column.name))
        number = len(self.used)
        if column.type == "bool":
            return "Y"
        if column.type in ("int", "decimal"):
            value = f"{917_350_000 + number}"
        elif column.type == "datetime":
            value = (datetime(2023, 3, 5, 4, 7) + timedelta(seconds=61 * number)).isoformat(" ")  # noqa: DTZ001
        else:
            value = f"哨SENTINEL{number:05d}"
        self.used.append(value)
        return value


def filled(ledger: Ledger, folder: Path, sentinels: Sentinels) -> Path:
    """A file of the ledger with all its columns, and one that it does not know."""
    path = folder / f"张三的台账{ledger.name}.csv"
    base = next(iter(sorted(VECTORS.glob(f"*_{ledger.name}.csv"))), None)
    given = list(csv.DictReader(base.read_text(encoding="utf-8").splitlines())) if base else []
    rows = given or [{} for _ in range(ROWS)]
    names = [column.name for column in ledger.columns]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([*names, "联系电话"])
        for number, row in enumerate(rows):
            writer.writerow([*_cells(ledger, row, number, sentinels), "13987654321"])
    return path


def _cells(ledger: Ledger, row: dict[str, str], number: int, sentinels: Sentinels) -> Iterator[str]:
    for column in ledger.columns:
        if column.personal:
            yield sentinels.of(ledger, column)
        elif row.get(column.name):
            yield row[column.name]
        elif column.name in ledger.key and column.type in ("text", "code"):
            yield f"K{number}"
        elif column.name in ("supersedes", "void_reason"):
            yield ""
        elif column.name in ("record_id", "source_system") and number == 0:
            # The load fills these in from the file: its digest, its name.
            yield ""
        else:
            yield next(iter(column.codes), PLAIN.get(column.type, ""))


@pytest.mark.slow
def test_no_personal_value_of_any_ledger_leaves(tmp_path: Path) -> None:
    sentinels, ledgers = Sentinels(), all_ledgers()
    loading = Loading(2023, "430400", "李四", LOADED_AT)
    store = tmp_path / "store"
    for ledger in ledgers.values():
        load(filled(ledger, tmp_path, sentinels), ledger, Store(store), loading, fiscal_year(2023))
    personal = {
        (ledger.name, column.name)
        for ledger in ledgers.values()
        for column in ledger.columns
        if column.personal
    }
    assert sentinels.columns == personal
    form = example()
    metrics = [metric.id for ledger in ledgers.values() for metric in ledger.metrics]
    made = publish(
        form, b"the form", binding_of(form, {}, metrics), store, fiscal_year(2023), ledgers,
        load_profile("national-2015"),
    )  # fmt: skip
    files = unpack(made.data)
    # Columns that may leave have left, so that the search means something.
    assert sum(name.startswith("records/") for name in files) > len(ledgers) // 2
    headings = {
        (name.split("/")[1].removesuffix(".csv"), heading)
        for name, rows in files.items()
        if name.startswith("records/")
        for heading in rows.split(b"\r\n", 1)[0].decode().split(",")
    }
    assert not headings & personal
    hidden = [*sentinels.used, "13987654321", "李四", "张三的台账", POSITION, "13800001234", "甄实在"]
    assert [text for text in hidden if text.encode() in made.data] == []
    assert [text for text in hidden if text.encode("gb18030") in made.data and not text.isascii()] == []
    assert [text for text in hidden if text.encode("utf-16-le") in made.data] == []
    digests = [
        kind(text.encode()).hexdigest().encode()
        for text in hidden
        for kind in (hashlib.sha256, hashlib.sha1, hashlib.md5)
    ]
    assert [digest for digest in digests if digest in made.data] == []
    for batch in Store(store).batches():
        numbers = [hashlib.md5(f"{batch.source_sha256}:{row}".encode()).hexdigest() for row in (1, 2)]
        numbers += [str(UUID(number)) for number in numbers]
        for told in (batch.id, batch.content_sha256, batch.source_sha256, *numbers):
            assert told.encode() not in made.data
