"""Kinds of rows, for rules that look only at some: each is a function that tells its rows."""

from collections.abc import Callable
from functools import cache

from hengliang.form.levels import Level2
from hengliang.review.bounds import is_cost
from hengliang.review.row import Row


def any_row(row: Row) -> bool:
    """Every row."""
    return True


def in_words(row: Row) -> bool:
    """Rows whose target the form calls 定性."""
    return row.operator == "定性"


def in_percent(row: Row) -> bool:
    """Rows whose unit is %."""
    unit = row.unit
    return unit is not None and unit.canonical == "%"


def with_number(row: Row) -> bool:
    """Rows whose target is one number."""
    return row.number is not None


def with_points_in_remark(row: Row) -> bool:
    """Rows whose points stand as text in 备注."""
    return row.points_in == "remark"


def with_standard(row: Row) -> bool:
    """Rows that have a scoring standard."""
    return row.criterion is not None


def under_time_or_cost(row: Row) -> bool:
    """Rows under 时效 or 成本."""
    return row.level2 is Level2.TIME or is_cost(row)


@cache
def under(*levels: Level2) -> Callable[[Row], bool]:
    """Rows under one of these kinds of level 2."""
    return lambda row: row.level2 in levels
