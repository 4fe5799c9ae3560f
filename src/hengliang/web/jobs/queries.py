"""Reads of jobs."""

from django.http import Http404

from hengliang.web.accounts.models import Person
from hengliang.web.jobs.models import Job


def job_of(person: Person, pk: int) -> Job:
    """A job that the person asked for. Raises Http404 for any other."""
    found = Job.objects.filter(pk=pk, person=person).first()
    if found is None:
        raise Http404
    return found
