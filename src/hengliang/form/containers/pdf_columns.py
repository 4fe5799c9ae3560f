"""Text of a PDF page that no rules enclose: lines, and tables that only alignment holds together.

Programs print a table cell by cell, and the lines of one cell one after the other. The order of printing
tells which lines are one cell, and mostly which cells are one row; the positions tell the rest:

1. glyphs printed side by side are one piece, pieces under each other one passage (`pdf_passages`);
2. passages printed from left to right are one row; a passage that hangs between rows (a merged level cell,
   set in the middle of its rows) belongs to the row with which it was printed, its first (`pdf_rows`);
3. a column ends wherever two neighbours of any row leave a gap; what reaches over its end is merged.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from statistics import median
from typing import NamedTuple

from hengliang.base.place import Box, Place
from hengliang.form.containers.grid import table_of_cells
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.pdf_fused import begins_in_fused
from hengliang.form.containers.pdf_passages import Passage, around, beside, cut_at, parted, seams_of
from hengliang.form.containers.pdf_rows import Row, rows_of
from hengliang.form.containers.pdf_stacks import cells_of
from hengliang.form.containers.pdf_text import Glyph, box_of, lines_of, text_of
from hengliang.form.document import Cell, Line, Table


class Loose(NamedTuple):
    """Rows of text that are no table by themselves: lines, or what the page cut off a table before."""

    rows: tuple[Row, ...]
    place: Place
    is_margin: bool = False
    """Whether it stands at the same place on other pages: a running head or foot."""

    @property
    def lines(self) -> list[Line]:
        """The rows as lines of running text."""
        return [line for _, line in _lines(self.rows, self.place)]


_FIGURE = re.compile(r"\d")
_MOST_PASSAGES = 1500
"""A page of tables has fewer; one that has more is given line by line."""


def blocks_without_rules(
    glyphs: Sequence[Glyph], page: Place, limits: Limits
) -> Iterator[tuple[float, Table | Loose]]:
    """Tables and lines with their height on the page. `glyphs` come in the order of printing."""
    passages = cells_of(glyphs)
    if len(passages) > _MOST_PASSAGES:
        yield from _loose([Row((passage,)) for passage in passages], page)
        return
    rows = rows_of(passages)
    if begins := begins_in_fused(rows):
        rows = rows_of(cells_of(glyphs, begins))
    for run in _runs(rows):
        table = _table(run, page, limits) if _is_table(run) else None
        if table:
            yield table
        else:
            yield from _loose(run, page)


def _loose(rows: Sequence[Row], page: Place) -> Iterator[tuple[float, Loose]]:
    for row in rows:
        yield row.box.top, Loose((row,), page)


def _runs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows that may be one table, and the lines between."""
    if not rows:
        return
    height = median(passage.height for row in rows for passage in row.passages)
    page = around([row.box for row in rows])
    run: list[Row] = []
    waiting: list[Row] = []
    for row in rows:
        is_beside = any(beside(row.box, passage.box) > 0 for other in run[-3:] for passage in other.passages)
        if len(row.passages) > 1 or is_beside:
            run += [*waiting, row]
            waiting = []
        elif not run or _is_line(row, height, page.right - page.left):
            if run:
                yield run
            yield [*waiting, row]
            run, waiting = [], []
        else:
            waiting.append(row)
    if run:
        yield run
    if waiting:
        yield waiting


def _is_line(row: Row, height: float, width: float) -> bool:
    """A title or a paragraph, no cell: of larger print, or as wide as the page."""
    passage = row.cells[0]
    return passage.height > 1.2 * height or passage.box.right - passage.box.left > 0.6 * width


def _is_table(rows: Sequence[Row]) -> bool:
    """At least two rows of cells, and three cells in one of them."""
    counts = [len(row.passages) for row in rows]
    return sum(1 for count in counts if count > 1) > 1 and max(counts) > 2


def _table(rows: Sequence[Row], page: Place, limits: Limits) -> tuple[float, Table] | None:
    rows = _with_touching_cells_parted(rows)
    ends = _column_ends(rows)
    rows = _with_close_cells_parted(rows, ends)
    cells: list[Cell] = []
    hung: list[tuple[int, Passage]] = []
    for index, row in enumerate(rows):
        free = 0
        for passage in sorted(row.passages, key=lambda passage: passage.box.left):
            column = bisect_right(ends, passage.box.left)
            last = max(bisect_right(ends, passage.box.right - 0.5), column)
            if last < free:
                cells[-1] = cells[-1]._replace(text=f"{cells[-1].text}\n{passage.text}")
                continue
            column = max(column, free)
            if any(passage is other for other in row.hung):
                hung.append((len(cells), passage))
            cells.append(Cell(passage.text, index, column, 1, last - column + 1, passage.box))
            free = last + 1
    taken = {(cell.row, cell.column + step) for cell in cells for step in range(cell.column_span)}
    for number, passage in hung:
        cells[number] = cells[number]._replace(row_span=_rows_of(passage, cells[number], rows, taken))
    box = around([passage.box for row in rows for passage in row.passages])
    table = table_of_cells(_widened(cells), page._replace(box=box), limits)
    return (box.top, table) if table else None


