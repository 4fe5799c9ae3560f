"""Measurements, stated values, stages of monitoring, sealed score sheets, checks, evaluations, remedies."""

from django.db import models
from django.db.models import Q

from hengliang.web.accounts.models import Person
from hengliang.web.declarations.models import Declaration, Version
from hengliang.web.files.models import StoredFile

LONGEST = 300
"""So many signs has a value that is typed."""

LIKELIHOODS = ("确定能", "有可能", "完全不可能")
"""How likely a target is to be reached, as the monitoring table asks (完成目标可能性)."""


class Measuring(models.Model):
    """One measuring of all bound indicators of the version in force, from the batches of the unit's store."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="measurings")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    as_of = models.DateField(null=True, blank=True)
    """The freeze; None measures what is there now."""
    result = models.JSONField()
    """The measurements as the terminal prints them (report.measured_text), by language."""
    values = models.JSONField()
    """The actual value of each bound indicator by its number: text, facts, exact, where, applicable, note."""
    batches = models.JSONField(null=True)
    """The ids of all batches that were read; None where it was not noted."""
    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["declaration", "-at"])]

    def __str__(self) -> str:
        return f"{self.declaration.pk} {self.at}"


class Stated(models.Model):
    """An actual value that somebody typed, with the reason why it is not measured and the evidence for it."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="stated")
    number = models.PositiveIntegerField()
    """The number of the indicator in the version in force, from 1."""
    value = models.CharField(max_length=LONGEST)
    reason = models.TextField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    by = models.CharField(max_length=150)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["declaration", "number"], name="stated_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="stated_number"),
            models.CheckConstraint(condition=~Q(value="") & ~Q(reason=""), name="stated_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.value}"


class Deviation(models.Model):
    """Why an indicator fell short of its target (or went far beyond), and what is done about it."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="deviations")
    number = models.PositiveIntegerField()
    cause = models.TextField()
    remedy = models.TextField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["declaration", "number"], name="deviation_once"),
            models.CheckConstraint(condition=~Q(cause="") & ~Q(remedy=""), name="deviation_explained"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class Spending(models.Model):
    """The budget of the year and what was spent of it up to the end of a month; month 12 is the year."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="spending")
    month = models.PositiveSmallIntegerField()
    budget = models.DecimalField(max_digits=18, decimal_places=6)
    executed = models.DecimalField(max_digits=18, decimal_places=6)
    """Both in 万元."""
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["declaration", "month"], name="spending_once_a_month"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="spending_month"),
            models.CheckConstraint(condition=Q(budget__gte=0, executed__gte=0), name="spending_amounts"),
        ]

    def __str__(self) -> str:
        return f"{self.month}"


class Plan(models.Model):
    """What is expected of an indicator by the end of each month, where month ÷ 12 of the target is wrong."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField()
    shares = models.JSONField()
    """Twelve shares of the target in percent, exact as texts (`50`, `8.5`, `25/3`); the last is 100."""
    adds_up = models.BooleanField(null=True)
    """Whether values grow over the year as sums do; None leaves it to the unit."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["declaration", "number"], name="plan_once")]

    def __str__(self) -> str:
        return f"{self.number}"


class Series(models.Model):
    """What was measured up to the end of each month of a year, from the records as they were at one time."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="series")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    values = models.JSONField()
    """By the number of the indicator, by month: the value as text with its unit."""
    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["declaration", "-at"])]

    def __str__(self) -> str:
        return f"{self.declaration.pk} {self.at}"


class Stage(models.Model):
    """A stage of monitoring: January to `month`."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="stages")
    version = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="+")
    """The version that was in force when it was handed in, whose numbers its rows keep; None while the stage
    is open, for its rows follow the version in force."""
    month = models.PositiveSmallIntegerField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["declaration", "month"], name="stage_once_a_month"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="stage_month"),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by="")
                | (Q(submitted_at__isnull=False) & ~Q(submitted_by="")),
                name="stage_submitted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"1-{self.month}"


