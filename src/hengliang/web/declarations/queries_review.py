"""Reads of the review: the queue, comments, opinions, and what stands beside an indicator."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, TextField, When
from django.db.models.functions import Cast, Coalesce
from django.http import Http404

from hengliang.base.profile import load_profile
from hengliang.form.model import Form, Indicator
from hengliang.review.names import content_of, likeness
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import reach
from hengliang.web.accounts.reader import whole
from hengliang.web.declarations import policies
from hengliang.web.declarations.draft import opened_text
from hengliang.web.declarations.findings import approved_form, earlier_declarations
from hengliang.web.declarations.models import Comment, Declaration, Draft, Opinion, Overruling, Round, Version
from hengliang.web.declarations.reports import reports_on
from hengliang.web.workflow.roles import Permission
from hengliang.web.workflow.states import IN_FORCE, IN_REVIEW, State

if TYPE_CHECKING:
    from django.db.models.query import ValuesQuerySet

WAITING = (
    (Permission.REVIEW_DEPARTMENT, (State.SUBMITTED,)),
    (
        Permission.REVIEW_FINANCE,
        (State.DEPARTMENT_APPROVED, State.ADJUSTMENT_SUBMITTED, State.SELF_EVALUATED),
    ),
    (Permission.APPROVE, (State.DEPARTMENT_APPROVED, State.ADJUSTMENT_SUBMITTED, State.REJECTED)),
)
"""In which states a form waits for whom."""


def queue(person: Person, wanted: Mapping[str, str], today: date) -> QuerySet[Declaration]:
    """The forms that a reviewer reaches, those with the nearest deadline first.

    `wanted` narrows them: `state` (a state, or `waiting` for those that wait for this person),
    `organisation` (words in its name), `year`, `findings` (error, warning, none), `deadline` (late, week: of
    those whose review is not closed).
    """
    in_reach = Q(pk__in=())
    waiting = Q(pk__in=())
    for permission, states in WAITING:
        allowed = reach(person, permission)
        in_reach |= allowed
        waiting |= allowed & Q(state__in=[state.value for state in states])
    found = Declaration.objects.filter(in_reach)
    if person.organisation is not None:
        found = found.exclude(organisation=person.organisation)
    state = wanted.get("state", "")
    if state == "waiting":
        found = found.filter(waiting)
    elif state:
        found = found.filter(state=state)
    if words := wanted.get("organisation", "").strip():
        found = found.filter(Q(organisation__name__icontains=words) | Q(project__icontains=words))
    if year := wanted.get("year", ""):
        found = found.filter(round__fiscal_year=whole(year))
    match wanted.get("findings"):
        case "error":
            found = found.filter(draft__errors__gt=0)
        case "warning":
            found = found.filter(draft__warnings__gt=0)
        case "none":
            found = found.filter(draft__errors=0, draft__warnings=0)
        case _:
            pass
    awaited = Q(state__in=[state.value for state in IN_REVIEW])
    match wanted.get("deadline"):
        case "late":
            found = found.filter(awaited, round__review_by__lt=today)
        case "week":
            found = found.filter(awaited, round__review_by__range=(today, today + timedelta(days=7)))
        case _:
            pass
    unsettled = Comment.objects.filter(declaration=OuterRef("pk"), parent=None, resolved_at=None).order_by()
    asked = unsettled.values("declaration").annotate(count=Count("pk")).values("count")
    return found.annotate(asked=Coalesce(Subquery(asked), 0)).order_by(
        F("round__review_by").asc(nulls_last=True), "state_since", "pk"
    )


def shown(queued: QuerySet[Declaration]) -> "ValuesQuerySet[Declaration, dict[str, Any]]":
    """What the desk shows of the forms of a `queue`; no more is read."""
    return queued.values(
        "pk",
        "project",
        "state",
        "state_since",
        "organisation__name",
        "round__fiscal_year",
        "round__review_by",
        "draft__errors",
        "draft__warnings",
        "draft__advice",
        "asked",
    )


def years_of(person: Person) -> list[int]:
    """The years of the rounds that a reviewer reaches forms of."""
    in_reach = Q(pk__in=())
    for permission, _ in WAITING:
        in_reach |= reach(person, permission)
    found = Declaration.objects.filter(in_reach).values_list("round__fiscal_year", flat=True)
    return sorted(found.distinct(), reverse=True)


class Thread(NamedTuple):
    """A comment with its answers, oldest first."""

    asked: Comment
    answers: tuple[Comment, ...]


def threads(found: Declaration, row: str | None = None) -> list[Thread]:
    """The comments on a form, or on one row of it; open ones first, then the newest."""
    comments = (
        Comment.objects.filter(declaration=found).select_related("author", "parent").order_by("at", "pk")
    )
    if row is not None:
        comments = comments.filter(row=row)
    answers: dict[int, list[Comment]] = {}
    asked: list[Comment] = []
    for one in comments:
        if one.parent is None:
            asked.append(one)
        else:
            answers.setdefault(one.parent.pk, []).append(one)
    asked.sort(key=lambda one: (one.resolved_at is not None, -one.pk))
    return [Thread(one, tuple(answers.get(one.pk, ()))) for one in asked]


def open_comments(found: Declaration) -> list[Comment]:
    """The comments on a form that are not settled, oldest first."""
    unsettled = Comment.objects.filter(declaration=found, parent=None, resolved_at=None)
    return list(unsettled.select_related("author").order_by("pk"))


def comment(person: Person, declaration_pk: int, pk: int) -> Comment:
    """A comment (not an answer) on a form. Raises Http404, and `Refused` out of reach."""
    found = (
        Comment.objects.filter(pk=pk, declaration=declaration_pk, parent=None)
        .select_related("author", "declaration__organisation", "declaration__round")
        .first()
    )
    if found is None:
        raise Http404
    policies.require_view(person, found.declaration)
    return found


def overruling(found: Declaration, pk: int) -> Overruling:
    """A finding of a form that was set aside. Raises Http404."""
    one = (
        Overruling.objects.filter(declaration=found, pk=pk)
        .select_related("declaration__organisation")
        .first()
    )
    if one is None:
        raise Http404
    return one


def opinions(found: Declaration) -> list[Opinion]:
    """All opinions on a form, of the newest version first."""
    return list(
        Opinion.objects.filter(version__declaration=found)
        .select_related("version", "author")
        .order_by("-version__number", "side")
    )


def latest_version(found: Declaration) -> Version | None:
    """The newest version of a form."""
    return Version.objects.filter(declaration=found).order_by("-number").first()


class Beside(NamedTuple):
    """An indicator of another form, how much its name is like, in percent, and what it came to with the page
    of that number, where a report is known."""

    whose: str
    declaration: int
    year: int
    row: Indicator
    likeness: int
    actual: str = ""
    page: str = ""


_MOST_UNITS = 60
"""So many forms of other units are looked through for one indicator."""
_ALIKE = 60
_MOST_SHOWN = 5


def last_year(person: Person, found: Declaration, name: str) -> list[Beside]:
    """The indicators most like `name` in the forms in force of the same organisation for earlier years, as
    far as a person reaches them, and what came of each."""
    earlier = list(earlier_declarations(found).filter(reach(person, Permission.VIEW))[:2])
    known = reports_on(earlier)
    rows: list[Beside] = []
    for one in earlier:
        if alike := _alike(one, approved_form(one), name):
            best = max(alike, key=lambda each: each.likeness)
            actual, page = known[one.pk].of(best.row) if one.pk in known else ("", "")
            rows.append(best._replace(actual=actual, page=page))
    return rows


def similar_units(person: Person, found: Declaration, name: str) -> list[Beside]:
    """The indicators most like `name` that other units in a reviewer's reach declared in the same round."""
    others = (
        Draft.objects.filter(
            reach(person, Permission.VIEW, "declaration__organisation__path"),
            declaration__round=found.round,
            declaration__kind=found.kind,
        )
        .exclude(declaration__organisation=found.organisation)
        .exclude(declaration__state__in=(State.DRAFT.value, State.PREPARED.value))
        .select_related("declaration__organisation", "declaration__round")
        .annotate(
            text=Case(
                When(
                    declaration__state__in=[state.value for state in IN_FORCE],
                    declaration__approved__isnull=False,
                    then=Cast("declaration__approved__content", TextField()),
                ),
                default=Cast("content", TextField()),
            )
        )
        .defer("content", "rows")
        .order_by("declaration")[:_MOST_UNITS]
    )
    best: list[Beside] = []
    for draft in others:
        text: str = draft.text  # pyright: ignore[reportAttributeAccessIssue]
        alike = _alike(draft.declaration, opened_text(text, ()).form, name)
        best += sorted(alike, key=lambda each: -each.likeness)[:1]
    return sorted(best, key=lambda each: -each.likeness)[:_MOST_SHOWN]


