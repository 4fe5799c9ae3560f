"""Rows of a table in a PDF that are not certainly whole: left unread rather than read with half a name.

The page or the order of printing may have torn a row in two, or two columns may have run together. A row
that lacks what nearly all others have is nothing strange by itself. It is when the row beside it lacks what
it has, or when it stands first on a page, without level words of its own: then the two are one row.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, takewhile

from hengliang.base.message import Message, message
from hengliang.form.document import Cell
from hengliang.form.understand.columns import Columns
from hengliang.form.understand.labels import begins_label
from hengliang.form.understand.levels import is_level1_word, is_level2_word
from hengliang.form.understand.line_words import is_total
from hengliang.form.understand.rows import Row, clean
from hengliang.form.understand.words import Head, head_of

TORN = message("this row and the one beside it may be one row that was cut in two")
RUN_TOGETHER = message("two columns run together in this row")

_KINDS: Mapping[Head, str] = {
    Head.NAME: "name",
    Head.OPERATOR: "target",
    Head.TARGET: "target",
    Head.UNIT: "target",
    Head.POINTS: "points",
    Head.ACTUAL: "actual",
    Head.SCORE: "score",
}
"""Heads over which no cell is merged that stands under another kind of them as well."""
_NEARLY_ALL = 0.8
_FEWEST = 5
"""What stands in nearly all rows of so many stands in each of them."""
_SAME_HEIGHT = 0.6
"""Two texts of one row overlap, or stand no further apart than this part of a line."""


def doubtful_rows(rows: Sequence[Row], start: int, columns: Columns) -> dict[Row, Message]:
    """The rows below the head at `start` that may not be what they seem, each with the reason."""
    first = rows[start]
    if first.table is None or first.table.origin.page is None:
        return {}
    body = list(
        takewhile(
            lambda row: (
                row.table is not None
                and len(row.grid) == len(first.grid)
                and not begins_label(row, row.cells[0], columns)
            ),
            rows[start + columns.rows :],
        )
    )
    own = _not_printed_again(rows[: start + columns.rows], body, columns)
    body = [row for row in own if not _is_sum(row) and not _is_of_whole_term(row, columns)]
    doubtful = {row: RUN_TOGETHER for row in body if _runs_together(row, columns)}
    places = {
        *(columns.annual[head] for head in (Head.NAME, Head.TARGET, Head.POINTS) if head in columns.annual),
        *(place for place, text in columns.other.items() if _is_number(text)),
    }
    filled = {row: {cell.column for cell in row.cells if cell.column in places} for row in body}
    counts = Counter(place for held in filled.values() for place in held)
    always = {place for place, count in counts.items() if count >= max(_FEWEST, _NEARLY_ALL * len(body))}
    for above, below in pairwise(body):
        if _are_one(above, below, filled, always, columns):
            doubtful.setdefault(above, TORN)
            doubtful.setdefault(below, TORN)
    return doubtful


def _not_printed_again(before: Sequence[Row], body: Sequence[Row], columns: Columns) -> Iterator[Row]:
    """The rows below a head that do not stand further above as well, as heads do that each page prints."""
    seen = {_texts(row, columns) for row in before}
    for row in body:
        texts = _texts(row, columns)
        if texts not in seen:
            yield row
        seen.add(texts)


def _texts(row: Row, columns: Columns) -> tuple[str, ...]:
    return tuple(clean(cell.text) for cell in row.cells if cell.column not in columns.side)


def _is_sum(row: Row) -> bool:
    return any(is_total(cell.text) for cell in row.cells[:2])


def _is_of_whole_term(row: Row, columns: Columns) -> bool:
    """Whether a row holds a target for the whole term and none for the year."""
    annual, midterm = (
        row.grid[heads[Head.TARGET]] if Head.TARGET in heads else None
        for heads in (columns.annual, columns.midterm)
    )
    return (annual is None or not annual.text) and midterm is not None and bool(midterm.text)


def _is_number(head: str) -> bool:
    known = head_of(head)
    return known is not None and known.head is Head.NUMBER


def _runs_together(row: Row, columns: Columns) -> bool:
    """Whether the name covers the column of another kind as well."""
    name = row.grid[columns.annual[Head.NAME]] if Head.NAME in columns.annual else None
    return name is not None and name.column_span > 1 and len(_kinds_of(name, columns)) > 1


def _kinds_of(cell: Cell, columns: Columns) -> set[str]:
    """The kinds of heads under which a cell stands."""
    return {
        kind
        for head, kind in _KINDS.items()
        if cell.column <= columns.annual.get(head, -1) < cell.column + cell.column_span
    }


def _are_one(
    above: Row, below: Row, filled: Mapping[Row, set[int]], always: set[int], columns: Columns
) -> bool:
    if not always:
        return False
    lacks, lacks_below = always - filled[above], always - filled[below]
    if below.table is not above.table:
        return bool(lacks_below) and not _has_level_word(below)
    if lacks and lacks_below:
        return lacks.isdisjoint(lacks_below) and _are_close(above, below, columns)
    if lacks or lacks_below:
        fewer, whole = (above, below) if lacks else (below, above)
        place = columns.annual[Head.NAME]
        if filled[fewer] == {place}:
            return _are_close(above, below, columns)
        # Two names may have been put into one cell.
        return lacks | lacks_below == {place} and _is_long(whole.grid[place])
    return False


def _is_long(name: Cell | None) -> bool:
    return name is not None and name.row_span == 1 and "\n" in name.text


def _has_level_word(row: Row) -> bool:
    return any(is_level1_word(cell.text) or is_level2_word(cell.text) for cell in row.cells)


def _are_close(above: Row, below: Row, columns: Columns) -> bool:
    """Whether the names of two rows stand as close as two lines of one cell do, or overlap; cells that rules
    part touch exactly."""
    place = columns.annual[Head.NAME]
    name, other = above.grid[place], below.grid[place]
    boxes = [cell.box for cell in (name, other) if cell is not None and cell.text]
    if len(boxes) < 2 or boxes[0] is None or boxes[1] is None:
        return True
    line = (boxes[0].bottom - boxes[0].top) / (1 + (name.text.count("\n") if name else 0))
    return 0 != boxes[1].top - boxes[0].bottom < _SAME_HEIGHT * line
