"""Actual values (实际完成值) and where they came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


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
    note: str | None = None

    @property
    def is_reported(self) -> bool:
        """Whether anything is stated."""
        return bool(self.text) or bool(self.facts)
