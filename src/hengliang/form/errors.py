"""Why a file could not be read. One clear error that names the file, the reason and the remedy.

UnreadableFile
├── Unreachable         not there, no file, or not permitted
├── UnknownFormat       not one of the formats read here
├── Encrypted           protected by a password
├── Damaged             broken, or not what its name says
├── TooLarge            beyond a limit of size, rows, pages or time
├── NoText              pictures only: needs character recognition first
└── NeedsConverter      an old format, and no office program to convert it
"""

from hengliang.base.message import Message


class UnreadableFile(Exception):  # noqa: N818
    """A file that cannot be read. `reason` says what is wrong, `remedy` what to do."""

    def __init__(self, file: str, reason: Message, remedy: Message) -> None:
        super().__init__(f"{file}: {reason}; {remedy}")
        self.file = file
        self.reason = reason
        self.remedy = remedy

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders when many files are read at once.
        return type(self), (self.file, self.reason, self.remedy)


class Unreachable(UnreadableFile):
    """Not there, no file, or not permitted."""


class UnknownFormat(UnreadableFile):
    """Not one of the formats read here."""


class Encrypted(UnreadableFile):
    """Protected by a password."""


class Damaged(UnreadableFile):
    """Broken, or not what its name says."""


class TooLarge(UnreadableFile):
    """Beyond a limit of size, rows, pages or time."""


class NoText(UnreadableFile):
    """Pictures only."""


class NeedsConverter(UnreadableFile):
    """An old format, and no office program here to convert it."""
