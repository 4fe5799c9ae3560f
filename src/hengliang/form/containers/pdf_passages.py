"""Text of a PDF page in pieces: what was printed side by side, and what was printed line under line."""

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from hengliang.base.place import Box
from hengliang.form.containers.pdf_text import WORD_GAP, Glyph, box_of, left_of, middle, text_of

_PIECE_GAP = 0.6
"""Glyphs printed one after the other on one line are one piece up to this gap (in heights of a glyph)."""
_MARKED_GAP = 0.15
"""The same where the file marks them as different contents."""
_TOUCHING = 0.15
"""Pieces this close on one line are one, in whatever order they were printed."""
_FEW = 2
"""So many letters at the end of a line may be a cell that touches the one before: a sign or a unit."""
_LOOSE = 0.95
"""Lines of one cell stand no further apart than this."""
_LOOSEST = 1.6
"""Nor than this where the closest lines of the page stand evenly far apart, several times."""
_EVEN, _FEWEST_EVEN = 0.1, 3
_LOOSER = 0.25
"""Nor this much further apart than the closest lines of the page."""


_INDENT = 2.5
"""Lines of one passage begin at the same place but for the indent of the first, or have the same middle."""


class Piece(NamedTuple):
    """Glyphs side by side."""

    glyphs: tuple[Glyph, ...]
    box: Box
    seams: tuple[float, ...] = ()
    """Where parts that were not printed one after the other touch: the left end of the right one."""

    @property
    def height(self) -> float:
        return max(glyph.bottom - glyph.top for glyph in self.glyphs) or 1.0


class Passage(NamedTuple):
    """Pieces under each other: the text of a cell, or a paragraph."""

    pieces: tuple[Piece, ...]
    box: Box

    @property
    def center(self) -> float:
        return (self.box.top + self.box.bottom) / 2

    @property
    def height(self) -> float:
        """The height of a line."""
        return max(piece.height for piece in self.pieces)

    @property
    def text(self) -> str:
        return "\n".join(text_of(sorted(piece.glyphs, key=left_of)) for piece in self.pieces)


def _pieces(glyphs: Iterable[Glyph], begins: Set[int]) -> list[Piece]:
    pieces: list[Piece] = []
    held: list[Glyph] = []
    for glyph in glyphs:
        if held and (id(glyph) in begins or not _continues(held[-1], glyph)):
            _add_piece(held, pieces)
            held = []
        held.append(glyph)
    _add_piece(held, pieces)
    return _touching(pieces, begins)


def _touching(pieces: Sequence[Piece], begins: Set[int]) -> list[Piece]:
    """Pieces that touch on one line are one: letters from another font are printed out of their order."""
    joined: dict[int, Piece] = {}
    for line in _lines(pieces):
        last = line[0]
        joined[last] = pieces[last]
        for index in line[1:]:
            before, piece = joined[last], pieces[index]
            touches = piece.box.left - before.box.right < _TOUCHING * piece.height
            if touches and id(piece.glyphs[0]) not in begins:
                del joined[last]
                index = min(index, last)
                seams = (*before.seams, piece.box.left, *piece.seams)
                piece = Piece(before.glyphs + piece.glyphs, around((before.box, piece.box)), seams)
            joined[index] = piece
            last = index
    return [joined[index] for index in sorted(joined)]


def _lines(pieces: Sequence[Piece]) -> Iterator[list[int]]:
    """The numbers of the pieces line by line, each line from left to right."""
    line: list[int] = []
    reference = 0.0
    for index in sorted(range(len(pieces)), key=lambda index: _center(pieces[index])):
        center = _center(pieces[index])
        if line and center - reference > 0.3 * pieces[index].height:
            yield sorted(line, key=lambda index: pieces[index].box.left)
            line = []
        if not line:
            reference = center
        line.append(index)
    if line:
        yield sorted(line, key=lambda index: pieces[index].box.left)


def _center(piece: Piece) -> float:
    return (piece.box.top + piece.box.bottom) / 2


def _continues(last: Glyph, glyph: Glyph) -> bool:
    height = max(last.bottom - last.top, glyph.bottom - glyph.top)
    gap = (glyph.left - last.right) / height if height else 0.0
    allowed = _MARKED_GAP if last.content != glyph.content else _PIECE_GAP
    return abs(middle(last) - middle(glyph)) < 0.5 * height and -0.5 < gap < allowed


def _add_piece(held: Sequence[Glyph], pieces: list[Piece]) -> None:
    # Blanks join what stands on either side of them, but are no text themselves.
    printed = [glyph for glyph in held if not glyph.text.isspace()]
    if printed:
        pieces.append(Piece(tuple(held), box_of(printed)))


