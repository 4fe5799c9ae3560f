"""The head of a table whose columns are held together by blanks: one to six lines of words."""

from collections.abc import Callable, Sequence
from itertools import combinations_with_replacement, pairwise
from typing import NamedTuple

from hengliang.form.understand.aligned_words import Printed, Word, is_thin

_MOST_WORDS = 60
_MOST_PARENTS = 3
_DEEPEST = 6
"""Heads in narrow columns are broken into as many lines."""


class HeadCell(NamedTuple):
    """The head of one column: its text and where it stands, from line `top` of the head to line `bottom`."""

    start: int
    end: int
    text: str
    top: int
    bottom: int

    @property
    def center(self) -> float:
        """The middle of the head."""
        return (self.start + self.end) / 2


class Parent(NamedTuple):
    """A head over several columns, from `first` up to and with `last`."""

    text: str
    first: int
    last: int


class AlignedHead(NamedTuple):
    """A head from line `first` on, `lines` lines deep."""

    first: int
    lines: int
    cells: tuple[HeadCell, ...]
    parents: tuple[Parent, ...]


Known = Callable[[str], bool]


def head_zones(lines: Sequence[Printed], start: int, known: Known) -> list[AlignedHead]:
    """The heads that may begin at `lines[start]`, one for each depth."""
    found: list[AlignedHead] = []
    for depth in range(1, _DEEPEST + 1):
        zone = lines[start : start + depth]
        if len(zone) < depth or (depth > 1 and zone[-1].opens_page):
            break
        for whole, slack in ((False, 0), (True, 0), (True, 2)):
            words = [
                (index, word) for index, line in enumerate(zone) for word in _head_words(line, known, whole)
            ]
            if len(words) > _MOST_WORDS:
                return found
            leaves: list[HeadCell] = []
            parents: list[HeadCell] = []
            for group in _groups(words, slack):
                _split(group, known, leaves, parents)
            leaves.sort()
            found.append(AlignedHead(start, depth, tuple(leaves), _over(parents, leaves)))
    return found


def _head_words(line: Printed, known: Known, joining: bool) -> list[Word]:
    """The words of a line; those with one blank between are one where only together they are a head, or, with
    `joining`, where none of them is a head."""
    words: list[Word] = []
    run: list[Word] = []
    for word in (*line.words, None):
        if run and (word is None or word.start - run[-1].end > 1):
            whole = Word(run[0].start, run[-1].end, "".join(part.text for part in run))
            spaced = all(len(part.text) == 1 for part in run)
            is_whole = spaced or joining or known(whole.text)
            if len(run) > 1 and is_whole and not any(known(part.text) for part in run):
                words.append(whole)
            else:
                words += run
            run = []
        if word is None:
            continue
        if run and is_thin(run[-1].text, word.text):
            run[-1] = Word(run[-1].start, word.end, run[-1].text + word.text)
        else:
            run.append(word)
    return words


Placed = tuple[int, Word]


def _groups(words: Sequence[Placed], slack: int = 0) -> list[list[Placed]]:
    """Words above and below each other, or beside each other in different lines by less than `slack`."""
    groups: list[list[Placed]] = []
    end = -1
    for placed in sorted(words, key=lambda placed: placed[1]):
        line, word = placed
        below = groups and word.start < end + slack and all(other != line for other, _ in groups[-1])
        if groups and (word.start < end or below):
            groups[-1].append(placed)
        else:
            groups.append([placed])
        end = max(end, word.end)
    return groups


def _split(group: Sequence[Placed], known: Known, leaves: list[HeadCell], parents: list[HeadCell]) -> None:
    """One column head, or a head over those below it."""
    ordered = sorted(group)
    cell = _joined(ordered)
    if known(cell.text) or len(ordered) == 1:
        leaves.append(cell)
        return
    for cut in range(1, len(ordered)):
        if ordered[cut][0] == ordered[cut - 1][0]:
            continue
        upper, below = ordered[:cut], _groups(ordered[cut:])
        texts = [_joined(sorted(part)) for part in below]
        if all(known(part.text) for part in texts) and len({line for line, _ in upper}) == len(upper):
            parents.append(_joined(upper))
            leaves += texts
            return
    leaves.append(cell)


def _joined(ordered: Sequence[Placed]) -> HeadCell:
    return HeadCell(
        min(word.start for _, word in ordered),
        max(word.end for _, word in ordered),
        "".join(word.text for _, word in ordered),
        ordered[0][0],
        ordered[-1][0],
    )


def _over(parents: Sequence[HeadCell], leaves: Sequence[HeadCell]) -> tuple[Parent, ...]:
    """Which columns each head stands over: those around whose middle, or at whose begin, it is set."""
    if len(parents) > _MOST_PARENTS:
        return tuple(Parent(parent.text, 0, 0) for parent in parents)
    if not parents:
        return ()
    above = max(parent.bottom for parent in parents)
    low = [index for index, leaf in enumerate(leaves) if leaf.top > above]
    best: tuple[float, tuple[Parent, ...]] = (1e9, ())
    for edges in combinations_with_replacement(range(len(low) + 1), 2 * len(parents)):
        if any(a == b for a, b in zip(edges[::2], edges[1::2], strict=True)):
            continue
        spans = [(low[a], low[b - 1]) for a, b in zip(edges[::2], edges[1::2], strict=True)]
        cost = 0.0
        for parent, (first, last) in zip(sorted(parents), spans, strict=True):
            middle = (leaves[first].start + leaves[last].end) / 2
            cost += min(abs(middle - parent.center), abs(leaves[first].start - parent.start))
            cost += 0.1 * (last == first)
        # Of equal ways the one that leaves no column between two heads is meant.
        cost -= 0.3 * sum(last - first for first, last in spans)
        cost += 2 * sum(max(0, b[0] - a[1] - 1) for a, b in pairwise(spans))
        if cost < best[0]:
            named = (Parent(p.text, *span) for p, span in zip(sorted(parents), spans, strict=True))
            best = (cost, tuple(named))
    return best[1]
