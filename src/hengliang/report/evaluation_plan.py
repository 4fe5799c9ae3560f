"""The plan of a self-evaluation workbook: which cell is which, and what each computed cell counts and shows.

Nothing is drawn here. The table of the first sheet is laid out twice at most: once to see whether any score
is or may become an interval, and again with two more columns when one is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from hengliang.base.message import Message, message
from hengliang.base.profile import load_profile
from hengliang.report.evaluation_box import Table
from hengliang.report.evaluation_cells import RowCells, execution_cells, grade_formula, row_cells
from hengliang.report.evaluation_layout import Layout
from hengliang.report.evaluation_table import table_of
from hengliang.report.evaluation_texts import grade_text
from hengliang.report.formula import quoted
from hengliang.score.policy import policy_of
from hengliang.score.sheet import RowScore, ScoreSheet, State

FIRST_LINE = 4
"""The first row of the second sheet that speaks of an indicator."""
FACT_COLUMN = "H"
"""The column of the second sheet with the facts."""
_ZERO = Decimal(0)


class Computed(NamedTuple):
    """A formula (without =) and what it gives now."""

    formula: str
    value: Decimal | str
    look: str = "0.00"


@dataclass(slots=True)
class Plan:
    """The cells of both sheets."""

    sheet: ScoreSheet
    layout: Layout
    language: str
    table: Table = field(init=False)
    rows: dict[int, RowCells] = field(init=False)
    lines: dict[int, tuple[int, int]] = field(init=False)
    """The first and the last line of each indicator on the second sheet."""
    spent: RowCells | None = field(init=False)
    """What the execution of the budget computes; None where no formula gives it."""
    is_open: bool = field(init=False)
    """Whether some score is or may become an interval."""

    def __post_init__(self) -> None:
        self._lay(bounds=False)
        self.is_open = self._may_open()
        if self.is_open:
            self._lay(bounds=True)

    @property
    def names(self) -> tuple[str, str]:
        """The names of the two sheets."""
        return (
            message("self-evaluation table").say(self.language),
            message("explanation of scores").say(self.language),
        )

    def _lay(self, bounds: bool) -> None:
        self.table = table_of(self.sheet, self.layout, self.language, bounds)
        self.rows, self.lines = {}, {}
        line = FIRST_LINE

        def cells() -> Iterator[str]:
            nonlocal line
            while True:
                line += 1
                yield f"'{self.names[1]}'!{FACT_COLUMN}{line - 1}"

        for row in self.sheet.rows:
            first = line
            self.rows[row.index] = row_cells(row, self.cell("actual", row.index), self.names[0], cells())
            line = max(line, first + 1)
            self.lines[row.index] = (first, line - 1)
        execution = self.sheet.execution
        budget, executed = self.cell("budget"), self.cell("executed")
        self.spent = None
        if execution is not None and budget and executed:
            self.spent = execution_cells(execution, budget, executed, load_profile(self.sheet.profile))

    def _may_open(self) -> bool:
        execution = self.sheet.execution
        return (
            any(row.state in (State.BOUNDED, State.NOT_REPORTED) for row in self.sheet.rows)
            or any(cells.low != cells.high and not cells.sure for cells in self.rows.values())
            or (execution is not None and (execution.low is None or execution.low != execution.high))
            or (self.spent is not None and not self.spent.sure)
        )

    def cell(self, what: str, place: int = 0) -> str:
        """The address of a computed box; "" where the layout has none."""
        box = self.table.at(what, place)
        return f"{get_column_letter(box.column + 1)}{box.row + 1}" if box is not None else ""

    def elsewhere(self, cell: str) -> str:
        """A cell of the table as the second sheet names it."""
        return f"'{self.names[0]}'!{cell}"

    def computed(self, what: str, place: int = 0) -> Computed | None:
        """What a box of the table computes; None for one that only shows a figure."""
        match what:
            case "score":
                return self._score(self.sheet.rows[place])
            case "low" | "high":
                return self._bound(self.sheet.rows[place], what)
            case "rate":
                return self._rate()
            case "execution_score":
                return self._execution()
            case "of":
                return self._full_points()
            case "total":
                return self._total()
            case "total_low" | "total_high":
                return self._total_bound(what == "total_high")
            case "grade":
                return self._grade()
            case _:
                return None

    def word(self, said: Message) -> str:
        """A word as a formula has it."""
        return quoted(said.say(self.language))

    def _score(self, row: RowScore) -> Computed | None:
        cells = self.rows[row.index]
        if not _counts(row):
            return None
        if self.is_open:
            low, high = self.cell("low", row.index), self.cell("high", row.index)
            certain = row.low is not None and row.low == row.high
            value = row.low if certain and row.low is not None else message("open").say(self.language)
            return Computed(f"IF({low}={high},{low},{self.word(message('open'))})", value)
        if cells.sure:
            missing = self.word(message("not reported"))
            return Computed(f"IF({cells.answered},{cells.sure},{missing})", row.low or _ZERO)
        return Computed(cells.low, row.low or _ZERO)

    def _bound(self, row: RowScore, side: str) -> Computed | None:
        if not _counts(row):
            return None
        cells = self.rows[row.index]
        low, high = (
            (_ZERO, row.weight or _ZERO) if row.low is None or row.high is None else (row.low, row.high)
        )
        return Computed(cells.low, low) if side == "low" else Computed(cells.high, high)

    def _rate(self) -> Computed | None:
        budget, executed, execution = self.cell("budget"), self.cell("executed"), self.sheet.execution
        if not budget or not executed or execution is None:
            return None
        value: Decimal | str = ""
        if execution.budget and execution.executed is not None:
            value = execution.executed / execution.budget
        test = f"AND(ISNUMBER({budget}),ISNUMBER({executed}),{budget}<>0)"
        return Computed(f'IF({test},{executed}/{budget},"")', value, "0.00%")

    def _execution(self) -> Computed | None:
        execution, spent = self.sheet.execution, self.spent
        if execution is None or spent is None:
            return None
        missing, unsure = self.word(message("not reported")), self.word(message("open"))
        value: Decimal | str = message("open").say(self.language)
        if execution.low is None:
            value = message("not reported").say(self.language)
        elif execution.low == execution.high:
            value = execution.low
        known = spent.sure or f"IF({spent.low}={spent.high},{spent.low},{unsure})"
        return Computed(f"IF({spent.answered},{known},{missing})", value)

    def _full_points(self) -> Computed | None:
        """The points in all, as a sum where it is one."""
        weighted = "weight" in self.table.fields
        parts = [self.cell("weight" if weighted else "points", row.index) for row in self.sheet.rows]
        own = [(row.weight if weighted else row.points) or _ZERO for row in self.sheet.rows]
        execution = self.sheet.execution
        if execution is not None:
            parts.append(self.cell("execution_points"))
            own.append(execution.points)
        if sum(own, _ZERO) != self.sheet.total.of or "" in parts:
            return None
        return Computed(f"ROUND(SUM({','.join(_ranges(parts))}),2)", self.sheet.total.of, "General")

    def _total(self) -> Computed:
        total = self.sheet.total
        if self.is_open:
            low, high = self.cell("total_low"), self.cell("total_high")
            shown = f'TEXT({low},"0.00")&" – "&TEXT({high},"0.00")'
            value = total.low if total.is_certain else f"{total.low:f} – {total.high:f}"
            return Computed(f"IF({low}={high},{low},{shown})", value)
        cells = [self.cell("score", row.index) for row in self.sheet.rows if _counts(row)]
        if self.cell("execution_score"):
            cells.append(self.cell("execution_score"))
        if not cells:
            return Computed("0", total.low)
        ranges = ",".join(_ranges(cells))
        summed = f"ROUND(SUM({','.join([ranges, *self._outside(0)])}),2)"
        unsure = self.word(message("open"))
        return Computed(f"IF(COUNT({ranges})={len(cells)},{summed},{unsure})", total.low)

    def _outside(self, side: int) -> list[str]:
        """The points of the execution where no box of the layout holds them."""
        execution = self.sheet.execution
        if execution is None or self.cell("execution_score"):
            return []
        most = execution.points if execution.high is None else execution.high
        return [f"{(execution.low or _ZERO, most)[side]:f}"]

    def _total_bound(self, side: int) -> Computed:
        total, execution = self.sheet.total, self.sheet.execution
        cells = [self.cell("high" if side else "low", row.index) for row in self.sheet.rows if _counts(row)]
        added = [*_ranges(cells), *self._outside(side)]
        if execution is not None and self.cell("execution_score"):
            most = execution.points if execution.high is None else execution.high
            fixed = f"{(execution.low or _ZERO, most)[side]:f}"
            spent = self.spent
            added.append(fixed if spent is None else spent.high if side else spent.low)
        value = total.high if side else total.low
        return Computed(f"ROUND(SUM({','.join(added)}),2)" if added else "0", value)

    def _grade(self) -> Computed:
        policy = policy_of(load_profile(self.sheet.profile))
        total = self.sheet.total
        wheres = ("total_low", "total_high") if self.is_open else ("total",)
        texts = [
            grade_formula(self.cell(where), total.of, policy.full_total, policy.grades, policy.places)
            for where in wheres
        ]
        shown = grade_text(self.sheet, self.language)
        if len(texts) == 1:
            return Computed(f'IF(ISNUMBER({self.cell("total")}),{texts[0]},"")', shown, "General")
        worst, best = texts
        mark = "\N{FULL BLOCK}"
        between = message("{best} to {worst}", best=mark, worst=mark).say(self.language).split(mark)[1]
        return Computed(f"IF({worst}={best},{best},{best}&{quoted(between)}&{worst})", shown, "General")


def _counts(row: RowScore) -> bool:
    return row.state not in (State.NOT_APPLICABLE, State.NO_POINTS)


def _row_of(cell: str) -> int:
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def _ranges(cells: Sequence[str]) -> list[str]:
    """Cells of one column that stand under each other as ranges: B2, B3, B4 are B2:B4."""
    runs: list[list[str]] = []
    for cell in cells:
        last = runs[-1][-1] if runs else ""
        same = last.rstrip("0123456789") == cell.rstrip("0123456789")
        if last and same and _row_of(cell) == _row_of(last) + 1:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return [run[0] if len(run) == 1 else f"{run[0]}:{run[-1]}" for run in runs]
