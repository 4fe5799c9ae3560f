"""Signing in: lock-out after failures, the second factor. All writes, each audited."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import login, logout
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from hengliang.base.message import Message, message
from hengliang.web.accounts import second_factor as totp
from hengliang.web.accounts.models import Person, SignIn
from hengliang.web.accounts.openid import ID_TOKEN, SESSION, Proven, is_configured
from hengliang.web.accounts.reader import person_of
from hengliang.web.audit.actions import record

FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)

WAITING = "accounts.waiting"
"""The key of the session under which stands who gave the right password and still owes the second factor."""
WAITS_FOR = 300
"""Seconds in which the second factor must come."""


class NotSignedIn(Exception):  # noqa: N818
    """Signing in failed, with what the page says: nothing that tells whether the account exists."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.say("en"))
        self.reason = reason


_WRONG = message("The name or the password is wrong, or the account is locked for a while after failures.")


def _check(username: str, password: str) -> Person | None:
    """The person of a name and a password, who may sign in; each failure is noted.

    The password is compared before the transaction, since that takes long and others wait for it; in it the
    lock is asked again, so that no guess counts after too many others. Every way takes one comparison: time
    tells neither whether an account exists nor whether it is locked.
    """
    known = Person.objects.filter(username=username).first()
    if known is None:
        Person().set_password(password)
    is_right = known is not None and known.check_password(password)
    with transaction.atomic():
        return _judged(known, username, is_right)


def _judged(known: Person | None, username: str, is_right: bool) -> Person | None:
    if known is None:
        record(None, "sign_in.fail", subject_name=username[:150], outcome="refused", why="unknown")
        return None
    person, now = Person.objects.select_for_update(no_key=True).get(pk=known.pk), timezone.now()
    if not person.is_active or (person.locked_until is not None and person.locked_until > now):
        why = "locked"
    elif not is_right or person.password != known.password:
        person.failed_sign_ins += 1
        if person.failed_sign_ins >= FAILURES:
            person.failed_sign_ins, person.locked_until = 0, now + LOCKED_FOR
        person.save(update_fields=["failed_sign_ins", "locked_until"])
        why = "password"
    else:
        return person
    record(person, "sign_in.fail", f"person:{person.pk}", person.full_name, outcome="refused", why=why)
    return None


def first_factor(request: HttpRequest, username: str, password: str) -> Person | None:
    """Checks name and password. Signs in and gives the person; None when the second factor is to follow.

    Raises `NotSignedIn`.
    """
    person = _check(username, password)
    if person is None:
        raise NotSignedIn(_WRONG)
    for key in (ID_TOKEN, SESSION):
        request.session.pop(key, None)
    return _proven(request, person)


def _proven(request: HttpRequest, person: Person) -> Person | None:
    """Signs in and gives the person; None when the second factor is to follow."""
    if person.totp_secret:
        request.session.cycle_key()
        request.session[WAITING] = [person.pk, timezone.now().timestamp()]
        return None
    _begin(request, person)
    return person


def by_openid(request: HttpRequest, proven: Proven) -> Person | None:
    """Signs in whom the provider of the city's accounts names; None when the second factor is to follow.

    The account is the one that the subject was bound to, else the one of the same name that is bound to
    nobody, which is bound then. Nobody is added: an unknown person is refused, as is one who is kept out.
    Raises `NotSignedIn`.
    """
    with transaction.atomic():
        found = _named_by(proven)
    if isinstance(found, Message):
        raise NotSignedIn(found)
    if request.user.is_authenticated:
        logout(request)
    request.session[ID_TOKEN], request.session[SESSION] = proven.token, proven.session
    return _proven(request, found)


def _named_by(proven: Proven) -> Person | Message:
    """The person, or why there is none; part of a transaction."""
    people = Person.objects.select_for_update(no_key=True)
    person = people.filter(external_id=proven.subject).first()
    is_bound = person is not None
    if person is None:
        person = people.filter(username=proven.name, external_id="").first()
    if person is None:
        record(
            None,
            "sign_in.fail",
            subject_name=proven.name[:150],
            outcome="refused",
            why="unknown",
            via="openid",
        )
        return message(
            "There is no account here for {name}. Ask the security administrator to add it.",
            name=proven.name[:150],
        )
    if not person.is_active or (person.locked_until is not None and person.locked_until > timezone.now()):
        record(
            person,
            "sign_in.fail",
            f"person:{person.pk}",
            person.full_name,
            outcome="refused",
            why="locked",
            via="openid",
        )
        return message("This account is locked here. Ask the security administrator.")
    if not is_bound:
        person.external_id = proven.subject
        if person.must_change_password:
            # A first password that its owner never changed is known to whoever gave it: it ends here.
            person.set_unusable_password()
            person.must_change_password = False
        person.save(update_fields=["external_id", "password", "must_change_password"])
        record(person, "openid.bind", f"person:{person.pk}", person.full_name)
    return person


