"""Reads of organisations and people."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.http import Http404

from hengliang.web.accounts.models import Assignment, Notice, Organisation, Person
from hengliang.web.accounts.policies import reach, require_manage
from hengliang.web.accounts.reader import whole
from hengliang.web.workflow.roles import OWN_ONLY, WORDS, Permission, Role


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


def notices(person: Person) -> QuerySet[Notice]:
    """All that a person was told, unread first, then newest first."""
    return Notice.objects.filter(person=person).order_by("read_at", "-at", "-pk")


def roles_shown(person: Person, language: str) -> list[dict[str, str]]:
    """The roles of a person in words, with the organisations they are held for."""
    rows = Assignment.objects.filter(person=person).select_related("organisation").order_by("pk")
    return [
        {
            "pk": str(row.pk),
            "role": row.role,
            "word": WORDS[Role(row.role)].say(language),
            "organisation": row.organisation.name,
        }
        for row in rows
    ]


def people(actor: Person, words: str = "") -> QuerySet[Person]:
    """Everybody who works within the reach of a security administrator, or nowhere, by name."""
    near = reach(actor, Permission.MANAGE_PEOPLE, "organisation__path") | Q(organisation=None)
    found = Person.objects.filter(near).select_related("organisation").order_by("username")
    if words:
        found = found.filter(Q(username__icontains=words) | Q(full_name__icontains=words))
    return found


def person(actor: Person, pk: int) -> Person:
    """A person whom a security administrator manages. Raises Http404, `Refused`."""
    found = Person.objects.filter(pk=pk).select_related("organisation").first()
    if found is None:
        raise Http404
    require_manage(actor, found)
    return found


def assignment(of: Person, pk: str) -> Assignment | None:
    """One of the roles of a person."""
    return Assignment.objects.filter(person=of, pk=whole(pk)).select_related("organisation").first()


def all_organisations(person: Person, permission: Permission) -> QuerySet[Organisation]:
    """All organisations within the reach of an administrator, closed ones too, in the order of the tree."""
    return Organisation.objects.filter(reach(person, permission, "path")).order_by("path")