def passages_of(glyphs: Iterable[Glyph], begins: Set[int] = frozenset()) -> list[Passage]:
    """The passages in the order of printing, which is that of `glyphs`. With each glyph of which the identity
    is in `begins` a passage begins, or a line of one."""
    pieces = _pieces(glyphs, begins)
    gaps = [_line_gap(above, below) for above, below in pairwise(pieces)]
    allowed = _most_between([gap for gap in gaps if gap is not None])
    passages: list[Passage] = []
    held: list[Piece] = []
    for piece, gap in zip(pieces, [None, *gaps], strict=False):
        if held and (gap is None or gap > allowed):
            passages.append(passage_of(held))
            held = []
        held.append(piece)
    if held:
        passages.append(passage_of(held))
    return passages


def _most_between(gaps: Sequence[float]) -> float:
    """How far apart lines of one cell may stand: on a page set widely further than they else do. Single lines
    that stand closer (a note in small print) say nothing of the others."""
    for closest in sorted(gaps):
        even = sum(1 for gap in gaps if closest <= gap < closest + _EVEN)
        if even >= _FEWEST_EVEN:
            break
    else:
        closest, even = min(gaps, default=0.0), 0
    return min(closest + _LOOSER, _LOOSEST if even >= _FEWEST_EVEN else _LOOSE)


def _line_gap(above: Piece, below: Piece) -> float | None:
    """The gap between two lines in heights; None when they cannot be lines of one passage."""
    height = max(above.height, below.height)
    if abs(above.height - below.height) > 0.25 * height or overlap(above.box, below.box) <= 0:
        return None
    indent = abs(above.box.left - below.box.left)
    shift = abs(above.box.left + above.box.right - below.box.left - below.box.right) / 2
    if min(indent / _INDENT, shift) > height:
        return None
    gap = (below.box.top - above.box.bottom) / height
    return max(gap, 0.0) if -0.4 < gap < _LOOSEST else None


def passage_of(pieces: Sequence[Piece]) -> Passage:
    return Passage(tuple(pieces), around([piece.box for piece in pieces]))


def parted(passage: Passage, left: float, right: float) -> tuple[Passage, Passage] | None:
    """A line of two cells that came close, cut at the gap that lies between `left` and `right`; None when
    there is no such gap, or a printed blank in it."""
    if passage.pieces[1:]:
        return None
    glyphs = sorted(passage.pieces[0].glyphs, key=left_of)
    for index in range(1, len(glyphs)):
        one, other = glyphs[index - 1], glyphs[index]
        if (
            other.left - one.right > WORD_GAP * passage.height
            and left - 1 <= one.right
            and other.left <= right + 1
            and not one.text.isspace()
            and not other.text.isspace()
        ):
            return (_of(glyphs[:index]), _of(glyphs[index:]))
    return None


def seams_of(passage: Passage) -> list[float]:
    """Where the end of a line may be another cell: where it was printed apart, or behind a gap. Only in a
    line without marks of sentences, and only its last few letters."""
    if passage.pieces[1:]:
        return []
    (piece,) = passage.pieces
    glyphs = sorted(piece.glyphs, key=left_of)
    if any(glyph.text in "，。；：、,;:" for glyph in glyphs[:-1]):
        return []
    gaps = [
        other.left
        for one, other in pairwise(glyphs)
        if other.left - one.right > _TOUCHING * piece.height and not one.text.isspace()
    ]
    if len(glyphs) <= 2 * _FEW:
        return []
    last = glyphs[-_FEW].left
    return [place for place in sorted({*piece.seams, *gaps}) if place >= last]


def cut_at(passage: Passage, place: float) -> tuple[Passage, Passage]:
    """A line cut before the first glyph that begins at `place`."""
    glyphs = sorted(passage.pieces[0].glyphs, key=left_of)
    index = next(number for number, glyph in enumerate(glyphs) if glyph.left >= place - 0.01)
    return _of(glyphs[:index]), _of(glyphs[index:])


def _of(glyphs: Sequence[Glyph]) -> Passage:
    box = box_of([glyph for glyph in glyphs if not glyph.text.isspace()])
    return Passage((Piece(tuple(glyphs), box),), box)


def overlap(one: Box, other: Box) -> float:
    """How far two boxes overlap from left to right; negative when they do not."""
    return min(one.right, other.right) - max(one.left, other.left)


def beside(one: Box, other: Box) -> float:
    """How far two boxes overlap from top to bottom; negative when they do not."""
    return min(one.bottom, other.bottom) - max(one.top, other.top)


def around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))
