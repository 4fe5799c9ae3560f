"""Background work: asked for, done by a worker, begun again when its worker died."""

import time
from datetime import timedelta
from threading import Timer
from typing import Any

import duckdb
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from hengliang.base.message import Words, message
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.accounts.said import from_data
from hengliang.web.audit.models import Entry
from hengliang.web.files.actions import keep_part
from hengliang.web.files.kinds import PRODUCTS
from hengliang.web.files.models import StoredFile
from hengliang.web.files.queries import place_of
from hengliang.web.jobs import actions
from hengliang.web.jobs.models import Job
from hengliang.web.jobs.shown import shown
from hengliang.web.jobs.work import KINDS, Failure, Given, Kind, Last, Made, Progress
from hengliang.web.project.commands.worker import make_worker


@pytest.fixture
def clerk(transactional_db: None) -> Person:
    return Person.objects.create(username="clerk", full_name="张三", must_change_password=False)


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
    for _ in range(actions.ATTEMPTS):
        Job.objects.filter(pk=job.pk).update(state="running", alive_at=died)
        assert actions.recover() == 1
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.problem is not None
    assert job.problem["values"] == {"times": str(actions.ATTEMPTS)}
    actions.retry(clerk, job)
    _work()
    job.refresh_from_db()
    assert (job.state, job.deaths) == ("done", 0)


def test_trying_again_is_no_death_of_a_worker(clerk: Person) -> None:
    job = actions.ask(clerk, "fail", {"to": 2})
    for _ in range(actions.ATTEMPTS):
        _work()
        actions.retry(clerk, job)
    job.refresh_from_db()
    died = timezone.now() - timedelta(hours=1)
    Job.objects.update(state="running", alive_at=died)
    job.refresh_from_db()
    assert not shown(job)["is_again"]
    assert actions.recover() == 1
    job.refresh_from_db()
    assert job.state == "queued", "its worker died once"
    Job.objects.update(state="running")
    job.refresh_from_db()
    assert shown(job)["is_again"]


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


