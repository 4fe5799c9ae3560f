"""What an indicator may name in a column of its own or in its explanation: its evidence, the basis of its
value.
"""

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
    filled = {row.index for row in context.rows if getattr(row.indicator, field)}
    told = {
        int(found.path.split("/")[1])
        for found in context.texts.find(context.profile.pattern(words), "explanation")
    }
    rows = tuple(row for row in context.rows if row.index not in filled and row.index not in told)
    return Without(bool(filled), rows)
