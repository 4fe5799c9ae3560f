"""Text of a PDF page that no rules enclose: lines, and tables that only alignment holds together.

Programs print a table cell by cell and the lines of one cell one after the other. So the order of printing tells
which lines are one cell (`Passage`), and mostly which cells are one row; the positions tell the rest:

1. glyphs printed side by side are one piece, pieces printed under each other one passage;
2. passages printed from left to right are one row; a passage that hangs between rows (a merged level cell, set in
   the middle of its rows) belongs to the row with which it was printed, which is its first;
3. a column ends wherever two neighbours of any row leave a gap; what reaches over a column's end is merged.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from hengliang.base.place import Box, Place
from hengliang.form.containers.grid import table_of_cells
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.pdf_text import Glyph, box_of, lines_of, middle, text_of
from hengliang.form.document import Block, Cell, Line

_PIECE_GAP = 0.6
"""Glyphs printed one after the other on one line are one piece up to this gap (in heights of a glyph)."""
_MARKED_GAP = 0.15
"""The same where the file marks them as different contents."""
_LOOSEST = 0.6
"""Lines of one cell stand no further apart than this."""
_LOOSER = 0.25
"""Nor this much further apart than the closest lines of the page."""


_INDENT = 2.5
"""Lines of one passage begin at the same place but for the indent of the first, or have the same middle."""
_MOST_PASSAGES = 1500
"""A page of tables has fewer; one that has more is given line by line."""


class Piece(NamedTuple):
    """Glyphs side by side."""

    glyphs: tuple[Glyph, ...]
    box: Box

    @property
    def height(self) -> float:
        return max(glyph.bottom - glyph.top for glyph in self.glyphs) or 1.0


class Passage(NamedTuple):
    """Pieces under each other: the text of a cell, or a paragraph."""

    pieces: tuple[Piece, ...]
    box: Box

    @property
    def center(self) -> float:
        return (self.box.top + self.box.bottom) / 2

    @property
    def height(self) -> float:
        """The height of a line."""
        return max(piece.height for piece in self.pieces)

    @property
    def text(self) -> str:
        return "\n".join(text_of(piece.glyphs) for piece in self.pieces)


class Row(NamedTuple):
    """Passages side by side. `hung` are merged cells that begin in this row but are set lower."""

    cells: tuple[Passage, ...]
    hung: tuple[Passage, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        return self.cells + self.hung

    @property
    def center(self) -> float:
        lines = [cell.center for cell in self.cells if len(cell.pieces) == 1]
        return median(lines or [cell.center for cell in self.cells])

    @property
    def box(self) -> Box:
        return _around([cell.box for cell in self.cells])


def blocks_without_rules(
    glyphs: Sequence[Glyph], page: Place, limits: Limits
) -> Iterator[tuple[float, Block]]:
    """Tables and lines with their height on the page. `glyphs` come in the order of printing."""
    passages = _passages(_pieces(glyphs))
    if len(passages) > _MOST_PASSAGES:
        yield from _lines([Row((passage,)) for passage in passages], page)
        return
    rows = _rows(passages)
    for run in _runs(rows):
        table = _table(run, page, limits) if _is_table(run) else None
        if table:
            yield table
        else:
            yield from _lines(run, page)


def _pieces(glyphs: Iterable[Glyph]) -> list[Piece]:
    pieces: list[Piece] = []
    held: list[Glyph] = []
    for glyph in glyphs:
        if held and not _continues(held[-1], glyph):
            _add_piece(held, pieces)
            held = []
        held.append(glyph)
    _add_piece(held, pieces)
    return pieces


def _continues(last: Glyph, glyph: Glyph) -> bool:
    height = max(last.bottom - last.top, glyph.bottom - glyph.top)
    gap = (glyph.left - last.right) / height if height else 0.0
    allowed = _MARKED_GAP if last.content != glyph.content else _PIECE_GAP
    return abs(middle(last) - middle(glyph)) < 0.5 * height and -0.5 < gap < allowed


def _add_piece(held: Sequence[Glyph], pieces: list[Piece]) -> None:
    # Blanks join what stands on either side of them, but are no text themselves.
    printed = [glyph for glyph in held if not glyph.text.isspace()]
    if printed:
        pieces.append(Piece(tuple(held), box_of(printed)))


def _passages(pieces: Sequence[Piece]) -> list[Passage]:
    gaps = [_line_gap(above, below) for above, below in pairwise(pieces)]
    closest = min((gap for gap in gaps if gap is not None), default=0.0)
    allowed = min(closest + _LOOSER, _LOOSEST)
    passages: list[Passage] = []
    held: list[Piece] = []
    for piece, gap in zip(pieces, [None, *gaps], strict=False):
        if held and (gap is None or gap > allowed):
            passages.append(_passage(held))
            held = []
        held.append(piece)
    if held:
        passages.append(_passage(held))
    return passages


def _line_gap(above: Piece, below: Piece) -> float | None:
    """The gap between two lines in heights; None when they cannot be lines of one passage."""
    height = max(above.height, below.height)
    if abs(above.height - below.height) > 0.25 * height or _overlap(above.box, below.box) <= 0:
        return None
    indent = abs(above.box.left - below.box.left)
    shift = abs(above.box.left + above.box.right - below.box.left - below.box.right) / 2
    if min(indent / _INDENT, shift) > height:
        return None
    gap = (below.box.top - above.box.bottom) / height
    return max(gap, 0.0) if -0.4 < gap < 1 else None


def _passage(pieces: Sequence[Piece]) -> Passage:
    return Passage(tuple(pieces), _around([piece.box for piece in pieces]))


def _rows(passages: Sequence[Passage]) -> list[Row]:
    """The passages row by row, from top to bottom."""
    rows: list[Row] = []
    for chain in _chains(passages):
        first = next(index for index, passage in enumerate(chain) if _beside(passage.box, chain[-1].box) > 0)
        rows.append(Row(tuple(chain[first:]), tuple(chain[:first])))
    rows.sort(key=_center)
    merged: list[Row] = []
    for row in rows:
        if merged and _is_same_row(merged[-1], row):
            merged[-1] = Row(merged[-1].cells + row.cells, merged[-1].hung + row.hung)
        else:
            merged.append(row)
    return _hung(merged)


def _center(row: Row) -> float:
    return row.center


def _chains(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Passages that were printed from left to right."""
    chain: list[Passage] = []
    for passage in passages:
        if chain and not _follows(chain, passage):
            yield chain
            chain = []
        chain.append(passage)
    if chain:
        yield chain


