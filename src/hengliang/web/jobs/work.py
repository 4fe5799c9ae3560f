"""What can be done in the background: each app registers its work under a name.

Work must be safe to begin again: a job whose worker died is run once more from its beginning. It reports its
progress, and what it returns (plain JSON) is kept with the job. Work that writes at its end returns a `Last`
with what writes: that is called in the transaction that ends the job, so that both are there or neither, and
nothing is written twice or by work that was cancelled. A `Failure` ends it with a reason for people.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from hengliang.base.message import Message
from hengliang.web.accounts.models import Person
from hengliang.web.files.models import StoredFile


class Failure(Exception):  # noqa: N818
    """Work that cannot be done, with the reason."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.say("en"))
        self.reason = reason


class Stopped(Exception):  # noqa: N818
    """The job was cancelled, or another worker has it by now. Raised by `Progress`; work lets it pass."""


class Progress(Protocol):
    """Tells how many steps of a job are done, and what is done just now; `within` gives how far that step is,
    in hundredths, as often as it is asked while it lasts; `stop` breaks it off when nobody wants it any more:
    both are called from another thread. Raises `Stopped`."""

    def __call__(
        self,
        done: int,
        total: int,
        note: Message | None = None,
        within: Callable[[], float] | None = None,
        stop: Callable[[], None] | None = None,
    ) -> None: ...

    def part(self) -> Path:
        """A new empty file for what is being made; it is gone when the work ends without keeping it."""
        ...


class Last(NamedTuple):
    """What work does at its end; gives the result, or `Made`."""

    write: Callable[[], Any]


class Made(NamedTuple):
    """A file that was made for the person, and the result."""

    file: StoredFile
    result: Any


Given = Mapping[str, Any]
Work = Callable[[Person, dict[str, Any], Progress], Any]


class Kind(NamedTuple):
    """One kind of work.

    What it is called for people, what does it, and where its result is seen. `allowed` raises
    accounts.policies.Refused when the person may not have the file that was made, as things stand now.
    `quick` work never waits behind long work.
    """

    label: Message
    work: Work
    url: Callable[[Any], str] | None = None
    allowed: Callable[[Person, Given], None] | None = None
    quick: bool = False


KINDS: dict[str, Kind] = {}


def work(
    name: str,
    label: Message,
    url: Callable[[Any], str] | None = None,
    allowed: Callable[[Person, Given], None] | None = None,
    quick: bool = False,
) -> Callable[[Work], Work]:
    """Registers work under a name. `url` makes of its result the address where people go on."""

    def add(function: Work) -> Work:
        KINDS[name] = Kind(label, function, url, allowed, quick)
        return function

    return add
