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


class Noun(NamedTuple):
    """A key noun and the characters it stands at.

    `quoted`: it stands in quotation marks, as the own name of something. `strong`: it says by itself what a
    text is about; those who are served (学生) and common things (报告) do not. `topics`: the groups of
    related words of the profile that it belongs to.
    """

    text: str
    start: int
    end: int
    quoted: bool
    strong: bool
    topics: frozenset[str]


_Word = tuple[int, int, str]
"""Start, end and kind of a word of the lists."""

_Compound = tuple[int, int, str, int]
"""Start, end and kind of a noun, and where its head begins."""

_BREAKS = frozenset(("acts", "generic"))
_FAINT = frozenset(("people", "things"))


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

    def words(self, text: str) -> list[_Word]:
        """The words of the lists in `text`, in order, the longest at each place."""
        found: list[_Word] = []
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
        text = self._number.sub(_blank, text)
        text = self._without_served(text) if "等" in text else text
        return self._yardstick.sub(_blank, text)

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


_LONGEST = 32
"""What is longer is no noun."""
_LONG = 20_000
"""Texts longer than this together are read anew each time, so that a hostile form cannot fill the memory."""


def key_nouns(texts: tuple[str, ...], lexicon: Lexicon, own: tuple[str, ...] = ()) -> list[tuple[Noun, ...]]:
    """The key nouns of each of `texts`, in order.

    `own` are words of the organisation's own name: its place is no part of a noun, and a noun that is only
    such a word sets nothing apart on its form. Many texts are read in one go, which is faster than one by
    one.
    """
    known = sum(map(len, texts)) <= _LONG
    return _kept(texts, lexicon, own) if known else _key_nouns(texts, lexicon, own)


@lru_cache(maxsize=1024)
def _kept(texts: tuple[str, ...], lexicon: Lexicon, own: tuple[str, ...]) -> list[tuple[Noun, ...]]:
    return _key_nouns(texts, lexicon, own)


def _key_nouns(texts: tuple[str, ...], lexicon: Lexicon, own: tuple[str, ...]) -> list[tuple[Noun, ...]]:
    whole = "\n".join(texts)
    if whole.count("\n") >= len(texts) > 0:
        whole = "\n".join([text.replace("\n", " ") for text in texts])
    answer: list[list[Noun]] = [[] for _ in texts]
    quotes, whole = _quoted(whole, lexicon)
    topics_of = lexicon.topics.get
    number, begin, end = -1, 0, -1
    for start, stop, kind, head in _compounds(_bared(whole, lexicon, own), lexicon):
        while start > end:
            number += 1
            begin, end = end + 1, end + 1 + len(texts[number])
        word = whole[start:stop]
        if word not in own and stop - start <= _LONGEST:
            topics = topics_of(word if head == start else whole[head:stop], _NONE)
            made = (word, start - begin, stop - begin, False, kind not in _FAINT, topics)
            answer[number].append(Noun._make(made))
    for number, noun in _placed(quotes, texts):
        answer[number] = sorted([*answer[number], noun], key=_start)
    return [tuple(nouns) for nouns in answer]


_NONE: frozenset[str] = frozenset()


def _start(noun: Noun) -> int:
    return noun.start


def _placed(nouns: list[Noun], texts: tuple[str, ...]) -> Iterator[tuple[int, Noun]]:
    """Nouns of the joined texts with the number of the text they stand in, and their places in it."""
    number, begin, end = -1, 0, -1
    for noun in nouns:
        while noun.start > end:
            number += 1
            begin, end = end + 1, end + 1 + len(texts[number])
        yield number, noun._replace(start=noun.start - begin, end=noun.end - begin)


_QUOTED = re.compile(r"[“\"‘]([^”\"’\n]{2,40})[”\"’]")
_BRACKETS = re.compile(r"（[^（）\n]*）|\([^()\n]*\)|〔[^〔〕\n]*〕")
_MARKS = re.compile(r"[\W_]")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _quoted(text: str, lexicon: Lexicon) -> tuple[list[Noun], str]:
    """The quoted nouns of a text, and the text without its quotes."""
    found: list[Noun] = []
    if "“" not in text and '"' not in text and "‘" not in text:
        return found, text

    def take(match: re.Match[str]) -> str:
        word = _MARKS.sub("", match[1])
        if len(word) > 1 and lexicon.kinds.get(word) not in _BREAKS:
            found.append(Noun(word, *match.span(1), True, True, lexicon.topics.get(word, _NONE)))
        return _blank(match)

    return found, _QUOTED.sub(take, text)


def _bared(text: str, lexicon: Lexicon, own: tuple[str, ...]) -> str:
    """`text` with all that is no word of its matter made blanks, at the same length."""
    if "（" in text or "(" in text or "〔" in text:
        text = _BRACKETS.sub(_blank, text)
    for word in own:
        if word in text and word not in lexicon.kinds:
            text = text.replace(word, " " * len(word))
    return lexicon.bare(text)


# Single characters that join or govern words; where they belong to a word, the word is in a list.
_JOINTS = frozenset("的和与及或了等对为在把将由从向以并各其第更最抓岁内")
_OPEN = re.compile(rf"[^\W\d_{''.join(sorted(_JOINTS))}]{{2,}}")


def _compounds(text: str, lexicon: Lexicon) -> list[_Compound]:
    """Words put together to nouns: what is open, or an attribute, before a short known word belongs to it
    (人工 + 造林). 新建 and its like are attributes only of a subject (确保新建矿山…), else verbs.
    """
    found: list[_Compound] = []
    begin = end = -1
    attribute = False
    last = 0
    words = lexicon.words(text)
    words.append((len(text), len(text), "generic"))
    for start, stop, kind in words:
        if start - last > 1:
            gap = text[last:start]
            whole = gap.isalpha() and _JOINTS.isdisjoint(gap)
            for first, after in ((last, start),) if whole else _spans(text, last, start):
                if attribute and end == first:
                    end = after
                else:
                    if begin >= 0 and not attribute:
                        found.append((begin, end, "open", begin))
                    begin, end = first, after
                attribute = False
        last = stop
        if kind in _BREAKS:
            if begin >= 0 and not attribute:
                found.append((begin, end, "open", begin))
            begin = -1
            attribute = False
        elif kind in _ATTRIBUTES:
            if begin >= 0 and not attribute:
                found.append((begin, end, "open", begin))
            attribute = kind == "qualifiers" or text.endswith(lexicon.before_subject, 0, start)
            begin, end = (start, stop) if attribute else (-1, -1)
        else:
            if begin >= 0 and end == start and stop - start <= _SHORT:
                # 人工造林 is on the topic of 造林; 新建矿山 is another thing than 矿山.
                found.append((begin, stop, "open", begin if attribute else start))
            else:
                if begin >= 0 and not attribute:
                    found.append((begin, end, "open", begin))
                found.append((start, stop, kind, start))
            begin = -1
            attribute = False
    return found


_ATTRIBUTES = frozenset(("qualifiers", "made"))
_SHORT = 3
"""A known word of so many characters says too little without what stands before it."""


def _spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [match.span() for match in _OPEN.finditer(text, start, end)]