def _alike(one: Declaration, form: Form, name: str) -> list[Beside]:
    profile = load_profile(one.round.profile)
    mine = content_of(name, profile)
    found: list[Beside] = []
    for row in form.indicators:
        percent = 100 if row.name == name else likeness(mine, content_of(row.name, profile))
        if percent >= _ALIKE:
            found.append(Beside(one.organisation.name, one.pk, one.round.fiscal_year, row, percent))
    return found


class Progress(NamedTuple):
    """How far a round is: the number of forms by state, of organisations without one."""

    round: Round
    by_state: tuple[tuple[State, int], ...]
    total: int
    decided: int
    missing: tuple[str, ...]


def progress(person: Person) -> list[Progress]:
    """The rounds that a person oversees, newest first, and how far each is."""
    rounds = Round.objects.filter(
        reach(person, Permission.SEE_ROUND) | reach(person, Permission.MANAGE_ROUNDS)
    ).select_related("organisation")
    found: list[Progress] = []
    for round_ in rounds.order_by("-fiscal_year", "-pk"):
        counts = dict(
            Declaration.objects.filter(round=round_).values_list("state").annotate(Count("pk")).order_by()
        )
        by_state = tuple((state, counts[state.value]) for state in State if state.value in counts)
        have = Declaration.objects.filter(round=round_).values("organisation")
        expected = Organisation.objects.filter(
            path__startswith=round_.organisation.path,
            active=True,
            assignments__role="clerk",
        ).exclude(pk__in=have)
        decided = sum(count for state, count in by_state if state in IN_FORCE)
        names = tuple(expected.distinct().order_by("path").values_list("name", flat=True)[:200])
        found.append(Progress(round_, by_state, sum(counts.values()), decided, names))
    return found
