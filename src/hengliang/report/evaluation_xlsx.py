"""The self-evaluation table (自评表) as a workbook that counts by itself.

Sheet 1 is the official table: scores, totals, execution rate and grade are formulas over the actual values,
and give exactly the points of the score sheet. Where something is open, two more columns hold the least and
the most points. Sheet 2, 得分说明, says for every row how its sentence was read, holds the facts that no
actual cell answers, and shows the steps. Cells to fill in are tinted; yes or no and grades offer a list.
"""

from decimal import Decimal
from io import BytesIO
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from hengliang.base.message import message
from hengliang.form.writers.content import clean
from hengliang.form.writers.package import timeless
from hengliang.form.writers.xlsx import AUTHOR, lines_of
from hengliang.report.answers import actual_value
from hengliang.report.cached import with_values
from hengliang.report.evaluation_box import Box, Role
from hengliang.report.evaluation_explained import Explained
from hengliang.report.evaluation_layout import Layout
from hengliang.report.evaluation_plan import Plan
from hengliang.report.said import note_texts, reading_text, step_texts
from hengliang.report.sheet_dress import (
    BORDER,
    FONT,
    HEAD,
    INPUT,
    LINE,
    OPEN,
    SIZE,
    TALLEST,
    WIDTH_PER_MM,
    Choices,
    comment,
    note,
    set_default_font,
    set_print,
    set_text,
)
from hengliang.score.sheet import RowScore, ScoreSheet, State


def to_bytes(sheet: ScoreSheet, layout: Layout, language: str = "zh_Hans") -> bytes:
    """The workbook; the same bytes for the same sheet. `language` is zh_Hans or en."""
    plan = Plan(sheet, layout, language)
    book = Workbook()
    book.properties.creator = AUTHOR
    book.properties.title = clean(plan.table.boxes[0].text)
    set_default_font(book)
    table = cast("Worksheet", book.active)
    table.title = plan.names[0]
    about = cast("Worksheet", book.create_sheet(plan.names[1]))
    values = {(1, cell): value for cell, value in _Drawn(plan, table).all().items()}
    values |= {(2, cell): value for cell, value in Explained(plan, about).all().items()}
    calculation: Any = book.calculation
    calculation.fullCalcOnLoad = True
    made = BytesIO()
    book.save(made)
    return timeless(with_values(made.getvalue(), values))


