"""The table of jobs: what was asked for, how far it is, what came of it."""

from django.db import models
from django.db.models import Q

from hengliang.web.accounts.models import Person


class Job(models.Model):
    """One piece of long work. The queue (django-tasks) runs it; this row tells people about it."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=60)
    """The name under which the work is registered (jobs.work)."""
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=100, blank=True)
    through = models.CharField(max_length=150, blank=True)
    """By what the person asked (audit.actions.through); the work is recorded as done by it too."""
    given = models.JSONField(default=dict)
    """What the work is given: plain JSON, ids of files and declarations."""
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    """Steps done, of how many; 0 of 0 while nobody knows."""
    result = models.JSONField(null=True, blank=True)
    problem = models.JSONField(null=True, blank=True)
    """What went wrong, as a message (accounts.said)."""
    attempts = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    alive_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "alive_at"]), models.Index(fields=["person", "-asked_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(done__gte=0, total__gte=0), name="job_progress"),
            models.CheckConstraint(
                condition=Q(state__in=("done", "failed"), ended_at__isnull=False)
                | Q(state__in=("queued", "running"), ended_at=None),
                name="job_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
