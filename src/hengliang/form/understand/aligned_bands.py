"""Printed lines of a table become its rows: each row is a band of lines, and all of its cells lie within.

A cell that was too narrow for its text goes on in the next line, and cells are set at the top, in the middle
or at the bottom of their row. All ways to divide the lines into bands are weighed: what stands in a cell must
suit its column, a text goes on only where its line was full, and all cells of a band are set alike.
"""

import re
from collections.abc import Callable, Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from hengliang.form.understand.aligned_words import width_of

_TALLEST = 24
"""Lines of a row."""
_SKIP = -10.0
_PER_BAND = -1.0
_NOT_FULL = -5.0
_FULL_END = -0.7
_SLACK = 1.2
"""A line is full where the next word would not have fitted; programs differ by a character."""
_TOKEN = re.compile(
    r"[（(《“\[【]*(?:[!-'*-.0-~]+|[^\x00-\x7f](?:/[^\x00-\x7f])*)[）)》”\]】，。；：、！？,.;:!?%％…]*"
)
"""What is never broken: a figure, a unit with a stroke (元/年), a character with the stops behind it."""
_PARTED = -2.0
_OFF = -4.0
_MARGIN = 2.0


class Setting(Enum):
    """Where in its row a cell is set."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


Cells = dict[int, str]
"""The pieces of one printed line by column."""


class Band(NamedTuple):
    """Lines from `first` up to and with `last`. `row` is False for a line that belongs to no row; `sure` is a
    row that no other division comes near, and in which texts go on only where their line was full."""

    first: int
    last: int
    row: bool
    sure: bool


class Bands(NamedTuple):
    """The lines divided into bands, how well that suits, and how the cells are set."""

    bands: tuple[Band, ...]
    weight: float
    setting: Setting


Weigh = Callable[[dict[int, str]], float | None]
"""How well the texts of a row suit their columns; None when they cannot be a row."""


def bands_of(
    lines: Sequence[Cells],
    weigh: Weigh,
    once: frozenset[int],
    mend: Callable[[str], str],
    pages: frozenset[int] = frozenset(),
) -> Bands:
    """The best division of `lines`. In the columns `once` no text takes two lines; `mend` joins the pieces of
    a text; `pages` are the lines with which a new page begins."""
    widths: dict[int, float] = {}
    for cells in lines:
        for column, text in cells.items():
            widths[column] = max(widths.get(column, 0.0), width_of(text))
    plans = [_Plan(lines, weigh, once, mend, widths, setting, pages).best() for setting in Setting]
    return max(plans, key=lambda plan: plan.weight)


class _Plan:
    def __init__(
        self,
        lines: Sequence[Cells],
        weigh: Weigh,
        once: frozenset[int],
        mend: Callable[[str], str],
        widths: dict[int, float],
        setting: Setting,
        pages: frozenset[int],
    ) -> None:
        self.lines = lines
        self.weigh = weigh
        self.once = once
        self.mend = mend
        self.widths = widths
        self.setting = setting
        self.pages = pages
        self.broken: set[tuple[int, int]] = set()

    def best(self) -> Bands:
        count = len(self.lines)
        bands = [self._from(first) for first in range(count)]
        ahead = [0.0] * (count + 1)
        step: list[tuple[int, bool]] = [(0, False)] * count
        for first in range(count - 1, -1, -1):
            ahead[first], step[first] = ahead[first + 1] + _SKIP, (first, False)
            for last, weight in bands[first].items():
                if weight + ahead[last + 1] > ahead[first]:
                    ahead[first], step[first] = weight + ahead[last + 1], (last, True)
        behind = [0.0] + [-1e9] * count
        for first in range(count):
            behind[first + 1] = max(behind[first + 1], behind[first] + _SKIP)
            for last, weight in bands[first].items():
                behind[last + 1] = max(behind[last + 1], behind[first] + weight)
        found: list[Band] = []
        first = 0
        while first < count:
            last, is_row = step[first]
            # Sure is a row where every division without it is clearly worse.
            other = max(
                (
                    behind[a] + weight + ahead[b + 1]
                    for a in range(max(0, first - _TALLEST), first + 1)
                    for b, weight in bands[a].items()
                    if b >= first and (a, b) != (first, last)
                ),
                default=-1e9,
            )
            sure = ahead[0] - other >= _MARGIN and (first, last) not in self.broken
            found.append(Band(first, last, is_row, sure))
            first = last + 1
        return Bands(tuple(found), ahead[0], self.setting)

    def _from(self, first: int) -> dict[int, float]:
        """The rows that may begin at a line, by their last line, and how well each suits."""
        found: dict[int, float] = {}
        pieces: dict[int, list[tuple[int, str]]] = {}
        broken = 0.0
        for last in range(first, min(first + _TALLEST, len(self.lines))):
            for column, text in self.lines[last].items():
                have = pieces.setdefault(column, [])
                if have:
                    if column in self.once:
                        return found
                    before, above = have[-1]
                    if not goes_on(above, text, self.widths[column]):
                        broken += _NOT_FULL
                    if last - before > 2:
                        broken += _NOT_FULL * (last - before - 2)
                have.append((last, text))
            if broken < -25:
                return found
            fit = self.weigh({c: self.mend("\n".join(t for _, t in have)) for c, have in pieces.items()})
            off = self._set(pieces, first, last)
            if broken or off <= _OFF:
                self.broken.add((first, last))
            if fit is not None:
                found[last] = fit + broken + _PER_BAND + off + self._end(last)
        return found

    def _set(self, pieces: dict[int, list[tuple[int, str]]], first: int, last: int) -> float:
        parted = min((page for page in self.pages if first < page <= last), default=0)
        if parted:
            # Where a page ends within a row its parts are set anew, the first one perhaps at the top.
            kept = {c: [piece for piece in have if piece[0] < parted] for c, have in pieces.items()}
            above = [have for have in kept.values() if have]
            return _PARTED + max(_OFF * _off(above, setting, first, parted - 1) for setting in Setting)
        return _OFF * _off(list(pieces.values()), self.setting, first, last)

    def _end(self, last: int) -> float:
        """A text that ends with a full line above another one may as well go on."""
        if last + 1 >= len(self.lines):
            return 0.0
        below = self.lines[last + 1]
        return _FULL_END * sum(
            1
            for column, text in self.lines[last].items()
            if column in below and goes_on(text, below[column], self.widths[column])
        )


def _off(cells: Sequence[Sequence[tuple[int, str]]], setting: Setting, first: int, last: int) -> float:
    """How many lines the cells of a row from line `first` to `last` are off from where they should be set."""
    if setting is Setting.TOP:
        return sum(min(have[0][0] - first, 3) for have in cells)
    if setting is Setting.BOTTOM:
        return sum(min(last - have[-1][0], 3) for have in cells)
    return sum(min(abs((have[0][0] + have[-1][0]) / 2 - (first + last) / 2), 3) for have in cells)


@lru_cache(maxsize=65536)
def goes_on(above: str, below: str, width: float) -> bool:
    """Whether a text may go on in the next line: its own line was full."""
    if _is_figure(below[:1]) and _is_figure(above[-1:]):
        return False  # no program breaks a figure
    token = _TOKEN.match(below)
    return width_of(above) + width_of(token[0] if token else below) > width - _SLACK + 0.5


def _is_figure(char: str) -> bool:
    return char.isascii() and char.isalnum()
