"""What the boards of a round count: of each form, as it was last handed in, its rows and its open findings.

All of it follows from the declarations and the sealed sheets and is written with the acts that change these,
so that a board of hundreds of forms reads no form.
"""

from django.db import models

from hengliang.web.declarations.models import Declaration

SEVERITIES = [("error", "error"), ("warning", "warning"), ("advice", "advice")]


class Noted(models.Model):
    """One form as it was last handed in; its score once a self-evaluation was."""

    declaration = models.OneToOneField(Declaration, models.CASCADE, related_name="noted")
    release = models.CharField(max_length=40)
    """The release of the program whose rules looked at it."""
    indicators = models.PositiveIntegerField()
    points = models.DecimalField(max_digits=12, decimal_places=4)
    """The sum of the points of its rows."""
    errors = models.PositiveIntegerField()
    warnings = models.PositiveIntegerField()
    advice = models.PositiveIntegerField()
    low = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    high = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    of = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    grade = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(low=None, high=None, of=None) | models.Q(low__lte=models.F("high")),
                name="noted_interval",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.declaration.pk}"


class Line(models.Model):
    """One indicator of a form as noted, with its points once they were scored."""

    noted = models.ForeignKey(Noted, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    row = models.CharField(max_length=40)
    """The id of the row in the draft, by which pages of the form find it."""
    level1 = models.CharField(max_length=20, blank=True)
    """What its level means, whatever its spelling (form.levels.Level1); empty when that is not known."""
    name = models.TextField()
    operator = models.CharField(max_length=10, blank=True)
    target = models.TextField(blank=True)
    unit = models.TextField(blank=True)
    points = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    actual = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    """What was reached, as stated; where only facts are known, these by name, said when they are shown."""
    state = models.CharField(max_length=20, blank=True)
    """How far its points are known (score.sheet.State); empty while nothing was handed in."""
    low = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    high = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    weight = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    risk = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    """The points that it has lost or may still lose."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["noted", "number"], name="line_number")]
        indexes = [models.Index(fields=["-risk", "noted"])]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Fault(models.Model):
    """One open finding on a form as noted."""

    noted = models.ForeignKey(Noted, models.CASCADE, related_name="faults")
    line = models.ForeignKey(Line, models.CASCADE, null=True, related_name="faults")
    """The row that it is about; None for the form as a whole."""
    key = models.CharField(max_length=100, blank=True)
    """The name of the field."""
    code = models.CharField(max_length=10)
    severity = models.CharField(max_length=10, choices=SEVERITIES)
    said = models.JSONField()
    """What was found, as a message (accounts.said)."""

    class Meta:
        indexes = [models.Index(fields=["code", "noted"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(severity__in=("error", "warning", "advice")), name="fault_severity_known"
            ),
        ]

    def __str__(self) -> str:
        return self.code
