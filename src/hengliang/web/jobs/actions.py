"""Asking for work, and doing it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from hengliang.base.message import message
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.said import to_data
from hengliang.web.audit.actions import acting_through, record, through
from hengliang.web.jobs.models import Job
from hengliang.web.jobs.work import KINDS, Failure, Progress

LEASE = timedelta(seconds=60)
"""A running job that has not been heard of for so long has lost its worker."""

ATTEMPTS = 3

_log = logging.getLogger("hengliang.jobs")


@transaction.atomic
def ask(actor: Person, kind: str, given: dict[str, Any], subject: str = "") -> Job:
    """Asks for work. Job and queue stand in one database, so both are there or neither."""
    if kind not in KINDS:
        raise LookupError(kind)
    job = Job.objects.create(person=actor, kind=kind, given=given, subject=subject, through=acting_through())
    record(actor, "job.ask", f"job:{job.pk}", kind, subject_of_job=subject)
    run.enqueue(job.pk)
    return job


def carry_out(pk: int) -> None:
    """Does the work of a job, and notes how it ended. Nothing happens when it has ended already, or when
    another worker is at it."""
    now = timezone.now()
    taken = (
        Job.objects.filter(pk=pk, state=Job.State.QUEUED)
        | Job.objects.filter(pk=pk, state=Job.State.RUNNING, alive_at__lt=now - LEASE)
    ).update(state=Job.State.RUNNING, alive_at=now)
    if not taken:
        return
    job = Job.objects.select_related("person").get(pk=pk)
    job.attempts += 1
    job.save(update_fields=["attempts"])

    def progress(done: int, total: int) -> None:
        Job.objects.filter(pk=pk).update(done=done, total=total, alive_at=timezone.now())

    with through(job.through):
        _work(job, progress)


def _work(job: Job, progress: Progress) -> None:
    """Does the work, and notes how it ended."""
    try:
        with _alive(job.pk):
            result = KINDS[job.kind].work(job.person, job.given, progress)
    except Failure as failure:
        _end(job, Job.State.FAILED, problem=to_data(failure.reason))
    except Exception:
        _log.exception("job %s (%s) broke", job.pk, job.kind)
        reason = message(
            "The work broke off. Number {number} stands in the log of the server.", number=job.pk
        )
        _end(job, Job.State.FAILED, problem=to_data(reason))
    else:
        _end(job, Job.State.DONE, result=result)


@contextmanager
def _alive(pk: int) -> Iterator[None]:
    """Tells, while work goes on that has no progress to tell, that its worker lives."""
    done = Event()

    def beat() -> None:
        while not done.wait(LEASE.total_seconds() / 3):
            Job.objects.filter(pk=pk).update(alive_at=timezone.now())
        connection.close()

    thread = Thread(target=beat, name=f"hengliang-job-{pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@transaction.atomic
def _end(job: Job, state: Job.State, **outcome: Any) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, ended_at=timezone.now(), **outcome)
    record(
        job.person,
        "job.end",
        f"job:{job.pk}",
        job.kind,
        outcome="done" if state == Job.State.DONE else "refused",
    )


@task()
def run(pk: int) -> None:
    """What stands in the queue: the number of a job."""
    carry_out(pk)


def recover() -> int:
    """Queues again the jobs whose worker died; those that were tried too often fail. Gives their number."""
    late = timezone.now() - LEASE
    lost = Q(state=Job.State.RUNNING, alive_at__lt=late)
    if not DBTaskResult.objects.filter(status=TaskResultStatus.READY).exists():
        # The queue is empty and a job still waits: its worker died between taking and beginning it.
        lost |= Q(state=Job.State.QUEUED, asked_at__lt=late)
    found = 0
    for job in Job.objects.filter(lost).order_by("pk"):
        with transaction.atomic():
            # Another process may be recovering too; whoever changes the row has the job.
            if not Job.objects.filter(lost, pk=job.pk).update(state=Job.State.QUEUED, alive_at=None):
                continue
            found += 1
            if job.attempts >= ATTEMPTS:
                reason = message("The work was begun {times} times and never ended.", times=job.attempts)
                _end(job, Job.State.FAILED, problem=to_data(reason))
            else:
                run.enqueue(job.pk)
    return found
