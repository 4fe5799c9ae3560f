"""What a target can mean: which sign its kind asks for, and whether its percentage can pass 100."""

import re
from decimal import Decimal
from functools import lru_cache

from hengliang.base.number import read_quantity
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension
from hengliang.form.levels import Level1, Level2
from hengliang.form.model import Operator
from hengliang.form.value import DateValue
from hengliang.review.row import Row

HUNDRED = Decimal(100)
_LONGEST_SCALE = 10
_COSTS = (Level2.COST, Level2.ECONOMIC_COST, Level2.SOCIAL_COST, Level2.ECOLOGICAL_COST)


def is_percent(row: Row) -> bool:
    """Whether the unit is %."""
    unit = row.unit
    return unit is not None and unit.canonical == "%"


def is_cost(row: Row) -> bool:
    """Whether the row stands under 成本, on level 1 or 2."""
    level2 = row.level2
    return level2 in _COSTS or (level2 is None and row.level1 is Level1.COST)


def is_satisfaction(row: Row) -> bool:
    """Whether the row stands under 满意度, on level 1 or 2."""
    return row.level2 is Level2.SATISFACTION or row.level1 is Level1.SATISFACTION


def satisfaction(row: Row, profile: Profile) -> Decimal | None:
    """The percentage that a row of satisfaction is to reach; None of a mark on a scale, and of complaints."""
    number = row.number
    if number is None or row.operator in ("<", "≤"):
        return None
    # Without a unit a small number is a mark of a scale: 4.5 of 5.
    if not is_percent(row) and (row.unit_text is not None or number <= _LONGEST_SCALE):
        return None
    return None if profile.pattern("values.dissatisfaction_words").search(row.name) else number


def is_bounded(row: Row, profile: Profile) -> bool:
    """Whether the target is a share of a whole (合格率, 覆盖率), so that 100 % is the most there is.

    Growth, plan completion and ratios of two amounts are none (words of `values.unbounded_words`).
    """
    return is_percent(row) and profile.pattern("values.unbounded_words").search(row.name) is None


def is_numeric(row: Row) -> bool:
    """Whether the target is a number, a date, or a number in other dress (80%以上, 50-60)."""
    if row.number is not None:
        return True
    target = row.target
    return target is not None and (isinstance(row.value, DateValue) or _is_figure(target))


@lru_cache(maxsize=65536)
def _is_figure(text: str) -> bool:
    core = _DRESS.sub("", text)
    return _FIGURES.fullmatch(core) is not None or read_quantity(core) is not None


_DRESS = re.compile(r"^[≥≧>≤≦<=＝]=?|(?:及|或)?以[上下内]$|左右$")
_FIGURES = re.compile(r"(?=.*\d)[\d.,，*_%％~～—–-]+")


def is_yes_no(row: Row, profile: Profile) -> bool:
    """Whether the target is met or not met, with nothing between: 是, 1 份, 0 起."""
    number = row.number
    if number is not None:
        counted = row.unit is None or row.unit.dimension is Dimension.COUNT
        return counted and (number == 0 or number == 1)
    return row.target in profile.words("values.yes_no")


def less_is_better(row: Row, profile: Profile) -> bool:
    """Whether the row's kind asks for ≤: costs, lengths of time and dates under 时效, but for the words of
    the profile (节约率, 开放时间)."""
    if is_cost(row):
        return profile.pattern("values.more_is_better_costs").search(row.name) is None
    if row.level2 is not Level2.TIME:
        return False
    unit = row.unit
    is_time = unit is not None and unit.dimension is Dimension.DURATION
    if not is_time and not isinstance(row.value, DateValue):
        return False
    return profile.pattern("values.longer_is_better").search(row.name) is None


def full_line_percent(row: Row) -> Decimal | None:
    """The percentage at which the scoring standard gives full marks; None when it names none."""
    line = row.sentence.full_line
    return line.number if line is not None and line.unit == "%" else None


def fitting_sign(row: Row, profile: Profile) -> Operator:
    """The sign that the kind of the row asks for: ≤ for costs and times, = for all of a whole, else ≥."""
    if less_is_better(row, profile):
        return "≤"
    line = full_line_percent(row)
    if row.number == HUNDRED and is_bounded(row, profile) and (line is None or line == HUNDRED):
        return "="
    return "≥"
