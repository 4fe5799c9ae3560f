"""Goals (年度总体目标) and duties (部门职责) split into phrases: one task or one promised result each.

A phrase is a clause of the text. Clauses that only open a goal (以更高的标准…) are left out where others
follow. An enumeration is split where each of its items is complete by itself (国土空间总体规划、村庄规划),
and kept where its items are short, stand in quotes or brackets, or are closed by 等 and the name of their
class.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from hengliang.base.profile import Profile


class Phrase(NamedTuple):
    """A piece of a text: `text` stands at the characters `start` to `end`, blanks and marks at its ends left
    out.
    """

    text: str
    start: int
    end: int


@lru_cache(maxsize=16384)
def phrases_of(text: str, profile: Profile) -> tuple[Phrase, ...]:
    """The phrases of one goal or duty, in order.

    Asks the profile for `alignment.slogans` (openings), `alignment.acts` and `alignment.generic` (the words
    that do not count when it is judged whether an item of an enumeration is complete by itself).
    """
    masked = _masked(text)
    pattern = _CAREFUL_CLAUSE if _DIVIDED_NUMBER.search(masked) else _CLAUSE
    clauses = [clause for clause in pattern.finditer(masked) if clause[0].strip()]
    kept = [clause for clause in clauses if not _is_slogan(clause[0].strip(), profile)]
    found: list[Phrase] = []
    for clause in kept or clauses:
        for start, end in _items(masked, clause.start(), clause.end(), profile):
            found.append(_trimmed(text, start, end))
    return tuple(phrase for phrase in found if phrase.text)


_CLAUSE = re.compile(r"[^。；;！!？?\n，,：:]+")
# Commas end a clause, but not inside a number (10,000).
_DIVIDED_NUMBER = re.compile(r"\d[,:]\d")
_CAREFUL_CLAUSE = re.compile(r"(?:[^。；;！!？?\n，,：:]|(?<=\d)[,:](?=\d))+")
_HIDDEN = re.compile(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"|《[^》]*》|（[^（）]*）|\([^()]*\)|【[^】]*】|\[[^\[\]]*\]")
_OPENING_MARKS = '“‘"《（(【['


def _masked(text: str) -> str:
    """`text` with what stands in quotes and brackets made unreadable, at the same length."""
    if not any(mark in text for mark in _OPENING_MARKS):
        return text
    return _HIDDEN.sub(lambda match: "〇" * len(match[0]), text)


def _is_slogan(clause: str, profile: Profile) -> bool:
    return (
        clause.startswith(profile.words("alignment.slogans"))
        and not clause.startswith(profile.words("alignment.no_slogans"))
        and _DIGIT.search(clause) is None
    )


_DIGIT = re.compile(r"\d")
_COUNTED = re.compile(r"(?:和|及|以及|、|并)(?=\d)")
_COMPLETE = 4
"""So many characters make an item of an enumeration complete by itself: 村庄规划, 储备土地."""


def _items(masked: str, start: int, end: int, profile: Profile) -> Iterator[tuple[int, int]]:
    """The pieces of one clause that are tasks of their own."""
    clause = masked[start:end]
    cuts = _counted_cuts(clause) if _DIGIT.search(clause) else []
    if not cuts and "、" in clause:
        cuts = _listed_cuts(clause, profile)
    for cut, length in cuts:
        yield start, end - len(clause) + cut
        start = end - len(clause) + cut + length
    yield start, end


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
    while length := next((size for size in (4, 3, 2) if item[:size] in leads), 0):
        item = item[length:]
    return item


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
