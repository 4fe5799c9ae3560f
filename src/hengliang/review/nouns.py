"""What a Chinese text of a form is about: its key nouns, with their places.

A text is read from left to right against the word lists of the profile (`alignment.*`): acts (开展, 监测) and
words that set nothing apart (项目, 全市) end a noun, known terms (绿色矿山) are kept whole, and what stands
between is a noun as it is. No segmenter with a model is used: the lists are short enough to be read, and the
same text always gives the same nouns.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, cast

from hengliang.base.profile import Profile
from hengliang.base.unit import unit_at


class Noun(NamedTuple):
    """A key noun and the characters it stands at.

    `quoted`: it stands in quotation marks, as the own name of something. `strong`: it says by itself what a
    text is about; those who are served (学生) and common things (报告) do not. `topics`: the groups of
    related words of the profile that it belongs to.
    """

    text: str
    start: int
    end: int
    quoted: bool = False
    strong: bool = True
    topics: frozenset[str] = frozenset()


class Lexicon:
    """The word lists of a profile, made ready for reading texts."""

    def __init__(self, profile: Profile) -> None:
        kinds: dict[str, str] = {}
        for kind in ("generic", "acts", "qualifiers", "made", "things", "people"):
            kinds.update(dict.fromkeys(profile.words(f"alignment.{kind}"), kind))
        for words in _lists(profile, "alignment.terms"):
            kinds.update(dict.fromkeys(words, "terms"))
        self.kinds: Mapping[str, str] = kinds
        self.same: Mapping[str, tuple[str, ...]] = {
            word: words for words in _lists(profile, "alignment.same") for word in words
        }
        topics: dict[str, set[str]] = {}
        for topic, words in profile.table("alignment.related").items():
            for word in cast("Sequence[str]", words):
                topics.setdefault(word, set()).add(topic)
        self.topics: Mapping[str, frozenset[str]] = {word: frozenset(own) for word, own in topics.items()}
        index: dict[str, list[str]] = {}
        for word in sorted(kinds, key=len, reverse=True):
            index.setdefault(word[0], []).append(word)
        self._index: Mapping[str, tuple[tuple[str, int, str], ...]] = {
            first: tuple((word, len(word), kinds[word]) for word in words) for first, words in index.items()
        }
        self._served = re.compile(
            rf"[^，,。；;]*、[^，,。；;]*?等(?:{'|'.join(map(re.escape, profile.words('alignment.served')))})"
        )
        self._yardstick = re.compile(
            rf"(?:{'|'.join(map(re.escape, profile.words('alignment.yardsticks')))})[^，,。；;、]*?"
            rf"(?:{'|'.join(map(re.escape, profile.words('alignment.yardstick_heads')))})"
        )
        self._share = int(profile.number("alignment.share_percent"))

    def words(self, text: str) -> list[tuple[int, int, str]]:
        """The words of `text`: start, end, kind. What is in no list is of the kind `open`."""
        found: list[tuple[int, int, str]] = []
        add, index = found.append, self._index
        position, size, run = 0, len(text), -1
        while position < size:
            first = text[position]
            for word, length, kind in index.get(first, ()):
                if text.startswith(word, position):
                    if run >= 0:
                        add((run, position, "open"))
                        run = -1
                    add((position, position + length, kind))
                    position += length
                    break
            else:
                if _FIRST <= first <= _LAST and first not in _JOINTS:
                    if run < 0:
                        run = position
                elif run >= 0:
                    add((run, position, "open"))
                    run = -1
                position += 1
        if run >= 0:
            add((run, size, "open"))
        return found

    def holds(self, text: str, noun: str) -> bool:
        """Whether `noun` is found in `text`: it stands there, or enough of its pairs of neighbouring
        characters do, the last one (the head of the compound) among them.
        """
        if noun in text:
            return True
        pairs = len(noun) - 1
        if pairs < 2 or noun[-2:] not in text:
            return False
        found = 0
        for start in range(pairs):
            if noun[start : start + 2] in text:
                found += 1
        return found * 100 >= self._share * pairs

    def spellings(self, noun: str) -> tuple[str, ...]:
        """`noun` and the words that mean the same."""
        return self.same.get(noun) or (noun,)

    def bare(self, text: str) -> str:
        """`text` without lists of those who are served and without yardsticks, at the same length."""
        if "等" in text:
            text = self._served.sub(_blank, text)
        if "达" in text or "符" in text or "满" in text or "标" in text or "按" in text:
            text = self._yardstick.sub(_blank, text)
        return text


_FIRST, _LAST = "一", "鿿"
# Single characters that join or govern words; where they belong to a word, the word is in a list.
_JOINTS = frozenset("的和与及或了等对为在把将由从向以并各其第")


def _lists(profile: Profile, key: str) -> list[tuple[str, ...]]:
    return [tuple(cast("Sequence[str]", words)) for words in profile.table(key).values()]


@lru_cache(maxsize=64)
def lexicon_of(profile: Profile) -> Lexicon:
    """The lexicon of a profile."""
    return Lexicon(profile)


_QUOTED = re.compile(r"[“\"‘]([^”\"’]{2,40})[”\"’]")
_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)|〔[^〔〕]*〕")
_YEAR = re.compile(r"(?:19|20)\d\d年度?")
_NUMBER = re.compile(r"\d[\d,.:：／/-]*[%％‰]?")
_MARKS = re.compile(r"[\W_]")
_LONG = 2000
"""Longer texts are read anew each time, so that a hostile form cannot fill the memory."""


def key_nouns(text: str, lexicon: Lexicon, own: tuple[str, ...] = ()) -> tuple[Noun, ...]:
    """The key nouns of `text`, in order.

    `own` are words of the organisation's own name: its place is no part of a noun, and a noun that is only
    such a word sets nothing apart on its form.
    """
    return _kept(text, lexicon, own) if len(text) <= _LONG else _key_nouns(text, lexicon, own)


@lru_cache(maxsize=65536)
def _kept(text: str, lexicon: Lexicon, own: tuple[str, ...]) -> tuple[Noun, ...]:
    return _key_nouns(text, lexicon, own)


def _key_nouns(text: str, lexicon: Lexicon, own: tuple[str, ...]) -> tuple[Noun, ...]:
    found: list[Noun] = []
    if "“" in text or '"' in text or "‘" in text:
        found = [
            _noun(_MARKS.sub("", match[1]), *match.span(1), lexicon, True) for match in _QUOTED.finditer(text)
        ]
        found = [noun for noun in found if lexicon.kinds.get(noun.text) not in _BREAKS]
        text = _QUOTED.sub(_blank, text)
    if "（" in text or "(" in text or "〔" in text:
        text = _BRACKETS.sub(_blank, text)
    for word in own:
        if word in text and word not in lexicon.kinds:
            text = text.replace(word, " " * len(word))
    text = _without_numbers(lexicon.bare(text))
    for start, end in _compounds(lexicon.words(text)):
        word = text[start:end]
        if word not in own:
            found.append(_noun(word, start, end, lexicon, False))
    return tuple(sorted(found, key=_start) if found and found[0].quoted else found)


_BREAKS = ("acts", "generic")
_FAINT = ("people", "things")
_KNOWN = ("terms", *_FAINT)
_ATTRIBUTES = ("qualifiers", "made")


def _compounds(words: list[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    """Words put together to nouns: what is open before a known word belongs to it (人工 + 造林), and an
    attribute to what follows (新建 + 矿山), unless it begins the text and is its verb.
    """
    begin = end = -1
    attribute = False
    for number, (start, stop, kind) in enumerate(words):
        grows = end == start and end - begin > 1
        if kind in _KNOWN:
            yield (begin if grows else start), stop
            if not grows and end - begin > 1 and not attribute:
                yield begin, end
            begin = end = -1
        elif kind == "open" and grows and attribute:
            end = stop
        else:
            if end - begin > 1 and not attribute:
                yield begin, end
            begin = end = -1
            if kind == "open" or kind == "qualifiers" or (kind == "made" and number):
                begin, end = start, stop
        attribute = kind in _ATTRIBUTES
    if end - begin > 1 and not attribute:
        yield begin, end


def _without_numbers(text: str) -> str:
    """`text` with its numbers and their units made blanks: they stand between words."""
    matches = list(_NUMBER.finditer(text))
    if not matches:
        return text
    for match in reversed(matches):
        year = _YEAR.match(text, match.start())
        end = year.end() if year else match.end() + len(unit_at(text, match.end()))
        text = text[: match.start()] + " " * (end - match.start()) + text[end:]
    return text


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _start(noun: Noun) -> int:
    return noun.start


def _noun(word: str, start: int, end: int, lexicon: Lexicon, quoted: bool) -> Noun:
    strong = lexicon.kinds.get(word) not in _FAINT
    return Noun(word, start, end, quoted, strong, lexicon.topics.get(word, _NONE))


_NONE: frozenset[str] = frozenset()
