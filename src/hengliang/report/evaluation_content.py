"""What stands in the boxes of a self-evaluation table: of an indicator, of a line of money, of the total."""

from collections.abc import Sequence

from hengliang.base.number import plain
from hengliang.form.model import MoneyRow
from hengliang.form.writers.content import clean
from hengliang.report.evaluation_box import Box, Role, Slot, figure_box
from hengliang.report.evaluation_layout import IndicatorField, MoneyField
from hengliang.report.evaluation_texts import (
    actual_text,
    goal_text,
    grade_text,
    points_text,
    reason_text,
    row_points_text,
)
from hengliang.score.sheet import ExecutionScore, RowScore, ScoreSheet, State


def indicator_box(field: IndicatorField, row: RowScore, language: str) -> Box:
    """The box of one indicator in one column."""
    indicator = row.indicator
    match field:
        case "number":
            return Box(Role.SHORT, str(row.index + 1), 0, 0)
        case "goal":
            return Box(Role.SHORT, goal_text(indicator), 0, 0)
        case "value":
            return Box(Role.SHORT, clean(indicator.target or ""), 0, 0)
        case "actual":
            missing = row.state is State.NOT_REPORTED
            return Box(
                Role.SHORT, actual_text(row, language), 0, 0, slot=Slot("actual", row.index), is_open=missing
            )
        case "points":
            return figure_box(row.points, Slot("points", row.index))
        case "weight":
            return figure_box(row.weight, Slot("weight", row.index))
        case "score":
            is_open = row.state in (State.BOUNDED, State.NOT_REPORTED)
            text = row_points_text(row, language)
            return Box(
                Role.NUMBER, text, 0, 0, slot=Slot("score", row.index), number=row.low, is_open=is_open
            )
        case "low" | "high":
            number = row.low if field == "low" else row.high
            return figure_box(number, Slot(field, row.index))
        case "reason":
            return Box(Role.TEXT, reason_text(row, language), 0, 0)
        case "level1" | "level2" | "unit" | "operator" | "remark":
            return Box(Role.SHORT, clean(getattr(indicator, field) or ""), 0, 0)
        case _:
            return Box(Role.TEXT, clean(getattr(indicator, field) or ""), 0, 0)


def amount_box(field: MoneyField, row: MoneyRow, execution: ExecutionScore | None, language: str) -> Box:
    """The box of one line of money in one column; only the line that counts has an `execution`."""
    if field in ("initial", "budget", "executed"):
        number = {"initial": row.initial, "budget": row.budget, "executed": row.executed}[field]
        if execution is not None and number is None:
            number = {"initial": None, "budget": execution.budget, "executed": execution.executed}[field]
        text = "" if number is None else f"{number:,f}"
        slot = Slot(field) if execution is not None and field != "initial" else None
        return Box(Role.MONEY, text, 0, 0, slot=slot, number=number)
    if execution is None:
        number = {"points": row.points, "rate": row.rate, "score": None}.get(field)
        text = "" if number is None else f"{plain(number)}%" if field == "rate" else plain(number)
        return Box(Role.RATE if field == "rate" else Role.NUMBER, text, 0, 0, number=number)
    if field == "points":
        points = execution.points
        return Box(Role.NUMBER, plain(points), 0, 0, slot=Slot("execution_points"), number=points)
    if field == "rate":
        text = "" if execution.rate is None else f"{execution.rate:f}%"
        return Box(Role.RATE, text, 0, 0, slot=Slot("rate"), number=execution.rate)
    said = points_text(execution.low, execution.high, language)
    is_open = execution.low is None or execution.low != execution.high
    return Box(Role.NUMBER, said, 0, 0, slot=Slot("execution_score"), number=execution.low, is_open=is_open)


def total_box(sheet: ScoreSheet, fields: Sequence[str], index: int, language: str) -> Box:
    """The box of the total in the column at `index` of `fields`."""
    total, grade, field = sheet.total, sheet.grade, fields[index]
    if field == ("weight" if "weight" in fields else "points"):
        return figure_box(total.of, Slot("of"))
    if field == "score":
        said = f"{total.low:f}" if total.is_certain else f"{total.low:f} – {total.high:f}"
        is_open = not total.is_certain
        return Box(Role.NUMBER, said, 0, 0, slot=Slot("total"), number=total.low, is_open=is_open)
    if field in ("low", "high"):
        return figure_box(total.low if field == "low" else total.high, Slot(f"total_{field}"))
    if index == len(fields) - 1 and grade is not None:
        return Box(Role.SHORT, grade_text(sheet, language), 0, 0, slot=Slot("grade"))
    return Box(Role.SHORT, "", 0, 0)
