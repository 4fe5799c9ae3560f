"""The score sheet (评分表): every indicator with its points or an interval of points, and why.

All points are exact decimals, rounded once per row as the policy says. A row that was not reported has no
points at all; in totals it counts as the interval from 0 to its full marks, never as 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from hengliang.base.message import Message
from hengliang.criteria.evaluate import Fact
from hengliang.criteria.explain import Step
from hengliang.criteria.nodes import Criterion
from hengliang.criteria.read import CriterionReading
from hengliang.criteria.variable import Variable
from hengliang.form.actual import Actual
from hengliang.form.model import Form, Indicator


class State(StrEnum):
    """How far the points of a row are known."""

    SCORED = "scored"  # 已评分: one number
    BOUNDED = "bounded"  # 区间: the sentence or the facts leave something open
    NOT_REPORTED = "not_reported"  # 未填报: no actual value
    NOT_APPLICABLE = "not_applicable"  # 不适用: its points go to other rows
    NO_POINTS = "no_points"  # 未赋分: the form gives it no points


@dataclass(frozen=True, slots=True)
class Offer:
    """What a method of the profile would give where the sentence leaves the points open."""

    method: str
    """The code of the method: X1, G4 …"""
    name: Message
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class RowScore:
    """One indicator.

    `points` are its full marks as printed, `weight` those that count (other than `points` only where rows
    that do not apply left theirs). `low` and `high` are None unless the row was scored; they are equal when
    the state is `scored`.
    """

    index: int
    """Its place in the form, counted from 0."""
    indicator: Indicator
    state: State
    points: Decimal | None = None
    weight: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    actual: Actual | None = None
    reading: CriterionReading | None = None
    method: str | None = None
    """The method of the profile that was used because no sentence is printed; None with a sentence."""
    tree: Criterion | None = None
    """What was evaluated: the tree of the reading, or of the method. None where only full marks are known."""
    facts: Mapping[Variable, Fact] = field(default_factory=dict[Variable, Fact])
    """The facts that are known of what the tree asks for; not all of them where something must be asked."""
    steps: tuple[Step, ...] = ()
    """What led to the points, in words and arithmetic; before any re-weighting and rounding."""
    assumptions: tuple[Message, ...] = ()
    """Everything that was taken for granted on the way."""
    questions: tuple[Message, ...] = ()
    """What must be asked of the owner before the row is certain."""
    remarks: tuple[Message, ...] = ()
    """What a reviewer should look at: the target exceeded by far, full marks that contradict …"""
    offer: Offer | None = None

    @property
    def loss(self) -> Decimal | None:
        """The points that are lost for certain; None where nothing was scored."""
        return self.weight - self.high if self.weight is not None and self.high is not None else None


@dataclass(frozen=True, slots=True)
class ExecutionScore:
    """The part for the execution of the budget (预算执行率). `low` and `high` are None when not reported."""

    points: Decimal
    method: str
    budget: Decimal | None = None
    executed: Decimal | None = None
    rate: Decimal | None = None
    """Spent ÷ budget in percent, rounded to two places for display; the score comes from the exact ratio."""
    low: Decimal | None = None
    high: Decimal | None = None
    steps: tuple[Step, ...] = ()
    assumptions: tuple[Message, ...] = ()
    remarks: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of all parts: `low` to `high` of `of` points."""

    low: Decimal
    high: Decimal
    of: Decimal
    bounded: int = 0
    """Rows that are intervals."""
    missing: int = 0
    """Rows (and the execution) that were not reported; each counts from 0 to its full marks."""

    @property
    def is_certain(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade (优, 良, 中, 差): one, or all that the interval of the total allows, the best first."""

    possible: tuple[str, ...]
    low: Decimal
    high: Decimal
    """The total in points of 100, rounded once: what the lines are held against."""

    @property
    def name(self) -> str | None:
        """The grade, when only one is possible."""
        return self.possible[0] if len(self.possible) == 1 else None


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """A form scored: rows in the order of the form, the execution of the budget, the total and the grade."""

    form: Form
    profile: str
    rows: tuple[RowScore, ...]
    execution: ExecutionScore | None
    total: Total
    grade: Grade | None
    """None when the form gives no points."""
    assumptions: tuple[Message, ...] = ()
    """What was taken for granted of the sheet as a whole: the scale of the total, the execution left out."""
