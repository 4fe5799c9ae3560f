"""Writes of organisations, people, roles and notices; each in one transaction with its audit entry."""

import secrets
from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils import timezone

from hengliang.base.message import Message, message
from hengliang.web.accounts import sessions
from hengliang.web.accounts.mail import post
from hengliang.web.accounts.models import Assignment, Notice, Organisation, Person
from hengliang.web.accounts.policies import Refused, require, require_manage
from hengliang.web.accounts.said import to_data
from hengliang.web.audit.actions import record
from hengliang.web.workflow.roles import ADMINISTRATORS, WORDS, Permission, Role, excluded_by


@transaction.atomic
def add_organisation(
    actor: Person | None,
    *,
    name: str,
    code: str,
    kind: str,
    parent: Organisation | None = None,
    credit_code: str = "",
) -> Organisation:
    """A new organisation below `parent`; without one it stands at the top, which takes an administrator of
    the top. Raises `Refused`."""
    if actor is not None:
        top = Organisation.objects.filter(parent=None)
        for place in [parent] if parent else top:
            require(actor, Permission.MANAGE_SYSTEM, place)
    made = Organisation.objects.create(
        name=name,
        code=code,
        kind=kind,
        parent=parent,
        credit_code=credit_code,
        path=f"{parent.path if parent else ''}{code}/",
    )
    record(actor, "organisation.add", f"organisation:{made.pk}", name, code, kind=kind)
    return made


@transaction.atomic
def add_person(
    actor: Person | None,
    *,
    username: str,
    full_name: str,
    organisation: Organisation | None = None,
    email: str = "",
    password: str | None = None,
) -> tuple[Person, str]:
    """A new person and the password to begin with, which must be changed at the first sign-in.

    The password is made here unless one is given, and is kept nowhere in clear. Raises `Refused`.
    """
    if actor is not None and organisation is not None:
        require(actor, Permission.MANAGE_PEOPLE, organisation)
    password = password or secrets.token_urlsafe(12)
    person = Person(username=username, full_name=full_name, organisation=organisation, email=email)
    person.set_password(password)
    person.password_changed_at = timezone.now()
    person.save()
    record(actor, "person.add", f"person:{person.pk}", full_name, organisation.code if organisation else "")
    return person, password


@transaction.atomic
def give_role(actor: Person | None, person: Person, role: Role, organisation: Organisation) -> Assignment:
    """Gives a role for an organisation. Raises `Refused` when a role already held excludes it, when people
    give roles to themselves, and out of the reach of the actor."""
    if actor is not None and actor.pk == person.pk:
        raise Refused(message("Nobody gives a role to themselves."))
    # The row of the person is the lock under which exclusions are asked.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    _require_manage(actor, person, organisation)
    held = {Role(held) for held in Assignment.objects.filter(person=person).values_list("role", flat=True)}
    clash = held & excluded_by(role) or {other for other in held if role in excluded_by(other)}
    if clash:
        raise Refused(
            message(
                "{role} and {other} are never held by one person.", role=WORDS[role], other=WORDS[min(clash)]
            )
        )
    elsewhere = Assignment.objects.filter(person=person, role=role.value).exclude(organisation=organisation)
    if role in ADMINISTRATORS and elsewhere.exists():
        raise Refused(message("An administrator administers one organisation, with all below it."))
    given, is_new = Assignment.objects.get_or_create(
        person=person,
        role=role.value,
        organisation=organisation,
        defaults={"given_by": actor.username if actor else "system"},
    )
    if is_new:
        record(
            actor, "role.give", f"person:{person.pk}", person.full_name, organisation.code, role=role.value
        )
    return given


def _require_manage(actor: Person | None, person: Person, organisation: Organisation) -> None:
    if actor is not None:
        require_manage(actor, person)
        require(actor, Permission.MANAGE_PEOPLE, organisation)


@transaction.atomic
def take_role(actor: Person | None, person: Person, role: Role, organisation: Organisation) -> None:
    """Takes a role away; nothing happens when it was not held. Raises `Refused` for oneself, and out of the
    reach of the actor."""
    if actor is not None and actor.pk == person.pk:
        raise Refused(message("Nobody changes their own account here."))
    _require_manage(actor, person, organisation)
    gone, _ = Assignment.objects.filter(person=person, role=role.value, organisation=organisation).delete()
    if gone:
        record(
            actor, "role.take", f"person:{person.pk}", person.full_name, organisation.code, role=role.value
        )


def tell(people: Iterable[Person], event: str, text: Message, url: str = "") -> None:
    """Leaves a notice for each person, and a letter for who wants one; part of the transaction of the act
    that tells."""
    said = to_data(text)
    post(
        Notice.objects.bulk_create(
            Notice(person=person, event=event, text=said, url=url) for person in people
        )
    )


def read_notices(actor: Person) -> None:
    """Marks all notices of a person as read."""
    Notice.objects.filter(person=actor, read_at=None).update(read_at=timezone.now())


@transaction.atomic
def choose_mail(actor: Person, email: str, mail: str) -> None:
    """Chooses what of the own notices is sent by e-mail, and where to."""
    actor.email, actor.mail = email, mail
    actor.save(update_fields=["email", "mail"])
    record(actor, "mail.choose", f"person:{actor.pk}", actor.full_name, mail=mail)


@transaction.atomic
def set_active(actor: Person, person: Person, active: bool) -> None:
    """Lets a person in or keeps them out; nobody locks themselves out. Their sessions end at once."""
    if actor.pk == person.pk:
        raise Refused(message("Nobody changes their own account here."))
    require_manage(actor, person)
    Person.objects.filter(pk=person.pk).update(is_active=active)
    if not active:
        _end_sessions(person)
    event = "person.activate" if active else "person.deactivate"
    record(actor, event, f"person:{person.pk}", person.full_name)


@transaction.atomic
def reset_password(actor: Person, person: Person) -> str:
    """Gives a person a new password for one use, unlocks the account, and ends its sessions."""
    if actor.pk == person.pk:
        raise Refused(message("Nobody changes their own account here."))
    require_manage(actor, person)
    password = secrets.token_urlsafe(12)
    person.set_password(password)
    person.must_change_password, person.password_changed_at = True, timezone.now()
    person.failed_sign_ins, person.locked_until = 0, None
    person.save(
        update_fields=[
            "password", "must_change_password", "password_changed_at", "failed_sign_ins", "locked_until",
        ]
    )  # fmt: skip
    _end_sessions(person)
    record(actor, "password.reset", f"person:{person.pk}", person.full_name)
    return password


@transaction.atomic
def drop_second_factor(actor: Person, person: Person) -> None:
    """Takes the second factor away, for somebody who lost the authenticator."""
    if actor.pk == person.pk:
        raise Refused(message("Nobody changes their own account here."))
    require_manage(actor, person)
    Person.objects.filter(pk=person.pk).update(totp_secret="", totp_last_step=0)
    record(actor, "second_factor.drop", f"person:{person.pk}", person.full_name)


ENDINGS: list[Callable[[Person], None]] = []
"""What else ends when a person is kept out or gets a new password: higher apps add theirs."""


def _end_sessions(person: Person) -> None:
    for end in ENDINGS:
        end(person)
    sessions.end_all(person)
