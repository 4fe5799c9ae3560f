"""The one way into the log. Called inside the transaction of the act that it records."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from django.db import connection, transaction
from django.utils import timezone

from hengliang.web.audit.chain import Sealed, seal
from hengliang.web.audit.models import Entry

_LOCK = 0x48_4C_41_55  # "HLAU": the advisory lock under which entries get their numbers


_THROUGH: ContextVar[str] = ContextVar("through", default="")


@contextmanager
def through(what: str) -> Iterator[None]:
    """While this lasts, every entry says by what its actor acted: a token of theirs. Empty: in person."""
    before = _THROUGH.set(what)
    try:
        yield
    finally:
        _THROUGH.reset(before)


def set_through(what: str) -> None:
    """Says by what the actor acts until the `through` around it ends."""
    _THROUGH.set(what)


def acting_through() -> str:
    """By what the actor acts now; empty while in person."""
    return _THROUGH.get()


class Actor(Protocol):
    """Whoever acts: a signed-in person."""

    username: Any
    full_name: Any


def record(
    actor: Actor | None,
    event: str,
    subject: str = "",
    subject_name: str = "",
    organisation: str = "",
    outcome: str = "done",
    **detail: object,
) -> Entry:
    """Adds one entry and gives it back. Must run inside a transaction: act and entry stand or fall together.

    `actor` None means the system itself. What `through` says stands in the detail. Entries are numbered one
    after another: on PostgreSQL under an advisory lock until the end of the transaction, on SQLite by the
    write lock that a transaction takes.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "an audit entry is written in the transaction of its act"
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = Entry.objects.order_by("-number").values("number", "hash").first()
    if by := acting_through():
        detail["through"] = by
    sealed = Sealed(
        number=last["number"] + 1 if last else 1,
        at=timezone.now(),
        actor=str(actor.username) if actor else "system",
        actor_name=str(actor.full_name) if actor else "",
        event=event,
        subject=subject,
        subject_name=subject_name[:300],
        organisation=organisation,
        outcome=outcome,
        detail=detail,
        previous=last["hash"] if last else "",
    )
    return Entry.objects.create(**sealed._asdict(), hash=seal(sealed))
