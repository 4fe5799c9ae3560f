"""Reads of organisations and people."""

from collections.abc import Iterable

from django.db.models import QuerySet

from hengliang.web.accounts.models import Notice, Organisation, Person
from hengliang.web.accounts.policies import reach
from hengliang.web.workflow.roles import OWN_ONLY, Permission, Role


def organisations_in_reach(
    person: Person, permission: Permission = Permission.VIEW
) -> QuerySet[Organisation]:
    """The organisations that a person may see, in the order of the tree."""
    return Organisation.objects.filter(reach(person, permission, "path"), active=True).order_by("path")


def organisation(code: str) -> Organisation | None:
    """The organisation of a code."""
    return Organisation.objects.filter(code=code).first()


def people_with(roles: Iterable[Role], concerned: Organisation) -> list[Person]:
    """Active people who hold one of the roles with reach over an organisation."""
    found: dict[int, Person] = {}
    codes = concerned.path.rstrip("/").split("/")
    paths = ["/".join(codes[: depth + 1]) + "/" for depth in range(len(codes))]
    for role in roles:
        where = [concerned.path] if role in OWN_ONLY else paths
        people = Person.objects.filter(
            assignments__role=role.value, assignments__organisation__path__in=where, is_active=True
        )
        found.update({person.pk: person for person in people})
    return [found[key] for key in sorted(found)]


def unread_notices(person: Person) -> QuerySet[Notice]:
    """What a person was told and has not read, newest first."""
    return Notice.objects.filter(person=person, read_at=None).order_by("-at", "-pk")