class StageRow(models.Model):
    """What an indicator has come to in a stage, and what is expected by the end of the year."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    value = models.CharField(max_length=LONGEST)
    forecast = models.CharField(max_length=LONGEST, blank=True)
    likelihood = models.CharField(max_length=10, blank=True, choices=[(word, word) for word in LIKELIHOODS])
    cause = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stage", "number"], name="stage_row_once"),
            models.CheckConstraint(
                condition=Q(likelihood__in=("", *LIKELIHOODS)),
                name="stage_row_likelihood",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.value}"


class Sheet(models.Model):
    """A score sheet as it was handed in: sealed, with everything that it was computed from."""

    class Kind(models.TextChoices):
        SELF = "self"
        CHECK = "check"
        EVALUATION = "evaluation"

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="sheets")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    profile = models.CharField(max_length=100)
    facts = models.JSONField()
    """The actual values and the money that were scored, by number, with their origins."""
    content = models.JSONField()
    """The sheet as the terminal prints it (report.sheet_json)."""
    measuring = models.ForeignKey(Measuring, models.PROTECT, null=True, blank=True, related_name="+")
    """Where its measured values are from."""
    low = models.DecimalField(max_digits=12, decimal_places=4)
    high = models.DecimalField(max_digits=12, decimal_places=4)
    of = models.DecimalField(max_digits=12, decimal_places=4)
    grade = models.CharField(max_length=20, blank=True)
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["declaration", "kind", "-at"])]
        constraints = [models.CheckConstraint(condition=Q(low__lte=models.F("high")), name="sheet_interval")]

    def __str__(self) -> str:
        return f"{self.kind} {self.low}-{self.high}"


class Recheck(models.Model):
    """One indicator of a self-evaluation that finance looked at again."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="rechecks")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="rechecks")
    number = models.PositiveIntegerField()
    verdict = models.CharField(
        max_length=10, blank=True, choices=[("agrees", "agrees"), ("differs", "differs"), ("open", "open")]
    )
    """Empty until it was looked at."""
    value = models.CharField(max_length=LONGEST, blank=True)
    """The value that the check found, where it differs."""
    remark = models.TextField(blank=True)
    by = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="recheck_once"),
            models.CheckConstraint(
                condition=Q(verdict__in=("", "agrees", "open")) | (Q(verdict="differs") & ~Q(remark="")),
                name="recheck_difference_explained",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verdict}"


class Evaluator(models.Model):
    """An outside person to whom the evaluation of one declaration was given."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="evaluators")
    person = models.ForeignKey(Person, models.PROTECT, related_name="evaluations")
    given_by = models.CharField(max_length=150)
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["declaration", "person"], name="evaluator_once")]

    def __str__(self) -> str:
        return f"{self.declaration.pk} {self.person}"


class Report(models.Model):
    """The evaluation report of an evaluator: what was found, what is advised."""

    declaration = models.OneToOneField(Declaration, models.PROTECT, related_name="report")
    findings = models.TextField()
    advice = models.TextField(blank=True)
    score = models.DecimalField(max_digits=6, decimal_places=2)
    grade = models.CharField(max_length=2)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=100), name="report_score"),
            models.CheckConstraint(condition=Q(grade__in=("优", "良", "中", "差")), name="report_grade"),
            models.CheckConstraint(condition=~Q(findings=""), name="report_says_something"),
        ]

    def __str__(self) -> str:
        return self.grade


class Remedy(models.Model):
    """Something to be put right (整改): where it came from, until when, what was done, and whether that is
    accepted."""

    class Source(models.TextChoices):
        MONITORING = "monitoring"
        SELF = "self"
        DEPARTMENT = "department"
        FINANCE = "finance"

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="remedies")
    source = models.CharField(max_length=12, choices=Source)
    number = models.PositiveIntegerField(null=True, blank=True)
    removed = models.TextField(blank=True)
    """The name of its indicator, once an adjustment has taken that out; it then has no number."""
    problem = models.TextField()
    due = models.DateField()
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(blank=True)
    returned = models.TextField(blank=True)
    """Why the last answer was sent back."""
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    """What shows that it was done; goes with the answer."""
    answered_by = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.CharField(max_length=150, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(problem=""), name="remedy_says_what"),
            models.CheckConstraint(condition=Q(number=None) | Q(removed=""), name="remedy_kept_or_removed"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="remedy_answered",
            ),
            models.CheckConstraint(condition=Q(file=None) | ~Q(answer=""), name="remedy_file_of_answer"),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by="")
                | (Q(accepted_at__isnull=False, answered_at__isnull=False) & ~Q(accepted_by="")),
                name="remedy_accepted_after_answer",
            ),
        ]

    def __str__(self) -> str:
        return self.problem[:60]
