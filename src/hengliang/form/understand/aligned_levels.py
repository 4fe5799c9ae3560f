"""Level words beside the rows of a table whose columns are held together by blanks: which rows each covers.

A merged cell is printed at the top of its rows or in the middle of them, a cell that is not merged in its row
alone; its text may be broken into lines. The words of the usual trees are known, by which broken ones are
put together.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from hengliang.form.understand.levels import is_level1_word, is_level2_word, level_word

_UNKNOWN = 1.5
_BROKEN = 0.3
_NO_ROW = 2.0
_DEEPEST = 8
_MOST_WAYS = 300_000


class Group(NamedTuple):
    """A level word with the lines it is printed in and, once known, the rows it covers (`last` included)."""

    text: str
    top: int
    bottom: int
    first: int = 0
    last: int = 0


def is_level_word(text: str) -> bool:
    """Whether `text` is a word of the usual trees."""
    return is_level1_word(text) or is_level2_word(text)


def put_together(
    pieces: Sequence[tuple[int, str]], known: Callable[[str], bool], join: float = -0.1
) -> list[Group]:
    """The cells of a column put together from `pieces` (line and text): as many of them `known` as can be.

    Of equal ways the one with the fewest cells, or with the most where a `join` costs something.
    """
    count = len(pieces)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(1e9, 0)] * count
    for start in range(count):
        text = ""
        for end in range(start, min(count, start + _DEEPEST)):
            if end > start and pieces[end][0] - pieces[end - 1][0] > 3:
                break
            text += "".join(pieces[end][1].split())
            cost = (
                best[start][0]
                + (0.0 if known(text) else _UNKNOWN + _BROKEN * (end - start))
                + join * (end - start)
            )
            if cost < best[end + 1][0]:
                best[end + 1] = (cost, start)
    groups: list[Group] = []
    end = count
    while end:
        start = best[end][1]
        part = pieces[start:end]
        groups.append(Group("\n".join(text for _, text in part), part[0][0], part[-1][0]))
        end = start
    return groups[::-1]


Rows = Sequence[tuple[int, int]]
"""First and last line of each row."""

Odd = Callable[[Group, int, int], float]
"""What speaks against giving a group the rows from one to another."""

Way = Callable[[Group, Rows], float]
"""How far a word stands from where it is set when it covers these rows."""


def spread(
    groups: Sequence[Group], rows: Rows, inner: Sequence[Group] = (), odd: Odd | None = None
) -> list[Group] | None:
    """The rows that each group covers: to the last row from the first one that has a group.

    `inner` are the groups of the next level: none of them is parted, and a word that belongs to another
    branch of the tree weighs against it. `odd` says what speaks against giving a group certain rows.
    None when there is no way.
    """
    if not groups or len(groups) * len(rows) ** 2 > _MOST_WAYS:
        return None
    ways = [_spread(groups, rows, inner, way, odd) for way in (_at_top, _in_middle, _in_first, _at_bottom)]
    cost, first = min(ways, key=lambda way: way[0])
    if cost >= 1e8:
        return None
    ends = [*(start - 1 for start in first[1:]), len(rows) - 1]
    spread = [g._replace(first=a, last=b) for g, a, b in zip(groups, first, ends, strict=True)]
    return [group for group in spread if group.last >= group.first]


def _at_top(group: Group, rows: Rows) -> float:
    return abs(group.top - rows[0][0])


def _in_middle(group: Group, rows: Rows) -> float:
    return max(0.0, abs(group.top + group.bottom - rows[0][0] - rows[-1][1]) / 2 - 0.5)


def _in_first(group: Group, rows: Rows) -> float:
    return max(0.0, abs(group.top + group.bottom - rows[0][0] - rows[0][1]) / 2 - 0.5)


def _at_bottom(group: Group, rows: Rows) -> float:
    return abs(group.bottom - rows[-1][1])


def _spread(
    groups: Sequence[Group], rows: Rows, inner: Sequence[Group], way: Way, odd: Odd | None
) -> tuple[float, list[int]]:
    """The least cost of a division of the rows among the groups, and the first row of each."""
    count = len(rows)
    starts = {group.first for group in inner} if inner else set(range(count))
    before: list[tuple[float, list[int]]] = [(1e9 if row else 0.0, []) for row in range(count + 1)]
    for group in groups:
        here: list[tuple[float, list[int]]] = [(1e9, [])] * (count + 1)
        for first in range(count + 1):
            if before[first][0] >= 1e8 or (first not in starts and 0 < first < count):
                continue
            # The row of a group may be none of an indicator: only `/` stands in it.
            if before[first][0] + _NO_ROW < here[first][0]:
                here[first] = (before[first][0] + _NO_ROW, [*before[first][1], first])
            for last in range(first, count):
                cost = before[first][0] + way(group, rows[first : last + 1])
                cost += sum(
                    3.0
                    for other in inner
                    if first <= other.first <= last and not _may_hold(group.text, other.text)
                )
                cost += odd(group, first, last) if odd else 0.0
                if cost < here[last + 1][0]:
                    here[last + 1] = (cost, [*before[first][1], first])
        before = here
    return before[count]


_BRANCHES = (
    (re.compile("数量|质量|时效|进度"), re.compile("产出")),
    (re.compile("成本"), re.compile("成本|产出")),
    (re.compile("经济效益|社会效益|生态|可持续"), re.compile("效")),
    (re.compile("满意"), re.compile("满意|效")),
)


def _may_hold(level1: str, level2: str) -> bool:
    """Whether a level-2 word may stand in the branch of a level-1 word; unknown words may."""
    outer, inner = level_word(level1), level_word(level2)
    if not is_level1_word(outer) or not is_level2_word(inner):
        return True
    return next((bool(branch.search(outer)) for sign, branch in _BRANCHES if sign.search(inner)), True)
