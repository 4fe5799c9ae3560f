"""Where the contents of a form came from, and what of a document was not understood."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from hengliang.base.message import Message
from hengliang.base.place import Place
from hengliang.form.model import Form

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Source(NamedTuple):
    """What the document adds to a form's contents. Keys are field paths (`indicators/3/target`).

    `places`: where each field stood. `printed`: the text as printed, where the field holds a normalised one
    (a target cell `≥95%` became ≥, 95, %). `joins`: the character positions in a text at which two printed
    lines were joined inside a sentence.
    """

    places: Mapping[str, Place] = _NOTHING
    printed: Mapping[str, str] = _NOTHING
    joins: Mapping[str, tuple[int, ...]] = _NOTHING

    def place_of(self, path: str) -> Place | None:
        """The place of a field, or of the nearest thing around it that has one."""
        while path:
            if path in self.places:
                return self.places[path]
            path = path.rpartition("/")[0]
        return self.places.get("")


NO_SOURCE = Source()
"""For a form that was never a document."""


class ReadForm(NamedTuple):
    """A form and where its contents came from."""

    form: Form
    source: Source


class NotUnderstood(NamedTuple):
    """A non-empty cell or line that became no part of a form, with the reason."""

    text: str
    place: Place
    reason: Message


class Reading(NamedTuple):
    """What was read from one document. No forms: the document is none.

    `used` counts the non-empty cells and lines that became part of a form (heads and labels included);
    `not_understood` lists all others. `remarks` tell how it was read where a choice was made.
    """

    file: str
    format: str
    forms: tuple[ReadForm, ...]
    not_understood: tuple[NotUnderstood, ...]
    used: int
    remarks: tuple[Message, ...] = ()

    @property
    def coverage(self) -> float:
        """The share of non-empty cells and lines that were used, 0 to 1."""
        total = self.used + len(self.not_understood)
        return self.used / total if total else 0.0
