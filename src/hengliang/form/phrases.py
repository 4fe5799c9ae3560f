"""Goals (年度总体目标) and duties (部门职责) split into phrases: one task or one promised result each.

A phrase is a clause of the text. Clauses that only open a goal (以更高的标准…) are left out where others
follow. An enumeration is split where each of its items is complete by itself (国土空间总体规划、村庄规划),
and kept where its items are short, stand in quotes or brackets, or are closed by 等 and the name of their
class.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from hengliang.base.profile import Profile
from hengliang.base.remember import remembered_by_profile


class Phrase(NamedTuple):
    """A piece of a text: `text` stands at the characters `start` to `end`, blanks and marks at its ends left
    out.
    """

    text: str
    start: int
    end: int


@remembered_by_profile(size=16384, longest=4096)
def phrases_of(text: str, profile: Profile) -> tuple[Phrase, ...]:
    """The phrases of one goal or duty, in order.

    Asks the profile for `alignment.slogans` and `alignment.no_slogans` (openings), and for `alignment.acts`
    and `alignment.generic` (words that do not count when it is judged whether an item of an enumeration is
    complete by itself).
    """
    masked = _masked(text)
    pattern = _CAREFUL_CLAUSE if _DIVIDED_NUMBER.search(masked) else _CLAUSE
    clauses = [clause.span() for clause in pattern.finditer(masked)]
    openings, no_openings = profile.words("alignment.slogans"), profile.words("alignment.no_slogans")
    kept = [
        (start, end)
        for start, end in clauses
        if not masked.startswith(openings, start)
        or masked.startswith(no_openings, start)
        or _DIGIT.search(masked, start, end)
    ]
    found = [
        _trimmed(text, *item)
        for start, end in kept or clauses
        for item in _items(masked, start, end, profile)
    ]
    return tuple([phrase for phrase in found if phrase.text])


_CLAUSE = re.compile(r"[^。；;！!？?\n，,：:\s][^。；;！!？?\n，,：:]*")
# Commas end a clause, but not inside a number (10,000).
_DIVIDED_NUMBER = re.compile(r"\d[,:]\d")
_CAREFUL_CLAUSE = re.compile(r"[^。；;！!？?\n，,：:\s](?:[^。；;！!？?\n，,：:]|(?<=\d)[,:](?=\d))*")
_HIDDEN = re.compile(
    r"“[^“”]*”|‘[^‘’]*’|\"[^\"]*\"|《[^《》]*》|（[^（）]*）|\([^()]*\)|【[^【】]*】|\[[^\[\]]*\]"
)
_OPENING_MARKS = '“‘"《（(【['


def _masked(text: str) -> str:
    """`text` with what stands in quotes and brackets made unreadable, at the same length."""
    if not any(mark in text for mark in _OPENING_MARKS):
        return text
    return _HIDDEN.sub(lambda match: "〇" * len(match[0]), text)


_DIGIT = re.compile(r"\d")
_COUNTED = re.compile(r"(?:以及|[和及、并])(?=\d)")
_COMPLETE = 4
"""So many characters make an item of an enumeration complete by itself: 村庄规划, 储备土地."""


def _items(masked: str, start: int, end: int, profile: Profile) -> list[tuple[int, int]]:
    """The pieces of one clause that are tasks of their own."""
    clause = masked[start:end]
    cuts = _counted_cuts(clause)
    if not cuts and "、" in clause:
        cuts = _listed_cuts(clause, profile)
    items: list[tuple[int, int]] = []
    begin = start
    for cut, length in cuts:
        items.append((begin, start + cut))
        begin = start + cut + length
    return [*items, (begin, end)]


def _counted_cuts(clause: str) -> list[tuple[int, int]]:
    """Where things with numbers of their own are joined: 1处灌区改造和1个水价改革项目."""
    return [
        (joint.start(), len(joint[0]))
        for joint in _COUNTED.finditer(clause)
        if _DIGIT.search(clause, 0, joint.start())
    ]


def _listed_cuts(clause: str, profile: Profile) -> list[tuple[int, int]]:
    """Where complete items are enumerated; none when any item is short or 等 closes the list."""
    if "等" in clause[clause.index("、") :]:
        return []
    first, *others = clause.split("、")
    items = [_without_lead(first.strip(), profile), *others]
    if any(len(item.strip()) < _COMPLETE for item in items):
        return []
    cuts: list[tuple[int, int]] = []
    position = len(first)
    for item in others:
        cuts.append((position, 1))
        position += 1 + len(item)
    return cuts


def _without_lead(item: str, profile: Profile) -> str:
    """`item` without the verbs and adverbs that govern the whole list: 有序推进储备土地 is 储备土地."""
    leads = _leads(profile)
    begin = 0
    while length := next((size for size in (4, 3, 2) if item[begin : begin + size] in leads), 0):
        begin += length
    return item[begin:]


@lru_cache(maxsize=64)
def _leads(profile: Profile) -> frozenset[str]:
    return frozenset((*profile.words("alignment.acts"), *profile.words("alignment.generic")))


_EDGES = " \t\u3000·、"


def _trimmed(text: str, start: int, end: int) -> Phrase:
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    return Phrase(text[start:end], start, end)
