"""What the scoring standard of a row comes to, asked of its criterion's reading and not of its words.

Reading a sentence takes a hundred times as long as taking it apart (`review.sentence`). So rules ask the
surface first whether there may be a fault, and the reading then decides: it knows lines, caps and defaults
that the surface does not. All rules share one reading of a sentence.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension
from hengliang.criteria.bounds import Bounds, CanBe, bounds
from hengliang.criteria.curve import EVERYWHERE, Curve, Interval
from hengliang.criteria.nodes import Bands, Choice, Criterion, Gate, Node, Steps
from hengliang.criteria.variable import Kind, Variable, dimension_of, is_percent
from hengliang.review.bounds import is_bounded, is_cost
from hengliang.review.row import Row
from hengliang.review.surface import Line

if TYPE_CHECKING:
    from hengliang.criteria.read import CriterionReading

_ZERO, _HUNDRED = Fraction(0), Fraction(100)
_NOT_NEGATIVE = Interval(_ZERO, True)
_SHARE = Interval(_ZERO, True, _HUNDRED, True)
_MOST_CASES = 100
_COUNTED = (Dimension.COUNT, Dimension.DURATION)


class Meaning:
    """A sentence that was read to its end: what its tree and its curve say, each worked out once."""

    def __init__(self, reading: CriterionReading, tree: Criterion) -> None:
        self.tree = tree
        self._reading = reading

    @cached_property
    def curve(self) -> Curve | None:
        """From the one number that is asked to points; None when more or other is asked."""
        curves = self._reading.curves
        return curves.high if curves is not None and curves.is_exact else None

    @cached_property
    def variable(self) -> Variable | None:
        """What is asked, where it is one thing."""
        asked = self.tree.variables
        return asked[0] if len(asked) == 1 else None

    @cached_property
    def all_values(self) -> Bounds:
        """The least and the most points, whatever the facts; None without end."""
        return bounds(self.tree, {})

    @cached_property
    def full_edges(self) -> frozenset[Fraction | None]:
        """Where full marks begin and end, and where deductions begin."""
        edges = {step.line for step in self.deductions}
        points = self._reading.points
        full = Fraction(points) if points is not None else self.all_values[1]
        if self.curve is None or full is None:
            return frozenset(edges)
        stretches = self.curve.at_least(full)
        return frozenset(edges.union(*((stretch.low, stretch.high) for stretch in stretches)))

    @cached_property
    def is_two_valued(self) -> bool:
        """Whether the curve knows no more than two scores."""
        pieces = self.curve.pieces if self.curve is not None else ()
        flat = all(not piece.slope and not piece.inverse and piece.stair is None for piece in pieces)
        return flat and len({piece.start for piece in pieces}) <= 2

    @cached_property
    def knows_between(self) -> bool:
        """Whether something between all points and none can be had."""
        if self.curve is not None:
            return not self.is_two_valued
        top = self.all_values[1]
        return top is None or _has_between(self.tree, top)

    @cached_property
    def is_one_choice(self) -> bool:
        """Whether it is one question with a word for an answer."""
        tree = self.tree
        return (
            len(tree.parts) == 1 and isinstance(tree.parts[0], Choice) and not (tree.gates or tree.sections)
        )

    @cached_property
    def adds(self) -> bool:
        """Whether points are added step by step."""
        return any(step.amounts and step.amounts[0] > 0 for step in _steps(self.tree))

    @cached_property
    def deductions(self) -> tuple[Steps, ...]:
        """The deductions that go step by step."""
        return tuple([step for step in _steps(self.tree) if step.amounts and step.amounts[0] < 0])

    def falls(self, can_be: CanBe) -> tuple[tuple[Fraction, Fraction], ...]:
        """Where points jump, and by how much: of cases and delays from one whole number to the next."""
        variable = self.variable
        if self.curve is None or variable is None:
            return ()
        curve = self.curve.within(can_be(variable))
        if variable.kind is not Kind.DELAY and dimension_of(variable.unit) is not Dimension.COUNT:
            return curve.cliffs
        last = max((ceil(piece.interval.low or 0) for piece in curve.pieces), default=0)
        if last > _MOST_CASES:
            return ()
        values = [curve.at(Fraction(count)) for count in range(last + 2)]
        return tuple(
            (Fraction(count), after - before)
            for count, (before, after) in enumerate(pairwise(values), 1)
            if before is not None and after is not None
        )

    def within(self, can_be: CanBe) -> Bounds:
        """The least and the most points when a variable can only be where `can_be` says."""
        variable = self.variable
        if self.curve is None or variable is None:
            return bounds(self.tree, {}, can_be)
        curve = self.curve.within(can_be(variable))
        return (curve.lowest, curve.highest) if curve.pieces else self.all_values


def _has_between(tree: Criterion, top: Fraction) -> bool:
    for part in (*tree.parts, *tree.gates):
        if isinstance(part, Choice | Gate | Bands):
            named = part.bands if isinstance(part, Bands) else part.options
            if any(0 < abs(points) < top for one in named for points in (one.low, one.high)):
                return True
        else:
            return True
    return any(_has_between(section, top) for section in tree.sections)


def _steps(tree: Criterion) -> list[Steps]:
    found = [part for part in tree.parts if isinstance(part, Steps)]
    for section in tree.sections:
        found += _steps(section)
    return found


def meaning_of(row: Row, profile: Profile) -> Meaning | None:
    """What the standard says, None where it is cut, left open or not understood: then its words are all that
    is known.
    """
    if row.criterion is None or row.sentence.cut:
        return None
    return _meaning(row.criterion, row.points, row.operator, row.target, row.unit_text, profile)


@lru_cache(maxsize=2048)
def _meaning(*asked: object) -> Meaning | None:
    # Half a second to load, which a form without doubtful standards need not wait for.
    from hengliang.criteria.read import Status, read_criterion

    reading = read_criterion(*asked)  # pyright: ignore[reportArgumentType]
    if reading.tree is None or reading.status not in (Status.EXACT, Status.ASSUMED):
        return None
    return Meaning(reading, reading.tree)


def numbers_of(row: Row, profile: Profile) -> CanBe:
    """Where the numbers can lie that a standard of this row asks for: no count below 0, no share of a whole
    above 100 %. Where that is not certain, everywhere.
    """

    def can_be(variable: Variable) -> Interval:
        if variable.kind is Kind.COUNT:
            return _NOT_NEGATIVE
        if variable.kind is Kind.RATIO:
            number = row.number
            if number is None or number <= 0 or not is_bounded(row, profile):
                return _NOT_NEGATIVE
            return Interval(_ZERO, True, _HUNDRED * 100 / Fraction(number), True)
        if variable.kind not in (Kind.VALUE, Kind.RATE):
            return EVERYWHERE
        if is_percent(variable.unit):
            # 每超支1%扣1分: what the sentence holds its percentages against can be passed.
            named = f"{row.criterion} {row.name}"
            overrun = any(
                profile.pattern(f"values.{words}").search(named)
                for words in ("unbounded_words", "limit_words")
            )
            whole = variable.name or is_bounded(row, profile)
            return _SHARE if whole and not overrun and not is_cost(row) else EVERYWHERE
        return _NOT_NEGATIVE if dimension_of(variable.unit) in _COUNTED else EVERYWHERE

    return can_be


def full_line(row: Row, profile: Profile) -> Line | None:
    """The printed line at which full marks are reached, or where the loss begins; None where no line is it.

    A degree of completion (完成90%以上) is no line for a target that is not 100 % itself.
    """
    line = row.sentence.full_line
    if line is None or line.number == row.number:
        return line
    meaning = meaning_of(row, profile)
    if meaning is None:
        return line
    variable = meaning.variable
    if meaning.curve is None or variable is None or (variable.kind is Kind.RATIO and row.number != _HUNDRED):
        return None
    edges = meaning.full_edges
    return next((each for each in row.sentence.lines if each.number in edges), None)


def spot_of(row: Row, node: Node) -> Spot:
    """The characters of the standard that a part of its meaning came from."""
    path = row.path("criterion")
    if not node.spans:
        return Spot(path)
    return Spot(path, min(span.start for span in node.spans), max(span.end for span in node.spans))
