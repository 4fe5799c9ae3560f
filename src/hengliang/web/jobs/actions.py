"""Asking for work, doing it, and what people decide about it."""

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from hengliang.base.message import Message, message
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.accounts.said import to_data
from hengliang.web.audit.actions import acting_through, record, through
from hengliang.web.files.actions import drop
from hengliang.web.files.models import StoredFile
from hengliang.web.jobs.course import Course
from hengliang.web.jobs.models import Job
from hengliang.web.jobs.outage import is_outage
from hengliang.web.jobs.work import KINDS, Failure, Last, Made, Stopped

LEASE = timedelta(seconds=settings.JOB_LEASE_SECONDS)
"""A running job that has not been heard of for so long has lost its worker."""

ATTEMPTS = 3
"""So many times work is begun for one asking, when its worker dies each time."""

KEPT = timedelta(days=settings.JOB_FILE_DAYS)
"""How long a file that was made for a person is kept."""

_log = logging.getLogger("hengliang.jobs")


@transaction.atomic
def ask(actor: Person, kind: str, given: dict[str, Any], subject: str = "", name: str = "") -> Job:
    """Asks for work. Job and queue stand in one database, so both are there or neither."""
    if kind not in KINDS:
        raise LookupError(kind)
    job = Job.objects.create(
        person=actor, kind=kind, given=given, subject=subject, name=name[:300], through=acting_through()
    )
    record(actor, "job.ask", f"job:{job.pk}", kind, subject_of_job=subject)
    _enqueue(job)
    return job


def _enqueue(job: Job) -> None:
    run.using(queue_name="quick" if KINDS[job.kind].quick else "default").enqueue(job.pk)


@transaction.atomic
def cancel(actor: Person, job: Job) -> None:
    """Gives a job up that has not ended. Work that runs ends at its next step, and keeps nothing."""
    going = Job.objects.filter(pk=job.pk, person=actor, state__in=(Job.State.QUEUED, Job.State.RUNNING))
    if not going.update(state=Job.State.CANCELLED, ended_at=timezone.now(), note=None):
        raise Refused(message("The work has ended already."))
    record(actor, "job.cancel", f"job:{job.pk}", job.kind)


@transaction.atomic
def retry(actor: Person, job: Job) -> None:
    """Asks once more for work that failed or was cancelled."""
    ended = Job.objects.filter(pk=job.pk, person=actor, state__in=(Job.State.FAILED, Job.State.CANCELLED))
    if not ended.update(
        state=Job.State.QUEUED, ended_at=None, alive_at=None, asked_at=timezone.now(),
        problem=None, note=None, done=0, total=0, deaths=0,
    ):  # fmt: skip
        raise Refused(message("Only work that failed or was cancelled is tried again."))
    record(actor, "job.retry", f"job:{job.pk}", job.kind)
    _enqueue(job)


@transaction.atomic
def fetch(actor: Person, job: Job) -> StoredFile:
    """The file that a job made for the person. Raises `Refused` when it is no longer kept, or something in it
    no longer within reach."""
    if job.file is None or job.person != actor:
        raise Refused(message("The file is no longer kept; have it made again."))
    allowed = KINDS[job.kind].allowed
    if allowed is not None:
        allowed(actor, job.given)
    record(actor, "job.fetch", f"job:{job.pk}", job.file.name, digest=job.file.digest)
    return job.file


def carry_out(pk: int) -> None:
    """Does the work of a job, and notes how it ended. Nothing happens when it has ended already, or when
    another worker is at it."""
    now = timezone.now()
    taken = Job.objects.filter(
        Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, alive_at__lt=now - LEASE), pk=pk
    ).update(state=Job.State.RUNNING, alive_at=now, attempts=F("attempts") + 1)
    if not taken:
        return
    job = Job.objects.select_related("person").get(pk=pk)
    course = Course(job)
    try:
        with through(job.through), course.alive(LEASE.total_seconds() / 3):
            _work(job, course)
    except Stopped:
        _log.info("job %s (%s) was stopped", job.pk, job.kind)


def _work(job: Job, course: Course) -> None:
    """Does the work, and notes how it ended."""
    try:
        found = KINDS[job.kind].work(job.person, job.given, course)
        with transaction.atomic():
            result = found.write() if isinstance(found, Last) else found
            outcome = {"done": F("total"), "share": 0, "result": result}
            if isinstance(result, Made):
                outcome |= {
                    "result": result.result, "file": result.file, "kept_until": timezone.now() + KEPT,
                }  # fmt: skip
            _end(job, course, Job.State.DONE, **outcome)
    except Stopped:
        raise
    except (Failure, Refused) as refused:
        _fail(job, course, refused.reason)
    except Exception as error:
        if is_outage(error):
            # Nothing can be noted now; the job is begun again when its lease is over.
            raise
        if not course.mine().exists():
            # What was broken off ends with an error of its own.
            raise Stopped from error
        _log.exception("job %s (%s) broke", job.pk, job.kind)
        _fail(
            job,
            course,
            message("The work broke off. Number {number} stands in the log of the server.", number=job.pk),
        )


@transaction.atomic
def _fail(job: Job, course: Course, reason: Message) -> None:
    _end(job, course, Job.State.FAILED, problem=to_data(reason))


def _end(job: Job, course: Course, state: Job.State, **outcome: Any) -> None:
    """Notes the end, in the transaction of what was done last. Raises `Stopped` when the job is no longer
    this run's: then nothing of it stands."""
    if not course.mine().update(state=state, ended_at=timezone.now(), note=None, **outcome):
        raise Stopped
    done = "done" if state == Job.State.DONE else "refused"
    record(job.person, "job.end", f"job:{job.pk}", job.kind, outcome=done)


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
    for job in Job.objects.filter(lost).select_related("person").order_by("pk"):
        with transaction.atomic():
            # Another process may be recovering too; whoever changes the row has the job.
            again = Job.objects.filter(lost, pk=job.pk)
            # A job that still waits was not begun, and killed nobody.
            deaths = job.deaths + (job.state == Job.State.RUNNING)
            if deaths < ATTEMPTS:
                if again.update(state=Job.State.QUEUED, alive_at=None, deaths=deaths):
                    found += 1
                    _enqueue(job)
                continue
            reason = message("The work was begun {times} times and never ended.", times=deaths)
            if again.update(
                state=Job.State.FAILED, ended_at=timezone.now(), problem=to_data(reason), deaths=deaths
            ):
                found += 1
                record(job.person, "job.end", f"job:{job.pk}", job.kind, outcome="refused")
    return found


def tidy() -> int:
    """Takes away the files that were made for people and are no longer kept. Gives their number."""
    found = 0
    for job in Job.objects.filter(file__isnull=False, kept_until__lt=timezone.now()).select_related("file"):
        with transaction.atomic():
            made = job.file
            if made is None or not Job.objects.filter(pk=job.pk, file=made).update(file=None):
                continue
            found += 1
            record(None, "job.forget", f"job:{job.pk}", made.name, digest=made.digest)
            drop(made)
    return found
