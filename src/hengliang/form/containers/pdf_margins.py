"""Running heads and feet of PDF pages: lines that stand at the same place on neighbouring pages.

They are taken off the page before its tables are put together, so that none is read into a cell beside it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from hengliang.form.containers.pdf_pages import Page
from hengliang.form.containers.pdf_text import WORD_GAP, Glyph, lines_of

_LINES = 3
"""So many lines from the top and from the foot of a page may be running ones."""
_DIGITS = re.compile(r"\d+")
_MOST_LETTERS = 60

Margin = Mapping[tuple[str, int, int], Sequence[Glyph]]
"""Lines by their text, with numbers left open, and where they begin on the page."""


def edge_lines(page: Page) -> Margin:
    """The lines at the top and the foot of a page that may be running ones: of one piece each."""
    lines = lines_of(page.glyphs)
    edges = lines if len(lines) <= 2 * _LINES else [*lines[:_LINES], *lines[-_LINES:]]
    found: dict[tuple[str, int, int], Sequence[Glyph]] = {}
    for line in edges:
        printed = [glyph for glyph in line if not glyph.text.isspace()]
        if (
            printed
            and len(printed) < _MOST_LETTERS
            and _is_one_piece(printed)
            and not _is_in_table(printed, page)
        ):
            text = _DIGITS.sub("#", "".join(glyph.text for glyph in printed))
            found[text, round(printed[0].left), round(printed[0].top)] = line
    return found


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
    before: Margin = {}
    held: tuple[Page, Margin] | None = None
    for page in pages:
        edges = edge_lines(page)
        if held is not None:
            yield _parted(*held, {*before, *edges})
            before = held[1]
        held = page, edges
    if held is not None:
        yield _parted(*held, set(before))


def _parted(
    page: Page, edges: Margin, others: set[tuple[str, int, int]]
) -> tuple[Page, list[Sequence[Glyph]]]:
    running = [line for place, line in edges.items() if place in others]
    if not running:
        return page, []
    gone = {id(glyph) for line in running for glyph in line}
    return page._replace(glyphs=[glyph for glyph in page.glyphs if id(glyph) not in gone]), running