def test_cancelled_work_ends_at_its_next_step_and_keeps_nothing(
    clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[str] = []

    def write() -> int:
        reached.append("written")
        return 1

    def long(person: Person, given: dict[str, int], progress: Progress) -> Last:
        actions.cancel(clerk, Job.objects.get())
        reached.append("begun")
        if given["asks"]:
            progress(2, 2)
        reached.append("ended")
        return Last(write)

    monkeypatch.setitem(KINDS, "long", Kind(message("Publish"), long))
    job = actions.ask(clerk, "long", {"asks": True})
    _work()
    job.refresh_from_db()
    assert (job.state, job.result, reached) == ("cancelled", None, ["begun"])
    # Work that asks for nothing any more writes nothing either.
    Job.objects.update(given={"asks": False})
    reached.clear()
    actions.retry(clerk, job)
    _work()
    job.refresh_from_db()
    assert (job.state, job.result) == ("cancelled", None)
    assert reached == ["begun", "ended", "written"]
    assert not Entry.objects.filter(event="job.end").exists()
    with pytest.raises(Refused):
        actions.cancel(clerk, job)


def test_what_another_worker_took_over_is_left_to_it(clerk: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(person: Person, given: dict[str, int], progress: Progress) -> Last:
        # The machine slept; meanwhile the job was begun again elsewhere.
        Job.objects.update(attempts=7)
        return Last(lambda: Job.objects.update(name="written"))

    monkeypatch.setitem(KINDS, "lost", Kind(message("Publish"), lost))
    job = actions.ask(clerk, "lost", {})
    _work()
    job.refresh_from_db()
    assert (job.state, job.name, job.attempts) == ("running", "", 7)


def test_failed_work_is_tried_again(clerk: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    job = actions.ask(clerk, "fail", {"to": 2})
    _work()
    monkeypatch.setitem(KINDS, "fail", KINDS["count"])
    actions.retry(clerk, job)
    _work()
    job.refresh_from_db()
    assert (job.state, job.result, job.problem) == ("done", {"counted": 2}, None)
    with pytest.raises(Refused):
        actions.retry(clerk, job)


def test_quick_work_has_a_queue_of_its_own(clerk: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "quick", KINDS["count"]._replace(quick=True))
    slow, quick = actions.ask(clerk, "count", {"to": 1}), actions.ask(clerk, "quick", {"to": 1})
    make_worker(batch=True, queues=("quick",)).run()
    slow.refresh_from_db()
    quick.refresh_from_db()
    assert (slow.state, quick.state) == ("queued", "done")


def test_how_far_a_long_step_is_is_told(
    clerk: Person, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.JOB_LOOK_SECONDS = 0.02

    def long(person: Person, given: dict[str, int], progress: Progress) -> int:
        progress(1, 4, message("Publish"), lambda: 40.7)
        for _ in range(200):
            time.sleep(0.02)
            if share := Job.objects.get().share:
                return share
        return 0

    monkeypatch.setitem(KINDS, "long", Kind(message("Publish"), long))
    job = actions.ask(clerk, "long", {})
    _work()
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", 40)


def test_a_step_that_follows_at_once_is_told_while_it_lasts(
    clerk: Person, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.JOB_LOOK_SECONDS = 0.02
    words = Words("台账", "ledger")

    def long(person: Person, given: dict[str, int], progress: Progress) -> dict[str, Any] | None:
        progress(0, 2, message("checking {ledger}", ledger=Words("表", "table")))
        progress(1, 2, message("checking {ledger}", ledger=words))
        for _ in range(200):
            time.sleep(0.02)
            if (now := Job.objects.get()).done:
                return now.note
        return None

    monkeypatch.setitem(KINDS, "long", Kind(message("Publish"), long))
    job = actions.ask(clerk, "long", {})
    _work()
    job.refresh_from_db()
    assert job.result is not None
    assert from_data(job.result).values == {"ledger": words}


def test_cancelling_breaks_off_a_statement_of_the_engine(
    clerk: Person, monkeypatch: pytest.MonkeyPatch, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.JOB_LOOK_SECONDS = 0.02
    done: list[str] = []

    def give_up() -> None:
        actions.cancel(clerk, Job.objects.get())
        connection.close()

    def long(person: Person, given: dict[str, int], progress: Progress) -> int:
        with duckdb.connect() as engine:
            progress(0, 1, None, engine.query_progress, engine.interrupt)
            Timer(0.2, give_up).start()
            engine.execute(
                "select count(*) from range(10000000) a, range(10000000) b where a.range < b.range"
            )
            done.append("counted")
        return 0

    monkeypatch.setitem(KINDS, "long", Kind(message("Publish"), long))
    job = actions.ask(clerk, "long", {})
    _work()
    job.refresh_from_db()
    assert (job.state, job.problem, done) == ("cancelled", None, [])
    assert "Traceback" not in caplog.text


@pytest.fixture
def made(clerk: Person, monkeypatch: pytest.MonkeyPatch) -> Job:
    """A job that made a file."""

    def make(person: Person, given: dict[str, int], progress: Progress) -> Last:
        part = progress.part()
        part.write_bytes(b"PK\x05\x06" + bytes(18))
        return Last(lambda: Made(keep_part(person, "表.zip", part, PRODUCTS), {"files": 0}))

    def allowed(person: Person, given: Given) -> None:
        if not given["mine"]:
            raise Refused(message("This declaration is not within your reach."))

    monkeypatch.setitem(KINDS, "make", Kind(message("Publish"), make, allowed=allowed))
    job = actions.ask(clerk, "make", {"mine": True}, name="二〇二三年")
    _work()
    job.refresh_from_db()
    return job


def test_a_file_is_kept_for_its_time(made: Job, clerk: Person) -> None:
    assert made.file is not None and made.kept_until is not None
    assert made.kept_until - timezone.now() > timedelta(days=6)
    assert [path.name for path in place_of(made.file.digest).parents[2].rglob(".upload-*")] == []
    assert actions.tidy() == 0
    Job.objects.update(kept_until=timezone.now())
    assert actions.tidy() == 1
    assert not StoredFile.objects.exists()
    made.refresh_from_db()
    with pytest.raises(Refused):
        actions.fetch(clerk, made)


def test_the_pages_of_the_own_work(made: Job, clerk: Person) -> None:
    client = Client()
    client.force_login(clerk)
    page = client.get("/jobs/").content.decode()
    assert f"/jobs/{made.pk}/file/" in page
    assert "表.zip" in page
    assert "二〇二三年" in page
    answer = client.get(f"/jobs/{made.pk}/file/")
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert Entry.objects.get(event="job.fetch").actor == "clerk"
    other = Client()
    other.force_login(Person.objects.create(username="other", must_change_password=False))
    for address in ("", "file/"):
        assert other.get(f"/jobs/{made.pk}/{address}").status_code == 404
    for act in ("cancel", "retry"):
        assert other.post(f"/jobs/{made.pk}/{act}/").status_code == 404
        assert client.post(f"/jobs/{made.pk}/{act}/").status_code == 302
    assert "还没有任务" in other.get("/jobs/").content.decode()
    # What is no longer within reach is not given out, though it was made.
    Job.objects.update(given={"mine": False})
    assert client.get(f"/jobs/{made.pk}/file/").status_code == 403


def test_what_has_changed_is_said_once(clerk: Person) -> None:
    client = Client()
    client.force_login(clerk)
    job = actions.ask(clerk, "count", {"to": 3})
    ask = {"HX-Request": "true"}
    whole = client.get(f"/jobs/{job.pk}/", headers=ask).content.decode()
    assert 'role="status"' in whole
    assert "取消" in whole
    assert "hx-swap-oob" not in client.get(f"/jobs/{job.pk}/?seen=queued", headers=ask).content.decode()
    client.post(f"/jobs/{job.pk}/cancel/")
    told = client.get(f"/jobs/{job.pk}/?seen=queued", headers=ask).content.decode()
    assert told.count("hx-swap-oob") == 2
    assert "已取消" in told
    assert "hx-get" not in told
    client.post(f"/jobs/{job.pk}/retry/")
    _work()
    assert "已完成" in client.get(f"/jobs/{job.pk}/").content.decode()
