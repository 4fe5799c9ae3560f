"""An indicator as rules look at it: the same facts asked by many rules, worked out once."""

from decimal import Decimal
from functools import cached_property

from hengliang.base.unit import Unit, unit_of
from hengliang.form.levels import Level1, Level2, level1_of, level2_of
from hengliang.form.model import Indicator
from hengliang.form.value import NumberValue, TargetValue, value_of
from hengliang.review.sentence import Sentence, read_sentence


class Row:
    """The indicator at `index` (from 0) of a form.

    `level1` and `level2` are what the level words mean, None when nothing known. `value` is the typed target,
    None when there is none; `number` the target where it is one number, also when the form calls it 定性.
    `unit` is None when there is none, or none known.
    """

    # Worked out at once: a hundred rules ask, and a cached property costs more than each of these.
    def __init__(self, index: int, indicator: Indicator) -> None:
        self.index = index
        self.indicator = indicator
        self.level1: Level1 | None = level1_of(indicator.level1)
        self.level2: Level2 | None = level2_of(indicator.level2)
        self.unit: Unit | None = unit_of(indicator.unit)
        value = value_of(indicator.operator, indicator.target, indicator.unit)
        self.value: TargetValue | None = value
        self.number: Decimal | None = value.number if isinstance(value, NumberValue) else None

    def path(self, field: str) -> str:
        """The path of one of its fields: `indicators/3/target`."""
        return f"indicators/{self.index}/{field}"

    def is_cut(self, field: str) -> bool:
        """Whether the source cut this field off, so that only its beginning is known."""
        return field in self.indicator.truncated

    @cached_property
    def sentence(self) -> Sentence | None:
        """The scoring standard, taken apart; None when there is none."""
        criterion = self.indicator.criterion
        return None if criterion is None else read_sentence(criterion, self.is_cut("criterion"))

    @property
    def is_qualitative(self) -> bool:
        """Whether the form calls the target 定性."""
        return self.indicator.operator == "定性"
