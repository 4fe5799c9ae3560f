"""A sheet wider than the page: its further columns stand on pages of their own, put beside the first again.

Programs print a text that lies on both pages on both, cut at their sides. Such a text tells that two pages
lie side by side and how far apart; pages below these lie side by side in the same order.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from hengliang.form.containers.pdf_pages import Cut, Page
from hengliang.form.containers.pdf_passages import Passage, passages_of
from hengliang.form.containers.pdf_rules import Stroke
from hengliang.form.containers.pdf_text import Glyph, is_beside_clip, lines_of, text_of

_MOST_PAGES = 100
"""Sheets of forms have fewer pages; beyond these no pages are put side by side."""
_NEAR = 1.0
"""Points by which things at the same height may differ."""
_SHORTEST = 3
"""Letters that tell a text from others."""
_FEWEST_HEIGHTS, _FEWEST_OF_MANY, _MANY = 4, 3, 8
"""Rows of so many different heights do not stand on two pages by chance; of many rows fewer are enough."""
_SAME_LEVELS = 0.8
"""So many of the level strokes of two pages side by side stand at the same height, at least."""

Printed = tuple[Page, list[Sequence[Glyph]]]
"""A page and its running lines."""


class _Step(NamedTuple):
    """That page `after` lies to the right of page `before`, its left side `shift` to the right."""

    before: int
    after: int
    shift: float


def side_by_side(pages: Iterable[Printed]) -> Iterator[Printed]:
    """The pages in their order; one that lies beside another is empty, and its contents are on the other."""
    source = iter(pages)
    held = list(islice(source, _MOST_PAGES))
    steps = _steps([page for page, _ in held]) if len(held) > 1 else []
    # From right to left, so that a page takes along those that lie beside it.
    for before, after, shift in sorted(steps, key=lambda step: -step.after):
        whole, running = held[before]
        held[before] = _beside(whole, held[after][0], shift), running
        held[after] = Page((), (), ()), []
    yield from held
    yield from source


def _steps(pages: Sequence[Page]) -> list[_Step]:
    """Which pages lie beside which: those with a text cut between them, and those above and below these."""
    steps: list[_Step] = []
    known: set[int] = set()
    for after in range(len(pages)):
        if after in known:
            continue
        found = _shown(pages, after, known)
        if found is None:
            continue
        steps.append(found)
        known.add(after)
        # Printed downwards first: each page above or below lies beside the one of the same height.
        apart = after - found.before
        for further in (*range(-1, -apart, -1), *range(1, apart)):
            step = _Step(found.before + further, after + further, found.shift)
            if (
                step.before >= 0
                and step.after < len(pages)
                and step.after not in known
                and _are_level(pages[step.before], pages[step.after])
            ):
                steps.append(step)
                known.add(step.after)
    return [*steps, *_rows_below(pages, steps)]


def _rows_below(pages: Sequence[Page], steps: Sequence[_Step]) -> Iterator[_Step]:
    """Printed from left to right first: rows of as many pages as the first has."""
    across = [step for step in steps if step.before + 1 == step.after]
    known = {step.after for step in steps} | {step.before for step in steps}
    row: list[_Step] = []
    for page in range(1, len(pages)):
        step = next((step for step in across if step.after == page), None)
        if step is not None:
            row = [*row, step] if row and row[-1].after == step.before else [step]
            continue
        if not row or page in known:
            continue
        begin = row[-1].after + 1
        if (page - begin) % (len(row) + 1) == 0 and page + len(row) < len(pages):
            made = [_Step(page + number, page + number + 1, one.shift) for number, one in enumerate(row)]
            if all(_are_level(pages[one.before], pages[one.after]) for one in made):
                known |= {page, *(one.after for one in made)}
                yield from made


def _shown(pages: Sequence[Page], after: int, known: set[int]) -> _Step | None:
    """The nearest page before with a text that is cut on one of the two and stands at the same height."""
    for before in reversed(range(after)):
        shifts = [
            right - other
            for cut in (*pages[after].cuts, *pages[before].cuts)
            if len(cut.text) >= _SHORTEST
            and (right := _right(pages[before], cut)) is not None
            and (other := _right(pages[after], cut)) is not None
        ]
        shift = max(shifts, default=0.0)
        if shift > _NEAR and _are_level(pages[before], pages[after]):
            return _Step(before, after, shift)
        if before not in known and _are_one_sheet(pages[before], pages[after]):
            return _Step(before, after, _edge(pages[before]) - min(rule.start for rule in pages[after].level))
    return None


def _are_one_sheet(one: Page, other: Page) -> bool:
    """Whether two ruled pages have rows of the same heights, too uneven to be alike by chance, and texts that
    differ (columns are not repeated)."""
    first, second = _heights(one), _heights(other)
    if len(first) != len(second) or any(abs(a - b) > _NEAR for a, b in zip(first, second, strict=True)):
        return False
    uneven = {round(below - above) for above, below in pairwise(first)}
    fewest = _FEWEST_OF_MANY if len(first) > _MANY else _FEWEST_HEIGHTS
    return len(uneven) >= fewest and not _first_texts(one) & _first_texts(other)


def _first_texts(page: Page) -> set[str]:
    """The texts at the left side of a page."""
    lines = (text_of(line) for line in lines_of(_seen(page)))
    return {line.split()[0] for line in lines if line}


def _right(page: Page, cut: Cut) -> float | None:
    """Where a line with this end at this height ends; its begin may not be printed at all. Of several it is
    the last: the others stand in columns that are repeated on every page."""
    rights = [
        other.right
        for other in page.cuts
        if other.text.endswith(cut.text) and abs(other.top - cut.top) < _NEAR
    ]
    if rights:
        return rights[-1]
    line = [glyph for glyph in page.glyphs if abs(glyph.top - cut.top) < _NEAR]
    start = "".join(glyph.text[:1] for glyph in line).rfind(cut.text)
    return line[start + len(cut.text) - 1].right if start >= 0 else None


def _are_level(one: Page, other: Page) -> bool:
    """Whether the level strokes of two pages stand at the same heights; pages without have lines there."""
    first, second = _heights(one), _heights(other)
    if not first or not second:
        return not one.level or not other.level
    few, many = sorted((first, second), key=len)
    met = sum(1 for height in few if any(abs(height - known) < _NEAR for known in many))
    return met >= _SAME_LEVELS * len(few)


def _heights(page: Page) -> list[float]:
    heights: list[float] = []
    for stroke in sorted(page.level):
        if not heights or stroke.at - heights[-1] > _NEAR:
            heights.append(stroke.at)
    return heights


def _beside(page: Page, other: Page, shift: float) -> Page:
    """One page with the contents of the other to the right of its own."""
    edge = _edge(page)
    glyphs = [
        _shifted(glyph, shift)
        for glyph in _seen(other)
        if (glyph.left + glyph.right) / 2 + shift > edge - _NEAR
    ]
    upright = [
        stroke._replace(at=stroke.at + shift) for stroke in other.upright if stroke.at + shift > edge + _NEAR
    ]
    level = [
        Stroke(stroke.at, max(stroke.start + shift, edge), stroke.end + shift)
        for stroke in other.level
        if stroke.end + shift > edge + _NEAR
    ]
    return Page(_woven(_seen(page), glyphs), [*page.upright, *upright], [*page.level, *level])


def _shifted(glyph: Glyph, shift: float) -> Glyph:
    clip = glyph.clip
    if clip is not None:
        clip = clip._replace(left=clip.left + shift, right=clip.right + shift)
    return glyph._replace(left=glyph.left + shift, right=glyph.right + shift, clip=clip)


def _seen(page: Page) -> list[Glyph]:
    """The glyphs that are not cut off at the sides."""
    return [glyph for glyph in page.glyphs if not is_beside_clip(glyph)]


def _edge(page: Page) -> float:
    """Where a page ends at the right: its table, or else its texts."""
    if page.level or page.upright:
        return max((*(rule.at for rule in page.upright), *(rule.end for rule in page.level)))
    return max((glyph.right for glyph in _seen(page)), default=0.0)


def _woven(glyphs: Sequence[Glyph], further: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs of both, the texts of the second behind those of the first at the same height, as a program
    prints them that does not part the rows."""
    own = passages_of(glyphs)
    behind: defaultdict[int, list[Passage]] = defaultdict(list)
    for passage in passages_of(further):
        near = [
            number
            for number, other in enumerate(own)
            if min(abs(other.center - passage.center), abs(other.box.top - passage.box.top)) < _NEAR
        ]
        place = max(near, key=lambda number: own[number].box.left, default=len(own))
        behind[place].append(passage)
    order = [one for number, other in enumerate(own) for one in (other, *behind[number])]
    return [glyph for one in (*order, *behind[len(own)]) for piece in one.pieces for glyph in piece.glyphs]
