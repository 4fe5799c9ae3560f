"""Entries of the library, their editions, the words they are found by, and what forms in force use."""

from django.db import models
from django.db.models import F, Q

from hengliang.form.model import OPERATORS
from hengliang.web.accounts.models import Organisation
from hengliang.web.declarations.models import Declaration, Version


class Entry(models.Model):
    """One indicator of the library. What it says stands in its editions."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        ACCEPTED = "accepted"
        RETIRED = "retired"

    class Origin(models.TextChoices):
        REGULATION = "regulation"
        FORM = "form"
        OFFICE = "office"

    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    keeper = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    """The finance side that decides on it; None for what came with the application: any finance reviewer."""
    key = models.CharField(max_length=200, unique=True)
    """Its name without marks and blanks (review.names.plain_name): no two entries have the same."""
    edition = models.OneToOneField("Edition", models.PROTECT, null=True, blank=True, related_name="+")
    """The edition that holds now; empty only inside the transaction that makes the first one."""
    origin = models.CharField(max_length=10, choices=Origin)
    version = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="+")
    """The approved form that it was collected from."""
    row = models.CharField(max_length=40, blank=True)
    """The id of its row there."""
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    """Why it is retired."""

    class Meta:
        indexes = [models.Index(fields=["state"])]
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="entry_has_key"),
            models.CheckConstraint(
                condition=Q(state__in=("proposed", "accepted", "retired")), name="entry_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at=None)
                | (Q(state__in=("accepted", "retired"), decided_at__isnull=False) & ~Q(decided_by="")),
                name="entry_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=(Q(state="retired") & ~Q(reason="")) | (~Q(state="retired") & Q(reason="")),
                name="entry_retired_with_reason",
            ),
            models.CheckConstraint(
                condition=(Q(origin="form", version__isnull=False) & ~Q(row=""))
                | Q(origin__in=("regulation", "office"), version=None, row=""),
                name="entry_origin_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class Edition(models.Model):
    """What an entry says, as it was once written; never changed."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    """The level-3 name."""
    names = models.JSONField(default=list)
    """Other names of the same indicator."""
    level1 = models.CharField(max_length=40)
    level2 = models.CharField(max_length=60, blank=True)
    definition = models.TextField(blank=True)
    operator = models.CharField(max_length=2, blank=True)
    target = models.CharField(max_length=200, blank=True)
    """A typical target, as a form prints it."""
    unit = models.CharField(max_length=40, blank=True)
    criterion = models.TextField(blank=True)
    """The scoring sentence."""
    basis = models.TextField(blank=True)
    """Where it is laid down: a regulation, a plan, a standard."""
    sector = models.CharField(max_length=60, blank=True)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="edition_number"),
            models.CheckConstraint(condition=~Q(name=""), name="edition_has_name"),
            models.CheckConstraint(condition=Q(operator__in=("", *OPERATORS)), name="edition_operator_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """A word that an entry is found by, and how much it weighs there."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="terms")
    word = models.CharField(max_length=60)
    weight = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["word"])]
        constraints = [models.UniqueConstraint(fields=["entry", "word"], name="term_once")]

    def __str__(self) -> str:
        return self.word


class Use(models.Model):
    """An indicator of a version that was in force once, by its name: what reuse is counted from."""

    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="+")
    version = models.ForeignKey(Version, models.CASCADE, related_name="+")
    row = models.CharField(max_length=40)
    name = models.TextField()
    key = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["key"])]
        constraints = [models.UniqueConstraint(fields=["version", "row"], name="use_once")]

    def __str__(self) -> str:
        return self.name


IN_FORCE = Q(version=F("declaration__approved"))
"""The uses that count: those of the version in force of their declaration."""
