"""Running heads and feet of PDF pages: lines that stand at the same place on neighbouring pages.

They are taken off the page before its tables are put together, so that none is read into a cell beside it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise, takewhile
from typing import NamedTuple

from hengliang.form.containers.pdf_pages import Page
from hengliang.form.containers.pdf_text import WORD_GAP, Glyph, box_of, lines_of

_LINES = 3
"""So many lines from the top and from the foot of a page may be running ones."""
_DIGITS = re.compile(r"\d+")
_MOST_LETTERS = 60
_CLOSE = 1.3
"""Lines of one cell stand no further apart than this part of their height."""

Mark = tuple[str, int, int]
"""A line's text with numbers left open, and its begin from left and top."""
Margin = tuple[Sequence["Edge"], Sequence["Edge"]]
"""The lines at the top of a page from the top, and those at its foot from the foot."""


class Edge(NamedTuple):
    """A line that may be a running one, and its letters."""

    place: Mark
    line: Sequence[Glyph]
    is_close: bool
    """Whether the next line inwards stands as close below or above it as lines of one cell do."""


def edge_lines(page: Page) -> Margin:
    """The lines at the top and the foot of a page that may be running ones: of one piece each, with nothing
    but such lines outside of them."""
    lines = lines_of(page.glyphs)
    count = min(_LINES, (len(lines) + 1) // 2)
    return list(_edges(lines[: count + 1], page)), list(_edges(lines[::-1][: count + 1], page))


def _edges(lines: Sequence[Sequence[Glyph]], page: Page) -> Iterator[Edge]:
    """Of all lines but the last, which is the next one inwards."""
    for line, inner in pairwise(lines):
        printed = [glyph for glyph in line if not glyph.text.isspace() and not _is_over_edge(glyph)]
        if not printed:
            continue
        if len(printed) >= _MOST_LETTERS or not _is_one_piece(printed) or _is_in_table(printed, page):
            return
        text = _DIGITS.sub("#", "".join(glyph.text for glyph in printed))
        place = (text, round(printed[0].left), round(printed[0].top))
        yield Edge(place, line, _is_close(printed, inner))


def _is_close(line: Sequence[Glyph], inner: Sequence[Glyph]) -> bool:
    """Whether letters of the next line stand right above or below a line, as in one cell, or beside it."""
    box, other = box_of(line), box_of(inner)
    gap = max(box.top, other.top) - min(box.bottom, other.bottom)
    is_over = any(glyph.left < box.right and glyph.right > box.left for glyph in inner)
    return gap < 0 or (is_over and gap < _CLOSE * (box.bottom - box.top))


def _is_over_edge(glyph: Glyph) -> bool:
    """Whether a letter is not seen, as it lies above or below its cell: of a cell that is cut by the page."""
    return (
        glyph.clip is not None and not glyph.clip.top <= (glyph.top + glyph.bottom) / 2 <= glyph.clip.bottom
    )


def _is_one_piece(line: Sequence[Glyph]) -> bool:
    widest = max((other.left - one.right for one, other in pairwise(line)), default=0.0)
    return widest < 4 * WORD_GAP * (line[0].bottom - line[0].top)


def _is_in_table(line: Sequence[Glyph], page: Page) -> bool:
    """Whether strokes stand on both sides of a line, or above and below it."""
    x, y = line[0].left, (line[0].top + line[0].bottom) / 2
    beside = [stroke.at for stroke in page.upright if stroke.start <= y <= stroke.end]
    across = [stroke.at for stroke in page.level if stroke.start <= x <= stroke.end]
    return any(strokes and min(strokes) <= at <= max(strokes) for strokes, at in ((beside, x), (across, y)))


def with_margins(pages: Iterable[Page]) -> Iterator[tuple[Page, list[Sequence[Glyph]]]]:
    """Each page without its running lines, and these. Looks at one page ahead."""
    before: Margin = ((), ())
    held: tuple[Page, Margin] | None = None
    # At the top of the first page stands no end of a cell that began on a page before.
    titles: set[Mark] | None = None
    for page in pages:
        edges = edge_lines(page)
        if titles is None:
            titles = {edge.place for edge in edges[0]}
        if held is not None:
            yield _parted(*held, (before, edges), titles)
            before = held[1]
        held = page, edges
    if held is not None:
        yield _parted(*held, (before,), titles or set())


def _parted(
    page: Page, edges: Margin, others: Sequence[Margin], titles: Set[Mark]
) -> tuple[Page, list[Sequence[Glyph]]]:
    known = [edge for margin in others for side in margin for edge in side]
    places = {edge.place for edge in known}
    apart = {*titles, *(edge.place for edge in known if not edge.is_close)}
    running = [edge.line for side in edges for edge in _running(side, places, apart)]
    if not running:
        return page, []
    gone = {id(glyph) for line in running for glyph in line}
    return page._replace(glyphs=[glyph for glyph in page.glyphs if id(glyph) not in gone]), running


def _running(side: Sequence[Edge], places: Set[Mark], apart: Set[Mark]) -> list[Edge]:
    """The lines of one side of a page that stand at the same places on other pages, and on one of them apart
    from what stands inwards: the last lines of long cells all end at the foot of their pages."""
    running = list(takewhile(lambda edge: edge.place in places, side))
    while running and running[-1].is_close and running[-1].place not in apart:
        running.pop()
    return running
