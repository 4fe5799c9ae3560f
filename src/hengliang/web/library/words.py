"""The words of a text: cut by a dictionary (jieba), as whoever writes and whoever searches means them.

The same words serve on every database. The dictionary comes with the package and needs no network; words of
the trade and groups of words that mean the same are data (words.toml).
"""

import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from rjieba import Jieba

LONGEST = 60
"""No word is longer; what is cut longer is no word that anybody searches."""

SYNONYM = 0.5
"""How much a word counts that nobody typed but that means the same as one typed."""


class _Known(NamedTuple):
    jieba: Jieba
    groups: tuple[tuple[str, ...], ...]


@cache
def _known() -> _Known:
    data = tomllib.loads(files("hengliang.web.library").joinpath("words.toml").read_text("utf-8"))
    groups = tuple(tuple(group) for group in data["synonyms"])
    jieba = Jieba()
    for word in (*data["words"], *(word for group in groups for word in group)):
        jieba.add_word(word, None, None)
    return _Known(jieba, groups)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def words(text: str) -> Iterator[str]:
    """The words of a text, short ones inside long ones too (满意度: 满意, 满意度); marks are none."""
    plain = _plain(text)
    for word in _known().jieba.cut_for_search(plain):
        if word.strip() and any(char.isalnum() for char in word):
            yield word[:LONGEST]


def asked(query: str) -> list[dict[str, float]]:
    """What a query asks for: for each word typed, that word with 1 and those that mean the same with less. An
    entry answers a part of the question once, by the best of its words."""
    typed = list(dict.fromkeys(words(query)))
    parts = {word: {word: 1.0} for word in typed}
    plain = _plain(query)
    for group in _known().groups:
        meant = max((word for word in group if word in plain), key=len, default="")
        for own in list(words(meant))[-1:]:
            for word in (word for other in group for word in words(other)):
                if own in parts and word not in parts:
                    parts[own][word] = SYNONYM
    return list(parts.values())
