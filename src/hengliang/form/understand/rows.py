"""A document as one run of printed rows, and the account of which of their cells were understood."""

import re
from collections.abc import Iterator, Sequence

from hengliang.base.message import Message, message
from hengliang.base.place import Place
from hengliang.base.text import remembered
from hengliang.form.document import Cell, Document, Line, Table
from hengliang.form.source import NotUnderstood

_WORDS = re.compile(r"[^\s|｜│]+")
_RULE = re.compile(r"[|｜│]")
_WIDE_WORDS = re.compile(r"(?:(?!\s{2}|\t|[|｜│]).)+")

# Half the time of calling the class, which counts where hundreds are made of every form.
_new = tuple[object, ...].__new__

NOT_RECOGNISED = message("no label, column head or place in a table tells what this is")


@remembered()
def clean(text: str) -> str:
    """A cell's text without the blanks and line breaks of the layout; one blank between Latin words stays."""
    words = text.split()
    if len(words) < 2:
        return words[0] if words else ""
    joined = words[0]
    for word in words[1:]:
        joined += f" {word}" if _is_latin(joined[-1]) and _is_latin(word[0]) else word
    return joined


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _words(line: str) -> list[str]:
    return _WORDS.findall(line) if _RULE.search(line) else line.split()


class Row:
    """One printed row: of a table, or a line of text cut into words.

    `cells` are the non-empty cells that begin here, left to right; `grid[c]` is what covers column c, merged
    cells from the rows above included. A line's cells are its words; `whole` is the line in one piece.
    """

    __slots__ = ("_starts", "_wide", "cells", "grid", "line", "number", "table", "whole")

    def __init__(
        self, number: int, table: Table | None, grid: Sequence[Cell | None], line: Line | None
    ) -> None:
        self.number = number
        self.table = table
        self.line = line
        self._wide: tuple[Cell, ...] | None = None
        self._starts: list[int] | None = None
        if line is None:
            self.grid = grid
            own: list[Cell] = []
            last: Cell | None = None
            for cell in grid:
                # A merged cell stands at each of its places, here and in the rows below.
                if cell is not last and cell is not None and cell.row == number and cell.text:
                    own.append(cell)
                last = cell
            self.cells = tuple(own)
            # A row with one cell is a line: many offices write running text into a sheet that way.
            self.whole = own[0] if len(own) == 1 else None
        else:
            self.cells = tuple(
                [_new(Cell, (word, 0, index, 1, 1, None)) for index, word in enumerate(_words(line.text))]
            )
            self.grid = self.cells
            self.whole = Cell(line.text.strip(), 0, 0)

    @property
    def wide(self) -> tuple[Cell, ...]:
        """A line's words when only two blanks or a rule part them (blanks inside a cell are kept)."""
        if self._wide is None:
            found = (match[0].strip() for match in _WIDE_WORDS.finditer(self.line.text if self.line else ""))
            self._wide = tuple(Cell(text, 0, index) for index, text in enumerate(filter(None, found)))
        return self._wide

    def place(self, cell: Cell) -> Place:
        """Where a cell of this row stands in the document."""
        if self.table is not None:
            return self.table.place(cell)
        assert self.line is not None
        place = self.line.place
        start = self._start(cell)
        if start <= 0:
            return place
        column = (place.column or 1) + start
        return _new(Place, (place.file, None, None, None, column, place.line, place.page, place.box))

    def _start(self, cell: Cell) -> int:
        """Where a word begins in its line; a word may stand there more than once."""
        assert self.line is not None
        if cell is self.whole:
            return 0
        text, column = self.line.text, cell.column
        if column < len(self.cells) and self.cells[column] is cell:
            if self._starts is None:
                self._starts = _starts(text, self.cells)
            return self._starts[column]
        if column < len(self.wide) and self.wide[column] is cell:
            return _starts(text, self.wide)[column]
        return text.find(cell.text)

    @property
    def text(self) -> str:
        """The text of a row with one cell, or of a line; empty for others."""
        return self.whole.text if self.whole is not None else ""


def _starts(text: str, words: Sequence[Cell]) -> list[int]:
    """Where each of the words, in order, begins in the text."""
    found: list[int] = []
    end = 0
    for word in words:
        start = text.find(word.text, end)
        found.append(start)
        end = start + len(word.text)
    return found


def rows_of(document: Document) -> list[Row]:
    """All non-empty rows of a document in reading order."""
    return [row for block in document.blocks for row in _rows(block) if row.cells]


def _rows(block: Table | Line) -> Iterator[Row]:
    if isinstance(block, Line):
        yield Row(0, None, (), block)
        return
    for number, grid in enumerate(block.rows):
        yield Row(number, block, grid, None)


class Account:
    """Which cells became part of a form, and why others did not. A cell is known by its identity."""

    def __init__(self) -> None:
        self._used: set[int] = set()
        self._reasons: dict[int, Message] = {}
        self._parts: list[NotUnderstood] = []

    def use(self, *cells: Cell | None) -> None:
        """These cells were understood."""
        used = self._used
        for cell in cells:
            if cell is not None:
                used.add(id(cell))

    def use_row(self, row: Row) -> None:
        """Everything that begins in this row was understood."""
        self.use(row.whole, *row.cells)

    def has_used(self, cell: Cell | None) -> bool:
        """Whether this cell was understood already."""
        return cell is not None and id(cell) in self._used

    def reason(self, cell: Cell | None) -> Message | None:
        """Why this cell was left, None when nothing was said of it."""
        return self._reasons.get(id(cell)) if cell is not None else None

    def leave(self, cell: Cell, reason: Message) -> None:
        """This cell was seen and is no part of a form, because of `reason`."""
        self._reasons.setdefault(id(cell), reason)

    def leave_part(self, row: Row, cell: Cell, text: str, reason: Message) -> None:
        """Of a cell that was understood, this part is in no form, because of `reason`."""
        self._parts.append(NotUnderstood(text, row.place(cell), reason))

    def leave_row(self, row: Row, reason: Message) -> None:
        """No cell of this row is part of a form, because of `reason`."""
        for cell in (row.whole, *row.cells) if row.whole else row.cells:
            self.leave(cell, reason)

    def close(self, rows: Sequence[Row]) -> tuple[int, tuple[NotUnderstood, ...]]:
        """How many cells were used, and all others with the reason."""
        used = 0
        left: list[NotUnderstood] = []
        for row in rows:
            units = row.cells
            if row.whole is not None:
                if id(row.whole) in self._used:
                    used += 1
                    continue
                if any(id(cell) in self._used for cell in row.wide):
                    units = row.wide
                elif not any(id(cell) in self._used for cell in row.cells):
                    units = (row.whole,)
            for cell in units:
                if id(cell) in self._used:
                    used += 1
                else:
                    reason = self._reasons.get(id(cell), NOT_RECOGNISED)
                    left.append(NotUnderstood(cell.text, row.place(cell), reason))
        return used, (*left, *self._parts)
