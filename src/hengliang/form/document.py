"""A document before it is understood: tables of cells and lines of text, each with its place.

Container readers (`form/containers/`) turn files into this; `form/understand/` turns this into forms.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hengliang.base.message import Message
from hengliang.base.place import Box, Place


class Cell(NamedTuple):
    """A cell of a table. `row` and `column` count from 0 in the table; a merged cell spans more than one.

    `text` is what a person sees (a number shown as `95%` is `95%` though 0.95 is stored); line breaks inside
    the cell are kept as `\\n`.
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    box: Box | None = None


class Table(NamedTuple):
    """A table. `rows[r][c]` is the cell that covers this position (a merged cell stands at each of its
    positions, the same object), or None where there is none. All rows have the same length.

    `origin` is the place of the table: file with sheet, table number, or page; `first_row` and `first_column`
    are the 1-based sheet or table coordinates of `rows[0][0]`.
    """

    rows: Sequence[Sequence[Cell | None]]
    origin: Place
    first_row: int = 1
    first_column: int = 1

    def place(self, cell: Cell) -> Place:
        """Where `cell` stands in the document."""
        origin = self.origin
        if origin.page is not None:
            return origin._replace(box=cell.box or origin.box, row=cell.row + 1, column=cell.column + 1)
        row, column = self.first_row + cell.row, self.first_column + cell.column
        return Place(origin.file, origin.sheet, origin.table, row, column)

    def cells(self) -> Iterator[Cell]:
        """Every cell once, row by row."""
        for index, row in enumerate(self.rows):
            for column, cell in enumerate(row):
                if cell is not None and cell.row == index and cell.column == column:
                    yield cell


class Line(NamedTuple):
    """A line of running text (a paragraph of a Word file, a printed line of a PDF or text file)."""

    text: str
    place: Place


Block = Table | Line


class Document(NamedTuple):
    """What a container holds, in reading order. `format` is the container's: `xlsx`, `pdf`, `txt` …

    `remarks` tell what of the container was left out (hidden sheets and rows, for instance).
    """

    file: str
    format: str
    blocks: tuple[Block, ...]
    remarks: tuple[Message, ...] = ()
