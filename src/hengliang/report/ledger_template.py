"""The Excel template of a ledger (台账模板): headings with help, lists to choose from, notes, an example.

Sheet 1 is empty but for its headings and is what gets filled in and loaded; sheet 2 explains every column;
sheet 3 shows a filled row. Enums offer their words; dates, numbers and yes/no are checked by the program.
"""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from hengliang.base.message import Message, message
from hengliang.form.writers.package import timeless
from hengliang.measure.definition import Column, Ledger
from hengliang.measure.type_words import TYPE_WORDS
from hengliang.report.width import width

ROWS = 5000
"""The rows that the lists and checks reach."""

_THIN = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FILLS = {
    "R": PatternFill("solid", fgColor="FCE4D6"),
    "C": PatternFill("solid", fgColor="FFF2CC"),
    "O": PatternFill(),
}
_NEEDS = {"R": message("required"), "C": message("required under a condition"), "O": message("optional")}


def to_bytes(ledger: Ledger, language: str = "zh_Hans") -> bytes:
    """The template as a workbook."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = ledger.words.say(language)[:31]
    _headings(sheet, ledger, language)
    _lists(sheet, ledger, language)
    _notes(book.create_sheet(message("notes").say(language)), ledger, language)
    example = book.create_sheet(message("example").say(language))
    _headings(example, ledger, language)
    for at, column in enumerate(ledger.columns, 1):
        example.cell(2, at, _example(column)).border = _BORDER
    _only_texts(book)
    made = BytesIO()
    book.save(made)
    return timeless(made.getvalue())


def _headings(sheet: Worksheet, ledger: Ledger, language: str) -> None:
    for at, column in enumerate(ledger.columns, 1):
        name = column.words.say(language)
        cell = sheet.cell(1, at, f"{name}（{column.unit}）" if column.unit else name)
        cell.font, cell.fill, cell.border = Font(name="黑体", size=10.5), _FILLS[column.need], _BORDER
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.comment = Comment(_explained(column, language), "Hengliang 衡量", width=300, height=110)
        sheet.column_dimensions[get_column_letter(at)].width = min(28, max(11, width(name) + 4))
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "A2"


def _only_texts(book: Workbook) -> None:
    """Whatever a definition says is shown, and never run as a formula."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.data_type = "s"


def _explained(column: Column, language: str) -> str:
    asked = (TYPE_WORDS[column.type], _NEEDS[column.need])
    lines = [message("; ").say(language).join(one.say(language) for one in asked)]
    if column.help is not None:
        lines.append(column.help.words.say(language))
    if column.codes:
        lines.append(" / ".join(column.codes.values()))
    return "\n".join(lines)


def _lists(sheet: Worksheet, ledger: Ledger, language: str) -> None:
    for at, column in enumerate(ledger.columns, 1):
        check = _validation(column, language)
        if check is not None:
            letter = get_column_letter(at)
            sheet.add_data_validation(check)
            check.add(f"{letter}2:{letter}{ROWS}")


def _validation(column: Column, language: str) -> DataValidation | None:
    words = ",".join(column.codes.values()) if column.codes else "是,否" if column.type == "bool" else ""
    if words and len(words) <= 250:
        check = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
    elif column.type in ("int", "decimal") and (column.least is not None or column.most is not None):
        kind = "whole" if column.type == "int" else "decimal"
        least, most = (f"{limit:f}" if limit is not None else None for limit in (column.least, column.most))
        operator = "between" if least and most else "greaterThanOrEqual" if least else "lessThanOrEqual"
        check = DataValidation(
            kind, formula1=least or most, formula2=most if least else None, allow_blank=True
        )
        check.operator = operator
    else:
        return None
    check.errorTitle, check.error = "Hengliang 衡量", _explained(column, language)[:220]
    check.showErrorMessage = not column.open
    return check


def _notes(sheet: Worksheet, ledger: Ledger, language: str) -> None:
    lines: list[list[str]] = [
        [ledger.words.say(language)],
        [message("one row: {row}", row=ledger.row.words).say(language)],
        [],
        [said.say(language) for said in _NOTE_HEADS],
    ]
    for column in ledger.columns:
        help_text = column.help.words.say(language) if column.help else ""
        codes = "；".join(column.codes.values())
        lines.append(
            [column.words.say(language), TYPE_WORDS[column.type].say(language),
             _NEEDS[column.need].say(language), column.unit or "", codes, help_text]
        )  # fmt: skip
    if ledger.to_be_checked:
        lines += [[], [message("To be checked").say(language)], *([text] for text in ledger.doubts(language))]
    for row, texts in enumerate(lines, 1):
        for at, text in enumerate(texts, 1):
            cell = sheet.cell(row, at, text)
            cell.alignment = Alignment(vertical="top", wrap_text=row > 4)
            if row in (1, 4):
                cell.font = Font(name="黑体", size=12 if row == 1 else 10.5)
    for letter, wide in zip("ABCDEF", (22, 24, 14, 10, 40, 50), strict=True):
        sheet.column_dimensions[letter].width = wide


_NOTE_HEADS: tuple[Message, ...] = (
    message("column"), message("what is filled in"), message("needed"), message("unit"), message("choices"),
    message("help"),
)  # fmt: skip


def _example(column: Column) -> Any:
    """A value of the column's kind."""
    if column.codes:
        return next(iter(column.codes.values()))
    match column.type:
        case "int" | "decimal":
            return float(column.least if column.least is not None else column.most or Decimal(1))
        case "bool":
            return "是"
        case "date":
            return date(2023, 6, 30).isoformat()
        case "datetime":
            return "2023-06-30 09:00:00"
        case "degrees":
            return 112.6
        case "geometry":
            return "POINT(112.6 26.9)"
        case _:
            return _CODES.get(column.format or "", "…")


_CODES = {
    "uscc": "91110000101623741K", "parcel": "430405001002GB00031", "unit": "430405001002GB00031F00010001",
    "mine": "C4304002019037120147701", "sheet500": "2977.25-360.75", "land_class": "0101", "region": "430405",
    "village": "430424110002", "hazard": "430422020001",
}  # fmt: skip
