"""What a Chinese text of a form is about: its key nouns, with their places.

A text is read from left to right against the word lists of the profile (`alignment.*`): acts (开展, 监测) and
words that set nothing apart (项目, 全市) end a noun, known terms (绿色矿山) are kept whole, and what stands
between is a noun as it is. No segmenter with a model is used: the lists are short enough to be read, and the
same text always gives the same nouns.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from hengliang.review.lexicon import Lexicon, blank


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


_Compound = tuple[int, int, str, int]
"""Start, end and kind of a noun, and where its head begins."""

_BREAKS = frozenset(("acts", "generic"))
_FAINT = frozenset(("people", "things"))


def strong(nouns: Iterable[Noun]) -> list[Noun]:
    """Those of `nouns` that say by themselves what a text is about."""
    return [noun for noun in nouns if noun.strong]


def topics_of(nouns: Iterable[Noun]) -> frozenset[str]:
    """All topics of some nouns."""
    topics = [noun.topics for noun in nouns if noun.topics]
    return frozenset[str]().union(*topics) if topics else _NONE


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


@lru_cache(maxsize=64)
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


def _quoted(text: str, lexicon: Lexicon) -> tuple[list[Noun], str]:
    """The quoted nouns of a text, and the text without its quotes."""
    found: list[Noun] = []
    if "“" not in text and '"' not in text and "‘" not in text:
        return found, text

    def take(match: re.Match[str]) -> str:
        word = _MARKS.sub("", match[1])
        if len(word) > 1 and lexicon.kinds.get(word) not in _BREAKS:
            found.append(Noun(word, *match.span(1), True, True, lexicon.topics.get(word, _NONE)))
        return blank(match)

    return found, _QUOTED.sub(take, text)


def _bared(text: str, lexicon: Lexicon, own: tuple[str, ...]) -> str:
    """`text` with all that is no word of its matter made blanks, at the same length."""
    if "（" in text or "(" in text or "〔" in text:
        text = _BRACKETS.sub(blank, text)
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
