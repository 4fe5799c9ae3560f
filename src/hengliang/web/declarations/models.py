"""Rounds, declarations, their working drafts and their immutable versions."""

from django.db import models
from django.db.models import Q

from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.workflow.states import State

STATES = [(state.value, state.value) for state in State]
DEADLINES = ("declare_by", "review_by", "monitor_by", "self_evaluate_by")
"""The fields of a round that are deadlines, in the order of the year."""
KINDS = [("department", "department"), ("project", "project")]


class Round(models.Model):
    """A fiscal year's round of declarations in a city, county or province: its profile and its deadlines."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="rounds")
    """The finance side: the round is for all organisations below it."""
    name = models.CharField(max_length=200)
    fiscal_year = models.PositiveIntegerField()
    profile = models.CharField(max_length=100, default="national-2015")
    open = models.BooleanField(default=True)
    declare_by = models.DateField(null=True, blank=True)
    review_by = models.DateField(null=True, blank=True)
    monitor_by = models.DateField(null=True, blank=True)
    self_evaluate_by = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "fiscal_year", "name"], name="round_once"),
            models.CheckConstraint(
                condition=Q(fiscal_year__gte=1990, fiscal_year__lte=2100), name="round_year"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Reminder(models.Model):
    """That a person was reminded of a deadline of a round: `step` days before it, or (-1) after it."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="+")
    stage = models.CharField(max_length=20)
    """The field of the round."""
    due = models.DateField()
    """The deadline as it stood: one that is put off reminds anew."""
    step = models.SmallIntegerField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "stage", "due", "step", "person"], name="reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round.pk} {self.stage} {self.step}"


class Declaration(models.Model):
    """The form of one organisation (or of one project of it) in a round, through its whole life."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="declarations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="declarations")
    kind = models.CharField(max_length=20, choices=KINDS, default="department")
    project = models.CharField(max_length=300, blank=True)
    """The name of the project; empty for the form of the organisation as a whole."""
    state = models.CharField(max_length=30, choices=STATES, default=State.DRAFT.value)
    state_since = models.DateTimeField()
    approved = models.ForeignKey("Version", models.PROTECT, null=True, blank=True, related_name="+")
    """The version in force."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation", "kind", "project"], name="declaration_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="declaration_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="department", project="") | (Q(kind="project") & ~Q(project="")),
                name="declaration_project_named",
            ),
            models.CheckConstraint(
                condition=Q(approved__isnull=False)
                | ~Q(
                    state__in=(
                        "approved",
                        "adjusting",
                        "adjustment_submitted",
                        "monitored",
                        "self_evaluated",
                        "checked",
                        "evaluated",
                        "published",
                    )
                ),
                name="declaration_in_force_has_version",
            ),
        ]
        indexes = [models.Index(fields=["state", "round"])]

    def __str__(self) -> str:
        return self.project or self.organisation.name


class Draft(models.Model):
    """The working copy: what the unit is typing. Every accepted save counts `counter` up by one."""

    declaration = models.OneToOneField(Declaration, models.CASCADE, related_name="draft")
    content = models.JSONField()
    """The form as exchange JSON with its source (joined lines, printed texts)."""
    rows = models.JSONField(default=list)
    """A stable id for each indicator, in the order of the form."""
    counter = models.PositiveBigIntegerField(default=1)
    saved_at = models.DateTimeField(auto_now=True)
    saved_by = models.CharField(max_length=150, blank=True)
    errors = models.PositiveIntegerField(default=0)
    """How many open findings of each severity there were when the draft was last written: what lists are
    filtered by. Pages that show findings ask the rules anew."""
    warnings = models.PositiveIntegerField(default=0)
    advice = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.declaration.pk}.{self.counter}"


