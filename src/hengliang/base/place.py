"""Where something stood in a document (`Place`) and in a form (`Spot`)."""

from typing import NamedTuple


def column_letters(column: int) -> str:
    """The spreadsheet name of a column, counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class Box(NamedTuple):
    """A rectangle on a PDF page, in points from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Place(NamedTuple):
    """Where a text stood in the document it was read from. All counts begin at 1.

    A sheet cell has `sheet`, `row`, `column`; a cell of a Word, HTML or Markdown table `table`, `row`,
    `column`; a text `line` and `column` (characters); a PDF `page` and `box`.
    """

    file: str
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    line: int | None = None
    page: int | None = None
    box: Box | None = None

    def __str__(self) -> str:
        """The place as people write it: `form.xlsx:Sheet1!C5`, `form.txt:12:3`, `form.pdf:p2(30,55)`."""
        return f"{self.file}:{self.within}" if self.within else self.file

    @property
    def within(self) -> str:
        """The place inside the file, without the file's name."""
        if self.sheet is not None and self.row and self.column:
            return f"{self.sheet}!{column_letters(self.column)}{self.row}"
        if self.table is not None and self.row and self.column:
            return f"t{self.table}!{column_letters(self.column)}{self.row}"
        if self.line is not None:
            return f"{self.line}:{self.column or 1}"
        if self.page is not None:
            corner = f"({self.box.left:.0f},{self.box.top:.0f})" if self.box else ""
            return f"p{self.page}{corner}"
        return ""


class Spot(NamedTuple):
    """A field of a form, and the characters in it that are meant.

    `path` names the field, list items counted from 0: `fiscal_year`, `goals/5`, `indicators/3/target`.
    `start` and `end` count characters of the field's text; both are None when the whole field is meant.
    """

    path: str
    start: int | None = None
    end: int | None = None
