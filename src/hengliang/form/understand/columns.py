"""The head of an indicator table: which column holds what."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from hengliang.form.document import Cell
from hengliang.form.understand.rows import Row
from hengliang.form.understand.words import Head, head_of, key

_DEEPEST = 3
"""Heads have one or two rows; three have been seen."""
_MIDTERM = re.compile(r"中期|实施期|长期|全周期|规划期")
_VALUES = {Head.TARGET, Head.POINTS, Head.ACTUAL, Head.CRITERION, Head.EXPLANATION, Head.SCORE, Head.OPERATOR}
_IGNORED = {Head.SIDE, Head.OTHER, Head.NUMBER}


_NO_ENDS: Mapping[int, int] = MappingProxyType({})


class Columns(NamedTuple):
    """What the columns of an indicator table hold.

    `annual` and `midterm` give the column of each head; `side` are columns beside the table (绩效指标 printed
    upright); `other` are those of no field, with their head.
    """

    rows: int
    """How many printed rows the head has."""
    annual: dict[Head, int]
    midterm: dict[Head, int]
    side: frozenset[int]
    other: dict[int, str]
    cells: tuple[Cell, ...]
    """The head's own cells."""
    ends: Mapping[int, int] = _NO_ENDS
    """For the columns whose head is merged over further ones, where that ends (not included)."""

    @property
    def width(self) -> int:
        """One more than the last column that is known."""
        return max([*self.annual.values(), *self.midterm.values(), *self.other, -1]) + 1

    @property
    def has_levels(self) -> bool:
        """Whether there is a column of level-1 words."""
        return Head.LEVEL1 in self.annual


def match_columns(rows: Sequence[Row], start: int) -> Columns | None:
    """The columns of the indicator table whose head begins at `rows[start]`, None when none begins there."""
    row = rows[start]
    if row.table is None or len(row.cells) < 3 or not _hopeful(row):
        return None
    best = _columns([row])
    head = [row]
    for following in rows[start + 1 : start + _DEEPEST]:
        if following.table is not row.table or not _continues(head[-1], following):
            break
        head.append(following)
        deeper = _columns(head)
        if deeper is not None and (best is None or _known(deeper) >= _known(best)):
            best = deeper
    return best


def _hopeful(row: Row) -> bool:
    return sum(1 for cell in row.cells if head_of(cell.text)) >= 2


def _continues(above: Row, below: Row) -> bool:
    """Whether `below` is the head's next row: its cells are heads too, or at least half of them are and all
    stand below heads that span several columns."""
    own = below.cells
    known = sum(1 for cell in own if head_of(cell.text) is not None)
    if not own or known == len(own):
        return bool(own)
    return 2 * known >= len(own) and all(_is_split(above.grid, cell.column) for cell in own)


def _is_split(grid: Sequence[Cell | None], column: int) -> bool:
    """Whether the head above a column covers more than one, merged or with empty cells behind it."""
    cell = grid[column]
    if cell is None or not cell.text:
        return True
    following = grid[column + 1] if column + 1 < len(grid) else cell
    return cell.column_span > 1 or following is None or not following.text


def _known(columns: Columns) -> int:
    return len(columns.annual) + len(columns.midterm) + len(columns.other)


def _columns(head: Sequence[Row]) -> Columns | None:
    width = len(head[0].grid)
    annual: dict[Head, int] = {}
    midterm: dict[Head, int] = {}
    side: set[int] = set()
    other: dict[int, str] = {}
    unknown = 0
    parent_text = ""
    parent_cell: Cell | None = None
    first_half: dict[Head, int] = {}
    unnamed: dict[Head, list[int]] = {}
    leaves: list[tuple[Head, int]] = []  # the heads below others, with their columns
    terms: set[bool] = set()
    ends: dict[int, int] = {}
    for column in range(width):
        top = head[0].grid[column]
        if top is not None and top.text:
            parent_text, parent_cell = top.text, top
        leaf: Cell | None = None
        for row in head:
            cell = row.grid[column]
            if cell is not None and cell.text:
                leaf = cell
        if leaf is None:
            continue
        if leaf.column != column:
            # The further columns of a merged head cell hold the same thing; the first one counts.
            continue
        if leaf.column_span > 1:
            ends[column] = column + leaf.column_span
        meaning = head_of(leaf.text)
        if meaning is None:
            unknown += 1
            other[column] = leaf.text
            if (
                leaf is not parent_cell
                and (parent := head_of(parent_text)) is not None
                and not parent.midterm
            ):
                unnamed.setdefault(parent.head, []).append(column)
            continue
        kind, is_midterm = meaning
        if leaf.row > head[0].number:
            leaves.append((kind, column))
        is_midterm = is_midterm or bool(leaf is not parent_cell and _MIDTERM.search(key(parent_text)))
        if kind is Head.SIDE:
            if leaf.column_span == 3 and len(head) == 1:
                for offset, level in enumerate((Head.LEVEL1, Head.LEVEL2, Head.NAME)):
                    annual.setdefault(level, column + offset)
            else:
                side.add(column)
                terms.add(meaning.midterm)
        elif kind in (Head.OTHER, Head.NUMBER):
            other[column] = leaf.text
        elif is_midterm:
            midterm.setdefault(kind, column)
        elif kind in annual:
            first_half.setdefault(kind, column)
        else:
            annual[kind] = column
    for kind, columns in unnamed.items():
        # Below 指标值 the sign and the unit are named; the one column that is left holds the value.
        if kind not in annual and kind not in _IGNORED and len(columns) == 1:
            annual[kind] = columns[0]
            other.pop(columns[0])
            unknown -= 1
    if (halves := _two_terms(leaves, head)) is not None:
        # The parents may stand over the middle of their halves only.
        for half, columns_of_half in zip((midterm, annual), halves, strict=True):
            half.update(columns_of_half)
        first_half = {kind: column for kind, column in first_half.items() if kind not in halves[0]}
    if first_half:
        annual, midterm, other = _settle_doubles(annual, midterm, first_half, other, head)
    if Head.NAME not in annual:
        _name_from_others(annual, side)
    cells = tuple(cell for row in head for cell in row.cells)
    result = Columns(len(head), annual, midterm, frozenset(side), other, cells, ends)
    if not _is_head(result, unknown):
        return None
    return of_whole_term(result) if terms == {True} and not midterm else result


