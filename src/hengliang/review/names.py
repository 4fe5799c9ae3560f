"""Names of indicators (三级指标) compared: the same but for marks, or nearly the same."""

import re
from functools import lru_cache
from operator import add
from typing import NamedTuple

from hengliang.base.profile import Profile
from hengliang.base.remember import remembered_by_profile
from hengliang.base.text import folded, remembered

_MARKS = re.compile(r"[\W_]+")
_CHINESE = re.compile(r"[一-鿿]*")
_BRACKET = re.compile(r"(?:（[^（）]{0,40}）|\([^()]{0,40}\)|\[[^\[\]]{0,40}\])\Z")
_NUMBER = re.compile(r"[\d.,]{1,16}(?:[%％‰]|[^\W\d]{1,3})?\Z")
_FIGURES = re.compile(r"(?:19|20)\d\d年?度?|\d+(?:[.:：]\d+)*[%％‰个家处名项条份万亩]*|[\W_]+")


@remembered()
def plain_name(name: str) -> str:
    """`name` without blanks and marks, widths made one: equal for names that people read as the same."""
    # Most names are Chinese characters alone, which have one width.
    if _CHINESE.fullmatch(name):
        return name
    plain = _MARKS.sub("", name)
    return plain if _CHINESE.fullmatch(plain) else _MARKS.sub("", folded(plain)).lower()


def without_tail(name: str) -> str:
    """`name` without what follows its last word: brackets, a number, marks (兑付率(%), 完成率100%)."""
    if _CHINESE.fullmatch(name):
        return name
    whole = name
    for _ in range(_TAILS):
        short = _NUMBER.sub("", _BRACKET.sub("", name.rstrip(_END_MARKS)))
        if short == name:
            break
        name = short
    return name or whole


_TAILS = 3
_END_MARKS = " ≥≤><=＝≧≦。.，,、；;：:*★-—_/"


@lru_cache(maxsize=256)
def _ends(key: str, profile: Profile) -> tuple[frozenset[str], tuple[int, ...]]:
    words = profile.words(key)
    return frozenset(words), tuple(sorted({len(word) for word in words}, reverse=True))


def longest_end(name: str, key: str, profile: Profile) -> int:
    """How many characters the longest of the words `key` of the profile that `name` ends in has; 0 when it
    ends in none.
    """
    known, sizes = _ends(key, profile)
    for size in sizes:
        # A name shorter than the word is all that is cut out.
        if (end := name[-size:]) in known:
            return len(end)
    return 0


@remembered_by_profile()
def is_measure(name: str, profile: Profile) -> bool:
    """Whether the name ends in the head of a measure: 数, 率, 面积, 时间."""
    name = without_tail(name)
    return (
        longest_end(name, "indicators.heads", profile)
        > 0
        == longest_end(name, "indicators.no_heads", profile)
    )


def fund_in(name: str, profile: Profile) -> tuple[int, int] | None:
    """Where the name of a fund ends `name` (编制费, 奖励资金); None when it does not."""
    name = without_tail(name)
    size = longest_end(name, "indicators.words.funds", profile)
    if not size or longest_end(name, "indicators.words.no_funds", profile):
        return None
    return len(name) - size, len(name)


class Content(NamedTuple):
    """What of a name is compared: its words but function words and numbers, and their pairs of neighbouring
    characters.
    """

    words: str
    pairs: frozenset[str]


def content_of(name: str, profile: Profile) -> Content:
    """The content of a name. Of a cut name it is the content of what is visible."""
    words = name if _CHINESE.fullmatch(name) else _FIGURES.sub("", name)
    words = profile.pattern("indicators.function_words").sub("", words)
    return Content(words, frozenset(map(add, words, words[1:])))


_COMMON = 64
"""So many names are looked up by one pair of characters, and no more: hostile forms stay cheap."""


@lru_cache(maxsize=64)
def near_pairs(names: tuple[str, ...], profile: Profile) -> tuple[tuple[int, int], ...]:
    """The pairs of `names`, by index, the lower first, that are nearly the same. Of names with the same words
    only the first is compared with others.
    """
    percent = int(profile.number("indicators.near_percent"))
    contents = [content_of(name, profile) for name in names]
    holder: dict[str, int] = {}
    others_with: dict[str, list[int]] = {}
    seen: dict[str, int] = {}
    found: list[tuple[int, int]] = []
    for index, content in enumerate(contents):
        first = seen.setdefault(content.words, index)
        if first != index:
            if len(content.words) > 1:
                found.append((first, index))
            continue
        shared: dict[int, int] = {}
        known = holder.keys() & content.pairs
        for pair in known:
            others = others_with.setdefault(pair, [holder[pair]])
            if len(others) < _COMMON:
                for other in others:
                    shared[other] = shared.get(other, 0) + 1
                others.append(index)
        holder.update(dict.fromkeys(content.pairs - known, index))
        size = len(content.pairs)
        for other, number in shared.items():
            if 200 * number >= percent * (size + len(contents[other].pairs)) and is_near(
                content, contents[other], percent
            ):
                found.append((other, index))
    return tuple(sorted(found))


def likeness(one: Content, other: Content) -> int:
    """How much of their pairs of characters two names share, in percent (Dice)."""
    total = len(one.pairs) + len(other.pairs)
    return 200 * len(one.pairs & other.pairs) // total if total else 0


def shares_enough(one: frozenset[str], other: frozenset[str], percent: int) -> bool:
    """Whether two names with these pairs of characters are alike by `percent`."""
    return 200 * len(one & other) >= percent * (len(one) + len(other)) > 0


def is_near(one: Content, other: Content, percent: int) -> bool:
    """Whether two names are nearly the same: alike by `percent`, and neither has characters of its own beside
    the other's. 春季学期 and 秋季学期 are parallel, 困难学生 narrows 学生: these are not near.
    """
    if likeness(one, other) < percent or one.words == other.words:
        return one.words == other.words and len(one.words) > 1
    mine, others = set(one.words), set(other.words)
    if mine - others and others - mine:
        return False
    return not one.words.endswith(other.words) and not other.words.endswith(one.words)