def _with_touching_cells_parted(rows: Sequence[Row]) -> list[Row]:
    """The rows with cells that touch (a long name and the sign behind it) taken apart where the texts of
    other rows begin as well."""
    lefts = [passage.box.left for row in rows for passage in row.passages]
    result: list[Row] = []
    for row in rows:
        cells: list[Passage] = []
        for cell in row.cells:
            place = next((seam for seam in seams_of(cell) if _begins_column(seam, lefts)), None)
            cells += [cell] if place is None else cut_at(cell, place)
        result.append(row._replace(cells=tuple(cells)))
    return result


def _begins_column(place: float, lefts: Sequence[float]) -> bool:
    return sum(1 for left in lefts if abs(left - place) < 0.5) > 1


def _with_close_cells_parted(rows: Sequence[Row], ends: Sequence[float]) -> list[Row]:
    """The rows with texts of two columns that came close to each other (long heads) taken apart."""
    boxes = [passage.box for row in rows for passage in row.passages]
    result: list[Row] = []
    for row in rows:
        cells = list(row.cells)
        for end in ends:
            for number, cell in enumerate(cells):
                if not cell.box.left < end < cell.box.right or len(cell.pieces) > 1:
                    continue
                # The strip that all other texts of the table leave free at this end.
                left = max((box.right for box in boxes if box.right <= end), default=end)
                right = min((box.left for box in boxes if box.left >= end), default=end)
                if halves := parted(cell, left, right):
                    cells[number : number + 1] = halves
                    break
        result.append(row._replace(cells=tuple(cells)))
    return result


def _widened(cells: Sequence[Cell]) -> list[Cell]:
    """A short head alone above a long text is as wide as the text: nothing else stands above it."""
    widened = list(cells)
    by_row: defaultdict[int, list[int]] = defaultdict(list)
    for number, cell in enumerate(cells):
        for row in range(cell.row, cell.row + cell.row_span):
            by_row[row].append(number)
    for cell in cells:
        end = cell.column + cell.column_span
        above = [
            number
            for number in by_row[cell.row - 1]
            if cells[number].column < end and cell.column < cells[number].column + cells[number].column_span
        ]
        if cell.column_span > 1 and len(above) == 1:
            head = cells[above[0]]
            if (
                head.row_span == 1
                and not _FIGURE.search(head.text)
                and cell.column <= head.column <= head.column + head.column_span <= end
            ):
                widened[above[0]] = head._replace(column=cell.column, column_span=cell.column_span)
    return widened


def _rows_of(passage: Passage, cell: Cell, rows: Sequence[Row], taken: Set[tuple[int, int]]) -> int:
    """How many rows a merged cell covers from its first on: those in whose middle it stands."""
    best, closest = 1, 0.6 * passage.height
    for index in range(cell.row + 1, len(rows)):
        if any((index, cell.column + step) in taken for step in range(cell.column_span)):
            break
        distance = abs((rows[cell.row].box.top + rows[index].box.bottom) / 2 - passage.center)
        if distance < closest:
            best, closest = index - cell.row + 1, distance
    return best


def _column_ends(rows: Sequence[Row]) -> list[float]:
    """Where columns end: as few places as possible, so that between any two neighbours there is one.

    Taken from left to right by where a gap closes; each gap that has no place yet gets one. Of the places
    that serve the same gaps, the one that cuts through the fewest texts is taken.
    """
    boxes = [passage.box for row in rows for passage in row.passages]
    gaps = sorted(
        {*_gaps(boxes, True), *(gap for row in rows for gap in _gaps([p.box for p in row.passages], False))}
    )
    ends: list[float] = []
    for closes, opens in gaps:
        if ends and ends[-1] > opens:
            continue
        earliest = max(left for right, left in gaps if left < closes <= right)
        cut = [box for box in boxes if box.left < closes < box.right]
        places = [closes, *(box.left for box in cut if box.left > earliest)]
        ends.append(
            min(places, key=lambda place: sum(1 for box in boxes if box.left < place < box.right)) - 0.1
        )
    return ends


def _gaps(boxes: Sequence[Box], is_page: bool) -> Iterator[tuple[float, float]]:
    """Right and left end of each gap between a box and the next; on a page only of boxes side by side."""
    ordered = sorted(boxes)
    for index, box in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other.left > box.right and (not is_page or beside(box, other) > 0.3 * (box.bottom - box.top)):
                yield other.left, box.right
                break


def _lines(rows: Sequence[Row], page: Place) -> Iterator[tuple[float, Line]]:
    glyphs = [
        glyph
        for row in rows
        for passage in row.passages
        for piece in passage.pieces
        for glyph in piece.glyphs
    ]
    for line in lines_of(glyphs):
        yield line[0].top, Line(text_of(line, wide=True), page._replace(box=box_of(line)))
