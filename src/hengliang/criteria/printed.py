"""The printed sentence in one spelling, with the place of every character in what was printed.

Widths, traditional characters, blanks and signs of one meaning are made one; a misprint that can only be one
thing (0。5) is mended and named. Words are never changed.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple, cast

from hengliang.base.number import read_numeral
from hengliang.base.profile import Profile
from hengliang.base.text import narrow


class Span(NamedTuple):
    """Characters of the printed sentence, from `start` up to and without `end`."""

    start: int
    end: int


class Printed(NamedTuple):
    """A sentence as printed, its one spelling, and where each character of that stood."""

    text: str
    plain: str
    places: tuple[int, ...]
    """For each character of `plain` its position in `text`; one more for the end."""
    mended: tuple[Span, ...] = ()
    """Misprints that were read as what they must be: a full stop inside a number."""

    def span(self, start: int, end: int) -> Span:
        """The printed characters behind `plain[start:end]`."""
        if start >= end:
            return Span(self.places[start], self.places[start])
        return Span(self.places[start], self.places[end - 1] + 1)


_SIGNS = str.maketrans(
    "，；：（）【】［］〔〕[]{}％≧≦﹦═＝＞＜～〜∼—–－―−×✕✖＊÷／！？．。﹤﹥﹪、~",
    ",;:()()()()()()%≥≤===><--------×××*÷/!?.。<>%、-",
)
_ONE = re.compile(r"(?<=[一-鿿])[lI|](?=(?:个|%|项|次|天|日|人|家|处|件|起|分))")
_ZERO = re.compile(r"(?<![A-Za-z0-9])[Oo](?=[.。][0-9])")
_COMMA = re.compile(r"(?<!分别)(?<=[扣减加得计])0,(?=[0-9]{1,2}分)")
_POINT = re.compile(r"(?<![0-9.])([0-9])。(?=[0-9]{1,2}分)")
_THOUSANDS = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9%,])")
_MARKS = re.compile(
    r"[①②③④⑤⑥⑦⑧⑨⑩]|(?:^|(?<=[;。,]))\([0-9一二三四五六七八九十]{1,2}\)|(?:^|(?<=[;。]))\(?[0-9一二三四五六七八九十]{1,2}[)、](?=[^0-9])|(?:^|(?<=[;。]))[0-9]{1,2}\.(?=[^0-9])"
)


def printed(text: str, profile: Profile) -> Printed:
    """`text` in one spelling. Traditional characters are those of the profile's `criteria.traditional`."""
    simple = narrow(text).translate(_SIGNS).translate(_traditional(profile))
    kept = [*_kept(simple)]
    plain = "".join(char for _, char in kept)
    for match in reversed([*_THOUSANDS.finditer(plain)]):
        kept[match.start() : match.end()] = [
            pair for pair in kept[match.start() : match.end()] if pair[1] != ","
        ]
    plain = "".join(char for _, char in kept)
    mended: list[Span] = []
    for pattern, right in ((_ONE, "1"), (_ZERO, "0"), (_COMMA, ".")):
        for match in pattern.finditer(plain):
            at = match.end() - 1
            mended.append(Span(kept[at][0], kept[at][0] + 1))
            kept[at] = (kept[at][0], right)
    plain = "".join(char for _, char in kept)
    for match in _POINT.finditer(plain):
        at = match.end() - 1
        place = kept[at][0]
        mended.append(Span(place - 1, place + 2))
        kept[at] = (place, ".")
    plain = "".join(char for _, char in kept)
    for match in reversed([*_TIMES.finditer(plain)]):
        sign = "×" if match[1] == "乘" else "÷"
        if match[0] != match[0][-2:] and _SUM.search(plain[: match.start()]):
            continue
        kept[match.start() : match.end()] = [(kept[match.end() - 1][0], sign)]
    plain = "".join(char for _, char in kept)
    for match in reversed([*_SPOKEN.finditer(plain)]):
        kept[match.start() : match.end()] = _figures(kept[match.start() : match.end()], match)
    plain = "".join(char for _, char in kept)
    # A mark of a list (①, 1、) parts clauses and says nothing itself.
    for match in _MARKS.finditer(plain):
        for at in range(match.start(), match.end()):
            kept[at] = (kept[at][0], ";")
    plain = "".join(char for _, char in kept)
    return Printed(text, plain, (*(place for place, _ in kept), len(text)), tuple(mended))


_SUM = re.compile("[+＋加-][^,;。]*$")
"""A×50%+B×50%，再乘以10分: the whole sum is meant, which the sign alone would not say."""
_TIMES = re.compile("(?:,?再)?([乘除])以")
_DIGITS = "零一二三四五六七八九"
_SPOKEN = re.compile(
    "百分之(?P<percent>[零一二两三四五六七八九十百]+|[0-9]+(?:[.][0-9]+)?)"
    f"|(?P<whole>[零一二两三四五六七八九十]+)点(?P<part>[{_DIGITS}]+)(?=个?百?分|%|倍|‰)"
)


def _figures(kept: list[tuple[int, str]], match: re.Match[str]) -> list[tuple[int, str]]:
    """百分之九十 as 90%, 零点五 as 0.5, each figure at a place of the words it stands for."""
    percent = match["percent"]
    if percent is not None:
        number = percent if percent[0].isdigit() else read_numeral(percent)
        said = f"{number}%"
    else:
        number = read_numeral(match["whole"]) if match["whole"] != "零" else 0
        said = f"{number}." + "".join(str(_DIGITS.index(digit)) for digit in match["part"])
    if number is None:
        return kept
    first, last = kept[0][0], kept[-1][0]
    return [*((first, char) for char in said[:-1]), (last, said[-1])]


def _kept(text: str) -> Iterator[tuple[int, str]]:
    """Every character that is no blank; a blank between two digits stays, as it may part two numbers."""
    for place, char in enumerate(text):
        if not char.isspace():
            yield place, char
        elif text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit():
            yield place, " "


def _traditional(profile: Profile) -> dict[int, str]:
    pairs = cast("dict[str, str]", profile.table("criteria.traditional"))
    return {ord(old): new for old, new in zip(pairs["from"], pairs["to"], strict=True)}
