"""Loading records against the engine alone: the same file to Parquet, in one run.

    python -m benchmarks.loading [--rows 1000000 10000000] [--spots 100000]

For a series (`sensor_reading`) and an ordinary ledger (`violation_spot`): rows a second of a whole load
(digest, encoding, headings, types, all checks, batch), the same of `COPY (SELECT * FROM read_csv(…)) TO …` in
DuckDB, their ratio, and the peak memory of each, measured in a process of its own. The rows are invented.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

READINGS = """
copy (select '4304221020070100' || lpad((i % 500)::varchar, 8, '0') as device_id, 'L1_LF_1' as sensor_code,
  'value' as metric, strftime(timestamp '2023-01-01' + to_hours((i // 500)::int), '%Y-%m-%dT%H:%M:%S+08:00')
  as observed_at, (10 + (hash(i) % 500) / 100)::decimal(8, 2) as value, 'mm' as unit
  from range({rows}) t(i)) to '{path}' (format csv, header)
"""
SPOTS = """
copy (select 'S' || i as spot_id, 'LAND' as kind, 'PATROL' as source,
  (date '2023-01-01' + (i % 300)::int)::varchar as found_on, 'ILLEGAL' as judged,
  round(pow(radians(0.0005), 2) * 6378137.0 * 6378137.0 * (1 - e2) * cos(radians(y + 0.00025))
    / pow(1 - e2 * pow(sin(radians(y + 0.00025)), 2), 2), 2) as area_m2,
  '0' as farmland_m2, '0' as basic_farmland_m2, 'Y' as must_rectify,
  (date '2023-02-01' + (i % 300)::int)::varchar as rectify_due, '430405' as region_code, 'U01' as person_id,
  'E' || i as evidence_id, md5(i::varchar) as evidence_sha256,
  printf('POLYGON ((%.6f %.6f, %.6f %.6f, %.6f %.6f, %.6f %.6f, %.6f %.6f))', x, y, x + 0.0005, y, x + 0.0005,
    y + 0.0005, x, y + 0.0005, x, y) as geom
  from (select i, 0.00669438002290 as e2, 112.0 + (i % 1000) * 0.001 as x,
    26.5 + (i // 1000) * 0.001 as y from range({rows}) t(i)))
  to '{path}' (format csv, header)
"""
CASES = {"sensor_reading": READINGS, "violation_spot": SPOTS}


def bare(path: Path, folder: Path) -> int:
    """DuckDB alone."""
    with duckdb.connect() as connection:
        connection.sql(
            f"copy (select * from read_csv('{path}')) to '{folder / 'bare.parquet'}' "
            "(format parquet, compression zstd)"
        )
        found = connection.sql(f"select count(*) from read_parquet('{folder / 'bare.parquet'}')").fetchall()
    return int(found[0][0])


def loaded(path: Path, folder: Path, ledger: str) -> int:
    """The whole load."""
    from hengliang.measure.catalogue import all_ledgers
    from hengliang.measure.load.run import Loading, load
    from hengliang.measure.period import fiscal_year
    from hengliang.measure.store import Store

    loading = Loading(2023, "430400", "bench", "2024-01-10T10:00:00+08:00")
    result = load(path, all_ledgers()[ledger], Store(folder / "store"), loading, fiscal_year(2023))
    assert result.batch is not None
    return result.batch.rows


def measured(what: str, path: Path, ledger: str) -> dict[str, float]:
    """Seconds, rows and peak memory of one way, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.loading", "--one", what, str(path), ledger],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def one(what: str, path: Path, ledger: str) -> None:
    """What such a process does."""
    with tempfile.TemporaryDirectory() as folder:
        if what == "loaded":
            # Imports are no part of a load.
            import hengliang.measure.load.run  # noqa: F401
        start, processor = time.perf_counter(), time.process_time()
        rows = bare(path, Path(folder)) if what == "bare" else loaded(path, Path(folder), ledger)
        seconds, spent = time.perf_counter() - start, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "cpu": spent, "rows": rows, "peak_mb": peak}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000_000, 10_000_000])
    parser.add_argument("--spots", type=int, nargs="*", default=[100_000])
    parser.add_argument("--one", nargs=3)
    asked = parser.parse_args()
    if asked.one:
        one(asked.one[0], Path(asked.one[1]), asked.one[2])
        return
    print(f"{'ledger':16} {'rows':>10} {'way':7} {'rows/s':>10} {'s':>7} {'cpu s':>7} {'peak MB':>8}  ratio")
    for ledger, counts in (("sensor_reading", asked.rows), ("violation_spot", asked.spots)):
        for rows in counts:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / f"{ledger}.csv"
                duckdb.sql(CASES[ledger].format(rows=rows, path=path))
                results = {what: measured(what, path, ledger) for what in ("bare", "loaded")}
            for what, each in results.items():
                times = each["seconds"] / results["bare"]["seconds"]
                cpu = each["cpu"] / results["bare"]["cpu"]
                speed = each["rows"] / each["seconds"]
                print(
                    f"{ledger:16} {rows:>10} {what:7} {speed:>10.0f} {each['seconds']:>7.2f} "
                    f"{each['cpu']:>7.2f} {each['peak_mb']:>8.0f}  {times:.2f} (cpu {cpu:.2f})"
                )


if __name__ == "__main__":
    main()
