"""Texts under each other on a PDF page that no rules enclose: one cell, or cells of several rows.

The lines alone do not tell. What stands beside them does: cells of several rows each have another text at
their height, and the paragraphs of one cell do not.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import islice, pairwise

from hengliang.form.containers.pdf_passages import Passage, Piece, beside, passage_of, passages_of
from hengliang.form.containers.pdf_text import Glyph

_UNEVEN = 0.08
"""Lines of one cell stand evenly; those of two cells this much further apart at the place between."""
_PARAGRAPH_GAP = 2.0
"""Paragraphs of one cell stand no further apart than this, in heights of a line."""
_ENDS_SENTENCE = re.compile(r"[。；;！？]$")
_BEGINS_ITEM = re.compile(r"[（(]|[①-⑳]|(?:目标)?[0-9０-９一二三四五六七八九十]{1,3}[、.．:：)）](?![0-9])")

_Middle = tuple[float, float, float]
"""Where a text has its middle from top to bottom, its left and its right end."""


def cells_of(glyphs: Iterable[Glyph], begins: Set[int] = frozenset()) -> list[Passage]:
    """The passages in the order of printing, each the text of one cell or a line. No cell goes on over a
    glyph of which the identity is in `begins`."""
    return _with_paragraphs(_unstacked(passages_of(glyphs, begins)))


def _unstacked(passages: Sequence[Passage]) -> list[Passage]:
    """Cells right under each other that were printed one after the other, taken apart: between them the lines
    stand further apart than within cells, and each is set at the height of other cells of its row."""
    middles = sorted((passage.center, passage.box.left, passage.box.right) for passage in passages)
    closest = _closest(passages)
    result: list[Passage] = []
    for passage in passages:
        parts = _parts(passage, closest)
        rows = [row for part in parts if (row := _row_beside(part, middles)) is not None]
        is_stack = len(rows) == len(parts) > 1 and all(
            below - above > passage.height for above, below in pairwise(rows)
        )
        result += parts if is_stack else [passage]
    return result


def _closest(passages: Sequence[Passage]) -> Mapping[int, float]:
    """For each height of letters how close lines of one passage stand on the page."""
    closest: dict[int, float] = {}
    for passage in passages:
        for above, below in pairwise(passage.pieces):
            pitch = _pitch(above, below)
            if pitch is not None:
                height = round(2 * passage.height)
                closest[height] = min(pitch, closest.get(height, pitch))
    return closest


def _parts(passage: Passage, closest: Mapping[int, float]) -> list[Passage]:
    """The passage cut where its lines stand further apart than at their closest."""
    groups = [[passage.pieces[0]]]
    for above, below in pairwise(passage.pieces):
        pitch = _pitch(above, below)
        if pitch is None:
            return [passage]
        if pitch > closest[round(2 * passage.height)] + _UNEVEN * passage.height:
            groups.append([])
        groups[-1].append(below)
    return [passage_of(group) for group in groups]


def _pitch(above: Piece, below: Piece) -> float | None:
    """How far a line stands below another, measured on Chinese letters, which all begin at one height."""
    one, other = _top_of_letters(above), _top_of_letters(below)
    return other - one if one is not None and other is not None else None


def _top_of_letters(piece: Piece) -> float | None:
    return next((glyph.top for glyph in piece.glyphs if glyph.text >= "\u4e00"), None)


def _row_beside(part: Passage, middles: Sequence[_Middle]) -> float | None:
    """The middle of a text beside `part` that is set at the same height."""
    near = 0.15 * part.height
    for center, left, right in islice(middles, bisect_left(middles, (part.center - near, 0.0, 0.0)), None):
        if center > part.center + near:
            return None
        if right < part.box.left or left > part.box.right:
            return center
    return None


def _with_paragraphs(passages: Sequence[Passage]) -> list[Passage]:
    """The paragraphs of one cell, printed one after the other, put together."""
    result: list[Passage] = []
    start = 0
    while start < len(passages):
        end = start + 1
        while end < len(passages) and _goes_on(passages[end - 1], passages[end]):
            end += 1
        run = passages[start:end]
        if len(run) > 1 and _is_one_cell(run, passages):
            result.append(passage_of([piece for passage in run for piece in passage.pieces]))
        else:
            result += run
        start = end
    return result


def _goes_on(above: Passage, below: Passage) -> bool:
    """Whether the second may be the next paragraph of the first."""
    height = max(above.height, below.height)
    gap = below.box.top - above.box.bottom
    indent = abs(above.box.left - below.box.left)
    shift = abs(above.box.left + above.box.right - below.box.left - below.box.right) / 2
    return (
        0 < gap < _PARAGRAPH_GAP * height
        and min(indent, shift) < 0.3 * height
        and abs(above.height - below.height) < 0.1 * height
        and bool(_ENDS_SENTENCE.search(above.text) or _BEGINS_ITEM.match(below.text))
    )


def _is_one_cell(run: Sequence[Passage], passages: Sequence[Passage]) -> bool:
    """Whether not every paragraph has a text of its own beside it, as the cells of several rows have, and the
    last does not stand in a row of several, as the first cell of a table below a line does."""
    own = {id(passage) for passage in run}
    filled: Counter[int] = Counter()
    for other in passages:
        if id(other) not in own:
            met = [
                index
                for index, passage in enumerate(run)
                if beside(other.box, passage.box) > 0.3 * min(other.height, passage.height)
            ]
            if len(met) == 1:
                filled[met[0]] += 1
    return len(filled) < len(run) and filled[len(run) - 1] < 2
