"""An indicator as rules look at it: the same facts asked by many rules, worked out once."""

from decimal import Decimal
from functools import cached_property

from hengliang.base.unit import Unit, unit_of
from hengliang.form.levels import Level1, Level2, level1_of, level2_of
from hengliang.form.model import Indicator
from hengliang.form.value import NumberValue, TargetValue, value_of
from hengliang.review.sentence import Sentence, read_sentence


class Row:
    """The indicator at `index` (from 0) of a form."""

    def __init__(self, index: int, indicator: Indicator) -> None:
        self.index = index
        self.indicator = indicator

    def path(self, field: str) -> str:
        """The path of one of its fields: `indicators/3/target`."""
        return f"indicators/{self.index}/{field}"

    def is_cut(self, field: str) -> bool:
        """Whether the source cut this field off, so that only its beginning is known."""
        return field in self.indicator.truncated

    @cached_property
    def level1(self) -> Level1 | None:
        """What the level-1 word means; None when it means nothing known."""
        return level1_of(self.indicator.level1)

    @cached_property
    def level2(self) -> Level2 | None:
        """What the level-2 word means; None when it means nothing known."""
        return level2_of(self.indicator.level2)

    @cached_property
    def value(self) -> TargetValue | None:
        """The target as a typed value; None when there is none."""
        indicator = self.indicator
        return value_of(indicator.operator, indicator.target, indicator.unit)

    @cached_property
    def number(self) -> Decimal | None:
        """The target where it is one number, also when the form calls it 定性."""
        value = self.value
        return value.number if isinstance(value, NumberValue) else None

    @cached_property
    def unit(self) -> Unit | None:
        """The unit of measure; None when there is none, or none known."""
        return unit_of(self.indicator.unit)

    @cached_property
    def sentence(self) -> Sentence | None:
        """The scoring standard, taken apart; None when there is none."""
        criterion = self.indicator.criterion
        return None if criterion is None else read_sentence(criterion, self.is_cut("criterion"))

    @property
    def is_qualitative(self) -> bool:
        """Whether the form calls the target 定性."""
        return self.indicator.operator == "定性"
