"""Where the columns of a table end whose columns are held together by blanks alone.

Words of one page stand in the same columns wherever all lines leave a gap, though seldom right below their
heads: a program that lays a page out counts characters, and those of figures are narrower. Which column of
the table stands between two gaps is told by what stands in it, and by the head where that is near.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from hengliang.form.understand.aligned_words import Printed, Word, is_thin

Fit = Callable[[int, str], float]
"""How well a text suits a column."""

_MARGIN = 0.3
_CUT = -1.5
_SPLIT = -0.4
_TOUCH = -1.0
_APART = -1.0
_PARTED = 0.5
_MOST_LINES = 120
_MOST_SPLITS = 12
_FAR = -0.25
_FARTHEST = 10
_MOST_PARTS = 5
_SHIFT = 0.3
"""What part of a word may reach over the end of its column, where lines have moved by a character or two."""
_GAP = -12.0
_BLANK = -6.0
_BLANKS = re.compile(r"[^\x00-\x7f]{2} [^\x00-\x7f]{2}")
"""One blank between East Asian words: seldom inside a cell."""
_WIDE = 3
"""Blanks that no cell has between its words."""
_OWN_NUMBER = re.compile(r"指标 ?\d{1,2}  ")
"""指标1 printed before the name stands in a column of its own below the head of the names."""
_MOST_CLUSTERS = 40
_KEPT = 3


class Laid(NamedTuple):
    """The words of a line by column, and how many columns' ends cut through a word."""

    cells: dict[int, str]
    cut: int


def lay_out(words: Sequence[Word], cuts: Sequence[float]) -> Laid:
    """The words between the cuts; one that is cut through goes where its greater part is."""
    cells: dict[int, str] = {}
    cut = 0
    for word in words:
        first = sum(1 for place in cuts if place <= word.start)
        last = sum(1 for place in cuts if place < word.end)
        if last > first:
            edges = [word.start, *cuts[first:last], word.end]
            parts = [end - start for start, end in pairwise(edges)]
            cut += sum(sorted(parts)[:-1]) > _SHIFT * (word.end - word.start)
            first += parts.index(max(parts))
        cells[first] = f"{cells[first]} {word.text}" if first in cells else word.text
    return Laid(cells, cut)


class Shape(NamedTuple):
    """What is known of the columns of a table: a number for each, the same for columns that may be taken for
    each other, and what it costs to find nothing in one."""

    alike: tuple[int, ...]
    empty: tuple[float, ...]


class Cuts(NamedTuple):
    """The ends of all columns but the last, how well they suit, and whether all lines leave a gap there."""

    places: list[float]
    weight: float
    clear: bool


Heads = Sequence[tuple[int, int]]
"""Where the heads of the columns begin and end."""


