"""A review in Excel: the cells of the original workbook marked and commented, with a sheet of all findings.

A form that was no workbook gets the sheet of findings alone. The original is never written to.
"""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from hengliang.base.finding import Finding, Severity
from hengliang.base.message import message
from hengliang.base.place import Place
from hengliang.report.as_csv import HEADS, Line, line
from hengliang.report.grouped import groups
from hengliang.report.severity import SEVERITIES, severity_word
from hengliang.report.width import width
from hengliang.review.verdict import Verdict, digest

_FILLS = {
    Severity.ERROR: PatternFill("solid", fgColor="F8CBAD"),
    Severity.WARNING: PatternFill("solid", fgColor="FFE699"),
    Severity.ADVICE: PatternFill("solid", fgColor="DDEBF7"),
}
_HEAD_FILL = PatternFill("solid", fgColor="D9E7E7")
_SIDE = Side(style="thin", color="BFBFBF")
_THIN = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_LONGEST = 32_000
"""Characters that a cell or a comment may hold, a little under the format's own limit."""
_WIDTHS = {
    "place": 14,
    "severity": 8,
    "code": 7,
    "rule": 20,
    "where": 30,
    "text": 34,
    "message": 44,
    "observed": 14,
    "expected": 30,
    "remedy": 30,
    "fix": 10,
    "basis": 30,
}
"""The columns of the sheet of findings and how wide they are, in characters."""


def write(verdicts: Sequence[Verdict], original: Path | None, out: Path, language: str) -> bool:
    """Writes the forms of one file to `out`; `original` is the workbook they were read from, None for others.

    Returns whether the cells of the original could be marked.
    """
    book = _opened(original) if original else None
    marked = book is not None
    if book is None:
        book = Workbook()
        book.remove(book.worksheets[0])
    else:
        for verdict in verdicts:
            _mark(book, verdict, language)
    for verdict in verdicts:
        _list(book, verdict, language)
    book.active = 0
    book.save(out)
    return marked


def _opened(original: Path) -> Workbook | None:
    try:
        return load_workbook(original, keep_vba=original.suffix.lower() == ".xlsm")
    # The form was read by another library; whatever this one dislikes about the file is no reason to give up.
    except Exception:
        return None


def _mark(book: Workbook, verdict: Verdict, language: str) -> None:
    said: dict[tuple[str, int, int], list[Finding]] = {}
    for group in groups(verdict.findings):
        for finding in group:
            places = {verdict.source.place_of(spot.path) for spot in finding.spots}
            for place in places:
                if place and place.sheet in book.sheetnames and place.row and place.column:
                    said.setdefault((place.sheet, place.row, place.column), []).append(finding)
    for (sheet, row, column), findings in said.items():
        cell = _first_cell(book[sheet], row, column)
        heaviest = min((finding.severity for finding in findings), key=SEVERITIES.index)
        cell.fill = _FILLS[heaviest]
        before = f"{cell.comment.text}\n\n" if cell.comment else ""
        text = before + "\n".join(_remark(finding, language) for finding in findings)
        lines = sum(1 + len(part) // 24 for part in text.split("\n"))
        cell.comment = Comment(_clean(text), "Hengliang 衡量", width=340, height=min(24 + 18 * lines, 480))


def _first_cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell that holds what is shown at a place: of merged cells the first."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        merged = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
        cell = sheet.cell(merged.min_row, merged.min_col)
    assert isinstance(cell, Cell)
    return cell


def _remark(finding: Finding, language: str) -> str:
    text = f"{finding.code} {severity_word(finding.severity).say(language)}: {finding.message.say(language)}"
    if finding.fix:
        remedy = message("remedy").say(language)
        text = f"{text}\n    {remedy}: {finding.fix.say.say(language)}"
    return text


def _list(book: Workbook, verdict: Verdict, language: str) -> None:
    """A sheet with every finding, sorted, that links to the cells."""
    sheet: Worksheet = book.create_sheet(_free_name(book, message("Findings").say(language)))
    counts = verdict.counts
    year = str(verdict.form.fiscal_year or "")
    about = message(
        "{errors} errors, {warnings} warnings, {advice} pieces of advice, {undecidable} undecidable; "
        "rule profile {profile}; contents sha256 {digest}",
        errors=counts.errors,
        warnings=counts.warnings,
        advice=counts.advice,
        undecidable=counts.undecidable,
        profile=verdict.profile,
        digest=digest(verdict.form),
    ).say(language)
    names = (verdict.form.organisation, verdict.form.project, year, Path(verdict.file).name)
    _put(sheet, 1, 1, "  ".join(name for name in names if name)).font = Font(bold=True, size=13)
    _put(sheet, 2, 1, about).font = Font(color="595959")
    heads = dict(zip(Line._fields, HEADS, strict=True))
    for column, (field, columns) in enumerate(_WIDTHS.items(), 1):
        head = _put(sheet, 4, column, heads[field].say(language))
        head.font, head.fill, head.border = Font(bold=True), _HEAD_FILL, _THIN
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = columns
    row = 5
    for group in groups(verdict.findings):
        for finding in group:
            record = line(verdict, finding, language)._asdict()
            # Not every program makes rows as high as their texts.
            lines = max(width(record[field]) // (columns - 1) + 1 for field, columns in _WIDTHS.items())
            sheet.row_dimensions[row].height = min(15 * lines, 400)
            for column, field in enumerate(_WIDTHS, 1):
                cell = _put(sheet, row, column, record[field])
                cell.border = _THIN
                cell.alignment = Alignment(vertical="top", wrap_text=True)
            sheet.cell(row, 2).fill = _FILLS[finding.severity]
            _link(book, sheet, row, verdict.source.place_of(finding.spots[0].path))
            row += 1
    _dress(sheet, row - 1)


def _link(book: Workbook, sheet: Worksheet, row: int, place: Place | None) -> None:
    if place and place.sheet in book.sheetnames:
        cell = sheet.cell(row, 1)
        quoted = place.sheet.replace("'", "''")
        target = f"'{quoted}'!{get_column_letter(place.column or 1)}{place.row or 1}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)
        cell.font = Font(color="0F5C5C", underline="single")


def _dress(sheet: Worksheet, last: int) -> None:
    sheet.freeze_panes = "A5"
    sheet.auto_filter.ref = f"A4:{get_column_letter(len(_WIDTHS))}{max(last, 4)}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "4:4"


def _put(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Writes a text as text: one that begins with = is no formula."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.value = _clean(text)
    cell.data_type = "s"
    return cell


def _clean(text: str) -> str:
    text = text.encode("utf-8", "replace").decode()
    return ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text)[:_LONGEST]


def _free_name(book: Workbook, wanted: str) -> str:
    names = set(book.sheetnames)
    return next(
        name for name in (wanted, *(f"{wanted} {number}" for number in range(2, 1000))) if name not in names
    )
