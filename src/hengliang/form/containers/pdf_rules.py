"""The ruled grids of a PDF page: which strokes close cells, and how many rows and columns a cell covers.

A page is a few hundred strokes. They are straightened, joined and parted into grids of strokes that touch;
each grid is a chessboard of fields, and fields with no stroke between them are one (merged) cell. That takes
time in proportion to the number of fields, however the strokes lie.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from hengliang.base.place import Box

SNAP = 3.0
"""Strokes closer than this, in points, are one: the two strokes of a double border."""
_SHORTEST = 6.0
"""Shorter strokes are serifs, ticks and dots."""
_BEYOND = 10.0
"""Strokes that end this far outside the outermost crossing ones belong to a table open on that side."""


class Stroke(NamedTuple):
    """A straight stroke: where it stands across its direction, and from where to where it runs."""

    at: float
    start: float
    end: float


class Field(NamedTuple):
    """A cell of a grid: first row and column and how many it covers."""

    row: int
    column: int
    row_span: int
    column_span: int


class Grid(NamedTuple):
    """A ruled table: the positions of its vertical and horizontal strokes and the cells between them."""

    lefts: tuple[float, ...]
    tops: tuple[float, ...]
    fields: tuple[Field, ...]

    @property
    def box(self) -> Box:
        return Box(self.lefts[0], self.tops[0], self.lefts[-1], self.tops[-1])

    def box_of(self, field: Field) -> Box:
        return Box(
            self.lefts[field.column],
            self.tops[field.row],
            self.lefts[field.column + field.column_span],
            self.tops[field.row + field.row_span],
        )

    def position(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column at a point of the page; None outside."""
        column = bisect_right(self.lefts, x) - 1
        row = bisect_right(self.tops, y) - 1
        inside = 0 <= column < len(self.lefts) - 1 and 0 <= row < len(self.tops) - 1
        return (row, column) if inside else None


class TooManyStrokes(Exception):  # noqa: N818
    """More strokes cross on the page than in any table."""


def grids_of(vertical: Iterable[Stroke], horizontal: Iterable[Stroke], most: int) -> list[Grid]:
    """The grids with at least two cells. Raises `TooManyStrokes` beyond `most` crossings or fields."""
    upright, level = _joined(vertical), _joined(horizontal)
    if len(upright) * len(level) > most:
        raise TooManyStrokes
    grids = [_grid(*group, most) for group in _touching(upright, level)]
    return [grid for grid in grids if grid is not None and len(grid.fields) > 1]


