"""The memory of the engine is bounded, and beyond it the engine works on the disk."""

from pathlib import Path

import duckdb
import pytest

from hengliang.base.message import Message
from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.load.headings import LoadError
from hengliang.measure.load.run import Loaded, Loading, Manner, load
from hengliang.measure.memory import VARIABLE, MemorySettingError, limits, memory
from hengliang.measure.period import fiscal_year
from hengliang.measure.store import Store

ROWS = 200_000


@pytest.mark.parametrize(
    ("text", "size"),
    [("512MB", 512_000_000), ("1.5 gb", 1_500_000_000), ("1GiB", 1 << 30), ("", 2_000_000_000)],
)
def test_what_the_setting_says(text: str, size: int) -> None:
    assert memory({VARIABLE: text}) == size
    assert memory({}) == 2_000_000_000


@pytest.mark.parametrize("text", ["much", "8", "8TB", "-1GB", "80%"])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(MemorySettingError, match="512MB"):
        memory({VARIABLE: text})


def test_two_engines_share_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, "1GB")
    with duckdb.connect(config=limits(tmp_path, 2)) as connection:
        told = connection.sql("select current_setting('memory_limit')").fetchall()[0][0]
    assert told == "476.8 MiB"


def loaded(folder: Path) -> tuple[Loaded, set[str]]:
    """A load of many readings in no order, and the limits that the engine had on the way."""
    path = folder / "readings.csv"
    duckdb.sql(
        "copy (select 'D' || hash(i) % 1000 as device_id, 'L1_LF_1' as sensor_code, 'value' as metric, "
        "strftime(timestamp '2023-01-01' + to_seconds((hash(i, 1) % 31536000)::bigint), "
        "'%Y-%m-%dT%H:%M:%S+08:00') as observed_at, (hash(i) % 500 / 100)::decimal(8, 2) as value, "
        f"'mm' as unit from range({ROWS}) t(i)) to '{path}' (format csv, header)"
    )
    seen: set[str] = set()

    def watch(_: Message, connection: duckdb.DuckDBPyConnection) -> None:
        seen.add(connection.sql("select current_setting('memory_limit')").fetchall()[0][0])

    loading = Loading(2023, "430400", "U01", "2024-01-10T10:00:00+08:00")
    ledger = all_ledgers()["sensor_reading"]
    store = Store(folder / "store")
    return load(path, ledger, store, loading, fiscal_year(2023), manner=Manner(watch=watch)), seen


def test_a_load_stays_within_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "wide").mkdir()
    (tmp_path / "narrow").mkdir()
    wide, _ = loaded(tmp_path / "wide")
    monkeypatch.setenv(VARIABLE, "80MB")
    narrow, seen = loaded(tmp_path / "narrow")
    assert seen == {"76.2 MiB"}
    assert narrow.findings == wide.findings
    assert narrow.batch is not None
    assert wide.batch is not None
    assert narrow.batch.content_sha256 == wide.batch.content_sha256


def test_too_little_memory_is_told_and_nothing_is_stored(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(VARIABLE, "1MB")
    with pytest.raises(LoadError, match="cannot be worked on"):
        loaded(tmp_path)
    assert Store(tmp_path / "store").batches() == []
    monkeypatch.setenv(VARIABLE, "much")
    with pytest.raises(LoadError, match="512MB"):
        loaded(tmp_path)
