"""The points (分值, 权重) of a form as rules look at them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.base.remember import remembered_by_profile
from hengliang.form.model import Form
from hengliang.review.row import Row

NO_POINTS = message("no indicator has points, so the form weighs nothing")

_SHARES = (Decimal(1), Decimal("0.9"))
_FEWEST_SHARES = 3


class Weighted(NamedTuple):
    """A row with its points. Sub-rows (其中：…) belong to the row above them and are none."""

    row: Row
    points: Decimal


def weighted(rows: Iterable[Row]) -> tuple[Weighted, ...]:
    """The rows that have points. Weights printed as shares of 1 (0.2 for 20 %) count as hundredths."""
    found = [
        Weighted(row, row.points)
        for row in rows
        if row.points is not None and not row.name.startswith("其中")
    ]
    if len(found) >= _FEWEST_SHARES and found[0].points < 1 and total(found) in _SHARES:
        found = [Weighted(row, points * 100) for row, points in found]
    return tuple(found)


def total(rows: Iterable[Weighted]) -> Decimal:
    """The sum of points."""
    return sum((weight.points for weight in rows), Decimal(0))


def execution_points(form: Form) -> Decimal | None:
    """The points that the money block gives to the execution of the budget; None when it gives none."""
    rows = form.money.rows if form.money else ()
    return next((row.points for row in rows if row.points), None)


@remembered_by_profile()
def is_execution(name: str, profile: Profile) -> bool:
    """Whether an indicator of this name stands for the execution of the budget (预算执行率)."""
    return profile.pattern("weights.execution_words").search(name) is not None
