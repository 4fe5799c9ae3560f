"""What waits for a person over all forms, with the day by which it is to be done.

A handful of queries for any number of forms: findings and scores, which take time, are on the board of each.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import reach
from hengliang.web.accounts.reader import language
from hengliang.web.declarations.models import Comment, Declaration, Step
from hengliang.web.declarations.queries import starts
from hengliang.web.declarations.reminders import STAGES
from hengliang.web.evaluation.models import Remedy
from hengliang.web.insight.links import to
from hengliang.web.insight.tasks import Task
from hengliang.web.workflow.moves import Move
from hengliang.web.workflow.roles import Permission, Role
from hengliang.web.workflow.states import IN_FORCE, State

_MAY_BE_LEFT = frozenset(("take_back", "adjust", "give_up_adjustment", "reopen"))
"""Moves that are possible, but that nobody waits for."""


def waiting(person: Person, found: Sequence[Declaration], moves: Mapping[int, Sequence[Move]]) -> list[Task]:
    """What waits for a person, what is due first in front. `moves` are those that the person can make, by the
    key of the form."""
    tasks = [*_to_begin(person), *_remedies(person, found), *_comments(person, found)]
    own = _reached(person, Permission.EDIT, found)
    signed = _reached(person, Permission.SIGN, found)
    stepped = Step.objects.filter(declaration__in=found, move="monitor").values_list("declaration", flat=True)
    monitored = frozenset(stepped)
    for one in found:
        if one.pk in own:
            tasks += _of_the_unit(one, one.pk in signed, one.pk in monitored)
        awaited = [move for move in moves[one.pk] if move.name not in _MAY_BE_LEFT]
        if one.pk not in own or State(one.state) is State.ADJUSTING:
            tasks += _of_moves(one, awaited)
    return sorted(tasks, key=lambda task: task.until or date.max)


def _reached(person: Person, permission: Permission, found: Sequence[Declaration]) -> frozenset[int]:
    kept = Declaration.objects.filter(reach(person, permission), pk__in=[one.pk for one in found])
    return frozenset(kept.values_list("pk", flat=True))


def _to_begin(person: Person) -> list[Task]:
    return [
        Task(
            _("{round}: nothing is declared yet").format(round=one.round.name),
            one.round.declare_by,
            reverse("declaration-begin", args=[one.round.pk, one.organisation.pk]),
        )
        for one in starts(person)
        if not one.here
    ]


def _of_the_unit(one: Declaration, signs: bool, monitored: bool) -> list[Task]:
    """The nearest step of the year that the unit has to take."""
    role = Role.UNIT_HEAD if signs else Role.CLERK
    for stage in STAGES:
        if role not in stage.who.get(State(one.state), ()) or (stage.done == "monitor" and monitored):
            continue
        if State(one.state) not in IN_FORCE:
            route = "declaration"
        else:
            route = "stages" if stage.done == "monitor" else "self-evaluation"
        text = f"{one}（{one.round.fiscal_year}）：{stage.says.say(language())}"
        return [Task(text, getattr(one.round, stage.field), to(route, one.pk))]
    return []


def _of_moves(one: Declaration, awaited: Sequence[Move]) -> list[Task]:
    if not awaited:
        return []
    is_in_force = State(one.state) in IN_FORCE
    said = "、".join(move.label.say(language()) for move in awaited)
    until = None if is_in_force else one.round.review_by
    return [Task(f"{one}（{one.round.fiscal_year}）：{said}", until, to("declaration", one.pk))]


def _remedies(person: Person, found: Sequence[Declaration]) -> list[Task]:
    """What the unit has to put right, and what it says is put right and an office has to look at."""
    still = Remedy.objects.filter(declaration__in=found, accepted_at=None).select_related("declaration")
    place = "declaration__organisation__path"
    asked = still.filter(reach(person, Permission.EDIT, place), answered_at=None)
    answered = still.filter(reach(person, Permission.REVIEW_FINANCE, place), answered_at__isnull=False)
    return [
        *(
            Task(
                _("Put right: {problem}").format(problem=one.problem),
                one.due,
                to("remedies", one.declaration.pk),
            )
            for one in asked
        ),
        *(
            Task(
                _("See what was put right: {problem}").format(problem=one.problem),
                None,
                to("remedies", one.declaration.pk),
            )
            for one in answered
        ),
    ]


def _comments(person: Person, found: Sequence[Declaration]) -> list[Task]:
    """Comments that the unit has to answer, and answers on which whoever asked has to settle."""
    open_ = Comment.objects.filter(declaration__in=found, parent=None, resolved_at=None)
    place = reach(person, Permission.EDIT, "declaration__organisation__path")
    sides = (
        (open_.filter(place, answers=None), _("{name}: answer {count} comments of reviewers")),
        (
            open_.filter(Q(author=person) & Q(answers__isnull=False)),
            _("{name}: settle {count} comments that were answered"),
        ),
    )
    names = {one.pk: str(one) for one in found}
    return [
        Task(text.format(name=names[pk], count=count), None, to("declaration-comments", pk))
        for rows, text in sides
        for pk, count in rows.values_list("declaration")
        .annotate(count=Count("pk", distinct=True))
        .order_by("declaration")
    ]
