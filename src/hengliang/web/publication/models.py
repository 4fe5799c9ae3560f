"""Public copies: separate documents, redacted, frozen, with reviewer, date and reason."""

from django.db import models
from django.db.models import Q

from hengliang.web.declarations.models import Declaration, Version
from hengliang.web.evaluation.models import Sheet
from hengliang.web.files.models import StoredFile
from hengliang.web.jobs.models import Job


class PublicCopy(models.Model):
    """What the public sees of a declaration. Once published it never changes; a correction is a new copy."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="copies")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, blank=True, related_name="+")
    """The sealed sheet that it tells of."""
    content = models.JSONField()
    """What is shown and offered as data: `content.copy_of`."""
    digest = models.CharField(max_length=64)
    package = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    """The package with which anybody computes the result again; it never changes either."""
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    """What makes the package, or failed to."""
    reason = models.TextField()
    """Why it is published: the rule or the request."""
    prepared_by = models.CharField(max_length=150)
    prepared_at = models.DateTimeField(auto_now_add=True)
    reviewed_by = models.CharField(max_length=150, blank=True)
    reviewer_name = models.CharField(max_length=150, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["published_at", "withdrawn_at"])]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="copy_has_reason"),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by="")
                | (
                    Q(reviewed_at__isnull=False)
                    & ~Q(reviewed_by="")
                    & ~Q(reviewed_by=models.F("prepared_by"))
                ),
                name="copy_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(reviewed_at__isnull=False),
                name="copy_published_after_review",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False, published_at__isnull=False) & ~Q(withdrawn_why="")),
                name="copy_withdrawn_with_reason",
            ),
            models.UniqueConstraint(
                fields=["declaration"],
                condition=Q(published_at__isnull=False, withdrawn_at=None),
                name="one_copy_is_public",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.declaration.pk} {self.digest[:8]}"
