"""A worker is killed in the midst of an import, of reading a file and of documents: each is taken up again
once and ends, with nothing done twice and nothing half done."""

import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import psycopg

from tests.web.operation.installation import Installation, installation

FORMS = 30
SECONDS = 180

State = tuple[str, int, int]


def _state(place: Installation, job: int) -> State:
    """State, steps done and attempts of a job, straight from the database."""
    if place.database_url:
        with psycopg.connect(place.database_url) as connection:
            asked = "select state, done, attempts from jobs_job where id = %s"
            found = connection.execute(asked, [job]).fetchone()
    else:
        opened = sqlite3.connect(place.home / "hengliang.sqlite3", timeout=20)
        try:
            asked = "select state, done, attempts from jobs_job where id = ?"
            found = opened.execute(asked, [job]).fetchone()
        finally:
            opened.close()
    assert found is not None
    return str(found[0]), int(found[1]), int(found[2])


def _until(place: Installation, job: int, holds: Callable[[State], bool]) -> State:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        found = _state(place, job)
        if holds(found):
            return found
        time.sleep(0.01)
    raise AssertionError(f"job {job}: {_state(place, job)}, {place.log.read_text()[-3000:]}")


def _killed_and_begun_again(place: Installation, job: int, steps: int) -> State:
    """Kills the worker once a job has done so many steps, and starts another one."""
    command = [sys.executable, "-m", "hengliang", "worker", "--home", str(place.home)]
    worker = place.start(command, HENGLIANG_LEASE_SECONDS="3")
    _until(place, job, lambda found: found[0] == "running" and found[1] >= steps)
    place.kill(worker)
    killed = _state(place, job)
    assert killed[0] == "running", "it was too quick to be killed"
    worker = place.start(command, HENGLIANG_LEASE_SECONDS="3")
    _until(place, job, lambda found: found[0] not in ("queued", "running"))
    place.kill(worker)
    return killed


def test_work_of_a_killed_worker_is_taken_up_once(tmp_path: Path) -> None:
    with installation(tmp_path) as place:
        brought = place.looked_at("long_work", ["seed", FORMS])
        at_import = _killed_and_begun_again(place, brought, 5)
        read = place.looked_at("long_work", ["read", 300])
        _killed_and_begun_again(place, read, 0)
        bundled = place.looked_at("long_work", ["bundle"])
        at_bundle = _killed_and_begun_again(place, bundled, 5)
        found = place.looked_at("long_work", ["after"])
        sys.stdout.write(f"killed at {at_import} and {at_bundle}: {found}\n")
        assert found["jobs"] == {str(job): ["done", 2] for job in (brought, read, bundled)}
        assert Counter(found["ends"]) == {f"job:{job}": 1 for job in (brought, read, bundled)}
        assert found["imported"] == ["begun"] * FORMS
        assert found["projects"] == found["drafts"] == FORMS
        assert found["uploads"] == 1
        assert found["products"] == [{"whole": True, "files": FORMS + 1}]
        assert found["zips"] == 1
        assert found["faults"] == []
