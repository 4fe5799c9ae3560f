"""The printed form on one grid: which cell stands where, how far it spans, how wide the columns are.

The columns of the grid are those of the indicator table, with the numbers of its rows (序号) in front; the
sections above and below it span several of them. Every format but Markdown is written from this grid.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from hengliang.form.model import Form
from hengliang.form.writers.compose import content_of
from hengliang.form.writers.content import Cell, Column, Fields, Grid, Look, Texts

NUMBER_WIDTH = 10
"""Millimetres of the column that holds the numbers of the indicators."""
LABEL_WIDTH = 32
"""Millimetres of a label in the sections above and below."""


class Part(StrEnum):
    """What a cell of the grid is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    LABEL = "label"
    HEAD = "head"
    VALUE = "value"


class Box(NamedTuple):
    """A cell of the grid, counted from 0, with what it shows. `field` is the column's in a table."""

    part: Part
    cell: Cell
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    field: str = ""


class Layout(NamedTuple):
    """The printed form on a grid."""

    boxes: tuple[Box, ...]
    widths: tuple[int, ...]
    """The widths of the columns in millimetres."""
    row_count: int
    head_row: int
    """The row with the heads of the indicator table, which is repeated on every page."""
    first_indicator: int
    indicator_count: int
    fields: tuple[str, ...]
    """The field that each column of the grid shows in the indicator table; "" for the row numbers."""


def layout_of(form: Form) -> Layout:
    """The form on its grid."""
    content = content_of(form)
    table = next(
        section for section in content.sections if isinstance(section, Grid) and section.name == "indicators"
    )
    widths = (NUMBER_WIDTH, *(column.width for column in table.columns))
    rows = _Rows(widths)
    rows.whole(Part.TITLE, content.title)
    if content.subtitle:
        rows.whole(Part.SUBTITLE, content.subtitle)
    head_row = 0
    for section in content.sections:
        match section:
            case Fields():
                rows.fields(section)
            case Texts():
                rows.texts(section)
            case Grid():
                if section is table:
                    head_row = rows.count + 1
                    rows.indicators(section)
                else:
                    rows.grid(section)
    return Layout(
        tuple(rows.boxes),
        widths,
        rows.count,
        head_row,
        head_row + 1,
        len(table.rows),
        ("", *(column.field for column in table.columns)),
    )


