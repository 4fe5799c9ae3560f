"""How well texts suit the columns of a table that blanks hold together, and which of them make a row."""

import re
from collections.abc import Sequence

from hengliang.form.understand.align import suits
from hengliang.form.understand.aligned_cuts import Shape
from hengliang.form.understand.levels import is_level1_word, is_level2_word
from hengliang.form.understand.words import Head

_PROSE = frozenset({Head.REASON, Head.EXPLANATION, Head.CRITERION, Head.BASIS})
_FIGURE = re.compile(r"[\d.]+%?")
NAME_AND_FIGURE = re.compile(r"[\u4e00-\u9fff]{2} [≥≤<>=＝]*\d[\d.]*[%％‰]?(?: ?\S{1,4})?$")
"""A name and a figure with one blank between them: two columns as one text."""
_LEVELS = (Head.LEVEL1, Head.LEVEL2)
_ONCE = frozenset({Head.POINTS, Head.SCORE, Head.OPERATOR, Head.NUMBER})
_SIGNS = frozenset({Head.OPERATOR, Head.POINTS})
_TYPED = frozenset({Head.OPERATOR, Head.POINTS, Head.SCORE, Head.UNIT, Head.TARGET, Head.ACTUAL, Head.NUMBER})
_EMPTY = {
    Head.TARGET: -4.0,
    Head.OPERATOR: -4.0,
    Head.POINTS: -4.0,
    Head.SCORE: -3.0,
    Head.ACTUAL: -2.0,
    Head.UNIT: -1.0,
}
_NO_TEXT = {
    Head.LEVEL1: -1.0,
    Head.LEVEL2: -1.0,
    Head.NAME: -6.0,
    Head.TARGET: -6.0,
    Head.POINTS: -6.0,
    Head.OPERATOR: -6.0,
    Head.SCORE: -3.0,
    Head.ACTUAL: -3.0,
    Head.UNIT: -2.0,
    Head.EXPLANATION: -2.0,
    Head.CRITERION: -2.0,
}
_NO_TEXT_ELSE = -0.3
"""What speaks against a column in which nothing stands on a whole page."""
_NEVER = -500.0


class Suiting:
    """The columns of a table, by what their heads say they hold."""

    def __init__(self, kinds: Sequence[Head]) -> None:
        self.kinds = tuple(kinds)
        self.levels = [index for index, kind in enumerate(kinds) if kind in _LEVELS]
        self.values = [index for index, kind in enumerate(kinds) if kind not in (*_LEVELS, Head.SIDE)]
        self.once = frozenset(index for index in self.values if kinds[index] in _ONCE)
        """The columns in which a row has one text, on one line."""
        self.name = self.kinds.index(Head.NAME)
        self.shape = Shape(
            tuple(-1 if kind is Head.OTHER else column for column, kind in enumerate(kinds)),
            tuple(_NO_TEXT.get(kind, _NO_TEXT_ELSE) for kind in kinds),
        )
        self._signs = bool(_SIGNS & set(kinds))
        self._fits: dict[tuple[int, str], float] = {}

    def fit(self, column: int, text: str) -> float:
        """How well a text suits a column, or a piece of one."""
        found = self._fits.get((column, text))
        if found is None:
            found = self._fits[column, text] = self._suits(column, text)
        return found

    def _suits(self, column: int, text: str) -> float:
        kind = self.kinds[column]
        if kind is Head.SIDE:
            return -6.0
        if kind in _LEVELS:
            known = is_level1_word(text) if kind is Head.LEVEL1 else is_level2_word(text)
            return 4.0 if known else 0.5
        if kind is Head.OTHER:
            return 0.0
        if kind is Head.NAME:
            if NAME_AND_FIGURE.search(text) and "：" not in text:
                return -6.0
            if is_level2_word(text) and Head.LEVEL2 in self.kinds:
                return -2.0
            return min(1.0, suits(kind, text))
        return max(-6.0, suits(kind, text))

    def weigh(self, texts: dict[int, str]) -> float | None:
        """How well the texts of a row suit their columns; None when they are no row: without a name, or
        without a figure or sign."""
        if self.name not in texts:
            return None
        total = 0.0
        anchored = False
        for column in self.values:
            kind = self.kinds[column]
            text = texts.get(column)
            if text is None:
                total += _EMPTY.get(kind, 0.0)
                continue
            if kind is Head.OTHER:
                continue
            weight = suits(kind, text)
            if weight < _NEVER or (kind in _PROSE and _FIGURE.fullmatch(text)):
                return None
            anchored = anchored or kind in _SIGNS or (kind is Head.TARGET and (weight > 3 or not self._signs))
            total += max(weight, -4.0) if kind in _TYPED else min(weight, 0.0)
        return total if anchored else None
