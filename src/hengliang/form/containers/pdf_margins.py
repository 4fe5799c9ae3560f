"""Running heads and feet of PDF pages: lines that stand at the same place on neighbouring pages.

They are taken off the page before its tables are put together, so that none is read into a cell beside it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from hengliang.form.containers.pdf_pages import Page
from hengliang.form.containers.pdf_text import WORD_GAP, Glyph, lines_of

_LINES = 3
"""So many lines from the top and from the foot of a page may be running ones."""
_DIGITS = re.compile(r"\d+")
_MOST_LETTERS = 60

Margin = tuple[Sequence["Edge"], Sequence["Edge"]]
"""The lines at the top of a page from the top, and those at its foot from the foot."""


class Edge(NamedTuple):
    """A line that may be a running one: its text with numbers left open, its begin, and its letters."""

    place: tuple[str, int, int]
    line: Sequence[Glyph]


def edge_lines(page: Page) -> Margin:
    """The lines at the top and the foot of a page that may be running ones: of one piece each, with nothing
    but such lines outside of them."""
    lines = lines_of(page.glyphs)
    count = min(_LINES, (len(lines) + 1) // 2)
    return list(_edges(lines[:count], page)), list(_edges(lines[::-1][:count], page))


def _edges(lines: Iterable[Sequence[Glyph]], page: Page) -> Iterator[Edge]:
    for line in lines:
        printed = [glyph for glyph in line if not glyph.text.isspace() and not _is_over_edge(glyph)]
        if not printed:
            continue
        if len(printed) >= _MOST_LETTERS or not _is_one_piece(printed) or _is_in_table(printed, page):
            return
        text = _DIGITS.sub("#", "".join(glyph.text for glyph in printed))
        yield Edge((text, round(printed[0].left), round(printed[0].top)), line)


def _is_over_edge(glyph: Glyph) -> bool:
    """Whether a letter is not seen, as it lies above or below its cell: of a cell that is cut by the page."""
    return (
        glyph.clip is not None and not glyph.clip.top <= (glyph.top + glyph.bottom) / 2 <= glyph.clip.bottom
    )


def _is_one_piece(line: Sequence[Glyph]) -> bool:
    widest = max((other.left - one.right for one, other in pairwise(line)), default=0.0)
    return widest < 4 * WORD_GAP * (line[0].bottom - line[0].top)


def _is_in_table(line: Sequence[Glyph], page: Page) -> bool:
    """Whether strokes stand on both sides of a line."""
    x, y = line[0].left, (line[0].top + line[0].bottom) / 2
    beside = [stroke.at for stroke in page.upright if stroke.start <= y <= stroke.end]
    return bool(beside) and min(beside) <= x <= max(beside)


def with_margins(pages: Iterable[Page]) -> Iterator[tuple[Page, list[Sequence[Glyph]]]]:
    """Each page without its running lines, and these. Looks at one page ahead."""
    before: Margin = ((), ())
    held: tuple[Page, Margin] | None = None
    for page in pages:
        edges = edge_lines(page)
        if held is not None:
            yield _parted(*held, (before, edges))
            before = held[1]
        held = page, edges
    if held is not None:
        yield _parted(*held, (before,))


def _parted(page: Page, edges: Margin, others: Sequence[Margin]) -> tuple[Page, list[Sequence[Glyph]]]:
    places = {edge.place for margin in others for side in margin for edge in side}
    running = [edge.line for side in edges for edge in takewhile(lambda edge: edge.place in places, side)]
    if not running:
        return page, []
    gone = {id(glyph) for line in running for glyph in line}
    return page._replace(glyphs=[glyph for glyph in page.glyphs if id(glyph) not in gone]), running
