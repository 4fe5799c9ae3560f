"""Reads of tokens, and of what the interface lists beside the apps' own reads."""

from django.db.models import QuerySet
from django.http import Http404

from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import permissions_of
from hengliang.web.accounts.queries import organisations_in_reach
from hengliang.web.api.actions import digest_of
from hengliang.web.api.models import Imported, Token
from hengliang.web.declarations.models import Declaration
from hengliang.web.declarations.queries import declarations_in_reach
from hengliang.web.evaluation.queries import given_to
from hengliang.web.jobs.models import Job
from hengliang.web.workflow.roles import Permission


def token_of(secret: str) -> Token | None:
    """The token of a secret, ended ones included."""
    return Token.objects.filter(digest=digest_of(secret)).select_related("person__organisation").first()


def tokens(person: Person) -> QuerySet[Token]:
    """The tokens of a person, newest first."""
    return Token.objects.filter(person=person).order_by("-made_at", "-pk")


def forms(person: Person) -> QuerySet[Declaration]:
    """The declarations that a person may read: by reach, and those given to an evaluator by name."""
    if Permission.EVALUATE not in permissions_of(person):
        return declarations_in_reach(person)
    return (
        Declaration.objects.filter(pk__in=[one.pk for one in given_to(person)])
        .select_related("organisation", "round", "draft")
        .defer("draft__content")
        .order_by("-round__fiscal_year", "organisation__path", "project", "pk")
    )


def organisation(person: Person, code: str, permission: Permission = Permission.VIEW) -> Organisation:
    """An organisation in reach by its code. Raises Http404."""
    found = organisations_in_reach(person, permission).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def jobs(token: Token) -> QuerySet[Job]:
    """The jobs that were asked for with a token, newest first."""
    return Job.objects.filter(person=token.person, through=str(token)).order_by("-pk")


def job(token: Token, pk: int) -> Job:
    """One of them. Raises Http404."""
    found = jobs(token).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def imported(key: str) -> QuerySet[Imported]:
    """What came of an import so far, in the order of its files and forms."""
    return Imported.objects.filter(key=key).select_related("declaration").order_by("file", "number")
