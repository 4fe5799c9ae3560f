"""PDF with a text layer: ruled tables cell by cell, borderless ones by the alignment of their columns.

Each page gives its tables and lines from top to bottom; a table that runs over two pages is two tables. The
one costly step, interpreting a page's contents, is taken once per page.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from hengliang.base.place import Box, Place
from hengliang.form.containers import refusal
from hengliang.form.containers.grid import table_of_cells
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.pdf_columns import Loose, blocks_without_rules
from hengliang.form.containers.pdf_continued import joined
from hengliang.form.containers.pdf_guard import refuse_bombs
from hengliang.form.containers.pdf_margins import with_margins
from hengliang.form.containers.pdf_pages import Page, pages_of
from hengliang.form.containers.pdf_passages import passages_of
from hengliang.form.containers.pdf_repeated import without_repeated
from hengliang.form.containers.pdf_rows import Row
from hengliang.form.containers.pdf_rules import Grid, TooManyStrokes, grids_of
from hengliang.form.containers.pdf_sideways import side_by_side
from hengliang.form.containers.pdf_text import Glyph, paragraph, place_of
from hengliang.form.document import Block, Cell, Table

_UNMAPPED = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd]")
"""What is left of characters whose font does not say which letters they are."""


def read_pdf(data: bytes, file: str, limits: Limits) -> tuple[Block, ...]:
    """The tables and lines of all pages."""
    refuse_bombs(data, file, limits)
    blocks: list[Table | Loose] = []
    letters = unmapped = 0
    pages = without_repeated(side_by_side(with_margins(pages_of(data, file, limits))))
    for number, (page, running) in enumerate(pages, 1):
        place = Place(file, page=number)
        letters += len(page.glyphs)
        unmapped += sum(1 for glyph in page.glyphs if _UNMAPPED.match(glyph.text))
        top = [Loose((Row(tuple(passages_of(line))),), place, True) for line in running]
        blocks += [*top, *_blocks(page, place, limits)]
    if unmapped * 2 > letters:
        raise refusal.no_text(file)
    return joined(blocks, limits)


def _blocks(page: Page, place: Place, limits: Limits) -> list[Table | Loose]:
    """The tables and lines of one page, from top to bottom."""
    try:
        grids = grids_of(page.upright, page.level, limits.area)
    except TooManyStrokes as error:
        raise refusal.page_too_full(place.file, place.page or 0) from error
    held, outside = _shared_out(page.glyphs, grids)
    found: list[tuple[float, Table | Loose]] = []
    for grid, cells in zip(grids, held, strict=True):
        table = _table(grid, cells, place, limits)
        if table:
            found.append((grid.tops[0], table))
    # Text is gathered between the tables, so that none is put together across one.
    edges = sorted((grid.tops[0], grid.tops[-1]) for grid in grids)
    between: defaultdict[int, list[Glyph]] = defaultdict(list)
    for glyph in outside:
        between[sum(1 for top, _ in edges if glyph.top >= top)].append(glyph)
    for group in between.values():
        found += blocks_without_rules(group, place, limits)
    return [block for _, block in sorted(found, key=lambda placed: placed[0])]


def _shared_out(
    glyphs: Sequence[Glyph], grids: Sequence[Grid]
) -> tuple[list[dict[tuple[int, int], list[Glyph]]], list[Glyph]]:
    """The glyphs of each grid by row and column, and those outside all grids."""
    held: list[dict[tuple[int, int], list[Glyph]]] = [{} for _ in grids]
    outside: list[Glyph] = []
    # A table inside a cell of another one is the smaller one.
    by_size = sorted(range(len(grids)), key=lambda index: _area(grids[index].box))
    closed = list(map(_closed, grids)) if any(glyph.clip for glyph in glyphs) else []
    for glyph in glyphs:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        u, v = place_of(glyph)
        for index in by_size:
            grid = grids[index]
            position = grid.position(u, v)
            if (u, v) != (x, y) and position not in closed[index]:
                position = grid.position(x, y)
            if position is not None:
                held[index].setdefault(position, []).append(glyph)
                break
        else:
            outside.append(glyph)
    return held, outside


def _closed(grid: Grid) -> frozenset[tuple[int, int]]:
    """The positions in cells that rules enclose on all sides; those cut by the page are open."""
    return frozenset(
        (row, column)
        for field in grid.fields
        for row in range(field.row, field.row + field.row_span)
        for column in range(field.column, field.column + field.column_span)
    )


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
