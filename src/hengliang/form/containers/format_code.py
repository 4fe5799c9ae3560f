"""The language of spreadsheet number formats: sections, conditions, tokens.

Source: ECMA-376 part 1, 18.8.31 (numFmts).
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r'"([^"]*)"?'  # quoted text
    r"|[\\!](.)"  # one literal character
    r"|([_*]).?"  # a gap or a filler: nothing that is read
    r"|\[([^\]]*)\]"  # colour, condition, currency, language, elapsed time
    r"|(General|G/通用格式|AM/PM|A/P|上午/下午|E[+-]|[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?|[aA]{3,4}|.)",
    re.S | re.I,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_CURRENCY = re.compile(r"\$([^-]*)")


class Token(NamedTuple):
    """A part of a format: `kind` is `text`, `bracket` or `code`."""

    kind: str
    text: str


def literal(token: Token) -> str:
    """What a token shows that is no place for digits: quoted text, a currency sign, a colon …"""
    if token.kind == "bracket":
        currency = _CURRENCY.match(token.text)
        return currency[1] if currency else ""
    return token.text


def is_time(token: Token) -> bool:
    """Whether a token is a place for a part of a date or time."""
    if token.kind == "bracket":
        return token.text != "" and token.text.lower() in ("h", "hh", "m", "mm", "s", "ss")
    text = token.text.lower()
    return token.kind == "code" and (text[0] in "ymdhs" or text in ("aaa", "aaaa"))


@lru_cache(maxsize=512)
def _sections(code: str) -> Sequence[Sequence[Token]]:
    """The sections for positive numbers, negative ones, zero and text."""
    sections: list[list[Token]] = [[]]
    for quoted, escaped, gap, bracket, other in _TOKEN.findall(code):
        if other == ";":
            sections.append([])
        elif other:
            sections[-1].append(Token("code", other))
        elif bracket:
            sections[-1].append(Token("bracket", bracket))
        elif not gap:
            sections[-1].append(Token("text", quoted or escaped))
    return sections


def section_for(number: Decimal, code: str) -> tuple[Sequence[Token], bool]:
    """The section for a number, and whether its minus sign is still to be shown."""
    sections = _sections(code)[:3]
    conditions = [_condition(section) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _holds(condition, number):
                return section, number < 0
        return sections[-1], number < 0
    if number < 0 and len(sections) > 1:
        return sections[1], False
    if not number and len(sections) > 2:
        return sections[2], False
    return sections[0], number < 0


def _condition(section: Sequence[Token]) -> tuple[str, Decimal] | None:
    for token in section:
        if token.kind == "bracket" and (found := _CONDITION.fullmatch(token.text)):
            return found[1], Decimal(found[2])
    return None


def _holds(condition: tuple[str, Decimal], number: Decimal) -> bool:
    sign, limit = condition
    if number == limit:
        return "=" in sign
    return sign == "<>" or ("<" in sign if number < limit else ">" in sign)
