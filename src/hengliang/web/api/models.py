"""Personal tokens, and what an import in bulk has brought in so far."""

from django.db import models
from django.db.models import Q

from hengliang.web.accounts.models import Person
from hengliang.web.declarations.models import Declaration


class Token(models.Model):
    """What a program shows to act for a person. Its secret is kept nowhere, only the digest of it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the secret. The secret has 256 random bits, so nobody guesses it back."""
    hint = models.CharField(max_length=12)
    """How the secret begins, to know it again by."""
    scopes = models.JSONField()
    """Names of `scopes.Scope`."""
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=150, blank=True)
    minute = models.BigIntegerField(default=0)
    """The minute (of the epoch) of the last call, and how many calls it has seen: the limit of the rate."""
    calls = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["person", "-made_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"], condition=Q(ended_at=None), name="token_name_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="token_has_name"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="token_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"token:{self.pk} {self.name}"


class Imported(models.Model):
    """What came of one form of one file of an import: noted with it, so that an import that is begun again
    does nothing twice."""

    class Outcome(models.TextChoices):
        BEGUN = "begun"
        REPLACED = "replaced"
        REFUSED = "refused"
        UNREADABLE = "unreadable"
        NO_FORM = "no_form"

    key = models.CharField(max_length=32)
    """The import: what its job was given under this name."""
    file = models.PositiveIntegerField()
    """The place of the file among those handed in, from 0."""
    number = models.PositiveIntegerField(default=0)
    """The place of the form in the file, from 1; 0 for the file as a whole."""
    name = models.CharField(max_length=255)
    outcome = models.CharField(max_length=10, choices=Outcome)
    declaration = models.ForeignKey(Declaration, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.JSONField(null=True, blank=True)
    """Why not, as a message (accounts.said)."""
    not_understood = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "file", "number"], name="imported_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=("begun", "replaced", "refused", "unreadable", "no_form")),
                name="imported_outcome_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.outcome}"
