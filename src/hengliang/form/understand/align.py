"""Laying the words of a flattened row out under its columns.

Every word goes to one column, in order. Weights say how well a word suits a column, what it costs to leave
a column empty and to put a second word into one. The best layout counts only when no other comes near it.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from hengliang.base.unit import unit_of
from hengliang.form.document import Cell
from hengliang.form.sign import read_sign
from hengliang.form.target import read_points
from hengliang.form.understand.words import Head

_NEVER = -1000.0
_MARGIN = 1.0
"""How much better than the next layout the best must be."""

_NUMBER = re.compile(r"[≥≤＞<>=＝<≦≧]*[\d０-９][\d０-９,，.．]*\s*[%％‰]?[一-龥/㎡]{0,8}")
_FIGURE = re.compile(r"[\d０-９][\d０-９,，.．]*[%％‰]?")
_POINTS = re.compile(r"[\d０-９.．]+分")
_SCORING = re.compile(r"[扣得计]|分|按比例|完成比例")
_LETTER = re.compile(r"[一-龥A-Za-z]")

_TEXTS = frozenset(
    {Head.EXPLANATION, Head.CRITERION, Head.REASON, Head.BASIS, Head.EVIDENCE, Head.FORECAST, Head.OTHER}
)
_EMPTY = {
    Head.NAME: -12.0,
    Head.TARGET: -4.0,
    Head.OPERATOR: -2.0,
    Head.ACTUAL: -2.5,
    Head.UNIT: -1.0,
    Head.REMARK: -0.5,
    Head.REASON: -0.5,
    Head.NUMBER: -1.0,
    Head.OTHER: -0.5,
}
_EMPTY_ELSE = -1.5
_MORE = {Head.NAME: -1.5, Head.TARGET: -3.0, Head.ACTUAL: -2.0}
_MORE_TEXT = -1.25


class Alignment(NamedTuple):
    """A layout. `clear`: no other layout comes near it."""

    columns: dict[Head, tuple[Cell, ...]]
    clear: bool


def fits(column: Head, text: str) -> bool:
    """Whether `text` can stand in `column` without any doubt about its kind."""
    return suits(column, text) > 0


def align(words: Sequence[Cell], columns: Sequence[Head]) -> Alignment | None:
    """The best layout of `words` under `columns`; None when there is none at all."""
    # best[c]: the two best layouts (weight, columns of the words so far) whose last word stands in column c.
    best: dict[int, list[tuple[float, tuple[int, ...]]]] = {-1: [(0.0, ())]}
    for word in words:
        weights = [suits(column, word.text) for column in columns]
        grown: dict[int, list[tuple[float, tuple[int, ...]]]] = {}
        for last, layouts in best.items():
            skipped = 0.0
            for column in range(max(last, 0), len(columns)):
                if column == last:
                    step = weights[column] + _more(columns[column])
                else:
                    step = weights[column] + skipped
                    skipped += _EMPTY.get(columns[column], _EMPTY_ELSE)
                if step > _NEVER / 2:
                    grown.setdefault(column, []).extend(
                        (weight + step, (*layout, column)) for weight, layout in layouts
                    )
        best = {column: sorted(layouts, reverse=True)[:2] for column, layouts in grown.items()}
    ends = sorted(
        (
            (weight + sum(_EMPTY.get(column, _EMPTY_ELSE) for column in columns[last + 1 :]), layout)
            for last, layouts in best.items()
            for weight, layout in layouts
        ),
        reverse=True,
    )
    if not ends or Head.NAME not in {columns[column] for column in ends[0][1]}:
        return None
    laid: dict[Head, tuple[Cell, ...]] = {}
    for word, column in zip(words, ends[0][1], strict=True):
        laid[columns[column]] = (*laid.get(columns[column], ()), word)
    clear = len(ends) == 1 or ends[0][0] - ends[1][0] >= _MARGIN
    return Alignment(laid, clear and ends[0][0] > 0)


def _more(column: Head) -> float:
    if column in _TEXTS or column is Head.REMARK:
        return _MORE_TEXT
    return _MORE.get(column, _NEVER)


@lru_cache(maxsize=65536)
def suits(column: Head, text: str) -> float:
    """How well `text` suits `column`; below zero is badly, `_NEVER` not at all."""
    if column is Head.OPERATOR:
        return 6.0 if read_sign(text) is not None or text in ("定量", "定性") else _NEVER
    if column in (Head.POINTS, Head.SCORE):
        return 4.0 if read_points(text) is not None else _NEVER
    if column is Head.NUMBER:
        return 4.0 if text.isdigit() else _NEVER
    is_sign = not _FIGURE.search(text) and not _LETTER.search(text) and read_sign(text) is not None
    if is_sign:
        return 0.5 if text in ("/", "／", "—", "-") else _NEVER
    if column is Head.UNIT:
        if unit_of(text) is not None:
            return 4.0
        return 1.0 if len(text) <= 4 and not _FIGURE.search(text) else -6.0
    if column in (Head.TARGET, Head.ACTUAL):
        if _NUMBER.fullmatch(text):
            return 4.0
        if unit_of(text) is not None:
            return -2.0
        return 0.5 if len(text) <= 12 else -1.0
    if column is Head.REMARK:
        return 4.0 if _POINTS.fullmatch(text) else 0.5
    if column is Head.NAME:
        return 2.0 if len(_LETTER.findall(text)) >= 2 and not _FIGURE.fullmatch(text) else -4.0
    if _FIGURE.fullmatch(text) or _POINTS.fullmatch(text) or unit_of(text) is not None:
        return -3.0
    if column is Head.CRITERION:
        return 2.0 if _SCORING.search(text) else 1.0
    if column is Head.EXPLANATION:
        return 1.0 if _SCORING.search(text) else 1.5
    return 1.0
