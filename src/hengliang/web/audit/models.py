"""The tables of the audit log. Who and what stand as text: the log outlives what it records."""

from django.db import models


class Entry(models.Model):
    """One act. `hash` covers the entry and `previous`, the hash of the entry before it; the first entry's
    `previous` is empty. Triggers of the database refuse UPDATE and DELETE."""

    number = models.BigIntegerField(primary_key=True)
    """1, 2, 3 … without gaps: a removed entry shows."""
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    """The sign-in name; `-` for the public, `system` for work that nobody asked for."""
    actor_name = models.CharField(max_length=150)
    event = models.CharField(max_length=100)
    """What kind of act, as `declaration.submit`."""
    subject = models.CharField(max_length=100, blank=True)
    """What it was done to, as `declaration:17`."""
    subject_name = models.CharField(max_length=300, blank=True)
    organisation = models.CharField(max_length=60, blank=True)
    """The code of the organisation concerned."""
    outcome = models.CharField(max_length=20, default="done")
    """`done` or `refused`."""
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["subject", "number"]), models.Index(fields=["actor", "number"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="audit_number_from_one"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=("done", "refused")), name="audit_outcome_known"
            ),
            models.UniqueConstraint(fields=["previous"], name="audit_one_line"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.event}"