def cuts_by_line(
    lines: Sequence[Printed], shape: Shape, fit: Fit, heads: Heads | None, parts: int = 3
) -> list[list[float]] | None:
    """The ends of all columns but the last in each line of a page; None when they are not clear.


    `heads` when they stand on the page. Where no columns run through all lines the page is parted, since the
    further down, the more a layout by characters may have moved; `parts` says into how many at most.
    """
    found = _cuts_of(lines, shape, fit, heads)
    if (found is None or not found.clear) and len(lines) <= _MOST_LINES and parts > 1:
        worth = found.weight if found is not None else 0.0
        parted: list[tuple[float, int, Cuts]] = []
        for split in range(1, len(lines), 1 + len(lines) // _MOST_SPLITS):
            above = _cuts_of(lines[:split], shape, fit, heads)
            below = _cuts_of(lines[split:], shape, fit, heads) if above is not None else None
            if above is not None and below is not None:
                weight = (above.weight * split + below.weight * (len(lines) - split)) / len(lines)
                parted.append((weight, split, above))
        weight, split, above = max(parted, default=(-1e9, 0, None))
        if above is not None and weight > worth + _PARTED:
            rest = cuts_by_line(lines[split:], shape, fit, heads, parts - 1)
            if rest is not None:
                return [above.places] * split + rest
    return [found.places] * len(lines) if found is not None else None


def _cuts_of(lines: Sequence[Printed], shape: Shape, fit: Fit, heads: Heads | None) -> Cuts | None:
    tried: list[tuple[float, float, list[float], bool]] = []
    for whole in (True, False):
        crossed: Counter[int] = Counter()
        filled: Counter[int] = Counter()
        inside: Counter[int] = Counter()
        for line in lines:
            for word in _together(line.words) if whole else line.words:
                long = word.end - word.start
                slack = (long - 1) // 3 if long < 9 else 2
                crossed.update(range(word.start + 1, word.end))
                inside.update(range(word.start + 1 + slack, word.end - slack))
                filled.update(range(word.start, word.end))
        for most in (0, 1, 2, -1, -2):
            if most < 0:
                clusters = _clusters(filled, crossed if most == -1 else inside)
            else:
                clusters = _gathered(filled, most)
            if not clusters or len(clusters) > _MOST_CLUSTERS or (tried and most * 6 > len(lines)):
                continue
            ways = _ways(lines, clusters, shape.empty, fit, heads)
            if not ways:
                continue
            first = [(a, b, shape.alike[column]) for a, b, column in ways[0][1]]
            others = (
                w for w, way in ways[1:] if [(a, b, shape.alike[column]) for a, b, column in way] != first
            )
            margin = ways[0][0] - next(others, -9.0)
            cuts = _between(clusters, ways[0][1], len(shape.empty))
            spoiled = sum(1 for line in lines if lay_out(line.words, cuts).cut)
            weight = ways[0][0] + _CUT * spoiled + _TOUCH * max(0, -most) + _APART * (not whole)
            tried.append((weight, margin, cuts, not most and not spoiled))
            if not most and not spoiled and len(clusters) == len(shape.empty):
                break
    if not tried:
        return None
    weight, margin, cuts, clear = max(tried)
    return Cuts(cuts, weight, clear) if margin >= _MARGIN else None


def _together(words: Sequence[Word]) -> list[Word]:
    """Words with a thin blank between are one."""
    whole: list[Word] = []
    for word in words:
        last = whole[-1] if whole else None
        is_date = last is not None and " " in last.text
        if last and word.start - last.end == 1 and is_thin(last.text, word.text) and not is_date:
            whole[-1] = Word(last.start, word.end, f"{last.text} {word.text}")
        else:
            whole.append(word)
    return whole


Cluster = tuple[int, int]


def _gathered(filled: Mapping[int, int], most: int) -> list[Cluster]:
    """Stretches of positions where more than `most` words stand."""
    clusters: list[Cluster] = []
    for place in sorted(place for place, times in filled.items() if times > most):
        if clusters and place == clusters[-1][1]:
            clusters[-1] = (clusters[-1][0], place + 1)
        else:
            clusters.append((place, place + 1))
    return clusters


def _clusters(filled: Mapping[int, int], crossed: Mapping[int, int]) -> list[Cluster]:
    """Stretches of positions between which no word is cut through, though there may be no gap."""
    clusters: list[Cluster] = []
    for place in sorted(filled):
        if clusters and place == clusters[-1][1] and crossed.get(place, 0):
            clusters[-1] = (clusters[-1][0], place + 1)
        else:
            clusters.append((place, place + 1))
    return clusters


Chosen = tuple[tuple[int, int, int], ...]
"""First and last cluster, and the column they are."""


def _ways(
    lines: Sequence[Printed],
    clusters: Sequence[Cluster],
    empty: Sequence[float],
    fit: Fit,
    heads: Heads | None,
) -> list[tuple[float, Chosen]]:
    """The best ways to give the clusters columns in order. A column may be several clusters with a narrow
    gap between: 12 月 31 日."""
    # best[i][c]: ways in which the first i clusters have columns, the last of them column c.
    best: list[dict[int, list[tuple[float, Chosen]]]] = [{-1: [(0.0, ())]}, *({} for _ in clusters)]
    for first in range(len(clusters)):
        if not best[first]:
            continue
        for last in range(first, min(len(clusters), first + _MOST_PARTS)):
            if last > first and clusters[last][0] - clusters[last - 1][1] > 1:
                break
            texts = _texts(lines, clusters[first][0], clusters[last][1])
            gaps = sum(_GAP for text in texts if "  " in text) + sum(
                _BLANK for text in texts if _BLANKS.search(text)
            )
            gaps /= len(texts)
            for column in range(len(empty)):
                weight = sum(max(-6.0, fit(column, text)) for text in texts) / len(texts)
                weight += _SPLIT * (last - first) + gaps
                if heads:
                    gap = max(0, heads[column][0] - clusters[last][1], clusters[first][0] - heads[column][1])
                    weight += _FAR * min(gap, _FARTHEST)
                for before, ways in best[first].items():
                    if before < column:
                        skipped = sum(empty[before + 1 : column])
                        best[last + 1].setdefault(column, []).extend(
                            (total + weight + skipped, (*way, (first, last, column))) for total, way in ways
                        )
            for column, ways in best[last + 1].items():
                best[last + 1][column] = sorted(ways, reverse=True)[:_KEPT]
    ends = [
        (total + sum(empty[column + 1 :]), way) for column, ways in best[-1].items() for total, way in ways
    ]
    return sorted(ends, reverse=True)


def _texts(lines: Sequence[Printed], start: int, end: int) -> list[str]:
    """What stands between two positions, line by line; a gap that no cell has inside is two blanks."""
    texts: list[str] = []
    for line in lines:
        words = [word for word in line.words if word.start < end and word.end > start]
        if words:
            text = words[0].text
            for last, word in pairwise(words):
                text += (" " if word.start - last.end < _WIDE else "  ") + word.text
            texts.append(_OWN_NUMBER.sub("", text) or text)
    return texts or [""]


def _between(clusters: Sequence[Cluster], chosen: Chosen, count: int) -> list[float]:
    """The ends of the columns, in the middle of the gaps; an empty column has no room."""
    cuts: list[float] = []
    for column in range(count - 1):
        before = [clusters[last][1] for _, last, other in chosen if other <= column]
        behind = [clusters[first][0] for first, _, other in chosen if other > column]
        if before and behind:
            cuts.append((before[-1] + behind[0]) / 2)
        else:
            cuts.append(before[-1] if before else 0)
    return cuts
