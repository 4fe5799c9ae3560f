"""The chain of hashes over the log: how an entry is sealed, and how the whole is checked."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from hengliang.base.canonical import digest_of
from hengliang.base.message import Message, message


class Sealed(NamedTuple):
    """An entry as it is sealed: every field of the table but the hash itself."""

    number: int
    at: datetime
    actor: str
    actor_name: str
    event: str
    subject: str
    subject_name: str
    organisation: str
    outcome: str
    detail: dict[str, object]
    previous: str


def seal(entry: Sealed) -> str:
    """The SHA-256 of an entry as canonical JSON (sorted keys, UTC time to the microsecond), in hex."""
    fields = entry._asdict() | {"at": entry.at.astimezone(UTC).isoformat(timespec="microseconds")}
    return digest_of(fields)


class Break(NamedTuple):
    """A place at which the chain does not hold."""

    number: int
    reason: Message


def breaks(entries: Iterable[tuple[Sealed, str]], head: tuple[int, str] | None = None) -> Iterable[Break]:
    """Where a log, in the order of its numbers, was changed, shortened or put in another order.

    `head` is the number and hash of the last entry as noted elsewhere (a printed or exported one): without
    it the loss of the newest entries cannot be seen.
    """
    number, previous = 0, ""
    for entry, noted in entries:
        if entry.number != number + 1:
            yield Break(
                entry.number,
                message("entries {first} to {last} are missing", first=number + 1, last=entry.number - 1),
            )
        elif entry.previous != previous:
            yield Break(entry.number, message("it does not follow the entry before it"))
        if seal(entry) != noted:
            yield Break(entry.number, message("its content was changed after it was sealed"))
        number, previous = entry.number, noted
    if head is not None and (number, previous) != head:
        yield Break(head[0], message("the log does not end, or does not pass, where it was said to"))
