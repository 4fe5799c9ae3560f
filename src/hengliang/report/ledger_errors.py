"""What is wrong with a file of records, in its own layout: the bad cells marked, the reasons beside the row.

A workbook is copied with all it has; a file of another format becomes a workbook of the same columns with the
rows where they were; of a long one only the rows with findings are written, with their numbers behind them.
The original is never written to. Texts that begin like a formula stay texts.
"""

from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from hengliang.base.csv_file import begins_formula
from hengliang.base.message import message
from hengliang.measure.definition import Ledger
from hengliang.measure.finding import Finding
from hengliang.measure.load.open import open_source
from hengliang.measure.load.run import Loaded

_FILLS = {
    "blocking": PatternFill("solid", fgColor="F8CBAD"),
    "audit": PatternFill("solid", fgColor="FFE699"),
    "note": PatternFill("solid", fgColor="DDEBF7"),
}
_BOOKS = (".xlsx", ".xlsm")
_WHOLE = 20_000
"""Rows of a file that is written again as a whole."""
_MOST = 100_000
"""Rows that are written at all; a program reads the JSON."""
_CELL = 32_000
"""Characters that a cell of a workbook holds."""


def write(
    original: Path,
    ledger: Ledger,
    loaded: Loaded,
    out: Path,
    language: str,
    mapping: Mapping[str, str] | None = None,
    layer: str | None = None,
) -> None:
    """Writes the marked copy of the file that was loaded to `out`."""
    if original.suffix.lower() in _BOOKS:
        book = load_workbook(original)
        sheet = book[loaded.sheet] if loaded.sheet in book.sheetnames else book.worksheets[0]
        _mark(sheet, loaded, None, language)
    else:
        book = Workbook()
        sheet = book.worksheets[0]
        places = _copied(sheet, original, ledger, loaded, mapping, layer)
        _mark(sheet, loaded, places, language)
    book.save(out)


def _copied(
    sheet: Worksheet,
    original: Path,
    ledger: Ledger,
    loaded: Loaded,
    mapping: Mapping[str, str] | None,
    layer: str | None,
) -> dict[int, int] | None:
    """Writes headings and rows. Returns where rows were put; None where all are where they were."""
    wrong = {finding.row for finding in loaded.findings}
    wrong |= {finding.with_row for finding in loaded.findings if finding.with_row is not None}
    with open_source(original, ledger, mapping, layer) as source:
        head = max(1, source.first_row - 1)
        for at, heading in enumerate(source.headings, 1):
            _text(sheet.cell(head, at), heading)
        places: dict[int, int] = {}
        for number, row in enumerate(source.rows, 1):
            if loaded.rows > _WHOLE and number not in wrong:
                continue
            if len(places) == _MOST:
                break
            at = head + (number if loaded.rows <= _WHOLE else len(places) + 1)
            places[number] = at
            for column, text in enumerate(row, 1):
                if text is not None:
                    _text(sheet.cell(at, column), text)
    return None if loaded.rows <= _WHOLE and head == loaded.first_row - 1 else places


def _text(cell: Cell | MergedCell, text: str) -> None:
    """Puts a text into a cell, never as a formula, whatever it begins with."""
    if isinstance(cell, MergedCell):
        return
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.value = clean if len(clean) <= _CELL else clean[:_CELL] + "…"
    cell.data_type = "s"
    if begins_formula(text):
        # Stays a text when somebody edits the cell.
        cell.quotePrefix = True


def _mark(sheet: Worksheet, loaded: Loaded, places: Mapping[int, int] | None, language: str) -> None:
    """Marks the cells of findings. `places` says where rows are; without it they are where they were."""
    first_row = loaded.first_row
    columns = {column.name: at for at, column in enumerate(loaded.matched.columns, 1) if column is not None}
    beside = sheet.max_column + 1
    head = max(1, first_row - 1)
    if places is not None:
        sheet.cell(head, beside, message("row of the file").say(language)).font = Font(bold=True)
        for row, at in places.items():
            sheet.cell(at, beside, first_row + row - 1)
        beside += 1
    problems = sheet.cell(head, beside, message("problems").say(language))
    problems.font = Font(bold=True)
    by_row: dict[int, list[Finding]] = {}
    for finding in loaded.findings:
        by_row.setdefault(finding.row, []).append(finding)
    for row, found in by_row.items():
        at = first_row + row - 1 if places is None else places.get(row)
        if at is None:
            continue
        cell = sheet.cell(at, beside)
        _text(cell, "\n".join(_said(finding, first_row, language) for finding in found))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.fill = _FILLS[found[0].severity]
        for finding in found:
            _mark_cell(sheet, finding, at, columns, language)
    sheet.column_dimensions[problems.column_letter].width = 60


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