class _Drawn:
    """The table on its sheet."""

    def __init__(self, plan: Plan, sheet: Worksheet) -> None:
        self.plan, self.sheet, self.language = plan, sheet, plan.language
        self.choices = Choices(sheet, plan.language)
        self.values: dict[str, Decimal | str] = {}

    def all(self) -> dict[str, Decimal | str]:
        """Draws everything, and returns what each formula gives now."""
        table = self.plan.table
        for column, width in enumerate(table.widths, start=1):
            self.sheet.column_dimensions[get_column_letter(column)].width = width * WIDTH_PER_MM
        for row, height in enumerate(self.heights(), start=1):
            self.sheet.row_dimensions[row].height = height
        for box in table.boxes:
            self.put(box)
        for number, text in enumerate(table.notes, start=1):
            note(cast("SheetCell", self.sheet.cell(table.row_count + number, 1)), text)
        last = table.row_count + len(table.notes)
        area = f"A1:{get_column_letter(len(table.widths))}{last}"
        footer = message("page &P of &N").say(self.language)
        set_print(self.sheet, area, table.head_row + 1, self.plan.layout.paper, footer)
        return self.values

    def put(self, box: Box) -> None:
        cell = cast("SheetCell", self.sheet.cell(box.row + 1, box.column + 1))
        computed = self.plan.computed(*box.slot) if box.slot is not None else None
        if computed is not None:
            cell.value = f"={computed.formula}"
            cell.number_format = computed.look
            self.values[cell.coordinate] = computed.value
        else:
            _set_box(cell, box)
        if box.slot is not None:
            self.dress_slot(cell, *box.slot)
        cell.font = _font(box)
        cell.alignment = _alignment(box)
        if box.role is Role.LABEL:
            cell.fill = HEAD
        if box.role not in (Role.TITLE, Role.SUBTITLE):
            for row in range(box.row, box.row + box.rows):
                for column in range(box.column, box.column + box.columns):
                    self.sheet.cell(row + 1, column + 1).border = BORDER
        if box.rows > 1 or box.columns > 1:
            self.sheet.merge_cells(
                start_row=box.row + 1, end_row=box.row + box.rows,
                start_column=box.column + 1, end_column=box.column + box.columns,
            )  # fmt: skip

    def dress_slot(self, cell: SheetCell, what: str, place: int) -> None:
        match what:
            case "actual":
                self.actual(cell, self.plan.sheet.rows[place])
            case "score":
                row = self.plan.sheet.rows[place]
                if row.state is not State.NO_POINTS:
                    cell.comment = comment(self.remark(row))
            case "budget" | "executed":
                cell.fill = INPUT
            case _:
                pass

    def actual(self, cell: SheetCell, row: RowScore) -> None:
        value = actual_value(row)
        if value.is_rate:
            cell.number_format = "0.00%"
        elif (
            value.unit
            and "unit" not in self.plan.table.fields
            and (value.number is not None or not value.text)
        ):
            unit = clean(value.unit).replace('"', "")
            cell.number_format = f'General"{unit}"'
        if value.number is not None:
            cell.value = value.number / 100 if value.is_rate else value.number
        cells = self.plan.rows[row.index]
        if cells.is_live and any(fact.linked for fact in cells.facts):
            cell.fill = INPUT
        if value.words:
            self.choices.offer(cell.coordinate, value.words)

    def remark(self, row: RowScore) -> str:
        """What a reader of a score wants to know: the reading, the steps, assumptions and questions."""
        why = self.plan.rows[row.index].note
        said = [reading_text(row, self.language), *step_texts(row, self.language)]
        said += [*note_texts(row, self.language), *([why.say(self.language)] if why is not None else [])]
        return "\n".join(said)

    def heights(self) -> list[float]:
        """The height of every row in points."""
        table = self.plan.table
        heights = [22.0] * table.row_count
        for box in sorted(table.boxes, key=lambda box: box.rows):
            width = sum(table.widths[box.column : box.column + box.columns])
            size = 18 if box.role is Role.TITLE else SIZE
            needed = max(lines_of(box.text, width, size) * size * LINE + 6, box.height * 72 / 25.4)
            rows = range(box.row, box.row + box.rows)
            lacking = needed - sum(heights[row] for row in rows)
            if lacking > 0:
                heights[rows[-1]] += lacking
        return [min(height, TALLEST) for height in heights]


def _set_box(cell: SheetCell, box: Box) -> None:
    if box.number is None:
        set_text(cell, box.text)
        return
    places = max(0, -int(box.number.as_tuple().exponent))
    decimals = f".{'0' * places}" if places else ""
    cell.value = box.number / 100 if box.role is Role.RATE else box.number
    cell.number_format = {Role.MONEY: f"#,##0{decimals}", Role.RATE: "0.00%"}.get(box.role, f"0{decimals}")


def _font(box: Box) -> Font:
    if box.role is Role.TITLE:
        return Font(name=FONT, size=18, bold=True)
    if box.role is Role.SUBTITLE:
        return Font(name=FONT, size=12)
    return Font(name=FONT, size=SIZE, bold=box.role is Role.LABEL, color=OPEN if box.is_open else None)


def _alignment(box: Box) -> Alignment:
    across = {Role.TEXT: "left", Role.MONEY: "right"}.get(box.role, "center")
    if box.role is Role.SHORT and max(map(len, box.text.split("\n"))) > 12:
        across = "left"
    return Alignment(horizontal=across, vertical="center", wrap_text=True)
