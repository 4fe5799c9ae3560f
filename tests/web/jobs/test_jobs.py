"""Background work: asked for, done by a worker, begun again when its worker died."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from hengliang.base.message import message
from hengliang.web.accounts.models import Person
from hengliang.web.jobs import actions
from hengliang.web.jobs.models import Job
from hengliang.web.jobs.work import KINDS, Failure, Kind, Progress
from hengliang.web.project.commands.worker import make_worker


@pytest.fixture
def clerk(transactional_db: None) -> Person:
    return Person.objects.create(username="clerk", full_name="张三")


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    def count(person: Person, given: dict[str, int], progress: Progress) -> dict[str, int]:
        for step in range(given["to"]):
            progress(step + 1, given["to"])
        return {"counted": given["to"]}

    def fail(person: Person, given: dict[str, int], progress: Progress) -> None:
        raise Failure(message("{file} is empty.", file="a.csv"))

    def crash(person: Person, given: dict[str, int], progress: Progress) -> None:
        raise ZeroDivisionError

    for name, function in (("count", count), ("fail", fail), ("crash", crash)):
        monkeypatch.setitem(KINDS, name, Kind(message("Publish"), function, None))


def _work() -> None:
    make_worker(batch=True).run()


def test_work_is_done_with_its_progress(clerk: Person) -> None:
    job = actions.ask(clerk, "count", {"to": 7})
    _work()
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.result) == ("done", 7, 7, {"counted": 7})


def test_a_failure_is_told(clerk: Person) -> None:
    failed, crashed = actions.ask(clerk, "fail", {}), actions.ask(clerk, "crash", {})
    _work()
    failed.refresh_from_db()
    crashed.refresh_from_db()
    assert failed.state == crashed.state == "failed"
    assert failed.problem == {"text": "{file} is empty.", "values": {"file": "a.csv"}}
    assert "ZeroDivision" not in str(crashed.problem)


def test_work_of_a_dead_worker_is_begun_again(clerk: Person) -> None:
    job = actions.ask(clerk, "count", {"to": 3})
    _work()
    died = timezone.now() - timedelta(hours=1)
    Job.objects.filter(pk=job.pk).update(state="running", alive_at=died, ended_at=None, result=None, done=1)
    assert actions.recover() == 1
    _work()
    job.refresh_from_db()
    assert (job.state, job.result, job.attempts) == ("done", {"counted": 3}, 2)


def test_work_that_kills_its_workers_is_given_up(clerk: Person) -> None:
    job = actions.ask(clerk, "count", {"to": 3})
    died = timezone.now() - timedelta(hours=1)
    Job.objects.filter(pk=job.pk).update(state="running", alive_at=died, attempts=actions.ATTEMPTS)
    actions.recover()
    job.refresh_from_db()
    assert job.state == "failed"


def test_silent_work_is_known_to_live(clerk: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "LEASE", timedelta(milliseconds=150))

    def long(person: Person, given: dict[str, int], progress: Progress) -> int:
        time.sleep(0.6)
        return actions.recover()

    monkeypatch.setitem(KINDS, "long", Kind(message("Publish"), long, None))
    job = actions.ask(clerk, "long", {})
    _work()
    job.refresh_from_db()
    assert (job.state, job.result, job.attempts) == ("done", 0, 1)


def test_a_job_that_left_the_queue_is_queued_again(clerk: Person) -> None:
    job = actions.ask(clerk, "count", {"to": 1})
    assert actions.recover() == 0
    Job.objects.filter(pk=job.pk).update(asked_at=timezone.now() - timedelta(hours=1))
    assert actions.recover() == 0, "its turn is still to come"
    DBTaskResult.objects.all().delete()
    assert actions.recover() == 1
    _work()
    job.refresh_from_db()
    assert job.state == "done"
