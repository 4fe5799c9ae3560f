"""The word lists of a profile made ready for reading Chinese texts: which words stand in a text, and
whether a text holds a noun.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import cast

from hengliang.base.profile import Profile

Word = tuple[int, int, str]
"""Start, end and kind of a word of the lists; kinds are the names of the lists: acts, generic, terms …"""


class Lexicon:
    """The word lists of a profile, made ready for reading texts."""

    def __init__(self, profile: Profile) -> None:
        kinds: dict[str, str] = {}
        for kind in ("generic", "acts", "qualifiers", "made", "things", "people"):
            kinds.update(dict.fromkeys(profile.words(f"alignment.{kind}"), kind))
        for words in _lists(profile, "alignment.terms"):
            kinds.update(dict.fromkeys(words, "terms"))
        self.kinds: Mapping[str, str] = kinds
        self.same = {word: words for words in _lists(profile, "alignment.same") for word in words}
        self.related = {
            topic: tuple(cast("Sequence[str]", words))
            for topic, words in profile.table("alignment.related").items()
        }
        topics: dict[str, set[str]] = {}
        for topic, words in self.related.items():
            for word in words:
                topics.setdefault(word, set()).add(topic)
        self.topics: Mapping[str, frozenset[str]] = {word: frozenset(own) for word, own in topics.items()}
        index: dict[str, list[str]] = {}
        for word in sorted(kinds, key=len, reverse=True):
            if len(word) > 1:
                index.setdefault(word[:2], []).append(word)
        self._index = {
            first: tuple([(word, len(word), kinds[word]) for word in words]) for first, words in index.items()
        }
        self.before_subject = profile.words("alignment.before_subject")
        self._served = re.compile(f"等(?:{_any(profile, 'served')})")
        between = rf"[^，,。；;、\n]{{0,{_REACH}}}?"
        self._yardstick = re.compile(
            f"(?:{_any(profile, 'yardsticks')}){between}(?:{_any(profile, 'yardstick_heads')})"
        )
        self._number = re.compile(
            rf"\d[\d,.:：／/-]*[%％‰]?(?:年度|[{re.escape(profile.text('alignment.counters'))}])?"
        )
        self._share = int(profile.number("alignment.share_percent"))

    def words(self, text: str) -> list[Word]:
        """The words of the lists in `text`, in order, the longest at each place."""
        found: list[Word] = []
        look = self._index.get
        position, size = 0, len(text) - 1
        while position < size:
            bucket = look(text[position : position + 2])
            if bucket is not None:
                for word, length, kind in bucket:
                    if length == 2 or text.startswith(word, position):
                        found.append((position, position + length, kind))
                        position += length
                        break
                else:
                    position += 1
            else:
                position += 1
        return found

    def holds(self, text: str, noun: str) -> bool:
        """Whether `noun` is found in `text`: it stands there, or enough of its pairs of neighbouring
        characters do, the last one (the head of the compound) among them.
        """
        if noun[0] in text and noun in text:
            return True
        pairs = len(noun) - 1
        # One character is looked for much faster than two, and is often not there.
        if pairs < 2 or noun[-1] not in text or noun[-2:] not in text:
            return False
        found = 0
        for start in range(pairs):
            if noun[start : start + 2] in text:
                found += 1
        return found * 100 >= self._share * pairs

    def bare(self, text: str) -> str:
        """`text` without numbers and their units, lists of those who are served (公安、住建等部门) and
        yardsticks (达到国家标准), at the same length.
        """
        text = self._number.sub(blank, text)
        text = self._without_served(text) if "等" in text else text
        return self._yardstick.sub(blank, text)

    def _without_served(self, text: str) -> str:
        pieces: list[str] = []
        last = 0
        for match in self._served.finditer(text):
            end = match.start()
            reach = max(last, end - _REACH)
            begin = max(reach, *[text.rfind(mark, reach, end) + 1 for mark in _STOPS])
            if "、" in text[begin:end]:
                pieces += (text[last:begin], " " * (match.end() - begin))
                last = match.end()
        return "".join((*pieces, text[last:]))


def blank(match: re.Match[str]) -> str:
    """Blanks, as many as characters were matched."""
    return " " * len(match[0])


_STOPS = "，,。；;\n"
_REACH = 160
"""A list of those who are served, or a yardstick, has no more characters than this."""


def _any(profile: Profile, key: str) -> str:
    return "|".join(map(re.escape, profile.words(f"alignment.{key}")))


def _lists(profile: Profile, key: str) -> list[tuple[str, ...]]:
    return [tuple(cast("Sequence[str]", words)) for words in profile.table(key).values()]


@lru_cache(maxsize=64)
def lexicon_of(profile: Profile) -> Lexicon:
    """The lexicon of a profile."""
    return Lexicon(profile)
