"""A command that cannot be carried out."""

from collections.abc import Sequence
from typing import TypeVar

from hengliang.base.message import Message, message

Name = TypeVar("Name", bound=str)


class Usage(Exception):  # noqa: N818
    """A command that cannot be carried out as it was given; `said` tells why."""

    def __init__(self, said: Message) -> None:
        super().__init__(str(said))
        self.said = said

    def __reduce__(self) -> tuple[object, ...]:
        # Workers answer with it.
        return type(self), (self.said,)


def one_of(choices: Sequence[Name], given: str, option: str) -> Name:
    """The choice that was given for `option`. Raises Usage for anything else."""
    for choice in choices:
        if choice == given:
            return choice
    raise Usage(message("{name} is one of {choices}", name=option, choices=", ".join(choices)))
