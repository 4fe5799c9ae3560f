"""Reads of publication."""

from django.db.models import Q, QuerySet
from django.http import Http404

from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import reach, require
from hengliang.web.declarations.models import Declaration
from hengliang.web.declarations.queries import declarations_in_reach
from hengliang.web.publication.models import PublicCopy
from hengliang.web.workflow.roles import Permission
from hengliang.web.workflow.states import State

READY = frozenset((State.CHECKED, State.EVALUATED, State.PUBLISHED))
"""States of a form of which a public copy may be prepared."""

PREPARERS = (Permission.PUBLISH, Permission.REVIEW_FINANCE)
"""Either of these permits to prepare one."""


def ready(person: Person) -> QuerySet[Declaration]:
    """The forms that a person may prepare public copies of, newest year first."""
    may_prepare = reach(person, PREPARERS[0]) | reach(person, PREPARERS[1])
    return declarations_in_reach(person).filter(may_prepare, state__in=READY)


def published(year: int | None = None, words: str = "") -> QuerySet[PublicCopy]:
    """What is on the public site, newest year first."""
    found = PublicCopy.objects.filter(published_at__isnull=False, withdrawn_at=None)
    if year is not None:
        found = found.filter(declaration__round__fiscal_year=year)
    if words:
        found = found.filter(
            Q(declaration__organisation__name__icontains=words) | Q(declaration__project__icontains=words)
        )
    return found.select_related("declaration__organisation", "declaration__round").order_by(
        "-declaration__round__fiscal_year", "declaration__organisation__path", "pk"
    )


def published_years() -> list[int]:
    """The years of which something is published, newest first."""
    years = published().order_by().values_list("declaration__round__fiscal_year", flat=True).distinct()
    return sorted(years, reverse=True)


def public_copy(pk: int) -> PublicCopy:
    """A copy that is or was on the public site. Raises Http404."""
    found = (
        PublicCopy.objects.filter(pk=pk, published_at__isnull=False)
        .select_related("declaration__organisation", "declaration__round", "package", "job")
        .first()
    )
    if found is None:
        raise Http404
    return found


def copies(person: Person) -> QuerySet[PublicCopy]:
    """The copies within reach, newest first."""
    return (
        PublicCopy.objects.filter(reach(person, Permission.VIEW, "declaration__organisation__path"))
        .select_related("declaration__organisation", "declaration__round")
        .order_by("-prepared_at", "-pk")
    )


def copy(person: Person, pk: int) -> PublicCopy:
    """One copy within reach. Raises Http404, `Refused`."""
    found = (
        PublicCopy.objects.filter(pk=pk)
        .select_related("declaration__organisation", "declaration__round", "package", "job")
        .first()
    )
    if found is None:
        raise Http404
    require(person, Permission.VIEW, found.declaration.organisation)
    return found
