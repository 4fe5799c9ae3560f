"""Reads of the boards. A board of a round takes a handful of queries, however many forms the round has."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Substr
from django.http import Http404

from hengliang.base.message import message
from hengliang.review.names import plain_name
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import Refused, reach
from hengliang.web.declarations.models import Declaration, Round
from hengliang.web.evaluation.models import Evaluator, Stage
from hengliang.web.insight.links import key
from hengliang.web.insight.models import Fault, Line
from hengliang.web.insight.stages import DEADLINES, SCORED, late_with
from hengliang.web.insight.worst import Scored
from hengliang.web.workflow.roles import Permission
from hengliang.web.workflow.states import State


class Known(NamedTuple):
    """A form of a round as the boards count it; the numbers are None while it was not handed in."""

    pk: int
    name: str
    department: str
    """The path of the office right below the round's, to which it belongs."""
    state: State
    late: tuple[str, ...]
    indicators: int | None
    points: Decimal | None
    errors: int | None
    warnings: int | None
    advice: int | None
    low: Decimal | None
    high: Decimal | None
    of: Decimal | None
    grade: str


class Missing(NamedTuple):
    """An organisation that has people to fill a form in, and none in the round."""

    name: str
    department: str


class Overseen(NamedTuple):
    """A round with the forms in it that a person oversees."""

    round: Round
    forms: tuple[Known, ...]
    missing: tuple[Missing, ...]
    departments: Mapping[str, str]
    """Names by path."""


def rounds(person: Person) -> list[Round]:
    """The rounds that a person oversees in whole or in part, newest first."""
    in_part = Declaration.objects.filter(reach(person, Permission.SEE_ROUND)).values("round")
    seen = reach(person, Permission.SEE_ROUND) | Q(pk__in=in_part)
    return list(Round.objects.filter(seen).select_related("organisation").order_by("-fiscal_year", "-pk"))


def overseen(person: Person, pk: int, today: date) -> Overseen:
    """A round with its forms. Raises Http404 when there is none, `Refused` when it is not within reach."""
    round_ = next((one for one in rounds(person) if one.pk == pk), None)
    if round_ is None:
        if not Round.objects.filter(pk=pk).exists():
            raise Http404
        raise Refused(message("This round is not within your reach."))
    top = round_.organisation.path
    forms = _forms(person, round_, today)
    missing = (
        Organisation.objects.filter(reach(person, Permission.SEE_ROUND, "path"), path__startswith=top)
        .filter(active=True, assignments__role="clerk")
        .exclude(pk__in=Declaration.objects.filter(round=round_).values("organisation"))
        .distinct()
        .order_by("path")
    )
    without = tuple(Missing(name, _below(top, path)) for name, path in missing.values_list("name", "path"))
    paths = {one.department for one in (*forms, *without)}
    names = dict(Organisation.objects.filter(path__in=paths).order_by("path").values_list("path", "name"))
    return Overseen(round_, forms, without, names)


def _forms(person: Person, round_: Round, today: date) -> tuple[Known, ...]:
    stages = Stage.objects.filter(declaration=OuterRef("pk"), submitted_at__isnull=False)
    rows = (
        Declaration.objects.filter(reach(person, Permission.SEE_ROUND), round=round_)
        .annotate(has_stage=Exists(stages))
        .order_by("organisation__path", "project", "pk")
        .values_list(
            "pk", "organisation__name", "organisation__path", "project", "state", "has_stage",
            "noted__indicators", "noted__points", "noted__errors", "noted__warnings", "noted__advice",
            "noted__low", "noted__high", "noted__of", "noted__grade",
        )
    )  # fmt: skip
    by = {one.field: getattr(round_, one.field) for one in DEADLINES}
    found: list[Known] = []
    for pk, name, path, project, word, has_stage, *noted, low, high, of, grade in rows:
        state = State(word)
        is_scored = state in SCORED
        found.append(
            Known(
                pk,
                f"{name} · {project}" if project else name,
                _below(round_.organisation.path, path),
                state,
                late_with(state, has_stage, by, today),
                *noted,
                low=low if is_scored else None,
                high=high if is_scored else None,
                of=of if is_scored else None,
                grade=(grade or "") if is_scored else "",
            )
        )
    return tuple(found)


def _below(top: str, path: str) -> str:
    """The path of the office right below `top` that a path leads through; `top` itself for itself."""
    first, _, _ = path[len(top) :].partition("/")
    return f"{top}{first}/" if first else top


def _in_round(person: Person, round_: Round) -> Q:
    """What was noted of the forms of a round that a person oversees."""
    return reach(person, Permission.SEE_ROUND, "noted__declaration__organisation__path") & Q(
        noted__declaration__round=round_
    )


class Broken(NamedTuple):
    """How often a rule (or all of a family, or of a severity) is broken: findings, and forms with one."""

    key: str
    severity: str
    findings: int
    forms: int


def rules_broken(person: Person, round_: Round) -> list[Broken]:
    """By rule, the most frequent first."""
    rows = (
        Fault.objects.filter(_in_round(person, round_))
        .values_list("code", "severity")
        .annotate(findings=Count("pk"), forms=Count("noted", distinct=True))
        .order_by("-findings", "code")
    )
    return [Broken(*row) for row in rows]


