"""Which of cost, quality, time, quantity or management the words of a text belong to."""

import re
from collections.abc import Mapping
from functools import lru_cache

from hengliang.base.profile import Profile
from hengliang.form.levels import Level2

DIMENSIONS: Mapping[Level2, str] = {
    Level2.QUANTITY: "quantity",
    Level2.QUALITY: "quality",
    Level2.TIME: "time",
    Level2.COST: "cost",
    Level2.ECONOMIC_COST: "cost",
}
"""The kinds of output, and the word lists of the profile (`indicators.dimension`) that belong to them."""


def words_by_dimension(text: str, profile: Profile) -> Mapping[str, tuple[int, int]]:
    """The dimensions of which `text` has a word, each with the characters of the first one. Longer words win:
    预算编制 is management, no cost.
    """
    pattern, kinds = _words(profile)
    found: dict[str, tuple[int, int]] = {}
    for match in pattern.finditer(text):
        found.setdefault(kinds.get(match[0], "time"), match.span())
    return found


@lru_cache(maxsize=64)
def _words(profile: Profile) -> tuple[re.Pattern[str], Mapping[str, str]]:
    kinds = {
        word: kind
        for kind in ("cost", "quality", "time", "management", "quantity")
        for word in profile.words(f"indicators.dimension.{kind}")
    }
    words = "|".join(map(re.escape, sorted(kinds, key=len, reverse=True)))
    spans = "|".join(map(re.escape, profile.words("indicators.dimension.spans")))
    # 2023年建设 tells the year of the budget and nothing of time.
    return re.compile(rf"{words}|(?<!\d)\d{{1,3}}个?(?:{spans})"), kinds
