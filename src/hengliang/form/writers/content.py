"""The parts of a printed form, before any format is chosen: cells, labelled lines, texts and tables."""

import re
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


class Look(StrEnum):
    """How a cell is set."""

    LABEL = "label"  # words of the form itself
    TEXT = "text"  # running text, flush left
    SHORT = "short"  # a word, a sign or a unit, centred
    NUMBER = "number"  # a figure, centred
    MONEY = "money"  # an amount, flush right with thousands commas
    PERCENT = "percent"  # a figure in percent


class Cell(NamedTuple):
    """One printed value: its text, how it is set, the field it shows, and whether the source cut it off."""

    text: str = ""
    look: Look = Look.TEXT
    path: str = ""
    cut: bool = False

    @property
    def number(self) -> Decimal | None:
        """The number that is printed here, None when the cell is text. A rate of 98 % is 98."""
        if self.look not in (Look.NUMBER, Look.MONEY, Look.PERCENT):
            return None
        return Decimal(self.text) if _PLAIN_NUMBER.fullmatch(self.text) else None

    @property
    def shown(self) -> str:
        """The text as people see it: amounts with thousands commas, rates with %."""
        if self.look is Look.MONEY and self.number is not None:
            return f"{self.number:,f}"
        return f"{self.text}%" if self.look is Look.PERCENT and self.text else self.text


class Column(NamedTuple):
    """A column of a table: its head, its field in the model, and its share of the page's width in mm."""

    head: str
    field: str
    width: int


class Fields(NamedTuple):
    """A line of labels, each with its value."""

    pairs: tuple[tuple[str, Cell], ...]


class Texts(NamedTuple):
    """A label with one running text, or with several under their own heads (预期目标, 实际完成情况)."""

    label: str
    texts: tuple[tuple[str, Cell], ...]


class Grid(NamedTuple):
    """A table with a label beside it, and rows of sums below it, whose label spans to the first figure."""

    label: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    name: str
    """`money`, `tasks` or `indicators`."""
    sums: tuple[tuple[Cell, ...], ...] = ()


Section = Fields | Texts | Grid


class Content(NamedTuple):
    """A printed form: its title, the line under it, and its sections from top to bottom."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]


def clean(text: str) -> str:
    """`text` without control characters, which no office format can hold."""
    return _CONTROLS.sub("", text)


def cell_of(value: str | Decimal | None, look: Look, path: str, cut: bool = False) -> Cell:
    """The cell that shows the value of a field."""
    if isinstance(value, Decimal):
        return Cell(format(value, "f"), look, path, cut)
    return Cell(clean(value or ""), look, path, cut)
