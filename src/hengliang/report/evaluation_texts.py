"""What a self-evaluation shows of a row and of the whole, in words: points, target, actual, grade."""

from decimal import Decimal

from hengliang.base.message import message
from hengliang.base.number import plain
from hengliang.criteria.fact_names import facts_said
from hengliang.form.model import Indicator
from hengliang.form.value import NumberValue, value_of
from hengliang.form.writers.content import clean
from hengliang.report.answers import actual_value
from hengliang.score.sheet import RowScore, ScoreSheet, State


def points_text(low: Decimal | None, high: Decimal | None, language: str) -> str:
    """`2.85`, `1.33 – 2.00` with 待定 on a second line, or 未报."""
    if low is None or high is None:
        return message("not reported").say(language)
    if low == high:
        return f"{low:f}"
    return f"{low:f} – {high:f}\n{message('open').say(language)}"


def row_points_text(row: RowScore, language: str) -> str:
    """The points of a row as people read them."""
    if row.state is State.NOT_APPLICABLE:
        return message("not applicable").say(language)
    return "" if row.state is State.NO_POINTS else points_text(row.low, row.high, language)


def goal_text(row: Indicator) -> str:
    """The target with its sign and unit: ≥60家."""
    target = row.target or ""
    counted = isinstance(value_of(row.operator, row.target, row.unit), NumberValue)
    sign = row.operator if row.operator not in (None, "定性") else ""
    return clean(f"{sign}{target}{(row.unit or '') if counted else ''}")


def actual_text(row: RowScore, language: str) -> str:
    """The actual with its unit, or the facts that were stated in place of it."""
    if row.actual is None:
        return ""
    value = actual_value(row)
    if value.number is not None:
        return clean(f"{plain(value.number)}{value.unit}")
    if value.text or not row.actual.facts:
        absent = "" if row.actual.applicable else message("not applicable").say(language)
        return clean(value.text or absent)
    return clean(facts_said(row.actual.facts, language))


def grade_text(sheet: ScoreSheet, language: str) -> str:
    """The grade, or the best and the worst that are possible: 优至中."""
    grade = sheet.grade
    if grade is None:
        return ""
    if grade.name is not None:
        return grade.name
    return message("{best} to {worst}", best=grade.possible[0], worst=grade.possible[-1]).say(language)


def reason_text(row: RowScore, language: str) -> str:
    """Why a row fell short, as the form says, or who stated the actual value; "" where nobody does."""
    given = None if row.actual is None or row.actual.is_measured else row.actual
    note = None if given is None else given.noted(language)
    return clean(row.indicator.reason or note or "")
