"""The rows of a form that stand under 效益."""

from hengliang.base.message import message
from hengliang.form.levels import Level1, Level2
from hengliang.review.row import Row
from hengliang.review.rule import Context

NO_EFFECTS = message("the form has no indicators of effect")

_EFFECTS = frozenset((Level2.ECONOMIC, Level2.SOCIAL, Level2.ECOLOGICAL, Level2.LASTING))


def is_effect(row: Row) -> bool:
    """Whether the row stands under 效益. Satisfaction, which some forms put there, is none."""
    return row.level2 in _EFFECTS or (row.level1 is Level1.BENEFIT and row.level2 is None)


def effects_of(context: Context) -> list[Row]:
    """The rows under 效益."""
    return [row for row in context.rows if is_effect(row)]
