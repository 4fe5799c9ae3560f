"""The sessions of a person: listed, and ended by their owner, by whoever keeps the owner out, or by the
provider of the accounts of a city."""

from datetime import timedelta

from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from hengliang.base.message import message
from hengliang.web.accounts.models import Person, SignIn
from hengliang.web.accounts.openid import SignedOut
from hengliang.web.accounts.policies import Refused
from hengliang.web.accounts.reader import person_of
from hengliang.web.audit.actions import record

_NOTED = timedelta(days=183)
"""Half a year, for which 网络安全法 has logs of the network kept."""


def open_sessions(person: Person) -> list[SignIn]:
    """The sessions of a person that still hold, newest first."""
    found = SignIn.objects.filter(person=person, ended_at=None).order_by("-at")
    alive = set(
        Session.objects.filter(
            session_key__in=[one.session for one in found], expire_date__gt=timezone.now()
        ).values_list("session_key", flat=True)
    )
    return [one for one in found if one.session in alive]


@transaction.atomic
def revoke(actor: Person, pk: int) -> None:
    """Ends another session of one's own. Raises `Refused`."""
    if not _end(SignIn.objects.filter(pk=pk, person=actor)):
        raise Refused(message("There is no such session."))
    record(actor, "session.revoke", f"person:{actor.pk}", actor.full_name, session=pk)


def end_all(person: Person, but: str = "") -> None:
    """Ends the sessions of a person, but for the one of a key; part of the transaction of an act."""
    _end(SignIn.objects.filter(person=person).exclude(session=but))


@transaction.atomic
def change_password(request: HttpRequest, password: str) -> None:
    """Sets a new password of one's own; the rules were asked before. Other sessions end, and this one goes on
    under another key."""
    actor, here = person_of(request), request.session.session_key or ""
    actor.set_password(password)
    actor.must_change_password, actor.password_changed_at = False, timezone.now()
    actor.save(update_fields=["password", "must_change_password", "password_changed_at"])
    update_session_auth_hash(request, actor)
    SignIn.objects.filter(session=here).update(session=request.session.session_key or "")
    end_all(actor, but=request.session.session_key or "")
    record(actor, "password.change", f"person:{actor.pk}", actor.full_name)


@transaction.atomic
def end_signed_out(told: SignedOut) -> None:
    """Ends the sessions of whoever signed out at the OpenID provider: those that had begun when it said so,
    so that what it said works once. Nothing happens when there are none."""
    begun = SignIn.objects.filter(at__lte=told.at).exclude(provider_session="")
    if told.subject:
        begun = begun.filter(person__external_id=told.subject)
    if told.session:
        begun = begun.filter(provider_session=told.session)
    for person in Person.objects.filter(pk__in=begun.filter(ended_at=None).values("person")):
        ended = _end(begun.filter(person=person))
        record(person, "session.end", f"person:{person.pk}", person.full_name, via="openid", sessions=ended)


def _end(found: QuerySet[SignIn]) -> int:
    found = found.filter(ended_at=None)
    Session.objects.filter(session_key__in=list(found.values_list("session", flat=True))).delete()
    return found.update(ended_at=timezone.now())


def clear_expired() -> None:
    """Takes away sessions that ran out, and in time what was noted of them: from where, by which browser."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    held = Session.objects.values("session_key")
    SignIn.objects.filter(at__lt=now - _NOTED).exclude(session__in=held).delete()
