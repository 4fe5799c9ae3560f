"""Why a form could not be written."""

from hengliang.base.message import Message


class UnwritableForm(ValueError):  # noqa: N818
    """A form that the format cannot hold. `path` names the field, `reason` says what is wrong."""

    def __init__(self, path: str, reason: Message) -> None:
        super().__init__(f"{path}: {reason}" if path else str(reason))
        self.path = path
        self.reason = reason

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.path, self.reason)
