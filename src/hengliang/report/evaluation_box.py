"""The boxes that a self-evaluation table is made of, before anybody writes them as workbook, Word or PDF."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from hengliang.base.number import plain


class Role(StrEnum):
    """How a box is set."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    LABEL = "label"  # words of the table itself
    TEXT = "text"  # running text, flush left
    SHORT = "short"  # a word or sign, centred
    NUMBER = "number"  # a figure, centred
    MONEY = "money"  # an amount, flush right
    RATE = "rate"  # percent


class Slot(NamedTuple):
    """What a box is to a formula: `actual` and `score` of an indicator, `budget`, `total` …"""

    what: str
    place: int = 0


class Box(NamedTuple):
    """A box of the grid, counted from 0. `height` in millimetres is the least it takes."""

    role: Role
    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    slot: Slot | None = None
    number: Decimal | None = None
    is_open: bool = False
    """Whether something about it is still to be asked or filled in."""
    height: int = 0


class Table(NamedTuple):
    """The whole table."""

    boxes: tuple[Box, ...]
    widths: tuple[int, ...]
    """The widths of the columns in millimetres."""
    row_count: int
    head_row: int
    """The row with the heads of the indicators, which is repeated on every page."""
    first_indicator: int
    fields: tuple[str, ...]
    """The field that each column shows among the indicators."""
    notes: tuple[str, ...]
    """What is to be said below the table."""

    def at(self, what: str, place: int = 0) -> Box | None:
        """The box with this slot; None where the layout has none."""
        return next((box for box in self.boxes if box.slot == (what, place)), None)


def label_box(text: str) -> Box:
    """A box with words of the table itself."""
    return Box(Role.LABEL, text, 0, 0)


def figure_box(number: Decimal | None, slot: Slot) -> Box:
    """A box with points; empty where there are none."""
    if number is None:
        return Box(Role.NUMBER, "", 0, 0, slot=slot)
    text = short(number)
    return Box(Role.NUMBER, text, 0, 0, slot=slot, number=Decimal(text))


def short(number: Decimal) -> str:
    """Points without needless zeros."""
    text = plain(number)
    return text.rstrip("0").rstrip(".") if "." in text else text
