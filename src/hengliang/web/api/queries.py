"""Reads of tokens, and of what the interface lists beside the apps' own reads."""

from django.db.models import F, QuerySet
from django.http import Http404

from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.queries import organisations_in_reach
from hengliang.web.api.actions import digest_of
from hengliang.web.api.models import Imported, Token
from hengliang.web.declarations.models import Declaration
from hengliang.web.evaluation.queries import all_readable
from hengliang.web.jobs.models import Job
from hengliang.web.workflow.roles import Permission


def token_of(secret: str) -> Token | None:
    """The token of a secret, ended ones included."""
    return Token.objects.filter(digest=digest_of(secret)).select_related("person__organisation").first()


def tokens(person: Person) -> QuerySet[Token]:
    """The tokens of a person: those that nobody ended first, each kind newest first."""
    return Token.objects.filter(person=person).order_by(
        F("ended_at").desc(nulls_first=True), "-made_at", "-pk"
    )


def forms(person: Person) -> QuerySet[Declaration]:
    """The declarations that a person may read, each with its draft but for the content."""
    return all_readable(person).select_related("draft").defer("draft__content")


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
