"""A command that cannot be carried out."""

from hengliang.base.message import Message


class Usage(Exception):  # noqa: N818
    """A command that cannot be carried out as it was given; `said` tells why."""

    def __init__(self, said: Message) -> None:
        super().__init__(str(said))
        self.said = said

    def __reduce__(self) -> tuple[object, ...]:
        # Workers answer with it.
        return type(self), (self.said,)
