"""Text of a PDF page row by row, where no rules tell the rows."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from hengliang.base.place import Box
from hengliang.form.containers.pdf_passages import Passage, around, beside, overlap

_FAR = 4.0
"""Heights of a line between a title and what stands far below."""


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
        return around([cell.box for cell in self.cells])


def rows_of(passages: Sequence[Passage]) -> list[Row]:
    """The passages row by row, from top to bottom."""
    rows: list[Row] = []
    highest = min((passage.box.top for passage in passages), default=0.0)
    for chain in _chains(passages):
        last = len(chain) - 1
        first = next((index for index in range(last) if beside(chain[index].box, chain[last].box) > 0), last)
        is_title = first == last and chain[last].box.top == highest
        if is_title and chain[0].box.top - chain[last].box.bottom > _FAR * chain[last].height:
            # What was printed before the title, and stands far below, is no merged cell of its row.
            rows += [Row((passage,)) for passage in chain]
        else:
            rows.append(Row(tuple(chain[first:]), tuple(chain[:first])))
    rows.sort(key=_center)
    merged: list[Row] = []
    for row in rows:
        if merged and _is_same_row(merged[-1], row):
            merged[-1] = Row(merged[-1].cells + row.cells, merged[-1].hung + row.hung)
        else:
            merged.append(row)
    return _hung(_without_strays(merged))


def _middle(passage: Passage) -> float:
    return passage.center


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
    if beside(passage.box, last.box) > 0.3 * min(passage.height, last.height):
        return True
    # Merged cells at the begin of a row are set in the middle of all their rows, below their first.
    leading = all(beside(other.box, last.box) <= 0 for other in chain[:-1])
    return leading and passage.center < last.center


def _is_same_row(above: Row, below: Row) -> bool:
    height = max(passage.height for passage in (*above.cells, *below.cells))
    is_level = (
        below.center - above.center < 0.5 * height
        or abs(below.box.top - above.box.top) < 0.25 * height  # set at the top of their row
    )
    return is_level and not _meet(above.passages, below.passages)


def _without_strays(rows: Sequence[Row]) -> list[Row]:
    """Single passages at the top or foot of a row with longer cells, put into that row."""
    kept = [row for row in rows if len(row.passages) > 1]
    boxes = [row.box for row in kept]
    strays: list[Row] = []
    for row in rows:
        if len(row.passages) > 1:
            continue
        shared = [beside(row.box, box) for box in boxes]
        index = max(range(len(kept)), key=shared.__getitem__, default=None)
        if (
            index is None
            or shared[index] < 0.6 * (row.box.bottom - row.box.top)
            or _meet(row.cells, kept[index].passages)
        ):
            strays.append(row)
        else:
            kept[index] = kept[index]._replace(cells=kept[index].cells + row.cells)
    return sorted([*kept, *strays], key=_center)


def _hung(rows: Sequence[Row]) -> list[Row]:
    """Merged cells, set in the middle of their rows, put into the first of these."""
    centers = [row.center for row in rows]
    kept: list[Row] = []
    loose: list[Passage] = []
    for index, (row, center) in enumerate(zip(rows, centers, strict=True)):
        spanning = [
            cell
            for cell in row.cells
            if abs(cell.center - center) > 0.25 * cell.height and len(_beside_rows(cell, rows, centers)) > 1
        ]
        if not spanning and _hangs(index, rows, centers):
            spanning = list(row.cells)
        loose += spanning
        if len(spanning) < len(row.cells):
            cells = tuple(cell for cell in row.cells if not any(cell is other for other in spanning))
            kept.append(row._replace(cells=cells))
        else:
            loose += row.hung
    # The merged cells placed so far, and the middle of their last row.
    ends = [(passage, 2 * passage.center - row.center) for row in kept for passage in row.hung]
    for passage in sorted(loose, key=_middle):
        centers = [row.center for row in kept]
        free = _free_from(passage, ends)
        index = _first_row(passage, kept, centers, free)
        if index is not None:
            ends.append((passage, 2 * passage.center - centers[index]))
        if index is None:
            kept.insert(bisect_right(centers, passage.center), Row((passage,)))
        else:
            kept[index] = kept[index]._replace(hung=(*kept[index].hung, passage))
    return list(_with_merged_heads(kept))


def _hangs(index: int, rows: Sequence[Row], centers: Sequence[float]) -> bool:
    """Whether all cells of a row are merged ones that belong to the rows above and below."""
    row = rows[index]
    if len(row.passages) == 1:
        return any(other != index for other in _beside_rows(row.cells[0], rows, centers))
    if not 0 < index < len(rows) - 1:
        return False
    above, below = rows[index - 1], rows[index + 1]
    height = max(cell.height for cell in row.cells)
    return (
        len(above.cells) > 1
        and len(below.cells) > 1
        and abs((above.center + below.center) / 2 - row.center) < 0.15 * height
        and not _meet(row.passages, above.passages)
        and not _meet(row.passages, below.passages)
    )


def _free_from(passage: Passage, ends: Sequence[tuple[Passage, float]]) -> float:
    """Down to where merged cells above have taken the place of a passage."""
    return max(
        (end for other, end in ends if overlap(passage.box, other.box) > 0 and other.center < passage.center),
        default=0.0,
    )


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
        and max(beside(row.box, above.box), beside(row.box, below.box)) > 0
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


def _first_row(passage: Passage, rows: Sequence[Row], centers: Sequence[float], free: float) -> int | None:
    """The row in line with a passage, or the first of the rows over which it is centred.

    Down to the height `free` its place is taken by a merged cell above it.
    """
    candidates = _beside_rows(passage, rows, centers)
    for index in candidates:
        if abs(centers[index] - passage.center) < 0.25 * passage.height:
            return index
    if candidates:
        best, first, last = candidates[0], candidates[0], candidates[-1]
    else:
        last = bisect_left(centers, passage.center)
        best = first = last - 1
        if not 0 < last < len(rows) or _meet((passage,), (*rows[first].passages, *rows[last].passages)):
            return None
    while first > 0 and last < len(rows) - 1:
        first, last = first - 1, last + 1
        if centers[first] < free + 0.3 * passage.height:
            break
        if _meet((passage,), rows[first].passages) or _meet((passage,), rows[last].passages):
            break
        if abs((rows[first].box.top + rows[last].box.bottom) / 2 - passage.center) < 0.6 * passage.height:
            best = first
    return best


def _meet(some: Sequence[Passage], others: Sequence[Passage]) -> bool:
    """Whether any two of the passages overlap from left to right."""
    return any(overlap(one.box, other.box) > 0 for one in some for other in others)
