"""Reads of the audit log."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from hengliang.web.audit.chain import Break, Sealed, breaks
from hengliang.web.audit.models import Entry


def entries(
    subject: str = "", actor: str = "", event: str = "", organisations: Iterable[str] | None = None
) -> QuerySet[Entry]:
    """Entries, newest first, of a subject, a person, a kind of act, and about some organisations alone (their
    codes); None takes all."""
    found = Entry.objects.order_by("-number")
    if organisations is not None:
        found = found.filter(organisation__in=organisations)
    if subject:
        found = found.filter(subject=subject)
    if actor:
        found = found.filter(actor=actor)
    return found.filter(event__startswith=event) if event else found


def head() -> tuple[int, str] | None:
    """Number and hash of the newest entry; None while the log is empty. Note it elsewhere."""
    last = Entry.objects.order_by("-number").values_list("number", "hash").first()
    return last if last is None else (last[0], last[1])


def verify(head: tuple[int, str] | None = None) -> list[Break]:
    """Where the log does not hold. Reads it all, in bounded memory."""
    return list(breaks(_all(), head))


def _all() -> Iterator[tuple[Sealed, str]]:
    for entry in Entry.objects.order_by("number").values().iterator(2000):
        noted = entry.pop("hash")
        yield Sealed(**entry), noted
