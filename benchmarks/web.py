"""A hundred people at the review desk and the editor at once, against a bare Django with the same statements.

    python -m benchmarks.web [--database postgresql://...] [--server gunicorn] [--people 100] [--think 4]

Both applications serve the same installation (a round of 300 forms) in the same run, one after the other.
Every person reads the desk or a form, or saves a cell, thinks for a random while, and goes on. Beside the
times stand the processor time that the server's processes took for a request, and their memory before and
after. benchmarks/web.md keeps what was measured.
"""

import argparse
import http.client
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from threading import Thread
from typing import Any

from tests.web.operation.client import Client
from tests.web.operation.installation import Installation, answers, free_port, own_database

Times = dict[str, list[float]]
_TICKS = os.sysconf("SC_CLK_TCK")


class User(Thread):
    """One person: so many requests, with time to think between them."""

    def __init__(
        self, port: int, person: dict[str, Any], forms: list[int], asked: argparse.Namespace
    ) -> None:
        super().__init__(daemon=True)
        self.client, self.person, self.forms = Client(port), person, forms
        self.requests, self.think = asked.requests, asked.think
        self.client.cookies = {"sessionid": person["session"], "csrftoken": "c" * 32}
        self.chance = random.Random(person["session"])
        self.taken: list[tuple[str, float]] = []
        self.failed: list[str] = []
        self.seen = 1

    def run(self) -> None:
        """Asks, thinks, asks again."""
        for _ in range(self.requests):
            time.sleep(self.chance.expovariate(1 / self.think) if self.think else 0)
            begun = time.perf_counter()
            try:
                what, status = self.step()
            except (OSError, http.client.HTTPException) as error:
                self.failed.append(repr(error))
                continue
            self.taken.append((what, time.perf_counter() - begun))
            if status != 200:
                self.failed.append(f"{what} {status}")
        self.client.close()

    def step(self) -> tuple[str, int]:
        """One request: what was asked, and how it ended."""
        if self.person["reviewer"]:
            if self.chance.random() < 0.5:
                return "desk", self.client.get("/reviews/?state=draft").status
            return "editor", self.client.get(f"/declarations/{self.chance.choice(self.forms)}/").status
        pk = self.person["pk"]
        if self.chance.random() < 0.3:
            return "editor", self.client.get(f"/declarations/{pk}/").status
        value = str(self.chance.randrange(10**6))
        change = {"row": self.chance.choice(self.person["rows"]), "key": "target", "value": value}
        answer = self.client.send(
            f"/declarations/{pk}/save/", {"base_version": self.seen, "changes": [change]}
        )
        if answer.status in (200, 409):
            self.seen = answer.json()["version"]
        return "save", answer.status


def measured(
    place: Installation, told: dict[str, Any], asked: argparse.Namespace, **environment: str
) -> Times:
    """How long each kind of request took, in seconds."""
    place.port = free_port()
    if asked.server == "gunicorn":
        process = place.gunicorn(HENGLIANG_WORKERS=str(asked.workers), **environment)
    else:
        command = [sys.executable, "-m", "hengliang", "serve", "--home", str(place.home)]
        process = place.start([*command, "--port", str(place.port)], **environment)
        answers(f"http://127.0.0.1:{place.port}/health/", process)
    users = [User(place.port, person, told["forms"], asked) for person in told["people"]]
    spent, memory = _spent(process.pid)
    begun = time.perf_counter()
    for user in users:
        user.start()
    for user in users:
        user.join()
    taken: Times = defaultdict(list)
    for user in users:
        for what, seconds in user.taken:
            taken[what].append(seconds)
    whole = time.perf_counter() - begun
    count = sum(map(len, taken.values()))
    failed = [one for user in users for one in user.failed]
    spent_then, memory_then = _spent(process.pid)
    print(
        f"  {count} requests in {whole:.1f} s: {count / whole:.1f}/s, failed: {len(failed)} {failed[:3]}; "
        f"{1000 * (spent_then - spent) / count:.1f} ms of processor a request, "
        f"memory {memory:.0f} to {memory_then:.0f} MB"
    )
    place.kill(process)
    return taken


def _spent(group: int) -> tuple[float, float]:
    """The processor time in seconds that the processes of a group have taken, and the memory in MB that they
    hold, each share of shared memory counted once."""
    seconds, kilobytes = 0.0, 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            after_name = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(after_name[2]) != group:
                continue
            seconds += sum(map(int, after_name[11:15])) / _TICKS
            rollup = (folder / "smaps_rollup").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        kilobytes += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return seconds, kilobytes / 1024


def _said(taken: list[float]) -> tuple[float, float]:
    """The median and the 95th of a hundred, in milliseconds."""
    cut = statistics.quantiles(taken, n=20)
    return 1000 * statistics.median(taken), 1000 * cut[-1]


def main() -> None:
    """Measures both, and prints a line for each kind of request."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="")
    parser.add_argument("--server", choices=("waitress", "gunicorn"), default="waitress")
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--forms", type=int, default=300)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--requests", type=int, default=8)
    parser.add_argument("--think", type=float, default=4.0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, own_database(asked.database) as url:
        place = Installation(Path(folder) / "home", url)
        recorded = Path(folder) / "recorded.json"
        arguments = ["-m", "benchmarks.web_round", str(asked.forms), str(asked.people), str(recorded)]
        done = place.python(*arguments)
        if done.returncode:
            sys.exit(done.stderr[-3000:])
        told = json.loads(done.stdout)
        database = "PostgreSQL" if url else "SQLite"
        print(f"{database}, {asked.server}, {asked.people} people, {asked.think} s to think")
        bare_settings = {
            "DJANGO_SETTINGS_MODULE": "benchmarks.web_bare_settings",
            "HENGLIANG_RECORDED": str(recorded),
        }
        try:
            ours = measured(place, told, asked)
            bare = measured(place, told, asked, **bare_settings)
        finally:
            place.stop()
        for what in sorted(ours):
            (p50, p95), (bare50, bare95) = _said(ours[what]), _said(bare[what])
            print(
                f"  {what:7} {len(ours[what]):4}  p50 {p50:7.1f} ms  p95 {p95:7.1f} ms   bare {bare50:7.1f} "
                f"{bare95:7.1f} ms   ratio {p50 / bare50:5.1f} {p95 / bare95:5.1f}"
            )


if __name__ == "__main__":
    main()