def _two_terms(
    leaves: Sequence[tuple[Head, int]], head: Sequence[Row]
) -> tuple[dict[Head, int], dict[Head, int]] | None:
    """The columns of the whole term and of the year below two parents with the same heads; None otherwise."""
    middle = len(leaves) // 2
    kinds = [kind for kind, _ in leaves]
    if middle < 2 or kinds[:middle] != kinds[middle:] or Head.TARGET not in kinds:
        return None
    meanings = [meaning for cell in head[0].cells if (meaning := head_of(cell.text)) is not None]
    parents = [meaning.midterm for meaning in meanings if meaning.head is Head.TARGET]
    if sorted(parents) != [False, True]:
        return None
    first, second = dict(leaves[:middle]), dict(leaves[middle:])
    return (first, second) if parents[0] else (second, first)


def of_whole_term(columns: Columns) -> Columns:
    """The columns of a table that is one of the whole term (中期绩效指标) from its label on."""
    levels = {head: column for head, column in columns.annual.items() if head in (Head.LEVEL1, Head.LEVEL2)}
    rest = {head: column for head, column in columns.annual.items() if head not in levels}
    return columns._replace(annual=levels, midterm={**rest, **columns.midterm})


def _settle_doubles(
    annual: dict[Head, int],
    midterm: dict[Head, int],
    doubles: dict[Head, int],
    other: dict[int, str],
    head: Sequence[Row],
) -> tuple[dict[Head, int], dict[Head, int], dict[int, str]]:
    """Heads that stand twice: two halves (中期 left, 年度 right), or a second column of the same kind."""

    def text(column: int) -> str:
        return next(
            (cell.text for row in reversed(head) if (cell := row.grid[column]) is not None and cell.text), ""
        )

    if Head.NAME in doubles and Head.TARGET in doubles:
        left = {kind: annual[kind] for kind in doubles}
        right = {**annual, **doubles}
        return right, {**left, **midterm}, other
    for kind, column in doubles.items():
        # The more telling of two names for the same thing is kept: 三级指标 before 指标, 分值 before 权重.
        kept, dropped = annual[kind], column
        if _telling(kind, text(column)) > _telling(kind, text(kept)):
            kept, dropped = column, kept
        annual = {**annual, kind: kept}
        other = {**other, dropped: text(dropped)}
    return annual, midterm, other


def _telling(kind: Head, text: str) -> int:
    word = key(text)
    telling = {
        Head.NAME: ("三级", "名称"),
        Head.POINTS: ("分值",),
        Head.TARGET: ("年度指标值", "指标值"),
        Head.ACTUAL: ("完成值", "实际"),
        Head.SCORE: ("自评",),
        Head.CRITERION: ("标准",),
        Head.EXPLANATION: ("解释", "说明"),
        Head.REASON: ("原因",),
    }.get(kind, ())
    return sum(len(telling) - rank for rank, sign in enumerate(telling) if sign in word)


def _name_from_others(annual: dict[Head, int], side: set[int]) -> None:
    """Without a column of names, 绩效指标 or 指标内容 is the column that holds them."""
    levels = [annual[level] for level in (Head.LEVEL1, Head.LEVEL2) if level in annual]
    last_level = max(levels, default=-1)
    for column in sorted(side):
        if column > last_level:
            annual[Head.NAME] = column
            side.discard(column)
            return
    if Head.EXPLANATION in annual and (levels or Head.TARGET in annual):
        annual[Head.NAME] = annual.pop(Head.EXPLANATION)


def _is_head(columns: Columns, unknown: int) -> bool:
    known = set(columns.annual) | set(columns.midterm)
    if Head.NAME not in known:
        return False
    values = known & _VALUES
    if Head.LEVEL1 not in known and Head.LEVEL2 not in known and len(values) < 2:
        return False
    return bool(values) and len(known) >= 3 and unknown <= len(known)
