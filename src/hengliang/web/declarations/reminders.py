"""Reminders of the deadlines of rounds: some days before, and once when they are over; to each person once.

Asked for again and again by whatever watches: what was told is noted under a lock of the round, so that it
does not matter how many watch, nor how often.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from hengliang.base.message import Message, message
from hengliang.web.accounts.actions import tell
from hengliang.web.accounts.models import Assignment, Organisation, Person
from hengliang.web.audit.actions import record
from hengliang.web.declarations.models import Declaration, Reminder, Round, Step
from hengliang.web.workflow.roles import OWN_ONLY, Role
from hengliang.web.workflow.states import State

OVER = -1
"""The step of a reminder that a deadline is over; other steps are the days before it."""

_OLD = timedelta(days=30)
"""Deadlines that are over for longer remind nobody: a round of earlier years that was left open."""


class Stage(NamedTuple):
    """What a deadline is about: its field, who must act in which state of a form, in words, where, and the
    move after which nothing is due although the form may come back to such a state."""

    field: str
    who: Mapping[State, tuple[Role, ...]]
    says: Message
    route: str
    done: str = ""


_UNIT = (Role.CLERK, Role.UNIT_HEAD)
_S = State
STAGES = (
    Stage(
        "declare_by",
        {_S.DRAFT: _UNIT, _S.RETURNED: _UNIT, _S.PREPARED: (Role.UNIT_HEAD,)},
        message("to be declared"),
        "declarations",
    ),
    Stage(
        "review_by",
        {
            _S.SUBMITTED: (Role.DEPARTMENT_REVIEWER,),
            _S.DEPARTMENT_APPROVED: (Role.FINANCE_REVIEWER, Role.FINANCE_APPROVER),
        },
        message("to be reviewed"),
        "reviews",
    ),
    Stage("monitor_by", {_S.APPROVED: _UNIT}, message("to be monitored"), "monitoring", "monitor"),
    Stage(
        "self_evaluate_by",
        {_S.APPROVED: _UNIT, _S.MONITORED: _UNIT},
        message("to be self-evaluated"),
        "evaluations",
    ),
)


def step_of(due: date, today: date) -> int | None:
    """Which reminder of a deadline it is time for; None while there is none."""
    left = (due - today).days
    if left < 0:
        return OVER if today - due <= _OLD else None
    return min((days for days in settings.REMIND_DAYS if left <= days), default=None)


def remind(today: date | None = None) -> int:
    """Leaves the reminders that are due and were not left yet; gives their number."""
    day = today or timezone.localdate()
    left = 0
    for round_ in Round.objects.filter(open=True).order_by("pk"):
        for stage in STAGES:
            due: date | None = getattr(round_, stage.field)
            step = None if due is None else step_of(due, day)
            if due is not None and step is not None and _fresh(round_, stage, due, step):
                left += _leave(round_, stage, due, step)
    return left


def _fresh(round_: Round, stage: Stage, due: date, step: int) -> Counter[int]:
    """Who is to be reminded and was not: people by number, with how many forms wait for each."""
    told = Reminder.objects.filter(round=round_, stage=stage.field, due=due, step=step)
    known = set(told.values_list("person", flat=True))
    return Counter({pk: forms for pk, forms in _owed(round_, stage).items() if pk not in known})


def _owed(round_: Round, stage: Stage) -> Counter[int]:
    roles = {role for own in stage.who.values() for role in own}
    held: dict[tuple[str, str], set[int]] = {}
    rows = Assignment.objects.filter(role__in=roles, person__is_active=True, organisation__active=True)
    for role, path, person in rows.values_list("role", "organisation__path", "person"):
        held.setdefault((role, path), set()).add(person)
    owed: Counter[int] = Counter()
    for path, acting in _waiting(round_, stage):
        owed.update(
            {
                person
                for role in acting
                for place in ((path,) if role in OWN_ONLY else _above(path))
                for person in held.get((role.value, place), ())
            }
        )
    return owed


def _waiting(round_: Round, stage: Stage) -> Iterator[tuple[str, tuple[Role, ...]]]:
    """The places of organisations at which a form waits, with the roles that must act."""
    found = Declaration.objects.filter(round=round_)
    done = Step.objects.filter(declaration__round=round_, move=stage.done)
    undone = found.exclude(pk__in=done.values("declaration")) if stage.done else found
    for path, state in undone.values_list("organisation__path", "state"):
        if roles := stage.who.get(State(state)):
            yield path, roles
    if stage.field == "declare_by":
        below = Organisation.objects.filter(path__startswith=round_.organisation.path, active=True)
        for path in below.exclude(pk__in=found.values("organisation")).values_list("path", flat=True):
            yield path, _UNIT


def _above(path: str) -> list[str]:
    codes = path.rstrip("/").split("/")
    return ["/".join(codes[: depth + 1]) + "/" for depth in range(len(codes))]


@transaction.atomic
def _leave(round_: Round, stage: Stage, due: date, step: int) -> int:
    # Whoever comes second waits here, and then finds nobody left to remind.
    Round.objects.select_for_update(no_key=True).get(pk=round_.pk)
    fresh = _fresh(round_, stage, due, step)
    people = {one.pk: one for one in Person.objects.filter(pk__in=fresh)}
    Reminder.objects.bulk_create(
        Reminder(round=round_, stage=stage.field, due=due, step=step, person=people[pk]) for pk in fresh
    )
    event, text = (
        ("deadline.over", message("{round}: {count} forms {stage} are overdue since {day}."))
        if step == OVER
        else ("deadline.near", message("{round}: {count} forms {stage} by {day}."))
    )
    for pk, forms in fresh.items():
        said = Message(
            text.text, {"round": round_.name, "count": forms, "stage": stage.says, "day": due.isoformat()}
        )
        tell([people[pk]], event, said, _url(stage.route))
    if fresh:
        place = round_.organisation.code
        record(None, "deadline.remind", f"round:{round_.pk}", round_.name, place, stage=stage.field,
               due=due.isoformat(), step=step, people=len(fresh))  # fmt: skip
    return len(fresh)


def _url(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return reverse("notices")