def _follows(chain: Sequence[Passage], passage: Passage) -> bool:
    last = chain[-1]
    if passage.box.left < last.box.right - 0.3 * last.height:
        return False
    if _beside(passage.box, last.box) > 0.3 * min(passage.height, last.height):
        return True
    # Merged cells at the begin of a row are set in the middle of all their rows, below their first.
    leading = all(_beside(other.box, last.box) <= 0 for other in chain[:-1])
    return leading and passage.center < last.center


def _is_same_row(above: Row, below: Row) -> bool:
    height = max(passage.height for passage in (*above.cells, *below.cells))
    return below.center - above.center < 0.5 * height and not _meet(above.passages, below.passages)


def _hung(rows: Sequence[Row]) -> list[Row]:
    """Merged cells, set in the middle of their rows, put into the first of these."""
    centers = [row.center for row in rows]
    kept: list[Row] = []
    loose: list[Passage] = []
    for row, center in zip(rows, centers, strict=True):
        spanning = [
            cell
            for cell in row.cells
            if abs(cell.center - center) > 0.25 * cell.height and len(_beside_rows(cell, rows, centers)) > 1
        ]
        loose += spanning
        if len(spanning) < len(row.cells):
            cells = tuple(cell for cell in row.cells if not any(cell is other for other in spanning))
            kept.append(row._replace(cells=cells))
        else:
            loose += row.hung
    for passage in loose:
        centers = [row.center for row in kept]
        index = _first_row(passage, kept, centers)
        if index is None:
            kept.insert(bisect_right(centers, passage.center), Row((passage,)))
        else:
            kept[index] = kept[index]._replace(hung=(*kept[index].hung, passage))
    return list(_with_merged_heads(kept))


def _with_merged_heads(rows: Sequence[Row]) -> Iterator[Row]:
    """The cells of a head that are merged over two rows stand between these: put them into the first."""
    waiting: list[Row] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == 3:
            if _hangs_between(waiting[1], waiting[0], waiting[2]):
                waiting[0] = waiting[0]._replace(hung=waiting[0].hung + waiting[1].passages)
                del waiting[1]
            else:
                yield waiting.pop(0)
    yield from waiting