@transaction.atomic
def openid_failed() -> None:
    """Notes that somebody came back from the provider without proof of who it is."""
    record(None, "sign_in.fail", outcome="refused", why="unproven", via="openid")


def second_factor(request: HttpRequest, code: str) -> Person:
    """Checks the code of the second factor, and signs in. Raises `NotSignedIn`."""
    pk, since = request.session.get(WAITING, (0, 0))
    if not pk or timezone.now().timestamp() - since > WAITS_FOR:
        raise NotSignedIn(message("It took too long; begin with the password again."))
    person = _checked_code(pk, code)
    del request.session[WAITING]
    _begin(request, person)
    return person


def _checked_code(pk: int, code: str) -> Person:
    with transaction.atomic():
        person = Person.objects.select_for_update(no_key=True).filter(pk=pk, is_active=True).first()
        if person is None or (person.locked_until is not None and person.locked_until > timezone.now()):
            raise NotSignedIn(_WRONG)
        secret = totp.decrypted(person.totp_secret)
        step = totp.step_of(secret, code, person.totp_last_step) if secret else None
        if step is not None:
            person.totp_last_step = step
            person.save(update_fields=["totp_last_step"])
        else:
            person.failed_sign_ins += 1
            if person.failed_sign_ins >= FAILURES:
                person.failed_sign_ins, person.locked_until = 0, timezone.now() + LOCKED_FOR
            person.save(update_fields=["failed_sign_ins", "locked_until"])
            record(
                person, "sign_in.fail", f"person:{person.pk}", person.full_name, outcome="refused", why="code"
            )
    if step is None:
        raise NotSignedIn(message("The code is wrong or was used already; wait for the next one."))
    return person


def knows_password(actor: Person, password: str) -> bool:
    """Whether a password is the own one; failures count as in signing in."""
    return _check(actor.username, password) is not None


def asks_password(request: HttpRequest) -> bool:
    """Whether a password can prove who is there: not of somebody who signed in without one."""
    return ID_TOKEN not in request.session and person_of(request).has_usable_password()


def confirm(request: HttpRequest, password: str, code: str) -> None:
    """Asks again who is there, before an act that outlives the session; failures count as in signing in.

    Whose password is not asked for must have signed in just now, in this session. Raises `NotSignedIn`.
    """
    actor = person_of(request)
    if not asks_password(request):
        begun = SignIn.objects.filter(person=actor, session=request.session.session_key or "").first()
        if begun is None or (timezone.now() - begun.at).total_seconds() > WAITS_FOR:
            raise NotSignedIn(message("You signed in a while ago; sign out and in again for this."))
    elif not knows_password(actor, password):
        raise NotSignedIn(_WRONG)
    if actor.totp_secret:
        _checked_code(actor.pk, code)


@transaction.atomic
def _begin(request: HttpRequest, person: Person) -> None:
    login(request, person)
    Person.objects.filter(pk=person.pk).update(
        failed_sign_ins=0, locked_until=None, last_login=timezone.now()
    )
    request.session.save()
    SignIn.objects.create(
        person=person,
        session=request.session.session_key or "",
        address=request.META.get("REMOTE_ADDR", "")[:45],
        browser=request.META.get("HTTP_USER_AGENT", "")[:200],
        provider_session=request.session.get(SESSION, ""),
    )
    via = {"via": "openid"} if ID_TOKEN in request.session else {}
    record(person, "sign_in", f"person:{person.pk}", person.full_name, **via)


@transaction.atomic
def end(request: HttpRequest, person: Person) -> None:
    """Signs out."""
    SignIn.objects.filter(session=request.session.session_key or "").update(ended_at=timezone.now())
    record(person, "sign_out", f"person:{person.pk}", person.full_name)
    logout(request)


@transaction.atomic
def use_second_factor(actor: Person, secret: str, code: str) -> bool:
    """Begins to ask for the second factor, once a code proves that the authenticator has the secret."""
    step = totp.step_of(secret, code, 0)
    if step is None:
        return False
    actor.totp_secret, actor.totp_last_step = totp.encrypted(secret), step
    actor.save(update_fields=["totp_secret", "totp_last_step"])
    record(actor, "second_factor.use", f"person:{actor.pk}", actor.full_name)
    return True


def must_change(person: Person) -> bool:
    """Whether the password must be changed before it opens anything else."""
    if not person.has_usable_password():
        return False
    days = settings.PASSWORD_DAYS
    old = (
        days
        and person.password_changed_at
        and timezone.now() - person.password_changed_at > timedelta(days=days)
    )
    return person.must_change_password or bool(old)


def is_held_up(person: Person) -> bool:
    """Whether a person can do nothing before the password is changed: who may sign in without it can."""
    return must_change(person) and not (person.external_id and is_configured())
