"""Steps of a scoring standard beside the target of their row."""

from decimal import Decimal

from hengliang.base.number import round_half_up
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension, convertible, unit_of
from hengliang.review.bounds import is_yes_no
from hengliang.review.row import Row
from hengliang.review.sentence import Sentence
from hengliang.review.surface import Step

_PERCENT = (Dimension.RATIO, Dimension.POINTS)


def in_unit_of(row: Row, step: Step) -> Decimal | None:
    """The size of one step in the unit of the row's target; None when they do not measure the same.

    A step without a unit is one of the target's own; 个 stands for any counting word, 个百分点 for %.
    """
    unit = row.unit
    if unit is None or not step.size:
        return None
    if not step.unit or step.unit == unit.symbol:
        return step.size
    own = unit_of(step.unit)
    if own is None:
        return None
    if own.dimension in _PERCENT and unit.dimension in _PERCENT:
        return step.size
    if step.unit == "个" and unit.dimension is Dimension.COUNT:
        return step.size / unit.factor
    if not convertible(own, unit):
        return None
    return step.size * own.factor * unit.divisor / (own.divisor * unit.factor)


def is_single_case(row: Row, sentence: Sentence, profile: Profile) -> bool:
    """Whether there is nothing between met and not met by nature: 是/否, one piece, an accident or none."""
    return (
        is_yes_no(row, profile) or profile.pattern("scoring.single_cases").search(sentence.text) is not None
    )


def figure(number: Decimal) -> str:
    """A number as people write it in a sentence: at most two decimals, none that say nothing."""
    return f"{round_half_up(number).normalize():f}"
