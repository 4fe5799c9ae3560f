"""The head of a borderless table, printed again at the top of each page on which the table goes on.

It may be several rows deep and hold more than the heads of the columns. It is taken off the later page before
its rows are put together, so that the end of a row which the page cut off stands at the top.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from hengliang.form.containers.pdf_pages import Page
from hengliang.form.containers.pdf_text import Glyph, lines_of

_NEAR = 1.0
"""Points by which things at the same place may differ."""
_GAP = 1.0
"""Parts of a line further apart than this, in heights of a letter, are looked for one by one."""
_FEWEST = 3
"""A head has a line of so many parts, a word printed upright beside the rows so many letters."""


class _Part(NamedTuple):
    text: str
    left: float
    top: float
    glyphs: Sequence[Glyph]


def without_repeated(
    pages: Iterable[tuple[Page, list[Sequence[Glyph]]]],
) -> Iterator[tuple[Page, list[Sequence[Glyph]]]]:
    """Each page with its running lines, without what the page before has as the head of its table."""
    before: list[list[_Part]] = []
    for page, running in pages:
        lines = [] if page.upright else [_parts(line) for line in lines_of(page.glyphs)]
        gone = {id(glyph) for part in _repeated(before, lines) for glyph in part.glyphs}
        before = lines
        if gone:
            page = page._replace(glyphs=[glyph for glyph in page.glyphs if id(glyph) not in gone])
        yield page, running


def _repeated(before: Sequence[Sequence[_Part]], lines: Sequence[Sequence[_Part]]) -> list[_Part]:
    """The parts of the lines at the top of a page that stand on the page before, as far apart."""
    if not before or not lines or len(lines[0]) < 2:
        return []  # a title stands alone
    first = lines[0][0]
    words = _upright_words([part for line in before for part in line])
    best: list[_Part] = []
    for start in (part for line in before for part in line):
        if start.text == first.text and abs(start.left - first.left) < _NEAR:
            known = {
                (part.text, round(part.left), round(part.top - start.top)) for line in before for part in line
            }
            found = _known_lines(lines, known, first.top, words)
            best = max(best, found, key=len)
    return best


def _known_lines(
    lines: Sequence[Sequence[_Part]],
    known: set[tuple[str, int, int]],
    top: float,
    words: Mapping[int, Set[str]],
) -> list[_Part]:
    found: list[_Part] = []
    is_head = False
    for line in lines:
        own = [part for part in line if part.text not in words.get(round(part.left), ())]
        if not own or not all(_is_known(part, known, top) for part in own):
            break
        found += own
        is_head = is_head or len(own) >= _FEWEST
    if not is_head:
        return []
    beside = (part for line in lines for part in line if part.text in words.get(round(part.left), ()))
    return [*found, *beside]


def _upright_words(parts: Sequence[_Part]) -> dict[int, set[str]]:
    """The letters of words printed upright, by where these stand from the left: such a word stands in the
    middle of its rows, which are others on each page. No other text stands between its letters."""
    letters: defaultdict[int, list[_Part]] = defaultdict(list)
    for part in parts:
        if len(part.text) == 1 and part.text >= "\u4e00":
            letters[round(part.left)].append(part)
    texts = [part for part in parts if len(part.text) > 1]
    return {
        left: {part.text for part in word}
        for left, word in letters.items()
        if len({part.text for part in word}) >= _FEWEST
        and not any(
            word[0].top < part.top < word[-1].top and part.left <= word[0].left < part.glyphs[-1].right
            for part in texts
        )
    }


def _is_known(part: _Part, known: set[tuple[str, int, int]], top: float) -> bool:
    left, height = round(part.left), round(part.top - top)
    return any(
        (part.text, left + across, height + down) in known for across in (0, -1, 1) for down in (0, -1, 1)
    )


def _parts(line: Sequence[Glyph]) -> list[_Part]:
    parts: list[list[Glyph]] = []
    for glyph in line:
        if glyph.text.isspace():
            continue
        if parts and glyph.left - parts[-1][-1].right < _GAP * (glyph.bottom - glyph.top):
            parts[-1].append(glyph)
        else:
            parts.append([glyph])
    return [_Part("".join(glyph.text for glyph in part), part[0].left, part[0].top, part) for part in parts]
