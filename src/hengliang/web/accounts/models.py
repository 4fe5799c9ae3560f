"""Organisations as a tree, people, and the roles that people hold in organisations."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from hengliang.web.workflow.roles import ADMINISTRATORS, Role

ROLES = [(role.value, role.value) for role in Role]


class Organisation(models.Model):
    """A province, city, county, department or unit. `path` is made of the codes from the root down, each
    followed by `/`, so that all below an organisation is one range of an index."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Province")
        CITY = "city", _("City")
        COUNTY = "county", _("County")
        DEPARTMENT = "department", _("Office of the department")
        UNIT = "unit", _("Unit")

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=60, unique=True)
    """预算单位编码, or the division code of a province, city or county."""
    credit_code = models.CharField(max_length=18, blank=True)
    """统一社会信用代码."""
    path = models.CharField(max_length=500, unique=True)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("province", "city", "county", "department", "unit")),
                name="organisation_kind_known",
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(code__contains="/"), name="organisation_has_code"
            ),
            # SQLite looks for the beginning of a path without regard to case: codes differ in more than that.
            models.UniqueConstraint(Lower("code"), name="organisation_code_once"),
        ]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Finds people by their sign-in name."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username=username)


class Person(AbstractBaseUser):
    """Somebody who signs in. No more personal data than the work needs."""

    class Mail(models.TextChoices):
        ALL = "all", _("All notices")
        DEADLINES = "deadlines", _("Only deadlines")
        NONE = "none", _("None")

    username = models.CharField(max_length=150, unique=True)
    full_name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="people", null=True, blank=True
    )
    """Where the person works; nobody reviews a form of the own organisation."""
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, default="zh-hans")
    must_change_password = models.BooleanField(default=True)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    failed_sign_ins = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    totp_secret = models.CharField(max_length=200, blank=True)
    """The secret of the second factor, encrypted with the key of the installation; empty while there is
    none."""
    totp_last_step = models.BigIntegerField(default=0)
    """The last time step whose code was used: a code works once."""
    external_id = models.CharField(max_length=200, blank=True)
    """The subject that an OpenID provider names, as a digest."""
    mail = models.CharField(max_length=10, choices=Mail, default=Mail.ALL)
    """What is sent by e-mail too, where there is an address and a mail server."""

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]  # pyright: ignore[reportIncompatibleVariableOverride]
    objects = PersonManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="person_external_id"
            ),
            models.CheckConstraint(
                condition=Q(mail__in=("all", "deadlines", "none")), name="person_mail_known"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


class Assignment(models.Model):
    """A role that a person holds for an organisation."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=40, choices=ROLES)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="assignments")
    given_at = models.DateTimeField(auto_now_add=True)
    given_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "role", "organisation"], name="assignment_once"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(role__in=sorted(ADMINISTRATORS)),
                name="assignment_one_administrator",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="assignment_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.pk} {self.role} {self.organisation.pk}"


class SignIn(models.Model):
    """One session of a person: since when, from where; can be ended by its owner."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="sign_ins")
    session = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField(auto_now_add=True)
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=200, blank=True)
    provider_session = models.CharField(max_length=64, blank=True)
    """The session at the OpenID provider that proved who it is, as a digest; empty after a password."""
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "ended_at"])]

    def __str__(self) -> str:
        return f"{self.person.pk} {self.at}"


class Failures(models.Model):
    """How often signing in failed from one address in the minute (of the epoch) in which it failed last."""

    address = models.CharField(max_length=45, primary_key=True)
    minute = models.BigIntegerField(db_index=True)
    number = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.minute} {self.number}"


class Notice(models.Model):
    """Something a person is told: in the application, and by e-mail where that is set up."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    at = models.DateTimeField(auto_now_add=True)
    event = models.CharField(max_length=100)
    text = models.JSONField()
    """A message as data: `{"text": English sentence, "values": {…}}`, said in the reader's language."""
    url = models.CharField(max_length=300, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "read_at", "-at"])]

    def __str__(self) -> str:
        return self.event


class Letter(models.Model):
    """A notice on its way by e-mail (accounts.mail)."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        DROPPED = "dropped"

    notice = models.OneToOneField(Notice, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField()
    """When it is queued again, should nothing have come of it."""
    attempts = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "sending"), ended_at=None)
                | Q(state__in=("sent", "failed", "dropped"), ended_at__isnull=False),
                name="letter_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"
