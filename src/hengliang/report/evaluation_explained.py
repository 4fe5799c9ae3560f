"""The second sheet of a self-evaluation workbook, 得分说明: sentence, reading, facts, steps and notes, a row
each. The facts that no actual cell answers are filled in here, and the scores of the table follow them.
"""

from decimal import Decimal
from fractions import Fraction
from typing import cast

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from hengliang.base.message import Message, message
from hengliang.criteria.fact_names import asked_name
from hengliang.criteria.read import rounded
from hengliang.form.writers.xlsx import lines_of
from hengliang.report.evaluation_cells import FactCell
from hengliang.report.evaluation_plan import FACT_COLUMN, FIRST_LINE, Computed, Plan
from hengliang.report.evaluation_texts import row_points_text
from hengliang.report.said import note_texts, reading_text, step_texts
from hengliang.report.sheet_dress import (
    BORDER,
    FONT,
    INPUT,
    LINE,
    TALLEST,
    WIDTH_PER_MM,
    Choices,
    dress,
    head,
    note,
    set_print,
    set_text,
)
from hengliang.score.sheet import RowScore, State

_COLUMNS: dict[str, tuple[str, int, Message]] = {
    "number": ("A", 6, message("no.")),
    "name": ("B", 22, message("name of the indicator")),
    "points": ("C", 8, message("points that count")),
    "criterion": ("D", 30, message("sentence as printed")),
    "read": ("E", 30, message("what was read")),
    "asked": ("F", 26, message("fact that is asked")),
    "unit": ("G", 9, message("in what")),
    "value": (FACT_COLUMN, 12, message("value")),
    "score": ("I", 13, message("points it gets")),
    "steps": ("J", 42, message("steps of the score")),
    "notes": ("K", 42, message("notes and questions")),
}
"""The columns, their widths in characters and their heads."""
_OF_FACT = ("asked", "unit", "value")
_SIZE = 9


class Explained:
    """The sheet while it is drawn."""

    def __init__(self, plan: Plan, sheet: Worksheet) -> None:
        self.plan, self.sheet, self.language = plan, sheet, plan.language
        self.choices = Choices(sheet, plan.language)
        self.values: dict[str, Decimal | str] = {}

    def all(self) -> dict[str, Decimal | str]:
        """Draws everything, and returns what each formula gives now."""
        for letter, width, said in _COLUMNS.values():
            self.sheet.column_dimensions[letter].width = width
            head(self.cell(letter, FIRST_LINE - 1), said.say(self.language), _SIZE)
        title = self.cell("A", 1)
        about = message("{title}: explanation of its scores", title=self.plan.table.boxes[0].text)
        set_text(title, about.say(self.language))
        title.font = Font(name=FONT, size=16, bold=True)
        how = message(
            "tinted cells are to be filled in and points follow them; the steps in words stay as written"
        )
        note(self.cell("A", 2), how.say(self.language))
        for row in self.plan.sheet.rows:
            self.row(row)
        last = max((end for _, end in self.plan.lines.values()), default=FIRST_LINE)
        self.sheet.freeze_panes = f"C{FIRST_LINE}"
        footer = message("page &P of &N").say(self.language)
        set_print(self.sheet, f"A1:K{last}", FIRST_LINE - 1, "landscape", footer)
        return self.values

    def cell(self, letter: str, row: int) -> SheetCell:
        return cast("SheetCell", self.sheet[f"{letter}{row}"])

    def texts(self, row: RowScore) -> dict[str, str]:
        why = self.plan.rows[row.index].note
        notes = [*note_texts(row, self.language), *([why.say(self.language)] if why is not None else [])]
        return {
            "number": str(row.index + 1),
            "name": row.indicator.name,
            "points": "" if row.weight is None else f"{row.weight:f}",
            "criterion": row.indicator.criterion or "",
            "read": reading_text(row, self.language),
            "steps": "\n".join(step_texts(row, self.language)),
            "notes": "\n".join(notes),
        }

    def row(self, row: RowScore) -> None:
        first, last = self.plan.lines[row.index]
        texts = self.texts(row)
        for name, (letter, width, _) in _COLUMNS.items():
            for line in range(first, last + 1):
                self.cell(letter, line).border = BORDER
            if name in _OF_FACT:
                continue
            cell = self.cell(letter, first)
            if name == "score":
                self.score(cell, row)
            else:
                set_text(cell, texts[name])
            dress(cell, "left" if width > 20 else "center", _SIZE)
            if last > first:
                self.sheet.merge_cells(f"{letter}{first}:{letter}{last}")
        for fact in self.plan.rows[row.index].facts:
            self.fact(fact, row)
        lines = max(
            lines_of(texts.get(name, ""), width / WIDTH_PER_MM, _SIZE)
            for name, (_, width, _) in _COLUMNS.items()
        )
        height = (lines * _SIZE * LINE + 6) / (last - first + 1)
        for line in range(first, last + 1):
            self.sheet.row_dimensions[line].height = min(TALLEST, max(28.0, height))

    def score(self, cell: SheetCell, row: RowScore) -> None:
        """The score as it stands in the table now."""
        if row.state in (State.NOT_APPLICABLE, State.NO_POINTS):
            set_text(cell, row_points_text(row, self.language))
        elif not self.plan.is_open:
            where = self.plan.elsewhere(self.plan.cell("score", row.index))
            self.formula(cell, Computed(where, row.low or Decimal(0)))
        else:
            low, high = (self.plan.elsewhere(self.plan.cell(side, row.index)) for side in ("low", "high"))
            shown = f'TEXT({low},"0.00")&" – "&TEXT({high},"0.00")'
            least = row.low or Decimal(0)
            most = (row.weight or Decimal(0)) if row.high is None else row.high
            value = least if least == most else f"{least:.2f} – {most:.2f}"
            self.formula(cell, Computed(f"IF({low}={high},{low},{shown})", value))

    def formula(self, cell: SheetCell, computed: Computed) -> None:
        cell.value = f"={computed.formula}"
        cell.number_format = computed.look
        self.values[cell.coordinate] = computed.value

    def fact(self, fact: FactCell, row: RowScore) -> None:
        """One fact: what is asked, its unit, and the cell that answers it."""
        value = cast("SheetCell", self.sheet[fact.cell.rpartition("!")[2]])
        asked, unit = (self.cell(_COLUMNS[name][0], value.row) for name in ("asked", "unit"))
        if fact.variable is None:
            points = row.weight or Decimal(0)
            said = message("points given by the evaluator, 0 to {points}", points=f"{points:f}")
            set_text(asked, said.say(self.language))
            self.choices.limit(value.coordinate, points)
        else:
            set_text(asked, asked_name(fact.variable).say(self.language))
            set_text(unit, fact.variable.unit)
        dress(asked, "left", _SIZE)
        dress(unit, size=_SIZE)
        dress(value, size=_SIZE)
        if fact.linked is not None:
            self.formula(value, Computed(fact.linked, _shown(fact.value), "General"))
            return
        value.fill = INPUT
        if isinstance(fact.value, str):
            set_text(value, fact.value)
        elif fact.value is not None:
            value.value = Decimal(fact.value.numerator) / Decimal(fact.value.denominator)
        if fact.words:
            self.choices.offer(value.coordinate, fact.words)


def _shown(value: Fraction | str | None) -> Decimal | str:
    if isinstance(value, Fraction):
        return rounded(value, 6).normalize() + 0
    return value or ""
