"""Metrics of long series against SQL that was written by hand for DuckDB, over the same Parquet files.

    python -m benchmarks.series [ROWS …]        1e6 1e7 1e8 unless said; 1e8 takes 3 GB of disk and some time

Each piece of work runs in a process of its own, with two threads and 4 GB for the engine, and must give the
same answer. Told are the better of two runs in seconds of the processor, the peak memory of the process, and
the ratio.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import duckdb

from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.check import as_asked
from hengliang.measure.checks.catalogue import shared_check
from hengliang.measure.live import live_records
from hengliang.measure.period import fiscal_year
from hengliang.measure.records import Records, value_of
from hengliang.measure.store import Batch, Store

RUNS = 2
_MARKS = "null::varchar as _blocked, null::varchar as _questioned"
_HOURS = 8760
_ROWS = {
    # Every hour of a year from as many channels as are needed; two in a hundred are lost, some stand still.
    "sensor_reading": f"""
        select row_number() over () as _row, printf('4304221020070100%04d%04d', s // 5, s % 5) as device_id,
          case s % 3 when 0 then 'L1_LF_1' when 1 then 'L1_QJ_1' else 'L1_GP_1' end as sensor_code,
          'value' as metric, timestamp '2023-01-01' + to_hours(h) as observed_at,
          cast(10 + s % 50 + (hash(s, h // (1 + s % 30)) % 1000) / 1000 as decimal(24,4)) as value,
          'mm' as unit,
          cast(case when hash(h, s, 1) % 1000 = 0 then 2 else 0 end as bigint) as quality, {_MARKS}
        from range({_HOURS}) a(h), range({{rows}} // {_HOURS}) b(s) where hash(s, h) % 50 <> 0""",
    "groundwater_reading": f"""
        select row_number() over () as _row, printf('4304%08d', s) as station_id,
          timestamp '2023-01-01' + to_hours(h) as observed_at,
          cast(50 + (hash(s, h // (1 + s % 30)) % 1000) / 1000 as decimal(24,4)) as level_m,
          cast(18.1 as decimal(24,4)) as temp_c,
          cast(case when hash(h, s, 1) % 1000 = 0 then 2 else 0 end as bigint) as quality, {_MARKS}
        from range({_HOURS}) a(h), range({{rows}} // {_HOURS}) b(s) where hash(s, h) % 50 <> 0""",
    "tower_alarm": f"""
        select i + 1 as _row, printf('TA-%09d', i) as alarm_id, printf('430422-T%04d', i % 930) as tower_id,
          timestamp '2023-01-01' + to_seconds(i % 31536000) as alarm_at,
          case i % 3 when 0 then 'SMOKE' when 1 then 'BUILDING' else 'EXCAVATION' end as kind,
          case when hash(i) % 10 <> 0 then timestamp '2023-01-01' + to_seconds(i % 31536000)
            + to_seconds(cast(hash(i, 2) % 100000 as bigint)) end as verified_at,
          case when hash(i) % 10 <> 0 then case i % 5 when 0 then 'TRUE' else 'FALSE' end end as verdict,
          {_MARKS}
        from range({{rows}}) a(i)""",
    "field_patrol": f"""
        select i + 1 as _row, printf('XT-%09d', i) as patrol_id,
          printf('430422102007-%05d', i % 20000) as grid_id, printf('T%05d', i % 20000) as chief_id,
          timestamp '2023-01-01' + to_seconds(i % 31535000) as started_at,
          timestamp '2023-01-01' + to_seconds(i % 31535000 + 60 + cast(hash(i) % 5000 as bigint)) as ended_at,
          cast(hash(i, 2) % 4000 as decimal(24,4)) as track_m,
          cast(hash(i, 3) % 101 as decimal(24,4)) as inside_pct,
          false as issue_found, {_MARKS}
        from range({{rows}}) a(i)""",
}  # fmt: skip

_GOOD = """_blocked is null and coalesce(quality, 0) <= 1
    and observed_at >= timestamp '2023-01-01' and observed_at < timestamp '2024-01-01'"""
_SERIES = "device_id, sensor_code, metric"
_SQL = {
    "arrival": f"""
        with r as (select * from {{rows}} where observed_at >= timestamp '2023-01-01'
            and observed_at < timestamp '2024-01-01')
        select round(100 * (select count(*) from (select distinct {_SERIES}, date_trunc('hour', observed_at)
            from r where _blocked is null and coalesce(quality, 0) <= 1))
          / ({_HOURS} * (select count(*) from (select distinct {_SERIES} from r))), 2)""",
    "gaps": f"""
        select max(gap) / 3600 from (select date_diff('second', lag(observed_at) over (
          partition by {_SERIES} order by observed_at), observed_at) as gap from {{rows}} where {_GOOD})""",
    "flatline": f"""
        with b as (select _row, {_SERIES}, observed_at, value, lag(value) over w as before from {{rows}}
            where _blocked is null and coalesce(quality, 0) = 0
              and left(sensor_code, 5) in ('L1_GP', 'L1_LF', 'L1_QJ')
            window w as (partition by {_SERIES} order by observed_at)),
          g as (select *, sum(case when value is distinct from before then 1 else 0 end) over (
            partition by {_SERIES} order by observed_at rows unbounded preceding) as run from b)
        select count(*) from (select min(_row) from g group by {_SERIES}, run
          having date_diff('second', min(observed_at), max(observed_at)) >= 86400)""",
    "groundwater": f"""
        with b as (select station_id, observed_at, level_m, lag(level_m) over w as before from {{rows}}
            where {_GOOD}
            window w as (partition by station_id order by observed_at)),
          g as (select *, sum(case when level_m is distinct from before then 1 else 0 end) over (
            partition by station_id order by observed_at rows unbounded preceding) as run from b)
        select max(h) / 3600 from (select date_diff('second', min(observed_at), max(observed_at)) as h
          from g group by station_id, run)""",
    "tower_alarm": """
        select round(100 * count(*) filter (_blocked is null and verified_at - alarm_at <= interval 24 hours)
          / count(*) filter (_blocked is distinct from 'Q08'), 2)
        from {rows} where cast(alarm_at as date) between date '2023-01-01' and date '2023-12-31'""",
    "field_patrol": """
        select round(100 * count(*) / (20000 * 12), 2) from (select grid_id, month(started_at) from {rows}
          where _blocked is null and year(started_at) = 2023 and track_m >= 500 and inside_pct >= 80
            and date_diff('second', started_at, ended_at) >= 600
          group by all having count(*) >= 2)""",
}  # fmt: skip


def _metric(name: str) -> Callable[[Records, str], object]:
    def work(records: Records, ledger: str) -> object:
        defined = all_ledgers()[ledger]
        return value_of(records, defined, next(each for each in defined.metrics if each.id == name)).shown

    return work


def _flat(records: Records, ledger: str) -> object:
    table = records.tables[ledger]
    asked = next(each for each in table.ledger.checks if each.code == "F13")
    return len(shared_check("F13")(table, as_asked(asked, table, records), records))


_WORK = {
    "arrival": ("sensor_reading", _metric("M02_arrival_pct")),
    "gaps": ("sensor_reading", _metric("M02_max_gap_h")),
    "flatline": ("sensor_reading", _flat),
    "groundwater": ("groundwater_reading", _metric("longest_flat_h")),
    "tower_alarm": ("tower_alarm", _metric("MG07")),
    "field_patrol": ("field_patrol", _metric("MG05")),
}


class Taken(NamedTuple):
    """What one piece of work gave, and what it took."""

    answer: float
    seconds: float
    memory_mb: int


def main(arguments: list[str]) -> None:
    """Measures all work at all sizes; or, with `--one`, a single piece of it in this process."""
    if arguments[:1] == ["--one"]:
        _, work, side, folder = arguments
        print(json.dumps(_one(work, side, Path(folder))))
        return
    sizes = [int(float(text)) for text in arguments] or [10**6, 10**7, 10**8]
    spent: dict[str, list[float]] = {name: [] for name in _WORK}
    with tempfile.TemporaryDirectory(prefix="hengliang-series-") as folder:
        for rows in sizes:
            for ledger in _ROWS:
                store = _write(Path(folder) / str(rows), ledger, rows)
                for name in (name for name, (of, _) in _WORK.items() if of == ledger):
                    spent[name].append(_compare(name, rows, store))
    if len(sizes) > 1:
        for name, taken in spent.items():
            growth = sizes[-1] / sizes[0]
            print(f"{name:12} {growth:.0f} times the rows take {taken[-1] / taken[0]:.0f} times the time")


def _compare(name: str, rows: int, store: Path) -> float:
    ours, theirs = (_apart(name, side, store) for side in ("metric", "sql"))
    assert ours.answer == theirs.answer, (name, ours, theirs)
    print(
        f"{name:12} {rows:.0e} rows  metric {ours.seconds:7.2f} s {ours.memory_mb:5} MB   "
        f"sql {theirs.seconds:7.2f} s {theirs.memory_mb:5} MB   ratio {ours.seconds / theirs.seconds:.2f}   "
        f"answer {ours.answer:g}",
        flush=True,
    )
    return ours.seconds


def _apart(name: str, side: str, store: Path) -> Taken:
    command = [sys.executable, "-m", "benchmarks.series", "--one", name, side, str(store)]
    return Taken(*json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def _one(name: str, side: str, folder: Path) -> Taken:
    ledger, work = _WORK[name]
    store = Store(folder)
    with _engine(folder) as engine:
        if side == "metric":
            records = live_records(
                engine, store, [all_ledgers()[ledger]], fiscal_year(2023), {"grids_due": 20000}
            ).records
            times, answers = _timed(lambda: work(records, ledger))
        else:
            path = store.place(store.batches(ledger)[0]) / "records.parquet"
            sql = _SQL[name].format(rows=f"read_parquet('{path}')")
            times, answers = _timed(lambda: engine.sql(sql).fetchall()[0][0])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Taken(float(str(answers[-1])), min(times), peak)


def _timed(work: Callable[[], object]) -> tuple[list[float], list[object]]:
    """Seconds of the processor for each run, and the answers. The first loads what a process needs."""
    times: list[float] = []
    answers: list[object] = []
    for _ in range(RUNS):
        start = time.process_time()
        answers.append(work())
        times.append(time.process_time() - start)
    return times, answers


def _write(folder: Path, ledger: str, rows: int) -> Path:
    """A store with one batch of so many rows."""
    columns = tuple(column.name for column in all_ledgers()[ledger].columns)
    with _engine(folder.parent) as engine:
        made = _ROWS[ledger].format(rows=rows)
        names = [str(row[0]) for row in engine.sql(f"describe {made}").fetchall()]
        batch = Batch(
            id="0" * 16, ledger=ledger, ledger_version=1, year=2023, organisation="430400", rows=rows,
            blocked=0, questioned=0, content_sha256="0" * 64, source_file="made", source_sha256="0" * 64,
            source_sheet=None, first_row=2, loaded_at="2024-01-02T08:00:00+08:00", loaded_by="U01",
            columns=tuple(name for name in names if name in columns),
        )  # fmt: skip
        place = Store(folder).place(batch)
        place.mkdir(parents=True)
        (place / "manifest.json").write_text(batch.model_dump_json(), encoding="utf-8")
        engine.execute(f"copy ({made}) to '{place / 'records.parquet'}' (format parquet, compression zstd)")
    return folder


@contextmanager
def _engine(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as engine:
        engine.execute("set threads = 2; set memory_limit = '4GB'")
        engine.execute(f"set temp_directory = '{folder / 'spill'}'")
        yield engine


if __name__ == "__main__":
    main(sys.argv[1:])
