"""What an indicator may name in a column of its own or in its explanation: its evidence, the basis of its value."""

from typing import Literal, NamedTuple

from hengliang.review.row import Row
from hengliang.review.rule import Context


class Without(NamedTuple):
    """Whether the form has the column, and the rows that name the thing nowhere in their visible text."""

    column: bool
    rows: tuple[Row, ...]

    def hidden(self, row: Row) -> bool:
        """Whether the part of the explanation that was cut off may name it."""
        return row.is_cut("explanation")


def named(context: Context, field: Literal["evidence", "basis"], words: str) -> Without:
    """The rows whose `field` is empty and whose explanation has none of the profile's `words`."""
    pattern = context.profile.pattern(words)
    column = False
    rows: list[Row] = []
    for row in context.rows:
        if getattr(row.indicator, field):
            column = True
        elif not (row.indicator.explanation and pattern.search(row.indicator.explanation)):
            rows.append(row)
    return Without(column, tuple(rows))