def families_broken(person: Person, round_: Round) -> list[Broken]:
    """By the letter of the family and the severity."""
    rows = (
        Fault.objects.filter(_in_round(person, round_))
        .annotate(family=Substr("code", 1, 1))
        .values_list("family", "severity")
        .annotate(findings=Count("pk"), forms=Count("noted", distinct=True))
        .order_by("family", "severity")
    )
    return [Broken(*row) for row in rows]


def forms_with(person: Person, round_: Round, code: str) -> set[int]:
    """The keys of the forms in which a rule is broken."""
    found = Fault.objects.filter(_in_round(person, round_), code=code)
    return set(found.values_list("noted__declaration", flat=True))


def faults(person: Person, round_: Round, wanted: Mapping[str, str]) -> QuerySet[Fault]:
    """The findings of a round, form by form. `wanted` narrows them: `rule`, `family`, `severity`, `form` (its
    key), `department` (a path)."""
    found = Fault.objects.filter(_in_round(person, round_))
    if code := wanted.get("rule"):
        found = found.filter(code=code)
    if family := wanted.get("family"):
        found = found.filter(code__startswith=family)
    if severity := wanted.get("severity"):
        found = found.filter(severity=severity)
    if wanted.get("form"):
        found = found.filter(noted__declaration=key(wanted["form"]))
    if path := wanted.get("department"):
        # What stands at the office of the round itself is not what stands below it.
        whole = "" if path == round_.organisation.path else "__startswith"
        found = found.filter(**{f"noted__declaration__organisation__path{whole}": path})
    return (
        found.select_related("line", "noted__declaration__organisation")
        .only(
            "code", "severity", "key", "said", "line__number", "line__row", "line__name",
            "noted__declaration__project", "noted__declaration__organisation__name",
        )
        .order_by("noted__declaration__organisation__path", "noted", "line__number", "code", "pk")
    )  # fmt: skip


def scored(person: Person, round_: Round) -> list[Scored]:
    """What was scored of the indicators of a round that have points."""
    rows = Line.objects.filter(_in_round(person, round_), _SCORED)
    return [Scored(*row) for row in rows.values_list("name", "noted__declaration", "weight", "low", "high")]


_HANDED_IN = Q(noted__declaration__state__in=[state.value for state in SCORED])
_SCORED = _HANDED_IN & Q(risk__isnull=False, weight__gt=0)
"""Indicators of self-evaluations that were handed in; those of them that have points."""


def _named(person: Person, round_: Round, name: str) -> Q:
    """The indicators of a name, however it is written."""
    names = Line.objects.filter(_in_round(person, round_)).order_by().values_list("name", flat=True)
    plain = plain_name(name)
    return Q(name__in=[one for one in names.distinct() if plain_name(one) == plain])


def forms_naming(person: Person, round_: Round, name: str) -> set[int]:
    """The keys of the forms that are scored and have an indicator of a name, however it is written."""
    found = Line.objects.filter(_in_round(person, round_), _SCORED, _named(person, round_, name))
    return set(found.values_list("noted__declaration", flat=True))


def lines(person: Person, round_: Round, wanted: Mapping[str, str]) -> QuerySet[Line]:
    """The indicators of a round, those with the most points at risk first where `risk` is asked for. `wanted`
    narrows them: `q` (words in the name), `indicator` (a name, however it is written; scored ones), `level`,
    `form`, `points` (scored, bounded, not_reported …), `risk` (any value: points are at risk)."""
    found = Line.objects.filter(_in_round(person, round_))
    if words := wanted.get("q", "").strip():
        found = found.filter(name__icontains=words)
    if name := wanted.get("indicator"):
        found = found.filter(_SCORED, _named(person, round_, name))
    if level := wanted.get("level"):
        found = found.filter(level1="" if level == "none" else level)
    if wanted.get("form"):
        found = found.filter(noted__declaration=key(wanted["form"]))
    if state := wanted.get("points"):
        found = found.filter(_HANDED_IN, state=state)
    if wanted.get("risk"):
        found = found.filter(_HANDED_IN, risk__gt=0)
        order = ("-risk", "noted__declaration__organisation__path", "noted", "number")
    else:
        order = ("noted__declaration__organisation__path", "noted", "number")
    return found.select_related("noted__declaration__organisation").order_by(*order)


def points_by_level(person: Person, round_: Round) -> dict[str, dict[int, Decimal]]:
    """The points of each level (Level1, empty for unknown) in each form that has it, by its key."""
    rows = (
        Line.objects.filter(_in_round(person, round_))
        .values_list("level1", "noted__declaration")
        .annotate(sum=Sum("points"))
        .order_by()
    )
    found: dict[str, dict[int, Decimal]] = {}
    for level, form, points in rows:
        found.setdefault(level, {})[form] = points or Decimal(0)
    return found


def own_forms(person: Person) -> QuerySet[Declaration]:
    """The forms whose boards a person may open, newest year first."""
    given = Evaluator.objects.filter(person=person).values("declaration")
    return (
        Declaration.objects.filter(reach(person, Permission.VIEW) | Q(pk__in=given))
        .select_related("organisation", "round")
        .order_by("-round__fiscal_year", "organisation__path", "project", "pk")
    )
