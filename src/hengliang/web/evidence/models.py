"""What was handed in, and what came of it. The records themselves lie in the store of batches."""

from django.db import models
from django.db.models import Q

from hengliang.web.accounts.models import Organisation
from hengliang.web.files.models import StoredFile
from hengliang.web.jobs.models import Job


class Load(models.Model):
    """One file of records that a unit handed in for a ledger and a year."""

    class Outcome(models.TextChoices):
        WAITING = "waiting"
        LOADED = "loaded"
        KNOWN = "known"
        """The same file was loaded before; nothing was stored again."""
        REFUSED = "refused"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    ledger = models.CharField(max_length=60)
    year = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    problem = models.JSONField(null=True, blank=True)
    """Why it was refused, as a message (accounts.said)."""
    batch = models.CharField(max_length=64, blank=True)
    rows = models.BigIntegerField(default=0)
    blocked = models.BigIntegerField(default=0)
    questioned = models.BigIntegerField(default=0)
    report = models.JSONField(default=dict)
    """Findings row by row (the first ones), unknown headings, missing columns: `work.report_of`."""
    errors = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    """The file again, with its bad cells marked."""
    by = models.CharField(max_length=150)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "ledger", "year", "-at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=("waiting", "refused"), batch="")
                | (Q(outcome__in=("loaded", "known")) & ~Q(batch="")),
                name="load_has_batch",
            ),
            models.CheckConstraint(
                condition=Q(rows__gte=0, blocked__gte=0, questioned__gte=0), name="load_counts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ledger} {self.year}"
