"""Processes are killed again and again while people write: nothing that was acknowledged is lost.

`HENGLIANG_WRITES` says how many writes are acknowledged before it ends, `HENGLIANG_SEED` with which seed.
"""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.web.operation.installation import Installation, installation
from tests.web.operation.writers import Commenter, Editor, Mover, Uploader, Work, Writer

WRITES = int(os.environ.get("HENGLIANG_WRITES", "30"))
SEED = int(os.environ.get("HENGLIANG_SEED", "20261123"))

Begin = Callable[[], subprocess.Popen[bytes]]


def test_nothing_acknowledged_is_lost_when_processes_are_killed(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    with installation(tmp_path) as place:
        forms = place.looked_at("seed")
        work = Work(WRITES)
        running = {begin: begin() for begin in _processes(place)}
        writers: list[Writer] = [
            Editor(work, place.port, "tianbao", SEED + 1, forms[0], 1),
            Editor(work, place.port, "fuze", SEED + 2, forms[0], 1),
            Editor(work, place.port, "tianbao", SEED + 3, forms[1], 25),
            Commenter(work, place.port, "zhuguan", SEED + 4, forms[2]),
            Uploader(work, place.port, "tianbao", SEED + 5),
            Mover(work, place.port, SEED + 6, forms[3]),
        ]
        for writer in writers:
            writer.start()
        kills = 0
        while any(writer.is_alive() for writer in writers):
            _after(work, chance.randint(0, 10), chance.uniform(0, 0.2))
            if work.left > 0:
                begin = chance.choice(list(running))
                place.kill(running[begin])
                kills += 1
                running[begin] = begin()
        place.stop()
        found = place.looked_at("aftermath", work.noted)
        sys.stdout.write(
            f"{len(work.noted)} acknowledged, {kills} killed, {work.unanswered} broken off, "
            f"{work.conflicts} conflicts shown, {found['counts']}\n"
        )
        assert work.refused == []
        assert found["faults"] == []
        assert len(work.noted) >= WRITES - len(writers)
        assert kills > 0
        verified = place.call("audit", "verify")
        assert verified.returncode == 0, verified.stdout
        checked = place.call("check")
        assert checked.returncode == 0, checked.stdout


def _after(work: Work, writes: int, seconds: float) -> None:
    """Waits until so many more writes were acknowledged, and so long after them: into the midst of others."""
    wanted, until = len(work.noted) + writes, time.monotonic() + 20
    while len(work.noted) < wanted and work.left > 0 and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(seconds)


def _processes(place: Installation) -> list[Begin]:
    """What runs: the embedded server on SQLite, gunicorn and a worker beside it on PostgreSQL."""
    return [place.gunicorn, place.worker] if place.database_url else [place.serve]
