"""Kills loads at random moments and looks what is left.

    python scripts/kill_loads.py [--times 100] [--rows 20000] [--seed 1]

Each load runs in a process of its own and is ended with SIGKILL at a random moment of the time that a whole
load takes. Then: no batch may be half visible (the digest of every batch that is listed is right), no batch
that was acknowledged may be missing, and what was left over must be gone after the next load.
"""

import argparse
import hashlib
import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.load.run import Loading, load
from hengliang.measure.period import fiscal_year
from hengliang.measure.store import RECORDS, Store


@dataclass(slots=True)
class Outcome:
    """What was seen."""

    loads: int = 0
    killed: int = 0
    acknowledged: int = 0
    left_over: int = 0
    half_visible: int = 0
    lost: int = 0
    not_cleaned: int = 0

    @property
    def is_good(self) -> bool:
        """Whether nothing was half visible, lost or left."""
        return not (self.half_visible or self.lost or self.not_cleaned)


def run(folder: Path, times: int, rows: int, seed: int) -> Outcome:
    """Kills so many loads of files with so many rows, in `folder`."""
    chance = random.Random(seed)
    store = Store(folder / "store")
    outcome = Outcome()
    # The parent runs no engine itself: a process is copied whole only while it has one thread.
    all_ledgers()
    whole = min(_timed(folder, store, rows, -1 - number) for number in range(3))
    known: set[str] = {batch.id for batch in store.batches()}
    for number in range(times):
        outcome.loads += 1
        said = _killed(folder, store, rows, number, chance.uniform(0, whole))
        outcome.killed += said is None
        left = [path for path in store.folder.glob(".part-*") if path.is_dir()]
        outcome.left_over += bool(left)
        if said is not None:
            outcome.acknowledged += 1
            known.add(said)
        found = {batch.id for batch in store.batches()}
        outcome.lost += len(known - found)
        # A load that was killed between its last step and its answer may stand there: whole, then.
        for batch in store.batches():
            data = (store.place(batch) / RECORDS).read_bytes() if batch.id not in known else None
            if data is not None and hashlib.sha256(data).hexdigest() != batch.content_sha256:
                outcome.half_visible += 1
        known |= found
    _timed(folder, store, rows, times)
    outcome.not_cleaned = len(list(store.folder.glob(".part-*")))
    for batch in store.batches():
        data = (store.place(batch) / RECORDS).read_bytes()
        outcome.half_visible += hashlib.sha256(data).hexdigest() != batch.content_sha256
    return outcome


def _timed(folder: Path, store: Store, rows: int, number: int) -> float:
    """Seconds of a whole load."""
    begun = time.monotonic()
    assert _killed(folder, store, rows, number, None) is not None
    return time.monotonic() - begun


def _killed(folder: Path, store: Store, rows: int, number: int, after: float | None) -> str | None:
    """Begins a load and kills it after some seconds, if any; the batch that it acknowledged, if it did."""
    answer, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(answer)
        os.setsid()
        _load(folder, store, rows, number, told)
        os._exit(0)
    os.close(told)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(answer, "rb") as stream:
        return stream.read().decode() or None


def _load(folder: Path, store: Store, rows: int, number: int, told: int | None) -> None:
    path = folder / f"records-{number}.csv"
    lines = ["事项编号,数量,计划完成日期"]
    lines += [f"W{number}-{row},{row % 7},2023-06-{row % 28 + 1:02}" for row in range(rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    loading = Loading(2023, "430400", "kill", "2024-01-10T10:00:00+08:00")
    loaded = load(path, all_ledgers()["work_item"], store, loading, fiscal_year(2023))
    path.unlink()
    if told is not None and loaded.batch is not None:
        os.write(told, loaded.batch.id.encode())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(Path(folder), asked.times, asked.rows, asked.seed)
    print(outcome)
    return 0 if outcome.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
