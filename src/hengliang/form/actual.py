"""Actual values (实际完成值) and where they came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from hengliang.base.message import Message, Words


class Origin(StrEnum):
    """Who says so."""

    TYPED = "typed"  # 填报: from a file of actual values
    FORM = "form"  # 表内: the form's own column
    MEASURED = "measured"  # 计量: from records, by a metric


@dataclass(frozen=True, slots=True)
class Actual:
    """What was reached, for one indicator.

    `text` is the value as stated (`57`, `95%`, `2024-01-15`, `是`, `良`); `facts` are further facts by name
    for sentences that ask for more than one. Both empty is a value that was not reported.
    """

    text: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict[str, str])
    origin: Origin = Origin.TYPED
    exact: Fraction | None = None
    """The number before it was rounded to be shown, in the unit of `text`: what is scored."""
    where: str | None = None
    """The place or the metric it came from, as people write it: `actuals.xlsx:Sheet1!C5`."""
    applicable: bool = True
    """False when the indicator does not apply this year (不适用); `note` then says why."""
    note: str | Message | Words | None = None

    @property
    def is_measured(self) -> bool:
        """Whether records gave a value; what is noted of it then is no reason that somebody gave."""
        return self.origin is Origin.MEASURED and self.applicable

    def noted(self, language: str) -> str | None:
        """The note, as it was written or in a language."""
        return self.note if self.note is None or isinstance(self.note, str) else self.note.say(language)

    @property
    def is_reported(self) -> bool:
        """Whether anything is stated."""
        return bool(self.text) or bool(self.facts)
