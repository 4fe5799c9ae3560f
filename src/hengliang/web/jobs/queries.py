"""Reads of jobs."""

from django.db.models import Count
from django.http import Http404

from hengliang.web.accounts.models import Person
from hengliang.web.jobs.models import Job


def job_of(person: Person, pk: int) -> Job:
    """A job that the person asked for. Raises Http404 for any other."""
    found = Job.objects.filter(pk=pk, person=person).first()
    if found is None:
        raise Http404
    return found


def counts() -> dict[str, int]:
    """How many jobs there are in each state."""
    found: dict[str, int] = {str(state): 0 for state in Job.State.values}
    for row in Job.objects.values("state").annotate(count=Count("pk")):
        found[row["state"]] = row["count"]
    return found
