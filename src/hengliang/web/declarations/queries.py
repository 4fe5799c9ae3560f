"""Reads of declarations."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import reach
from hengliang.web.declarations import policies
from hengliang.web.declarations.models import Declaration, Draft, Round, Step, Version
from hengliang.web.workflow.moves import MOVES
from hengliang.web.workflow.roles import Permission


def declarations_in_reach(person: Person, permission: Permission = Permission.VIEW) -> QuerySet[Declaration]:
    """The declarations of the organisations that a person reaches, newest year first."""
    return (
        Declaration.objects.filter(reach(person, permission))
        .select_related("organisation", "round", "approved")
        .order_by("-round__fiscal_year", "organisation__path", "project", "pk")
    )


def declaration(person: Person, pk: int) -> Declaration:
    """One declaration. Raises Http404 when there is none, `Refused` when it is not within reach."""
    found = Declaration.objects.filter(pk=pk).select_related("organisation", "round", "approved").first()
    if found is None:
        raise Http404
    policies.require_view(person, found)
    return found


def counter(found: Declaration) -> int:
    """How many saves the draft of a declaration has seen: what an editor says its changes are based on."""
    return Draft.objects.values_list("counter", flat=True).get(declaration=found)


def open_rounds(organisation: Organisation) -> QuerySet[Round]:
    """The rounds that an organisation may declare in."""
    codes = organisation.path.rstrip("/").split("/")
    paths = ["/".join(codes[: depth + 1]) + "/" for depth in range(len(codes))]
    return Round.objects.filter(organisation__path__in=paths, open=True).order_by("-fiscal_year", "pk")


def years_in_reach(person: Person) -> list[int]:
    """The fiscal years that a person has declarations or rounds in, newest first; this year when none."""
    known = declarations_in_reach(person).order_by().values_list("round__fiscal_year", flat=True).distinct()
    return sorted(set(known), reverse=True) or [timezone.localdate().year]


def versions(found: Declaration) -> QuerySet[Version]:
    """The versions of a declaration, newest first."""
    return Version.objects.filter(declaration=found).order_by("-number")


def steps(found: Declaration) -> list[dict[str, Any]]:
    """The moves that a declaration made, newest first, with their words."""
    rows = Step.objects.filter(declaration=found).select_related("version").order_by("-at", "-pk")
    return [{"step": step, "label": MOVES[step.move].label} for step in rows]
