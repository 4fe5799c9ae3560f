"""Cells of a borderless table that touch, so that they were taken for one text.

Where two columns touch, nothing but their places tells where one cell ends. A text is cut when its two halves
stand where two neighbouring cells of other rows stand: each begins at the same place, or has the same middle.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from hengliang.base.place import Box
from hengliang.form.containers.pdf_passages import Passage
from hengliang.form.containers.pdf_rows import Row
from hengliang.form.containers.pdf_text import Glyph, box_of, left_of

_NEAR = 0.6
"""Points by which the places of cells of one column may differ."""
_SEAM = 0.15
"""A gap this wide, in heights of a letter, may part two cells."""
_FEWEST = 2
"""So many other rows have two cells there, at least."""
_SENTENCE = frozenset("，。；、;")
"""Texts with such marks are none of the short cells that come to touch."""


class _Pair(NamedTuple):
    """Two neighbouring cells of a row."""

    row: int
    left: Box
    right: Box


def begins_in_fused(rows: Sequence[Row]) -> frozenset[int]:
    """The glyphs, by identity, with which a cell begins inside a text that was taken for one cell."""
    pairs = list(_pairs(rows))
    found: set[int] = set()
    for number, row in enumerate(rows):
        for cell in row.cells:
            across = [
                pair
                for pair in pairs
                if pair.row != number and cell.box.left < pair.left.right and pair.right.left < cell.box.right
            ]
            if len(across) >= _FEWEST and len(cell.pieces) == 1:
                found |= _cuts(cell, across, number, rows)
    return frozenset(found)


def _pairs(rows: Sequence[Row]) -> Iterator[_Pair]:
    for number, row in enumerate(rows):
        boxes = sorted(passage.box for passage in row.passages)
        for one, other in pairwise(boxes):
            if one.right <= other.left + _NEAR:
                yield _Pair(number, one, other)


def _cuts(cell: Passage, across: Sequence[_Pair], number: int, rows: Sequence[Row]) -> set[int]:
    (piece,) = cell.pieces
    glyphs = [glyph for glyph in sorted(piece.glyphs, key=left_of) if not glyph.text.isspace()]
    if any(glyph.text in _SENTENCE for glyph in glyphs):
        return set()
    gaps = [
        index
        for index, (one, other) in enumerate(pairwise(glyphs), 1)
        if other.left - one.right > _SEAM * piece.height or other.left in piece.seams
    ]
    for places, is_seam in ((gaps, True), (range(1, len(glyphs)), False)):
        start = 0
        found: set[int] = set()
        for index in places:
            if glyphs[index - 1].text.isdigit() and glyphs[index].text.isdigit():
                continue
            if _is_cut(glyphs[start:index], glyphs[index:], is_seam, across, number, rows):
                found.add(id(glyphs[index]))
                start = index
        if found:
            return found
    return set()


def _is_cut(
    before: Sequence[Glyph],
    after: Sequence[Glyph],
    is_seam: bool,
    across: Sequence[_Pair],
    number: int,
    rows: Sequence[Row],
) -> bool:
    """Whether enough other rows have two cells where a text would be cut. Without a gap both halves have to
    stand as those do in the same way, and the whole row as the others."""
    here, there = box_of(before), box_of(after)
    met = 0
    for pair in across:
        begins = _begins_as(here, pair.left), _begins_as(there, pair.right)
        middles = _is_centred_as(here, pair.left), _is_centred_as(there, pair.right)
        if is_seam:
            met += (begins[0] or middles[0]) and (begins[1] or middles[1])
        else:
            met += (all(begins) or all(middles)) and _is_alike(rows[number], rows[pair.row], here)
    return met >= _FEWEST


def _is_alike(row: Row, other: Row, here: Box) -> bool:
    """Whether all further cells of a row, at least two, stand as cells of the other do, which has no more
    than one cell besides: a merged cell stands in place of several."""
    further = [cell.box for cell in row.passages if not cell.box.left <= here.left <= cell.box.right]
    known = [passage.box for passage in other.passages]
    return _FEWEST <= len(further) >= len(known) - 3 and all(
        any(_stands_as(box, one) for one in known) for box in further
    )


def _stands_as(box: Box, other: Box) -> bool:
    return _begins_as(box, other) or _is_centred_as(box, other)


def _begins_as(box: Box, other: Box) -> bool:
    return abs(box.left - other.left) < _NEAR


def _is_centred_as(box: Box, other: Box) -> bool:
    return abs(box.left + box.right - other.left - other.right) / 2 < _NEAR
