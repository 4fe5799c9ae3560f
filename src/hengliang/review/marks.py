"""The numbers in front of list items (1、 （一） ① 目标1：): read, and written anew in the same way."""

import re
from functools import lru_cache
from typing import NamedTuple

from hengliang.base.number import read_numeral, write_numeral

_NUMBER = re.compile(r"(.*?)([0-9０-９]+|[一二三四五六七八九十百]+|[①-⑳⑴-⒇⒈-⒛㈠-㈩Ⅰ-Ⅻ])(.*)", re.S)
# Signs that hold the whole number: the first of each series, and how many there are.
_SERIES = (("①", 20), ("⑴", 20), ("⒈", 20), ("㈠", 10), ("Ⅰ", 12))


class Mark(NamedTuple):
    """The mark of one list item: what stands before and behind its number, and how the number is written."""

    before: str
    number: int
    behind: str
    script: str
    """`1` for figures, `一` for Chinese numerals, else the first sign of the series."""

    @property
    def style(self) -> tuple[str, str]:
        """What tells levels of a list apart: `1、` and `1.` are of one level, `1、` and `（1）` are not."""
        return self.before, self.script

    def written(self, number: int) -> str:
        """The same mark with another number."""
        return f"{self.before}{_written(number, self.script)}{self.behind}"


@lru_cache(maxsize=4096)
def read_mark(text: str) -> Mark | None:
    """The mark that `text` is, None when there is no number in it."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    before, number, behind = found.groups()
    if number[0].isdecimal():
        return Mark(before, int(number), behind, "1")
    for first, size in _SERIES:
        place = ord(number[0]) - ord(first)
        if 0 <= place < size:
            return Mark(before, place + 1, behind, first)
    numeral = read_numeral(number)
    return None if numeral is None else Mark(before, int(numeral), behind, "一")


def _written(number: int, script: str) -> str:
    if script == "1":
        return str(number)
    if script == "一":
        numeral = write_numeral(number)
        return numeral[1:] if 10 <= number < 20 else numeral
    size = dict(_SERIES)[script]
    return chr(ord(script) + number - 1) if number <= size else str(number)
