"""Cells of a workbook in the dress of an office: texts that stay texts, borders, fonts, lists of words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from hengliang.base.csv_file import begins_formula
from hengliang.base.message import message
from hengliang.form.writers.content import clean
from hengliang.form.writers.xlsx import AUTHOR
from hengliang.report.formula import quoted

FONT = "宋体"
SIZE = 10.5
WIDTH_PER_MM = 0.54
"""Column width in digits of the default font per millimetre."""
LINE = 1.38
"""Height of a line over the size of its font."""
TALLEST = 400
INPUT = PatternFill("solid", fgColor="FFF8E1")
"""Cells to fill in."""
HEAD = PatternFill("solid", fgColor="EDF3F3")
GREY = "595959"
OPEN = "B45309"
"""The colour of what is still open."""
_THIN = Side(style="thin", color="000000")
BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_LONGEST_LIST = 250
_LONGEST_COMMENT = 2000


def set_default_font(book: Workbook) -> None:
    """The widths of columns are counted in digits of this font, so it must be one that every office has."""
    styles: Any = book._named_styles  # pyright: ignore
    styles["Normal"].font = Font(name=FONT, size=10)


def set_text(cell: SheetCell, text: str) -> None:
    """A text that begins with = + - @ stays a text, also after somebody has edited the cell."""
    cell.value = clean(text) or None
    if cell.value:
        cell.data_type = "s"
        cell.quotePrefix = begins_formula(text)


def dress(
    cell: SheetCell,
    across: Literal["left", "center", "right"] = "center",
    size: float = SIZE,
    bold: bool = False,
) -> None:
    """Border, font and alignment of a cell in a table."""
    cell.font = Font(name=FONT, size=size, bold=bold)
    cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
    cell.border = BORDER


def head(cell: SheetCell, text: str, size: float = SIZE) -> None:
    """The head of a column."""
    set_text(cell, text)
    dress(cell, size=size, bold=True)
    cell.fill = HEAD


def note(cell: SheetCell, text: str) -> None:
    """Small grey words outside the table."""
    set_text(cell, text)
    cell.font = Font(name=FONT, size=9, color=GREY)


def comment(text: str) -> Comment:
    """A note on a cell."""
    lines = sum(1 + len(line) // 24 for line in text.split("\n"))
    return Comment(clean(text)[:_LONGEST_COMMENT], AUTHOR, width=340, height=min(24 + 18 * lines, 480))


def set_print(
    sheet: Worksheet, area: str, heads: int, orientation: Literal["landscape", "portrait"], footer: str
) -> None:
    """A4, fitted to the width, row `heads` repeated on every page."""
    sheet.print_area = area
    sheet.print_title_rows = f"{heads}:{heads}"
    sheet.page_setup.orientation = orientation
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    properties: Any = sheet.sheet_properties
    properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 12 / 25.4
    sheet.page_margins.top = sheet.page_margins.bottom = 16 / 25.4
    sheet.page_margins.footer = 7 / 25.4
    sheet.print_options.horizontalCentered = True
    centre: Any = sheet.oddFooter
    centre.center.text = footer


@dataclass(slots=True)
class Choices:
    """Lists of words and limits of figures on one sheet, each list once."""

    sheet: Worksheet
    language: str
    lists: dict[str, DataValidation] = field(default_factory=dict[str, DataValidation])

    def offer(self, cell: str, words: Sequence[str]) -> None:
        """Lets only `words` into a cell; more words than a workbook can list are let be."""
        listed = ",".join(word for word in words if "," not in word)
        if len(listed) > _LONGEST_LIST:
            return
        rule = self.lists.get(listed)
        if rule is None:
            rule = DataValidation(type="list", formula1=quoted(listed), allow_blank=True)
            rule.errorTitle = message("not in the list").say(self.language)
            rule.error = message("choose one of the words of the list").say(self.language)
            rule.showErrorMessage = True
            self.lists[listed] = rule
            self.sheet.add_data_validation(rule)
        rule.add(cell)  # pyright: ignore[reportUnknownMemberType]

    def limit(self, cell: str, most: Decimal) -> None:
        """Lets only points from 0 to `most` into a cell."""
        rule = DataValidation(
            type="decimal", operator="between", formula1="0", formula2=f"{most:f}", allow_blank=True
        )
        rule.errorTitle = message("points out of range").say(self.language)
        rule.error = message("points from 0 to {points}", points=f"{most:f}").say(self.language)
        rule.showErrorMessage = True
        rule.add(cell)  # pyright: ignore[reportUnknownMemberType]
        self.sheet.add_data_validation(rule)
