"""Writes of tokens: made, ended, counted."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, When
from django.utils import timezone

from hengliang.base.message import message
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.api.models import Token
from hengliang.web.api.scopes import Scope, open_to
from hengliang.web.audit.actions import record

LONGEST_DAYS = 366
MOST_TOKENS = 20
"""Tokens that one person may have at a time."""

PREFIX = "hl_"
"""How every secret begins, so that one that was left in a file is found."""


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make(actor: Person, name: str, scopes: Sequence[Scope], days: int) -> tuple[Token, str]:
    """A new token for oneself, and its secret, which is shown once. Raises `Refused`."""
    # The row of the person is the lock under which the tokens are counted.
    Person.objects.select_for_update(no_key=True).get(pk=actor.pk)
    now = timezone.now()
    if not scopes or not set(scopes) <= set(open_to(actor)):
        raise Refused(message("Your roles leave no use for this scope."))
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(message("A token lasts from 1 to {most} days.", most=LONGEST_DAYS))
    alive = Token.objects.filter(person=actor, ended_at=None)
    # A token that has run out gives its name free.
    alive.filter(expires_at__lte=now).update(ended_at=F("expires_at"), ended_by="system")
    if alive.count() >= MOST_TOKENS:
        raise Refused(message("There are {most} tokens already; revoke one first.", most=MOST_TOKENS))
    if alive.filter(name=name).exists():
        raise Refused(message("You have a token of this name already."))
    secret = PREFIX + secrets.token_urlsafe(32)
    made = Token.objects.create(
        person=actor,
        name=name,
        digest=digest_of(secret),
        hint=secret[: len(PREFIX) + 4],
        scopes=sorted(scope.value for scope in scopes),
        expires_at=now + timedelta(days=days),
    )
    record(
        actor,
        "token.make",
        f"token:{made.pk}",
        name,
        scopes=made.scopes,
        expires_at=made.expires_at.isoformat(),
    )
    return made, secret


@transaction.atomic
def revoke(actor: Person, pk: int) -> None:
    """Ends a token of one's own. Raises `Refused`."""
    found = Token.objects.select_for_update().filter(pk=pk, person=actor, ended_at=None).first()
    if found is None:
        raise Refused(message("There is no such token, or it has ended already."))
    _end(found, actor.username)
    record(actor, "token.revoke", f"token:{found.pk}", found.name)


@transaction.atomic
def end_all(person: Person) -> None:
    """Ends all tokens of a person who is kept out or gets a new password."""
    for found in Token.objects.select_for_update().filter(person=person, ended_at=None).order_by("pk"):
        _end(found, "system")
        record(None, "token.end", f"token:{found.pk}", found.name, person=person.username)


def _end(token: Token, by: str) -> None:
    token.ended_at, token.ended_by = timezone.now(), by
    token.save(update_fields=["ended_at", "ended_by"])


@transaction.atomic
def count_call(token: Token) -> int | None:
    """Counts a call of this minute. Gives the seconds to wait when it is one too many.

    The count stands in the row of the token, so that it holds for all processes together.
    """
    now = timezone.now()
    minute, second = divmod(int(now.timestamp()), 60)
    Token.objects.filter(pk=token.pk).update(
        calls=Case(When(minute=minute, then=F("calls") + 1), default=1), minute=minute, last_used_at=now
    )
    calls = Token.objects.values_list("calls", flat=True).get(pk=token.pk)
    return 60 - second if calls > settings.API_CALLS_A_MINUTE else None
