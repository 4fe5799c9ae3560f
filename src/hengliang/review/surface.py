"""What can stand in a sentence of the scoring standard (评（扣）分标准): steps, lines and amounts, with their
characters. All positions count characters of the text as printed.
"""

from decimal import Decimal
from typing import Literal, NamedTuple

Way = Literal["short", "over", "late", "each"]
"""What a step counts: what is missing, what is too much, delay, or cases."""

Side = Literal["least", "below", "most", "above", "at", "band"]
"""Which side of a line is spoken of: ≥, <, ≤, >, the line itself, or the stretch between two."""

Then = Literal["loss", "gain", "bonus", "full", "zero", "ratio", "open"]
"""What follows from a step or line: points lost or won, points beyond the full ones, full marks, none, in
proportion, or nothing that is visible."""


class Span(NamedTuple):
    """Characters of the text."""

    start: int
    end: int


class Amount(NamedTuple):
    """A number of points with its place; of a range (1-5分) or a list (0、3、5分) the last one."""

    number: Decimal
    start: int
    end: int
    is_range: bool = False


class Step(NamedTuple):
    """每超过1个月扣0.5分: for each so much of something so many points. `size` is 1 where none is printed."""

    way: Way
    size: Decimal
    unit: str
    then: Then
    amount: Amount | None
    start: int
    end: int


class Line(NamedTuple):
    """达到90%以上, 低于60%: a line and the side of it that is spoken of, with the place of its number."""

    side: Side
    number: Decimal
    unit: str
    then: Then
    amount: Amount | None
    start: int
    end: int
    number_start: int
    number_end: int


class Surface(NamedTuple):
    """What stands in a scoring sentence."""

    text: str
    cut: bool
    """Only its beginning is known."""
    has_number: bool
    """An Arabic digit stands in it."""
    has_verb: bool
    """A word of scoring stands in it: 得分, 扣, 计分, 满分, 按比例."""
    steps: tuple[Step, ...]
    lines: tuple[Line, ...]
    gains: tuple[Amount, ...]
    """Points that are given at once, not step by step: 计5分."""
    losses: tuple[Amount, ...]
    """Points that are lost at once, not step by step: 不合格扣8分."""
    caps: tuple[Amount, ...]
    """The most that can be had or lost, where it is printed: 最高得6分."""
    bonuses: tuple[Span, ...]
    """Where points are added to those of the row: 加0.5分, 加分."""
    vague_losses: tuple[Span, ...]
    """Deductions whose amount is left open in words: 扣除相应分值, 酌情扣分."""
    lost_amount: bool
    """The cut took the amount of a deduction: 扣0…"""
    full: bool
    """Full marks are spoken of without their number: 得满分."""
    zero: bool
    """It says when there are no points: 不得分."""
    ratio: bool
    """Points go by proportion (按完成比例计分) or by a printed formula (执行率×分值)."""
    floor: bool
    """It says that nothing is lost below 0: 扣完为止."""
    capped: bool
    """It says that there is a most: 最高不超过, 满分为止."""
    veto: bool
    """One case decides beyond this row: 一票否决."""
