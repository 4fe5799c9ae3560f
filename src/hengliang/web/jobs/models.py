"""The table of jobs: what was asked for, how far it is, what came of it."""

from django.db import models
from django.db.models import Q

from hengliang.web.accounts.models import Person
from hengliang.web.files.models import StoredFile


class Job(models.Model):
    """One piece of long work. The queue (django-tasks) runs it; this row tells people about it."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    kind = models.CharField(max_length=60)
    """The name under which the work is registered (jobs.work)."""
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=300, blank=True)
    """What it is about, as the person calls it: a file, a form, a round."""
    through = models.CharField(max_length=150, blank=True)
    """By what the person asked (audit.actions.through); the work is recorded as done by it too."""
    given = models.JSONField(default=dict)
    """What the work is given: plain JSON, ids of files and declarations."""
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    """Steps done, of how many; 0 of 0 while nobody knows."""
    share = models.PositiveSmallIntegerField(default=0)
    """How far the step itself is that is done just now, in hundredths."""
    note = models.JSONField(null=True, blank=True)
    """What is done just now, as a message (accounts.said)."""
    result = models.JSONField(null=True, blank=True)
    problem = models.JSONField(null=True, blank=True)
    """What went wrong, as a message (accounts.said)."""
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    """What was made for the person, until `kept_until`."""
    kept_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    """How often it was begun; the number of a run, by which the job knows its own (jobs.course)."""
    deaths = models.PositiveIntegerField(default=0)
    """How often a worker died at it since a person last asked for it."""
    asked_at = models.DateTimeField(auto_now_add=True)
    alive_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "alive_at"]),
            models.Index(fields=["person", "-asked_at"]),
            models.Index(fields=["kept_until"], condition=Q(file__isnull=False), name="job_with_file"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done__gte=0, total__gte=0, share__lte=100), name="job_progress"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("done", "failed", "cancelled"), ended_at__isnull=False)
                | Q(state__in=("queued", "running"), ended_at=None),
                name="job_ended",
            ),
            models.CheckConstraint(
                condition=Q(file=None) | Q(state="done", kept_until__isnull=False), name="job_file_has_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
