"""What is wrong with a file of records, in its own layout: the bad cells marked, the reasons beside the row.

A workbook is copied with all it has; another file becomes a workbook of the same columns. The original is
never written to. Texts that begin like a formula stay texts.
"""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from hengliang.base.message import message
from hengliang.measure.finding import Finding
from hengliang.measure.load.headings import Matched
from hengliang.measure.load.run import Loaded
from hengliang.measure.load.source import delimiter_of, encoding_of

_FILLS = {
    "blocking": PatternFill("solid", fgColor="F8CBAD"),
    "audit": PatternFill("solid", fgColor="FFE699"),
    "note": PatternFill("solid", fgColor="DDEBF7"),
}
_BOOKS = (".xlsx", ".xlsm")


def write(original: Path, loaded: Loaded, out: Path, language: str) -> None:
    """Writes the marked copy of the file that was loaded to `out`."""
    book = load_workbook(original) if original.suffix.lower() in _BOOKS else _from_text(original)
    sheet = book[loaded.sheet] if loaded.sheet in book.sheetnames else book.worksheets[0]
    _mark(sheet, loaded.findings, loaded.matched, loaded.first_row, language)
    book.save(out)


def _from_text(original: Path) -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    with original.open(encoding=encoding_of(original), newline="") as stream:
        for number, row in enumerate(csv.reader(stream, delimiter=delimiter_of(stream)), 1):
            for at, text in enumerate(row, 1):
                cell = sheet.cell(number, at, ILLEGAL_CHARACTERS_RE.sub("", text))
                # Never a formula, whatever it begins with.
                cell.data_type = "s"
    return book


def _mark(
    sheet: Worksheet, findings: Sequence[Finding], matched: Matched, first_row: int, language: str
) -> None:
    places = {column.name: at for at, column in enumerate(matched.columns, 1) if column is not None}
    beside = sheet.max_column + 1
    head = sheet.cell(max(1, first_row - 1), beside, message("problems").say(language))
    head.font = Font(bold=True)
    by_row: dict[int, list[Finding]] = {}
    for finding in findings:
        by_row.setdefault(finding.row, []).append(finding)
    for row, found in by_row.items():
        at = first_row + row - 1
        cell = sheet.cell(at, beside, "\n".join(_said(finding, first_row, language) for finding in found))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.fill = _FILLS[found[0].severity]
        for finding in found:
            _mark_cell(sheet, finding, at, places, language)
    sheet.column_dimensions[head.column_letter].width = 60


def _mark_cell(
    sheet: Worksheet, finding: Finding, row: int, places: Mapping[str, int], language: str
) -> None:
    column = places.get(finding.column or "")
    if column is None:
        return
    cell = sheet.cell(row, column)
    cell.fill = _FILLS[finding.severity]
    before = f"{cell.comment.text}\n" if cell.comment else ""
    text = before + f"{finding.code}: {finding.reason.say(language)}"
    cell.comment = Comment(text, "Hengliang 衡量", width=300, height=90)


def _said(finding: Finding, first_row: int, language: str) -> str:
    other = ""
    if finding.with_row is not None:
        other = message(" (see row {row})", row=first_row + finding.with_row - 1).say(language)
    figures = "".join(f"; {name} = {value}" for name, value in finding.figures.items())
    return f"{finding.code}: {finding.reason.say(language)}{other}{figures}"
