"""The words of the grammar: its patterns with the numerals and units of `base` filled in."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, cast

from lark import Lark, Token, Tree
from lark.lexer import TerminalDef

from hengliang.base.number import read_numeral
from hengliang.base.unit import unit_symbols

# The figure of PM2.5 is a part of its name.
_FIGURE = r"(?:(?<![0-9.A-Za-z])[0-9]+(?:\.[0-9]+)?|百分之[0-9]+(?:\.[0-9]+)?)"
CHINESE = "零一二两三四五六七八九十百千半"
_NUMERAL = rf"(?<![第{CHINESE}])(?:百分之)?[{CHINESE}]+"
BARE = rf"(?:[0-9]+(?:\.[0-9]+)?|(?<![{CHINESE}])[{CHINESE}]+)"
_NO_WORD = "(?![之钟析类布公解管别批期数值支歧])"
# Numbers in 分 that a condition is held against, and not points given: 90分以上, 80-90分的, 90分为优.
_NAMED = "的?(?:评|定|评定|确定|认定|判定)*为(?!止|限|基)"
_NO_LINE = rf"(?!(?:及|或)?以[上下内]|\(不?[含包]|之间|[和与][0-9.]+分之间|[≤<]|的?[得计扣加][0-9]|{_NAMED})"
_AMOUNT = rf"{BARE}个?分{_NO_WORD}(?!-|至|到){_NO_LINE}"
_RANGE = rf"{BARE}分?[-至到]{BARE}个?分{_NO_WORD}{_NO_LINE}"
_LIST = rf"{BARE}个?分?(?:[、,]{BARE}个?分?)*[、,]{BARE}个?分{_NO_WORD}{_NO_LINE}"
# 1微克/立方米: amounts for each of a measure; 2次/年 stays a count and words.
_PER_MEASURE = (
    "(?:毫克|微克|千克|公斤|克|吨|毫升|升|立方米|千瓦时)"
    "/(?:立方米|平方米|毫升|升|千克|公斤|吨|亩|公顷|万元|元|人|户)"
)
_WORTH = "(?:分值|权重分?值?|满分|总分|标准分|分数|基本分)"
_ITS = "(?:该项|本项|此项|该?指标|其|相应)?"
_PERCENT = "[0-9]+(?:\\.[0-9]+)?%"
_HALF = "(?<=[得计记给扣])的?一半的?(?:分值|分数|得分|分)?"
_PART = rf"(?:{_HALF}|{_ITS}{_WORTH}的{_PERCENT}|{_PERCENT}的?{_ITS}(?:{_WORTH}|分(?!别)))"
_DATE = "[0-9]{1,2}月(?:[0-9]{1,2}日|份|[底末初]|[上中下]旬)"
"""12月底 is a day and no number of months."""
# 一次性, 一次合格率: no number of times.
_NO_NAME = "(?!性|(?:性)?(?:交验|验收|检测|抽检|报验)?(?:合格|通过|成功|达标)率)"
_PLACES = re.compile("DATE|PART|NUMBER|NEXT|QTY|UNIT|AMT|RNG|LST|ORD")
_LONG_UNIT = 12


@cache
def parser_of(counting: tuple[str, ...], not_counted: tuple[str, ...]) -> Callable[[str], Tree[Token]]:
    """The parser. NUMBER, QTY, UNIT, AMT, RNG and LST in the grammar's patterns are what is meant here."""
    # 万元 is a multiple of 元: taking the multiples apart keeps the pattern small.
    simple = {text.lstrip("十百千万亿") or text for text in (*unit_symbols(), *counting)} - {"分"}
    unit = f"(?:{_PER_MEASURE}|[十百千万亿]{{0,2}}{_either(sorted(simple))}|[万亿])"
    counted = f"(?:[万亿]?{_either(sorted(simple.difference(not_counted)))})"
    percent = rf"百分之(?:[0-9]+(?:\.[0-9]+)?|[{CHINESE}]+)"
    alone = r"(?<![0-9.A-Za-z])[0-9]+(?:\.[0-9]+)?(?![0-9]|\.[0-9]|个?分)"
    quantity = rf"(?:{_FIGURE}(?:{unit}|分)|{_NUMERAL}{counted}{_NO_NAME}|{percent}|{alone})"
    meant = {
        "NUMBER": rf"(?:{_FIGURE}|{_NUMERAL}|{percent})",
        "NEXT": rf"(?!{_DATE})[0-9]|百分之|{_NUMERAL}{counted}{_NO_NAME}",
        "DATE": _DATE,
        "QTY": quantity,
        "UNIT": unit,
        "AMT": f"(?:{_AMOUNT})",
        "RNG": f"(?:{_RANGE})",
        "LST": f"(?:{_LIST})",
        "PART": f"(?:{_PART})",
        "ORD": rf"[0-9]{{1,3}}|[{CHINESE}]{{1,4}}",
    }

    def fill(terminal: TerminalDef) -> None:
        pattern = cast("Any", terminal.pattern)
        pattern.value = _PLACES.sub(lambda name: meant[name[0]], pattern.value)

    grammar = (files("hengliang") / "criteria" / "grammar.lark").read_text(encoding="utf-8")
    lark = cast("Any", Lark(grammar, start="sentence", parser="lalr", lexer="basic", edit_terminals=fill))
    return cast("Callable[[str], Tree[Token]]", lark.parse)


def _either(words: Sequence[str]) -> str:
    """A pattern of any of `words`, the longest first, that looks at each character once."""
    branches: dict[str, list[str]] = {}
    for word in words:
        branches.setdefault(word[:1], []).append(word[1:])
    ends = "" in branches
    parts = [
        re.escape(first) + (_either(rest) if any(rest) else "")
        for first, rest in sorted(branches.items())
        if first
    ]
    return f"(?:{'|'.join(parts)}){'?' if ends else ''}"


def number(text: str) -> Decimal | None:
    """The number that figures or Chinese numerals are; 半 is 0.5."""
    if text[:1].isdigit():
        return Decimal(text)
    return Decimal("0.5") if text == "半" else read_numeral(text)
