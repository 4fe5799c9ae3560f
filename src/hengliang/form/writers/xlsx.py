"""The form as an Excel workbook that an office can print, sign and fill in further.

Sheet 1 is the form on A4 landscape, fitted to the width, with its heads repeated on every page; sheet 2 is
填表说明. Figures are numbers shown as they were printed; everything else is text, also what begins like a
formula. Signs, levels and units offer a list; fields that the source cut off are marked with a comment.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any, cast, get_args
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from hengliang.base.csv_file import begins_formula
from hengliang.base.message import message
from hengliang.base.profile import Profile, load_profile
from hengliang.form.model import Form, Likelihood, Purpose
from hengliang.form.writers import help as help_texts
from hengliang.form.writers.blank import level_words
from hengliang.form.writers.content import Cell, Look, clean
from hengliang.form.writers.errors import UnwritableForm
from hengliang.form.writers.layout import Box, Layout, Part, layout_of
from hengliang.form.writers.package import timeless

AUTHOR = "衡量 Hengliang"
SHEETS = {
    Purpose.DECLARATION: "绩效目标申报表",
    Purpose.MONITORING: "绩效监控表",
    Purpose.SELF_EVALUATION: "绩效自评表",
}
LONGEST_TEXT = 32_767
"""Characters that a cell of a workbook holds."""
EXACT_DIGITS = 15
"""Digits that a number in a workbook keeps."""
TALLEST_ROW = 400
"""Points; Excel allows 409."""

_FONT = "宋体"
_SIZE = 10.5
_MM_PER_POINT = 25.4 / 72
_LINE = 1.38
"""Height of a line over the size of its font."""
_WIDTH_PER_MM = 0.54
"""Column width in digits of the default font (7 pixels at 96 per inch) per millimetre."""
_ROOM_TO_WRITE = ("duties", "goals", "achieved")
"""Fields that keep room for several lines where nothing is written yet."""
_NOTES_WIDTH = 80
_THIN = Side(style="thin", color="000000")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_CUT = PatternFill("solid", fgColor="FFF2CC")


def to_bytes(form: Form, profile: Profile | None = None) -> bytes:
    """The form as a workbook; the same bytes for the same form. Raises UnwritableForm.

    `profile` gives the lists to choose from.
    """
    layout = layout_of(form)
    book = Workbook()
    book.properties.creator = AUTHOR
    book.properties.title = clean(form.title or "")
    sheet = cast("Worksheet", book.active)
    sheet.title = SHEETS[form.purpose]
    for column, width in enumerate(layout.widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width * _WIDTH_PER_MM
    _set_default_font(book)
    heights = _heights(layout)
    for row, height in enumerate(heights, start=1):
        sheet.row_dimensions[row].height = height
    for box in layout.boxes:
        _put(sheet, box, layout)
    _set_print(sheet, layout)
    _freeze(sheet, layout, heights)
    _offer_choices(sheet, layout, profile or load_profile("national-2015"))
    _write_notes(book, form)
    result = BytesIO()
    book.save(result)
    return timeless(result.getvalue())


def _set_default_font(book: Workbook) -> None:
    """The widths of columns are counted in digits of this font, so it must be one that every office has."""
    styles: Any = book._named_styles  # pyright: ignore
    styles["Normal"].font = Font(name=_FONT, size=10)


def _put(sheet: Worksheet, box: Box, layout: Layout) -> None:
    cell = cast("SheetCell", sheet.cell(box.row + 1, box.column + 1))
    _set_value(cell, box.cell)
    cell.font = _font(box, layout)
    cell.alignment = _alignment(box)
    if box.part not in (Part.TITLE, Part.SUBTITLE):
        for row in range(box.row, box.row + box.rows):
            for column in range(box.column, box.column + box.columns):
                sheet.cell(row + 1, column + 1).border = _BORDER
    if box.rows > 1 or box.columns > 1:
        sheet.merge_cells(
            start_row=box.row + 1,
            end_row=box.row + box.rows,
            start_column=box.column + 1,
            end_column=box.column + box.columns,
        )
    if box.cell.cut:
        cell.fill = _CUT
        cell.comment = _comment(help_texts.words("cut.text"))
    elif box.part is Part.HEAD and (text := help_texts.column_help(box.field)):
        cell.comment = _comment(text)


def _set_value(cell: SheetCell, printed: Cell) -> None:
    number = printed.number
    if number is not None and len(number.as_tuple().digits) <= EXACT_DIGITS:
        cell.value = number / 100 if printed.look is Look.PERCENT else number
        cell.number_format = _number_format(number, printed.look)
        return
    if len(printed.text) > LONGEST_TEXT:
        reason = message("a cell of a workbook holds {limit} characters at most", limit=LONGEST_TEXT)
        raise UnwritableForm(printed.path, reason)
    text = printed.shown
    cell.value = text or None
    if text:
        # A text that begins with = + - @ stays a text, also after somebody has edited the cell.
        cell.data_type = "s"
        cell.quotePrefix = begins_formula(text)


def _number_format(number: Decimal, look: Look) -> str:
    places = max(0, -cast("int", number.as_tuple().exponent))
    decimals = f".{'0' * places}" if places else ""
    match look:
        case Look.MONEY:
            return f"#,##0{decimals}"
        case Look.PERCENT:
            return f"0{decimals}%"
        case _:
            return f"0{decimals}"


def _font(box: Box, layout: Layout) -> Font:
    match box.part:
        case Part.TITLE:
            return Font(name=_FONT, size=18, bold=True)
        case Part.SUBTITLE:
            return Font(name=_FONT, size=12)
        case Part.LABEL | Part.HEAD:
            return Font(name=_FONT, size=_SIZE, bold=True)
        case Part.VALUE:
            return Font(name=_FONT, size=_fitting_size(box, layout))


def _alignment(box: Box) -> Alignment:
    across = "center"
    if box.part is Part.VALUE:
        across = {Look.TEXT: "left", Look.MONEY: "right"}.get(box.cell.look, "center")
        if box.cell.look is not Look.MONEY and len(box.cell.text) > 12:
            across = "left"
    return Alignment(horizontal=across, vertical="center", wrap_text=True)


def _comment(text: str) -> Comment:
    return Comment(text, AUTHOR, height=90, width=240)


def lines_of(text: str, millimetres: float, size: float) -> int:
    """The number of lines that `text` takes at `size` points in a cell of this width, estimated upwards."""
    em = size * _MM_PER_POINT
    room = max((millimetres - 2) / em, 1)
    return sum(max(1, ceil(_ems(line) / room * 1.03)) for line in text.split("\n"))


def _ems(line: str) -> float:
    return sum(1 if east_asian_width(character) in "WFA" else 0.55 for character in line)


def _height(box: Box, layout: Layout, size: float) -> float:
    width = sum(layout.widths[box.column : box.column + box.columns])
    return lines_of(box.cell.text, width, size) * size * _LINE + 6


def _fitting_size(box: Box, layout: Layout) -> float:
    """The size at which the text fits into the tallest row that a workbook allows; no smaller than 6."""
    size = _SIZE
    while size > 6 and _height(box, layout, size) > TALLEST_ROW * box.rows:
        size -= 0.5
    return size


def _heights(layout: Layout) -> list[float]:
    """The height of every row in points."""
    heights = [22.0] * layout.row_count
    for box in sorted(layout.boxes, key=lambda box: box.rows):
        match box.part:
            case Part.TITLE:
                needed = 36.0
            case Part.VALUE:
                needed = _height(box, layout, _fitting_size(box, layout))
                if not box.cell.text and box.cell.path in _ROOM_TO_WRITE:
                    needed = 60.0
            case _:
                needed = _height(box, layout, _SIZE)
        rows = range(box.row, box.row + box.rows)
        # What a merged cell lacks is added to its last row.
        lacking = needed - sum(heights[row] for row in rows)
        if lacking > 0:
            heights[rows[-1]] += lacking
    return [min(height, TALLEST_ROW) for height in heights]


def _set_print(sheet: Worksheet, layout: Layout) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # pyright: ignore[reportOptionalMemberAccess]
    sheet.page_margins.left = sheet.page_margins.right = 15 / 25.4
    sheet.page_margins.top = sheet.page_margins.bottom = 18 / 25.4
    sheet.print_options.horizontalCentered = True
    footer: Any = sheet.oddFooter.center  # pyright: ignore[reportOptionalMemberAccess]
    footer.text = "第 &P 页，共 &N 页"
    sheet.print_title_rows = f"{layout.head_row + 1}:{layout.head_row + 1}"
    sheet.print_area = f"A1:{get_column_letter(len(layout.widths))}{layout.row_count}"


def _freeze(sheet: Worksheet, layout: Layout, heights: Sequence[float]) -> None:
    """Heads stay in sight where they leave room for rows; the columns up to the names always."""
    above = sum(heights[: layout.head_row + 1])
    column = get_column_letter(layout.fields.index("name") + 2)
    sheet.freeze_panes = f"{column}{layout.head_row + 2 if above <= 180 else 1}"


def _offer_choices(sheet: Worksheet, layout: Layout, profile: Profile) -> None:
    if not layout.indicator_count:
        return
    tree = tuple(level_words(profile))
    choices: Mapping[str, Sequence[str]] = {
        "level1": tuple(dict.fromkeys(level1 for level1, _, _ in tree)),
        "level2": tuple(dict.fromkeys(level2 for _, level2, _ in tree)),
        "operator": profile.words("template.operators"),
        "unit": profile.words("template.units"),
        "likelihood": get_args(Likelihood),
    }
    for column, field in enumerate(layout.fields, start=1):
        kind = field.removeprefix("midterm/")
        if kind in choices:
            rule = DataValidation(type="list", formula1=f'"{",".join(choices[kind])}"', allow_blank=True)
            rule.errorTitle, rule.error = help_texts.words("choices.title"), help_texts.words("choices.text")
        elif kind in ("points", "score"):
            rule = DataValidation(
                type="decimal", operator="between", formula1="0", formula2="100", allow_blank=True
            )
            rule.errorTitle = help_texts.words("choices.number_title")
            rule.error = help_texts.words("choices.number_text")
        else:
            rule = DataValidation()
        # A list advises: a form may need a word that is not in it.
        rule.errorStyle = "warning"
        rule.showErrorMessage = rule.error is not None
        if text := help_texts.column_help(field):
            title, _, rest = text.partition("：")
            rule.promptTitle, rule.prompt = (title, rest) if len(title) <= 32 else (None, text)
            rule.showInputMessage = True
        if rule.type is None and rule.prompt is None:
            continue
        letter = get_column_letter(column)
        first = layout.first_indicator + 1
        rule.add(f"{letter}{first}:{letter}{first + layout.indicator_count - 1}")  # pyright: ignore[reportUnknownMemberType]
        sheet.add_data_validation(rule)


def _write_notes(book: Workbook, form: Form) -> None:
    sheet = cast("Worksheet", book.create_sheet(help_texts.words("notes.sheet")))
    sheet.column_dimensions["A"].width = _NOTES_WIDTH
    title = sheet.cell(1, 1, help_texts.words("notes.title"))
    title.font = Font(name=_FONT, size=16, bold=True)
    title.alignment = Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 36
    for number, text in enumerate(help_texts.notes(form.purpose), start=1):
        cell = sheet.cell(number + 1, 1, f"{number}. {text}")
        cell.font = Font(name="仿宋_GB2312", size=12)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.row_dimensions[number + 1].height = (
            lines_of(text, _NOTES_WIDTH / _WIDTH_PER_MM, 12) * 12 * 1.5 + 4
        )
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # pyright: ignore[reportOptionalMemberAccess]
