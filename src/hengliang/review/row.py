"""An indicator as rules look at it: the same facts asked by many rules, worked out once."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import Any, NamedTuple

from hengliang.base.finding import Finding, Undecidable
from hengliang.base.profile import Profile
from hengliang.base.unit import Unit, unit_of
from hengliang.form.levels import Level1, Level2, level1_of, level2_of
from hengliang.form.model import Indicator, Operator, Target
from hengliang.form.value import NumberValue, TargetValue, value_of
from hengliang.review.sentence import Sentence, read_sentence


class Said(NamedTuple):
    """What the checks of single rows said of one row: filled in and explained in `review.by_row`."""

    kinds: int
    checks: int
    outcomes: tuple[Finding | Undecidable, ...]


class Row:
    """The indicator at `index` (from 0) of a form, with the indicator's own fields.

    `level1`, `level2` and `unit` are what the printed words mean, None when there are none, or none known;
    the unit as printed is `unit_text`. `value` is the typed target, None when there is none; `number` the
    target where it is one number, also when the form calls it 定性. `sentence` is the scoring standard,
    taken apart, an empty one when there is none.
    """

    name: str
    operator: Operator | None
    target: str | None
    explanation: str | None
    criterion: str | None
    points: Decimal | None
    points_in: str | None
    remark: str | None
    midterm: Target | None
    basis: str | None
    evidence: str | None
    actual: str | None
    score: Decimal | None
    forecast: str | None
    reason: str | None
    truncated: tuple[str, ...]

    # A hundred rules ask: plain attributes are several times as fast as those of a record or cached ones.
    def __init__(self, index: int, indicator: Indicator) -> None:
        vars(self).update(vars(indicator))
        self.index = index
        self.said: dict[Profile, Said] = {}
        self.indicator = indicator
        self.unit_text: str | None = indicator.unit
        self.level1: Level1 | None = level1_of(indicator.level1)
        self.level2: Level2 | None = level2_of(indicator.level2)
        self.unit: Unit | None = unit_of(self.unit_text)
        value = value_of(self.operator, self.target, self.unit_text)
        self.value: TargetValue | None = value
        self.number: Decimal | None = value.number if isinstance(value, NumberValue) else None
        self.sentence: Sentence = read_sentence(
            self.criterion or "", self.criterion is not None and self.is_cut("criterion")
        )

    def path(self, field: str) -> str:
        """The path of one of its fields: `indicators/3/target`."""
        return f"indicators/{self.index}/{field}"

    def is_cut(self, field: str) -> bool:
        """Whether the source cut this field off, so that only its beginning is known."""
        return field in self.truncated

    def says(self, words: re.Pattern[str]) -> bool:
        """Whether its name or its explanation has one of the words."""
        return bool(words.search(self.name) or (self.explanation and words.search(self.explanation)))

    @property
    def is_qualitative(self) -> bool:
        """Whether the form calls the target 定性."""
        return self.operator == "定性"


_kept: dict[tuple[object, ...], Row] = {}
_seen: set[int] = set()
_MOST_KEPT = 4096
_MOST_SEEN = 65536
_LONGEST_KEPT = 1024
"""Rows with longer texts are not kept, so that a hostile form cannot fill the memory."""
_TEXT_TYPES = (str(str), str(str | None))
_TEXTS: Callable[[Mapping[str, Any]], tuple[str | None, ...]] = itemgetter(
    *(name for name, field in Indicator.model_fields.items() if str(field.annotation) in _TEXT_TYPES)
)


def rows_of(indicators: Sequence[Indicator]) -> tuple[Row, ...]:
    """The rows of a form. Rows with the same cells at the same place are the same object, on any form, once
    they were seen twice: most rows of a pile of forms are never seen again and not worth keeping.
    """
    return tuple([_row(index, indicator) for index, indicator in enumerate(indicators)])


def _row(index: int, indicator: Indicator) -> Row:
    # 3 and 3.0 are equal, but not printed alike.
    key = (index, str(indicator.points), str(indicator.score), *vars(indicator).values())
    row = _kept.get(key)
    if row is None:
        row = Row(index, indicator)
        mark = hash(key)
        if mark not in _seen:
            if len(_seen) >= _MOST_SEEN:
                _seen.clear()
            _seen.add(mark)
        elif sum(map(len, filter(None, _TEXTS(vars(indicator))))) <= _LONGEST_KEPT:
            if len(_kept) >= _MOST_KEPT:
                _kept.clear()
            _kept[key] = row
    return row