class _Rows:
    """The grid while it is filled from top to bottom."""

    def __init__(self, widths: tuple[int, ...]) -> None:
        self._widths = widths
        self.boxes: list[Box] = []
        self.count = 0

    def whole(self, part: Part, text: str) -> None:
        self.boxes.append(Box(part, Cell(text, Look.LABEL), self.count, 0, 1, len(self._widths)))
        self.count += 1

    def fields(self, section: Fields) -> None:
        room = sum(self._widths) // len(section.pairs) - LABEL_WIDTH
        spans = self._spans([LABEL_WIDTH, room] * len(section.pairs))
        for index, (label, cell) in enumerate(section.pairs):
            self._put(Part.LABEL, Cell(label, Look.LABEL), spans[2 * index])
            self._put(Part.VALUE, cell, spans[2 * index + 1])
        self.count += 1

    def texts(self, section: Texts) -> None:
        room = (sum(self._widths) - LABEL_WIDTH) // len(section.texts)
        label, *spans = self._spans([LABEL_WIDTH, *[room] * len(section.texts)])
        headed = any(head for head, _ in section.texts)
        self._put(Part.LABEL, Cell(section.label, Look.LABEL), label, rows=1 + headed)
        if headed:
            for (head, _), span in zip(section.texts, spans, strict=True):
                self._put(Part.HEAD, Cell(head, Look.LABEL), span)
            self.count += 1
        for (_, cell), span in zip(section.texts, spans, strict=True):
            self._put(Part.VALUE, cell, span)
        self.count += 1

    def grid(self, section: Grid) -> None:
        label, *spans = self._spans([LABEL_WIDTH, *(column.width for column in section.columns)])
        self._put(Part.LABEL, Cell(section.label, Look.LABEL), label, rows=1 + len(section.rows))
        for column, span in zip(section.columns, spans, strict=True):
            self._put(Part.HEAD, Cell(column.head, Look.LABEL), span)
        self.count += 1
        for row in section.rows:
            for column, cell, span in zip(section.columns, row, spans, strict=True):
                self._put(Part.VALUE, cell, span, field=column.field)
            self.count += 1

    def indicators(self, section: Grid) -> None:
        self.whole(Part.LABEL, section.label)
        for index, head in enumerate(("序号", *(column.head for column in section.columns))):
            field = section.columns[index - 1].field if index else ""
            self._put(Part.HEAD, Cell(head, Look.LABEL), (index, 1), field=field)
        self.count += 1
        first = self.count
        for row in range(len(section.rows)):
            self.boxes.append(Box(Part.VALUE, Cell(str(row + 1), Look.NUMBER), first + row, 0))
        for row, column, rows, cell in _merged(section.columns, section.rows):
            field = section.columns[column].field
            self.boxes.append(Box(Part.VALUE, cell, first + row, column + 1, rows, 1, field))
        self.count += len(section.rows)
        for row in section.sums:
            figures = next((index for index, cell in enumerate(row) if index and cell.text), len(row))
            self._put(Part.LABEL, row[0], (0, figures + 1))
            for index in range(figures, len(row)):
                self._put(Part.VALUE, row[index], (index + 1, 1))
            self.count += 1

    def _put(self, part: Part, cell: Cell, span: tuple[int, int], rows: int = 1, field: str = "") -> None:
        column, columns = span
        self.boxes.append(Box(part, cell, self.count, column, rows, columns, field))

    def _spans(self, wished: Sequence[int]) -> list[tuple[int, int]]:
        return spans_of(self._widths, tuple(wished))


@lru_cache(maxsize=256)
def spans_of(widths: tuple[int, ...], wished: tuple[int, ...]) -> list[tuple[int, int]]:
    """How cells of the widths `wished` share the columns of a row: the first column and the number of each.

    The first cell, a label, ends at the edge nearest to its width, so that labels stand under each other. The
    others are as near to their widths as all together can be; too narrow is worse than too wide.
    """
    edges = [0, *accumulate(widths)]
    first = min(range(1, len(edges) - len(wished) + 1), key=lambda edge: abs(edges[edge] - wished[0]))
    scale = (edges[-1] - edges[first]) / (sum(wished[1:]) or 1)
    best: dict[int, tuple[float, list[int]]] = {first: (0.0, [0, first])}
    for index, wish in enumerate(wished[1:], start=1):
        reached: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, cuts) in best.items():
            for end in range(start + 1, len(edges) - (len(wished) - 1 - index)):
                total = cost + _unease(edges[end] - edges[start], wish * scale)
                if end not in reached or total < reached[end][0]:
                    reached[end] = (total, [*cuts, end])
        best = reached
    cuts = [0, len(widths)] if len(wished) == 1 else best[len(widths)][1]
    return [(start, end - start) for start, end in pairwise(cuts)]


def _unease(width: float, wish: float) -> float:
    share = width / wish - 1
    return share * share * (4 if share < 0 else 1)


def _merged(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]]
) -> Iterator[tuple[int, int, int, Cell]]:
    """Every cell once (row, column, number of rows, cell); equal level words under each other are merged.

    Level 2 merges only inside one level 1, which is the first column.
    """
    for index, column in enumerate(columns):
        levels = column.field in ("level1", "level2")
        starts = [
            row
            for row, cells in enumerate(rows)
            if not levels
            or row == 0
            or not cells[index].text
            or (cells[0].text, cells[index].text) != (rows[row - 1][0].text, rows[row - 1][index].text)
        ]
        for row, end in pairwise([*starts, len(rows)]):
            yield row, index, end - row, rows[row][index]