def _joined(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes in one line that touch or overlap as one stroke, snapped to common positions."""
    joined: list[Stroke] = []
    for group in _clusters(sorted(strokes)):
        at = sum(stroke.at for stroke in group) / len(group)
        start = end = 0.0
        begun = False
        for stroke in sorted(group, key=lambda stroke: stroke.start):
            if begun and stroke.start <= end + SNAP:
                end = max(end, stroke.end)
                continue
            if begun and end - start >= _SHORTEST:
                joined.append(Stroke(at, start, end))
            start, end, begun = stroke.start, stroke.end, True
        if begun and end - start >= _SHORTEST:
            joined.append(Stroke(at, start, end))
    return joined


def _clusters(ordered: Sequence[Stroke]) -> Iterator[list[Stroke]]:
    group: list[Stroke] = []
    for stroke in ordered:
        if group and stroke.at - group[0].at > SNAP:
            yield group
            group = []
        group.append(stroke)
    if group:
        yield group


def _touching(
    upright: Sequence[Stroke], level: Sequence[Stroke]
) -> Iterator[tuple[list[Stroke], list[Stroke]]]:
    """Groups of strokes that hang together by crossing or touching."""
    neighbours: list[list[int]] = [[] for _ in range(len(upright) + len(level))]
    for first, v in enumerate(upright):
        for second, h in enumerate(level, len(upright)):
            if v.start - SNAP <= h.at <= v.end + SNAP and h.start - SNAP <= v.at <= h.end + SNAP:
                neighbours[first].append(second)
                neighbours[second].append(first)
    seen = [False] * len(neighbours)
    for begin in range(len(upright)):
        if seen[begin] or not neighbours[begin]:
            continue
        seen[begin] = True
        waiting, members = [begin], [begin]
        while waiting:
            for other in neighbours[waiting.pop()]:
                if not seen[other]:
                    seen[other] = True
                    waiting.append(other)
                    members.append(other)
        yield (
            [upright[index] for index in members if index < len(upright)],
            [level[index - len(upright)] for index in members if index >= len(upright)],
        )


def _grid(upright: list[Stroke], level: list[Stroke], most: int) -> Grid | None:
    # Tables are often open at their sides, and rows that run over a page at its foot.
    upright += _missing_ends(upright, level)
    level += _missing_ends(level, upright)
    lefts, tops = sorted({v.at for v in upright}), sorted({h.at for h in level})
    columns, rows = len(lefts) - 1, len(tops) - 1
    if columns < 1 or rows < 1:
        return None
    if columns * rows > most:
        raise TooManyStrokes
    # walls_left[row][column]: a stroke closes the field's left side; the last column closes the grid.
    walls_left = _walls(upright, lefts, tops)
    walls_top = _walls(level, tops, lefts)
    fields = _fields(walls_left, walls_top, rows, columns)
    return Grid(tuple(lefts), tuple(tops), tuple(fields))


def _missing_ends(strokes: Sequence[Stroke], crossing: Sequence[Stroke]) -> list[Stroke]:
    """Strokes that would close a table at the common ends of the strokes that cross it."""
    first = min(stroke.at for stroke in strokes) - _BEYOND
    last = max(stroke.at for stroke in strokes) + _BEYOND
    starts = sorted(Stroke(other.start, other.at, other.at) for other in crossing if other.start < first)
    ends = sorted(Stroke(other.end, other.at, other.at) for other in crossing if other.end > last)
    return [
        Stroke(group[0].at, min(end.start for end in group), max(end.start for end in group))
        for group in (*_clusters(starts), *_clusters(ends))
        if len(group) > 2
    ]


def _walls(strokes: Sequence[Stroke], places: Sequence[float], steps: Sequence[float]) -> list[set[int]]:
    """For each place across, the steps along which a stroke runs there."""
    walls: list[set[int]] = [set() for _ in places]
    index = {place: number for number, place in enumerate(places)}
    for stroke in strokes:
        covered = walls[index[stroke.at]]
        for step in range(len(steps) - 1):
            if stroke.start <= steps[step] + SNAP and stroke.end >= steps[step + 1] - SNAP:
                covered.add(step)
    return walls


def _fields(
    walls_left: Sequence[set[int]], walls_top: Sequence[set[int]], rows: int, columns: int
) -> Iterator[Field]:
    """The closed cells: regions of fields with no wall between them."""
    seen = [[False] * columns for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if seen[row][column]:
                continue
            seen[row][column] = True
            region, waiting, is_open = [(row, column)], [(row, column)], False
            while waiting:
                y, x = waiting.pop()
                for below, right, wall in (
                    (y, x - 1, y in walls_left[x]),
                    (y, x + 1, y in walls_left[x + 1]),
                    (y - 1, x, x in walls_top[y]),
                    (y + 1, x, x in walls_top[y + 1]),
                ):
                    if wall:
                        continue
                    if not (0 <= below < rows and 0 <= right < columns):
                        is_open = True
                    elif not seen[below][right]:
                        seen[below][right] = True
                        region.append((below, right))
                        waiting.append((below, right))
            if not is_open:
                yield from _rectangles(region)


def _rectangles(region: Sequence[tuple[int, int]]) -> Iterator[Field]:
    """The region as one rectangle, or row by row where a missing stroke gave it another shape."""
    ys, xs = [y for y, _ in region], [x for _, x in region]
    top, left = min(ys), min(xs)
    height, width = max(ys) - top + 1, max(xs) - left + 1
    if height * width == len(region):
        yield Field(top, left, height, width)
        return
    for y in range(top, top + height):
        held = sorted(x for row, x in region if row == y)
        start = 0
        for index in range(1, len(held) + 1):
            if index == len(held) or held[index] != held[index - 1] + 1:
                yield Field(y, held[start], 1, index - start)
                start = index
