"""Any table of texts and numbers as CSV and as a workbook. Texts stay texts: none is run as a formula."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from hengliang.base.csv_file import begins_formula, csv_bytes
from hengliang.base.number import plain
from hengliang.form.writers.content import clean
from hengliang.form.writers.package import timeless
from hengliang.form.writers.xlsx import AUTHOR
from hengliang.report.sheet_dress import head, set_text

Value = str | Decimal | None
_NARROW, _WIDE = 9, 60
_LOOKED_AT = 200
"""So many lines are looked at for the width of a column."""


def to_csv(heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The table as CSV with a byte mark, so that Excel reads the Chinese."""
    lines = ([_written(value) for value in row] for row in rows)
    return csv_bytes([heads, *lines])


def _written(value: Value) -> str:
    return "" if value is None else value if isinstance(value, str) else plain(value)


def to_xlsx(title: str, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The table as a workbook of one sheet; numbers are numbers. The same bytes for the same table."""
    book = Workbook(write_only=True)
    book.properties.creator = AUTHOR
    book.properties.title = title
    sheet = cast("Worksheet", book.create_sheet())
    sheet.freeze_panes = "B2"
    lines = [list(row) for row in rows]
    for column, text in enumerate(heads):
        longest = max((_width(_written(line[column])) for line in lines[:_LOOKED_AT]), default=0)
        width = min(max(longest, _width(text), _NARROW), _WIDE)
        sheet.column_dimensions[get_column_letter(column + 1)].width = width
    firsts = [cast("SheetCell", WriteOnlyCell(cast("Any", sheet))) for _ in heads]
    for cell, text in zip(firsts, heads, strict=True):
        head(cell, text)
    sheet.append(firsts)
    for line in lines:
        sheet.append([_cell(sheet, value) for value in line])
    made = BytesIO()
    book.save(made)
    return timeless(made.getvalue())


def _cell(sheet: Worksheet, value: Value) -> object:
    """What is written in a cell. Only a text that looks like a formula needs to be told that it is none."""
    if not isinstance(value, str):
        return value
    text = clean(value)
    if not begins_formula(text):
        return text
    cell = cast("SheetCell", WriteOnlyCell(cast("Any", sheet)))
    set_text(cell, text)
    return cell


def _width(text: str) -> int:
    """The width of a column for a text, in digits; a Chinese character takes two."""
    return 2 + sum(2 if char > "\u2e7f" else 1 for char in text)
