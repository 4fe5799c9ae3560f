"""Slips of the pen (疑似错别字) found by the lists of a profile: what is written, what is meant, beside which
characters.

Each wrong word is looked for by one pair of its characters that the right word does not have, one of them as
rare as may be. All rare characters are looked for at once, so that a text without slips costs little more
than one look at each character.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, cast

from hengliang.base.profile import Profile


class Slip(NamedTuple):
    """The characters `start` to `end` of a text should read `right`."""

    start: int
    end: int
    right: str


class _Word(NamedTuple):
    wrong: str
    right: str
    after: str
    not_after: str
    before: str
    not_before: str


class Slips:
    """The slips that one profile knows (`typos.toml`)."""

    def __init__(self, profile: Profile) -> None:
        rank = {char: place for place, char in enumerate(profile.text("typos.common"))}
        # By the pair of characters that each is looked for by: with the rare one first, and with it second.
        self._by_first: dict[tuple[str, str], list[_Word]] = {}
        self._by_second: dict[str, list[_Word]] = {}
        rare: tuple[set[str], set[str]] = (set(), set())
        for word in _words(profile):
            pair, place = max(
                ((pair, place) for pair in _wrong_pairs(word) for place in (0, 1)),
                key=lambda choice: rank.get(choice[0][choice[1]], len(rank)),
            )
            rare[place].add(pair[place])
            if place == 0:
                self._by_first.setdefault((pair[0], pair[1]), []).append(word)
            else:
                self._by_second.setdefault(pair, []).append(word)
        first, second = ("".join(map(re.escape, sorted(chars))) for chars in rare)
        # Each gives the whole pair, whether its rare character comes first or second.
        self._first = re.compile(f"([{first}])(?=(.))" if first else "(?!)()()")
        self._second = re.compile(f"[{second}](?<=(..))" if second else "(?!)()")
        patterns = cast("list[dict[str, str]]", profile.get("typos.patterns"))
        self._patterns = [(re.compile(entry["wrong"]), entry["right"]) for entry in patterns]

    def find(self, text: str) -> list[Slip]:
        """The slips in `text`, in order, none overlapping another."""
        found = [
            Slip(*match.span(1), right)
            for pattern, right in self._patterns
            for match in pattern.finditer(text)
        ]
        for pair in self._by_first.keys() & self._first.findall(text):
            for word in self._by_first[pair]:
                found.extend(_places(word, text))
        for pair in self._by_second.keys() & self._second.findall(text):
            for word in self._by_second[pair]:
                found.extend(_places(word, text))
        found.sort(key=lambda slip: (slip.start, -slip.end))
        kept: list[Slip] = []
        for slip in found:
            if not kept or slip.start >= kept[-1].end:
                kept.append(slip)
        return kept


def _words(profile: Profile) -> Iterator[_Word]:
    for pair in profile.words("typos.plain"):
        wrong, right = pair.split("=")
        yield _Word(wrong, right, "", "", "", "")
    for entry in cast("list[dict[str, str]]", profile.get("typos.near")):
        sides = (entry.get(side, "") for side in ("after", "not_after", "before", "not_before"))
        yield _Word(entry["wrong"], entry["right"], *sides)


@cache
def slips_of(profile: Profile) -> Slips:
    """The slips that `profile` knows."""
    return Slips(profile)


def _wrong_pairs(word: _Word) -> list[str]:
    """Neighbouring characters of the wrong word that do not stand so in the right one."""
    pairs = [word.wrong[place : place + 2] for place in range(len(word.wrong) - 1)]
    return [pair for pair in pairs if pair not in word.right] or pairs


def _places(word: _Word, text: str) -> Iterator[Slip]:
    """Where the word stands beside characters that make it wrong."""
    start = text.find(word.wrong)
    while start >= 0:
        end = start + len(word.wrong)
        left, right = text[start - 1 : start] if start else "", text[end : end + 1]
        if (
            (not word.after or (left and left in word.after))
            and (not word.before or (right and right in word.before))
            and not (left and left in word.not_after)
            and not (right and right in word.not_before)
        ):
            yield Slip(start, end, word.right)
        start = text.find(word.wrong, start + 1)
