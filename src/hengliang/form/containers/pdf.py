"""PDF with a text layer: ruled tables cell by cell, borderless ones by the alignment of their columns.

Each page gives its tables and lines from top to bottom; a table that runs over two pages is two tables. The
one costly step, interpreting a page's contents, is taken once per page.
"""

import logging
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from time import monotonic
from typing import Any

from hengliang.base.place import Box, Place
from hengliang.form.containers import refusal
from hengliang.form.containers.grid import table_of_cells
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.pdf_columns import blocks_without_rules
from hengliang.form.containers.pdf_continued import joined
from hengliang.form.containers.pdf_guard import refuse_bombs, work_of
from hengliang.form.containers.pdf_rules import Grid, Stroke, TooManyStrokes, grids_of
from hengliang.form.containers.pdf_text import Glyph, paragraph
from hengliang.form.document import Block, Cell, Table
from hengliang.form.errors import UnreadableFile

_THIN = 3.0
"""A filled rectangle thinner than this, in points, is drawn as a stroke."""
_UNMAPPED = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd]")
"""What is left of characters whose font does not say which letters they are."""


def read_pdf(data: bytes, file: str, limits: Limits) -> tuple[Block, ...]:
    """The tables and lines of all pages."""
    refuse_bombs(data, file, limits)
    blocks: list[Block] = []
    letters = unmapped = 0
    for number, objects in enumerate(_pages(data, file, limits), 1):
        glyphs = _glyphs(objects.get("char", ()))
        letters += len(glyphs)
        unmapped += sum(1 for glyph in glyphs if _UNMAPPED.match(glyph.text))
        blocks += _blocks(glyphs, objects, Place(file, page=number), limits)
    if not blocks or unmapped * 2 > letters:
        raise refusal.no_text(file)
    return joined(blocks, limits)


def _pages(data: bytes, file: str, limits: Limits) -> Iterator[Mapping[str, Sequence[Mapping[str, Any]]]]:
    """What is drawn on each page, by kind: `char`, `line`, `rect`, `curve`.

    The libraries are typed in part only, and say with any kind of exception that a file is broken.
    """
    import pdfplumber

    # Its warnings are about fonts and colours, of no use to whoever reads a form.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    deadline = monotonic() + limits.seconds
    try:
        pdf: Any = pdfplumber.open(BytesIO(data))
        pages = pdf.pages
    except Exception as error:
        if "Password" in repr(error) or "Encryption" in repr(error):
            raise refusal.encrypted(file) from error
        raise refusal.broken(file, "pdf") from error
    if len(pages) > limits.pages:
        raise refusal.too_many_pages(file, len(pages), limits.pages)
    for number, page in enumerate(pages, 1):
        if monotonic() > deadline:
            raise refusal.too_slow(file, limits.seconds)
        try:
            if work_of(page.page_obj, limits.page_bytes) > limits.page_bytes:
                raise refusal.page_too_full(file, number)
            objects = page.objects
            page.close()
        except UnreadableFile:
            raise
        except Exception as error:
            raise refusal.broken(file, "pdf") from error
        if sum(map(len, objects.values())) > limits.page_objects:
            raise refusal.page_too_full(file, number)
        yield objects


def _glyphs(characters: Sequence[Mapping[str, Any]]) -> list[Glyph]:
    return [
        Glyph(
            char["x0"],
            char["top"],
            char["x1"],
            char["bottom"],
            char["text"].replace("\xa0", " "),
            char.get("mcid"),
        )
        for char in characters
        if char["text"]
    ]


def _blocks(
    glyphs: Sequence[Glyph],
    objects: Mapping[str, Sequence[Mapping[str, Any]]],
    page: Place,
    limits: Limits,
) -> list[Block]:
    """The tables and lines of one page, from top to bottom."""
    upright, level = _strokes(objects)
    try:
        grids = grids_of(upright, level, limits.area)
    except TooManyStrokes as error:
        raise refusal.page_too_full(page.file, page.page or 0) from error
    held, outside = _shared_out(glyphs, grids)
    found: list[tuple[float, Block]] = []
    for grid, cells in zip(grids, held, strict=True):
        table = _table(grid, cells, page, limits)
        if table:
            found.append((grid.tops[0], table))
    # Text is gathered between the tables, so that none is put together across one.
    edges = sorted((grid.tops[0], grid.tops[-1]) for grid in grids)
    between: defaultdict[int, list[Glyph]] = defaultdict(list)
    for glyph in outside:
        between[sum(1 for top, _ in edges if glyph.top >= top)].append(glyph)
    for group in between.values():
        found += blocks_without_rules(group, page, limits)
    return [block for _, block in sorted(found, key=lambda placed: placed[0])]


def _shared_out(
    glyphs: Sequence[Glyph], grids: Sequence[Grid]
) -> tuple[list[dict[tuple[int, int], list[Glyph]]], list[Glyph]]:
    """The glyphs of each grid by row and column, and those outside all grids."""
    held: list[dict[tuple[int, int], list[Glyph]]] = [{} for _ in grids]
    outside: list[Glyph] = []
    # A table inside a cell of another one is the smaller one.
    by_size = sorted(range(len(grids)), key=lambda index: _area(grids[index].box))
    for glyph in glyphs:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        for index in by_size:
            position = grids[index].position(x, y)
            if position is not None:
                held[index].setdefault(position, []).append(glyph)
                break
        else:
            outside.append(glyph)
    return held, outside


def _table(
    grid: Grid, held: Mapping[tuple[int, int], Sequence[Glyph]], page: Place, limits: Limits
) -> Table | None:
    cells: list[Cell] = []
    for field in grid.fields:
        glyphs = [
            glyph
            for row in range(field.row, field.row + field.row_span)
            for column in range(field.column, field.column + field.column_span)
            for glyph in held.get((row, column), ())
        ]
        box = grid.box_of(field)
        cells.append(Cell(paragraph(glyphs), field.row, field.column, field.row_span, field.column_span, box))
    return table_of_cells(cells, page._replace(box=grid.box), limits)


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def _strokes(objects: Mapping[str, Sequence[Mapping[str, Any]]]) -> tuple[list[Stroke], list[Stroke]]:
    """The vertical and the horizontal strokes: lines, thin rectangles, and the sides of drawn ones."""
    upright: list[Stroke] = []
    level: list[Stroke] = []
    for kind in ("line", "rect", "curve"):
        for drawn in objects.get(kind, ()):
            left, right, top, bottom = drawn["x0"], drawn["x1"], drawn["top"], drawn["bottom"]
            wide, high = right - left, bottom - top
            if wide <= _THIN < high:
                upright.append(Stroke((left + right) / 2, top, bottom))
            elif high <= _THIN < wide:
                level.append(Stroke((top + bottom) / 2, left, right))
            elif kind == "rect" and drawn.get("stroke"):
                upright += (Stroke(left, top, bottom), Stroke(right, top, bottom))
                level += (Stroke(top, left, right), Stroke(bottom, left, right))
            elif kind == "curve" and drawn.get("stroke"):
                _add_sides(drawn["pts"], upright, level)
    return upright, level


def _add_sides(points: Sequence[tuple[float, float]], upright: list[Stroke], level: list[Stroke]) -> None:
    for (x, y), (u, v) in pairwise(points):
        if abs(x - u) < 1 < abs(y - v):
            upright.append(Stroke(x, min(y, v), max(y, v)))
        elif abs(y - v) < 1 < abs(x - u):
            level.append(Stroke(y, min(x, u), max(x, u)))
