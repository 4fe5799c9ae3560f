"""The actual value of a row becomes the facts that its scoring sentence asks for.

A form states one actual per indicator; a sentence may ask for the value, a rate of completion, a count of
cases, a delay, yes or no. What follows from the actual is worked out and said; what does not is left unknown.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from hengliang.base.message import Message
from hengliang.base.number import plain, read_number
from hengliang.base.profile import Profile
from hengliang.criteria.evaluate import Fact
from hengliang.criteria.variable import Variable
from hengliang.form.model import Indicator
from hengliang.form.reached import in_unit
from hengliang.form.value import NumberValue, value_of


@dataclass(slots=True)
class Facts:
    """What is known: facts by variable, how they were worked out, and what must still be asked."""

    known: dict[Variable, Fact] = field(default_factory=dict[Variable, Fact])
    assumptions: list[Message] = field(default_factory=list[Message])
    questions: list[Message] = field(default_factory=list[Message])


@dataclass(frozen=True, slots=True)
class _Row:
    indicator: Indicator
    actual: str
    year: int | None
    profile: Profile

    @property
    def target(self) -> Decimal | None:
        value = value_of(self.indicator.operator, self.indicator.target, self.indicator.unit)
        return value.number if isinstance(value, NumberValue) else None

    def in_unit(self, unit: str | None) -> Decimal | None:
        """The actual as a number of `unit`; a bare number is one of the row's own unit."""
        own = read_number(self.actual)
        return in_unit(self.actual if own is None else f"{plain(own)}{self.indicator.unit or ''}", unit)