class Change(models.Model):
    """One cell changed by one save: what stood there, what stands there now. Serves the history of a cell,
    the undo after a reload, and the question whether two people changed the same cell."""

    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="changes")
    counter = models.PositiveBigIntegerField()
    row = models.CharField(max_length=40)
    """The id of the row; `form` for a field outside the table."""
    key = models.CharField(max_length=100)
    """The name of the field; `+` for a row put in, `-` for one taken out, `order` for one moved."""
    before = models.TextField(null=True)
    after = models.TextField(null=True)
    person = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["declaration", "row", "key", "counter"])]
        constraints = [
            models.UniqueConstraint(
                fields=["declaration", "counter", "row", "key"], name="change_once_a_save"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row}/{self.key}"


class Version(models.Model):
    """What a declaration said when it was handed on. Never changed; `digest` is the SHA-256 of `content` as
    canonical JSON."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    rows = models.JSONField(default=list)
    """The ids of its rows in the draft that it was made of, so that two versions can be laid side by side."""
    digest = models.CharField(max_length=64)
    why = models.CharField(max_length=40, blank=True)
    """The move that made it, or `replaced`: kept before another form took the place of the draft."""
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=150)
    writers = models.JSONField(default=list)
    """The sign-in names of all who changed something since the version before."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["declaration", "number"], name="version_number")]

    def __str__(self) -> str:
        return f"{self.declaration.pk} v{self.number}"


class Step(models.Model):
    """One move that a declaration made, with who, when, why and which version it was about."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="steps")
    move = models.CharField(max_length=40)
    source = models.CharField(max_length=30)
    target = models.CharField(max_length=30)
    version = models.ForeignKey(Version, models.PROTECT, null=True, blank=True)
    person = models.CharField(max_length=150)
    person_name = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["declaration", "at"])]

    def __str__(self) -> str:
        return self.move


class Comment(models.Model):
    """A remark of a reviewer on a cell (or on the whole form), its answer, and whether it is settled."""

    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    row = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=100, blank=True)
    text = models.TextField()
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by="")
                | (Q(resolved_at__isnull=False) & ~Q(resolved_by="")),
                name="comment_resolved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Opinion(models.Model):
    """The review of one version: a grade for each of the eight points, the overall grade, the words."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="opinions")
    side = models.CharField(max_length=20, choices=[("department", "department"), ("finance", "finance")])
    grades = models.JSONField(default=dict)
    """The grade of each point by its key (workflow.opinion.POINTS)."""
    remarks = models.JSONField(default=dict)
    grade = models.CharField(max_length=2, blank=True)
    text = models.TextField(blank=True)
    amendments = models.TextField(blank=True)
    """What the reviewer agreed on with the unit, for a grade of 良."""
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "side"], name="opinion_once_a_side"),
            models.CheckConstraint(
                condition=Q(grade__in=("", "优", "良", "中", "差")), name="opinion_grade_known"
            ),
        ]

    def __str__(self) -> str:
        return self.grade


class Upload(models.Model):
    """What was read from a file that somebody handed in, until it is taken into a form; then the record of
    where the form came from."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    declaration = models.ForeignKey(
        Declaration, models.CASCADE, null=True, blank=True, related_name="uploads"
    )
    """The declaration whose draft it is to replace, or that was begun from it."""
    name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    """The SHA-256 of the file."""
    before = models.ForeignKey(Version, models.SET_NULL, null=True, blank=True, related_name="+")
    """What the draft said before a form of the file took its place."""
    after = models.PositiveBigIntegerField(null=True, blank=True)
    """The count of the draft's saves right after that: as long as it stands, it can be undone as a whole."""
    content = models.JSONField()
    """The reading as exchange JSON: its forms with their sources, and what was not understood."""
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    taken = models.PositiveIntegerField(null=True, blank=True)
    """Which of the forms was taken, counted from 0; None while none was."""

    def __str__(self) -> str:
        return self.name


class Overruling(models.Model):
    """A finding that somebody set aside with a reason, for as long as the text it was about stands."""

    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="overrulings")
    code = models.CharField(max_length=10)
    row = models.CharField(max_length=40, blank=True)
    path = models.CharField(max_length=100)
    """The field, with the row's id in place of its number."""
    text = models.TextField(blank=True)
    """What stood in the field: another text, and the finding is back."""
    reason = models.TextField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["declaration", "code", "row", "path"], name="overruling_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="overruling_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.path}"