def _hangs_between(row: Row, above: Row, below: Row) -> bool:
    top, bottom = above.box.top, below.box.bottom
    height = max(cell.height for cell in row.cells)
    return (
        len(above.cells) > 1
        and len(below.cells) > 1
        and abs((top + bottom) / 2 - row.center) < 0.3 * height
        and bottom - top < 6 * height
        and not _meet(row.passages, above.passages)
        and not _meet(row.passages, below.passages)
    )


def _beside_rows(passage: Passage, rows: Sequence[Row], centers: Sequence[float]) -> list[int]:
    """The rows beside a passage in which its place is free, but for itself."""
    box = passage.box
    return [
        index
        for index in range(bisect_left(centers, box.top), bisect_right(centers, box.bottom))
        if not _meet((passage,), [other for other in rows[index].passages if other is not passage])
    ]


def _first_row(passage: Passage, rows: Sequence[Row], centers: Sequence[float]) -> int | None:
    """The row in line with a passage, or the first of the rows over which it is centred."""
    beside = _beside_rows(passage, rows, centers)
    if not beside:
        return None
    for index in beside:
        if abs(centers[index] - passage.center) < 0.25 * passage.height:
            return index
    best, first, last = beside[0], beside[0], beside[-1]
    while first > 0 and last < len(rows) - 1:
        first, last = first - 1, last + 1
        if _meet((passage,), rows[first].passages) or _meet((passage,), rows[last].passages):
            break
        if abs((rows[first].box.top + rows[last].box.bottom) / 2 - passage.center) < 0.6 * passage.height:
            best = first
    return best


def _meet(some: Sequence[Passage], others: Sequence[Passage]) -> bool:
    """Whether any two of the passages overlap from left to right."""
    return any(_overlap(one.box, other.box) > 0 for one in some for other in others)


def _runs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows that may be one table, and the lines between."""
    if not rows:
        return
    height = median(passage.height for row in rows for passage in row.passages)
    page = _around([row.box for row in rows])
    run: list[Row] = []
    waiting: list[Row] = []
    for row in rows:
        beside = any(_beside(row.box, passage.box) > 0 for other in run[-3:] for passage in other.passages)
        if len(row.passages) > 1 or beside:
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


def _table(rows: Sequence[Row], page: Place, limits: Limits) -> tuple[float, Block] | None:
    ends = _column_ends(rows)
    cells: list[Cell] = []
    for index, row in enumerate(rows):
        free = 0
        for passage in sorted(row.passages, key=lambda passage: passage.box.left):
            column = bisect_right(ends, passage.box.left)
            last = max(bisect_right(ends, passage.box.right - 0.5), column)
            if last < free:
                cells[-1] = cells[-1]._replace(text=f"{cells[-1].text}\n{passage.text}")
                continue
            column = max(column, free)
            cells.append(Cell(passage.text, index, column, 1, last - column + 1, passage.box))
            free = last + 1
    box = _around([passage.box for row in rows for passage in row.passages])
    table = table_of_cells(cells, page._replace(box=box), limits)
    return (box.top, table) if table else None


def _column_ends(rows: Sequence[Row]) -> list[float]:
    """Where columns end: as few places as possible, so that between any two neighbours there is one.

    Taken from left to right by where a gap closes; each gap that has no place yet gets one. Of the places that
    serve the same gaps, the one that cuts through the fewest texts is taken.
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
    """Right and left end of each gap between a box and the next; on a page only between those side by side."""
    ordered = sorted(boxes)
    for index, box in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other.left >= box.right and (
                not is_page or _beside(box, other) > 0.3 * (box.bottom - box.top)
            ):
                yield other.left, box.right
                break


def _lines(rows: Sequence[Row], page: Place) -> Iterator[tuple[float, Block]]:
    glyphs = [
        glyph
        for row in rows
        for passage in row.passages
        for piece in passage.pieces
        for glyph in piece.glyphs
    ]
    for line in lines_of(glyphs):
        yield line[0].top, Line(text_of(line, wide=True), page._replace(box=box_of(line)))


def _overlap(one: Box, other: Box) -> float:
    """How far two boxes overlap from left to right; negative when they do not."""
    return min(one.right, other.right) - max(one.left, other.left)


def _beside(one: Box, other: Box) -> float:
    """How far two boxes overlap from top to bottom; negative when they do not."""
    return min(one.bottom, other.bottom) - max(one.top, other.top)


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))
