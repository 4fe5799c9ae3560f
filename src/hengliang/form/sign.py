"""The sign of a target (指标值类型): ≥ > = < ≤ or 定性, in all its spellings.

Source of the values: the ministry's codes 1 to 6 for ≥ ＞ ＝ ＜ ≤ 定性; its 9, 定量（其他）, says nothing
of a sign. Offices also print a direction: 正向 (more is better) stands for ≥, 反向 for ≤.
"""

import re
from functools import lru_cache
from typing import cast

from hengliang.base.text import compact
from hengliang.form.model import Operator

# Longer spellings come first: >= before >. 〈 〉 are typed for < >; ≮ (not less) and ≯ mean ≥ and ≤.
_SIGNS = {
    "≥": "[>〉﹥][=﹦═]|[=﹦═][>〉﹥]|≥[=﹦═]?|[≧⩾≮]",
    "≤": "[<〈﹤][=﹦═]|[=﹦═][<〈﹤]|≤[=﹦═]?|[≦⩽≯]",
    ">": "[>〉﹥]",
    "<": "[<〈﹤]",
    "=": "[=﹦═]{1,2}",
}
_OR_EQUAL = "[或、/]?(?:等于|=)"
_WORDS = {
    "≥": f"(?:大于|高于|多于|超过){_OR_EQUAL}|不[得应能可宜]?[低少小]于|至少|最少",
    "≤": f"(?:小于|低于|少于){_OR_EQUAL}|不[得应能可宜]?[高多大晚迟]于|不[得应能可宜]?超[过出]|至多|最多",
    ">": "(?<![未没有])(?:大于|高于|多于|超过)",
    "<": "(?<![未没有])(?:小于|低于|少于)",
    "=": "等于",
}
_AFTER = {
    "≥": "[及或]?以上",
    "≤": "[及或]?以[内下]|之内|内(?![容部涵外业控存河蒙科资])",
}

_KINDS = {"ge": "≥", "le": "≤", "gt": ">", "lt": "<", "eq": "="}


def _either(*tables: dict[str, str]) -> str:
    """A pattern of all spellings, each kind a group with a name of `_KINDS`."""
    parts: list[str] = []
    for name, sign in _KINDS.items():
        spellings = "|".join(table[sign] for table in tables if sign in table)
        if spellings:
            parts.append(f"(?P<{name}>{spellings})")
    return "|".join(parts)


_ANY = re.compile(_either(_SIGNS, _WORDS))
_SIGN_ONLY = re.compile(_either(_SIGNS))
_BEHIND = re.compile(f"(?:{_either(_AFTER)})")
_LESS_IS_BETTER = re.compile("反向|负向|逆向")


def kind_of(found: re.Match[str]) -> Operator:
    """The operator that a match of one of the patterns below means."""
    return cast("Operator", _KINDS[str(found.lastgroup)])


def signs_in(text: str) -> list[re.Match[str]]:
    """Every sign and every word for one that stands before a number (不低于, 大于等于), in reading order."""
    return list(_ANY.finditer(text))


def sign_behind(text: str, position: int) -> re.Match[str] | None:
    """The word for a sign that stands behind a number (以上, 以内) at `position`."""
    return _BEHIND.match(text, position)


def has_sign(text: str) -> bool:
    """Whether a sign, not a word for one, stands in `text`."""
    return _SIGN_ONLY.search(text) is not None


@lru_cache(maxsize=4096)
def _read_sign(text: str) -> Operator | None:
    plain = compact(text)
    if "定性" in plain:
        return None if "定量" in plain else "定性"
    kinds: set[Operator] = {kind_of(found) for found in signs_in(plain)}
    if plain.startswith(("以", "及以", "或以")):
        kinds.update(kind_of(found) for found in _BEHIND.finditer(plain))
    if not kinds:
        if "正向" in plain:
            return None if _LESS_IS_BETTER.search(plain) else "≥"
        return "≤" if _LESS_IS_BETTER.search(plain) else None
    return kinds.pop() if len(kinds) == 1 else None


def read_sign(text: str | None) -> Operator | None:
    """The operator that a cell of a sign column means (指标值类型, 指标性质, 计算符号, 指标方向).

    None when it means none: blank, 定量, a dash, both kinds at once, or a text too long to be a sign.
    """
    return _read_sign(text) if text and len(text) <= 24 else None
