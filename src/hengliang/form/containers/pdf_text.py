"""From the characters of a PDF page to lines of text: which stand on one line, and where blanks belong."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hengliang.base.place import Box


class Glyph(NamedTuple):
    """A printed character with its box, in points from the top left corner of the page."""

    left: float
    top: float
    right: float
    bottom: float
    text: str
    content: int | None = None
    """The number by which a tagged PDF marks contents that belong together."""
    clip: Box | None = None
    """The part of the page outside of which it is not seen: its cell, in files made of sheets."""


def place_of(glyph: Glyph) -> tuple[float, float]:
    """The middle of a glyph; one that runs out of its cell has its place where it left it."""
    x, y, clip = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2, glyph.clip
    if clip is None:
        return x, y
    return (
        min(max(x, clip.left + _INSIDE), clip.right - _INSIDE),
        min(max(y, clip.top + _INSIDE), clip.bottom - _INSIDE),
    )


def is_beside_clip(glyph: Glyph) -> bool:
    """Whether a glyph is not seen because it lies to the left or right of what is."""
    clip = glyph.clip
    return clip is not None and not clip.left <= (glyph.left + glyph.right) / 2 <= clip.right


_INSIDE = 2.0
"""Points from the side of a cell at which a glyph is certainly in it."""
WORD_GAP = 0.35
"""A blank stands between two characters that lie further apart than this part of their height. Blanks between
Latin words are wider or printed as characters; the gaps of justified Chinese text stay below."""
_WIDE_GAP = 1.5
"""A gap this wide parts two things that only share the line, such as two fields of a form."""


def middle(glyph: Glyph) -> float:
    """The height of a glyph's middle, which large and small letters of one line share."""
    return (glyph.top + glyph.bottom) / 2


def lines_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """The glyphs line by line from top to bottom, each line from left to right."""
    lines: list[list[Glyph]] = []
    reference = 0.0
    for glyph in sorted(glyphs, key=middle):
        if lines and middle(glyph) - reference < 0.5 * (glyph.bottom - glyph.top):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
            reference = middle(glyph)
    return [_printed_once(sorted(line, key=left_of)) for line in lines]


def left_of(glyph: Glyph) -> float:
    """Where a glyph begins, by which a line is ordered."""
    return glyph.left


def _printed_once(line: Sequence[Glyph]) -> list[Glyph]:
    """Bold letters are sometimes made by printing a letter twice with a small shift."""
    kept: list[Glyph] = []
    for glyph in line:
        if any(
            glyph.text == other.text and glyph.left - other.left < 0.3 * (glyph.right - glyph.left)
            for other in kept[-2:]
        ):
            continue
        kept.append(glyph)
    return kept


def text_of(line: Sequence[Glyph], wide: bool = False) -> str:
    """The text of a line. With `wide` a wide gap becomes as many blanks as fit into it, else one."""
    parts: list[str] = []
    edge = line[0].left if line else 0.0
    for glyph in line:
        height = glyph.bottom - glyph.top
        gap = glyph.left - edge
        if gap > WORD_GAP * height:
            blanks = round(gap / (0.5 * height)) if wide and height and gap > _WIDE_GAP * height else 1
            parts.append(" " * min(blanks, 40))
        parts.append(glyph.text)
        edge = glyph.right
    text = "".join(parts).strip()
    return text if wide else " ".join(text.split())


def paragraph(glyphs: Iterable[Glyph]) -> str:
    """The text of a cell: its lines under each other."""
    return "\n".join(filter(None, map(text_of, lines_of(glyphs))))


def box_of(glyphs: Iterable[Glyph]) -> Box:
    """The smallest box around all glyphs."""
    lefts, tops, rights, bottoms, *_ = zip(*glyphs, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))
