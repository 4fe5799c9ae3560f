"""Reads of jobs."""

import time

from django.db.models import Count, QuerySet
from django.http import Http404

from hengliang.web.accounts.models import Person
from hengliang.web.jobs.models import Job

_LOOK = 0.05
"""Seconds between two looks at a job that is waited for."""


def job_of(person: Person, pk: int) -> Job:
    """A job that the person asked for. Raises Http404 for any other."""
    found = Job.objects.filter(pk=pk, person=person).select_related("file").first()
    if found is None:
        raise Http404
    return found


def jobs_of(person: Person) -> QuerySet[Job]:
    """What the person asked for, newest first."""
    return Job.objects.filter(person=person).select_related("file").order_by("-pk")


def awaited(job: Job, seconds: float) -> Job:
    """The job once it has ended, or as it is after so many seconds: quick work needs no page of its own."""
    until = time.monotonic() + seconds
    while job.ended_at is None and time.monotonic() < until:
        time.sleep(_LOOK)
        job.refresh_from_db()
    return job


def counts() -> dict[str, int]:
    """How many jobs there are in each state."""
    found: dict[str, int] = {str(state): 0 for state in Job.State.values}
    for row in Job.objects.values("state").annotate(count=Count("pk")):
        found[row["state"]] = row["count"]
    return found
