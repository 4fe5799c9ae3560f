"""The table of files. The content lies in the folder of files, under its digest."""

from django.db import models
from django.db.models import Q


class StoredFile(models.Model):
    """One upload (or product) with its name; equal contents share one place on disk."""

    digest = models.CharField(max_length=64)
    """SHA-256 of the content, in hex."""
    name = models.CharField(max_length=255)
    """The name that it came with, without any folder."""
    size = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    """What its content shows it to be: a name of `kinds.KINDS`."""
    kept_at = models.DateTimeField(auto_now_add=True)
    kept_by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["digest"])]
        constraints = [models.CheckConstraint(condition=Q(size__gte=0), name="file_has_size")]

    def __str__(self) -> str:
        return self.name
