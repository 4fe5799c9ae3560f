"""The same facts under several profiles: where they give different points."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hengliang.score.sheet import RowScore, ScoreSheet


@dataclass(frozen=True, slots=True)
class Difference:
    """One indicator that the profiles score differently: its place, and its row under each of them."""

    index: int
    rows: tuple[RowScore, ...]

    @property
    def spread(self) -> Decimal:
        """How far apart the points lie at most."""
        ends = [end for row in self.rows for end in (row.low, row.high) if end is not None]
        return max(ends) - min(ends) if ends else Decimal(0)


def differences(sheets: Sequence[ScoreSheet]) -> tuple[Difference, ...]:
    """The rows of one form that several sheets score differently, in the order of the form."""
    return tuple(
        Difference(rows[0].index, rows)
        for rows in zip(*(sheet.rows for sheet in sheets), strict=True)
        if len({_points(row) for row in rows}) > 1
    )


def _points(row: RowScore) -> tuple[object, ...]:
    return row.state, row.weight, row.low, row.high
