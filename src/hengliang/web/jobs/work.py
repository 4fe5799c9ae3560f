"""What can be done in the background: each app registers its work under a name.

Work must be safe to begin again: a job whose worker died is run once more from its beginning. It reports its
progress, and what it returns (plain JSON) is kept with the job. A `Failure` ends it with a reason for people.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from hengliang.base.message import Message
from hengliang.web.accounts.models import Person


class Failure(Exception):  # noqa: N818
    """Work that cannot be done, with the reason."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.say("en"))
        self.reason = reason


class Progress(Protocol):
    """Tells how far a job is."""

    def __call__(self, done: int, total: int) -> None: ...


Work = Callable[[Person, dict[str, Any], Progress], Any]


class Kind(NamedTuple):
    """One kind of work: what it is called for people, what does it, and where its result is seen."""

    label: Message
    work: Work
    url: Callable[[Any], str] | None


KINDS: dict[str, Kind] = {}


def work(name: str, label: Message, url: Callable[[Any], str] | None = None) -> Callable[[Work], Work]:
    """Registers work under a name. `url` makes of its result the address where people go on."""

    def add(function: Work) -> Work:
        KINDS[name] = Kind(label, function, url)
        return function

    return add
