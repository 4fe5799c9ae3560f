"""The tree of a scoring sentence: what it gives and takes, each from one variable, and how that adds up.

Every node refuses nonsense when it is built. A part gives points as a pair (low, high): equal where the
sentence is complete, an interval where it is cut or leaves the amount to a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from hengliang.criteria.curve import Interval
from hengliang.criteria.expression import Expression, Number
from hengliang.criteria.printed import Span
from hengliang.criteria.variable import Variable

Whole = Literal["full", "started", "exact"]
"""What a part of a step counts: nothing, a whole step, or its share."""


class NodeError(ValueError):
    """A node that makes no sense: a step without size, a share of nothing, yes or no for a number."""


@dataclass(frozen=True, slots=True)
class Node:
    """A part of the tree that depends on one variable, and the characters of the sentence it came from."""

    variable: Variable
    spans: tuple[Span, ...] = field(default=(), compare=False)

    @property
    def variables(self) -> tuple[Variable, ...]:
        """All variables that it depends on."""
        return (self.variable,)


@dataclass(frozen=True, slots=True)
class Steps(Node):
    """每低于90%1个百分点扣0.5分: for each step away from the line so many points, lost or added.

    `way` is 1 where numbers above the line count and -1 below it. `amounts` are the points of the first step,
    the second …; the last one holds for all further steps; negative where points are lost. None where the
    sentence is cut off before the amount. `most` bounds what all steps together give or take.
    """

    line: Fraction = Fraction(0)
    way: Literal[1, -1] = 1
    size: Fraction = Fraction(1)
    amounts: tuple[Fraction, ...] | None = None
    whole: Whole = "full"
    most: Fraction | None = None

    def __post_init__(self) -> None:
        if not self.variable.is_number:
            raise NodeError("steps are counted in numbers")
        if self.size <= 0:
            raise NodeError("a step has a size above 0")
        if self.amounts is not None and (not self.amounts or 0 in self.amounts):
            raise NodeError("a step costs or brings something")
        if self.amounts is not None and len({amount > 0 for amount in self.amounts}) > 1:
            raise NodeError("steps either cost or bring points")
        if self.most is not None and self.most < 0:
            raise NodeError("a limit is no negative number")


@dataclass(frozen=True, slots=True)
class Band:
    """Points on one stretch of numbers."""

    interval: Interval
    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise NodeError("the lower points are above the higher ones")
        if self.interval.is_empty:
            raise NodeError("a band has no numbers in it")


@dataclass(frozen=True, slots=True)
class Bands(Node):
    """Tiers: on each stretch of numbers so many points. Stretches do not overlap and may leave gaps."""

    bands: tuple[Band, ...] = ()

    def __post_init__(self) -> None:
        if not self.variable.is_number:
            raise NodeError("bands are stretches of numbers")
        if not self.bands:
            raise NodeError("there is no band")
        for index, band in enumerate(self.bands):
            if any(not band.interval.meet(other.interval).is_empty for other in self.bands[:index]):
                raise NodeError("two bands overlap")


@dataclass(frozen=True, slots=True)
class Share(Node):
    """按比例得分: `points` × number ÷ `line`, at most `points`; for less-is-better by the method `less`.

    `over` is the stretch on which it holds, where the sentence has other words for the rest. `start` is the
    share of the line that still earns nothing (0.6 for a pass line of 60 %): from there on the points rise in
    a straight line.
    """

    line: Fraction = Fraction(100)
    points: Fraction = Fraction(0)
    less: Literal["", "X2", "X3"] = ""
    over: Interval = field(default_factory=Interval)
    start: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        if not self.variable.is_number:
            raise NodeError("a proportion is one of numbers")
        if not 0 <= self.start < 1 or (self.start and self.less):
            raise NodeError("a pass line lies between nothing and the line, and only where more is better")
        if self.line <= 0 or self.points <= 0:
            raise NodeError("a proportion needs a line and points above 0")


@dataclass(frozen=True, slots=True)
class Formula(Node):
    """得分=（A÷B×50%+C÷D×50%）×分值: arithmetic over named quantities; `text` is how it is said.

    Where something is divided by 0 there is no value, and anything up to `points` may be meant.
    """

    asked: tuple[Variable, ...] = ()
    expression: Expression = field(default_factory=lambda: Number(Fraction(0)))
    text: str = ""
    points: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        if not self.asked or self.asked[0] != self.variable:
            raise NodeError("a formula asks for one quantity at least, and for the first one first")
        if not all(variable.is_number for variable in self.asked):
            raise NodeError("a formula is one of numbers")

    @property
    def variables(self) -> tuple[Variable, ...]:
        """All quantities of the formula, in order."""
        return self.asked


@dataclass(frozen=True, slots=True)
class Option:
    """A word or state, and the points that belong to it; `also` are other words for the same."""

    label: str
    low: Fraction
    high: Fraction
    also: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise NodeError("the lower points are above the higher ones")


YES, NO, OTHER = "是", "否", "其他"


@dataclass(frozen=True, slots=True)
class Choice(Node):
    """Yes or no, or one of several words; `其他` is whatever none of the words names."""

    options: tuple[Option, ...] = ()

    def __post_init__(self) -> None:
        if self.variable.is_number:
            raise NodeError("a choice is one between words")
        labels = [option.label for option in self.options]
        if len(labels) < 2 or len(set(labels)) < len(labels):
            raise NodeError("a choice has two different words at least")


@dataclass(frozen=True, slots=True)
class Gate(Node):
    """发生事故不得分: with one of these words the points are what stands beside it, whatever else is so."""

    options: tuple[Option, ...] = ()

    def __post_init__(self) -> None:
        if self.variable.is_number or not self.options:
            raise NodeError("a gate has words that close it")


Part = Steps | Bands | Share | Choice | Formula


@dataclass(frozen=True, slots=True)
class Criterion:
    """The whole sentence: `base` and what the parts give, unless a gate decides, between `low` and `high`.

    Gates are parts that replace the sum where they are defined (低于60%不得分). `sections` are whole
    sentences of their own that add up (①…得3分；②…得4分).
    """

    base: Fraction
    parts: tuple[Part, ...] = ()
    gates: tuple[Bands | Gate, ...] = ()
    low: Fraction | None = Fraction(0)
    high: Fraction | None = None
    sections: tuple["Criterion", ...] = ()
    pick: Literal["", "least", "most"] = ""
    """Of the sections only the lowest or the highest counts."""

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise NodeError("the floor lies above the cap")
        if not (self.parts or self.gates or self.sections):
            raise NodeError("there is nothing that gives or takes points")

    @property
    def variables(self) -> tuple[Variable, ...]:
        """What must be known, each once, in the order of the sentence."""
        found: list[Variable] = []
        nodes: Sequence[Node] = (*self.parts, *self.gates)
        for node in sorted(nodes, key=lambda each: each.spans[0] if each.spans else Span(0, 0)):
            found += [variable for variable in node.variables if variable not in found]
        for section in self.sections:
            found += [variable for variable in section.variables if variable not in found]
        return tuple(found)
