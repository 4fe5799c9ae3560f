"""Grades (三档) named in a scoring standard: 达成, 部分达成, 未达成; 优, 良, 中, 差."""

import re
from functools import cache, lru_cache

from hengliang.base.profile import Profile
from hengliang.review.sentence import Sentence

_THREE = 3


def has_three_grades(sentence: Sentence, profile: Profile) -> bool:
    """Whether the standard tells at least three results apart, by grade words or by different points."""
    return sentence.levels >= _THREE or named_grades(sentence.text, profile) >= _THREE


@lru_cache(maxsize=65536)
def named_grades(text: str, profile: Profile) -> int:
    """How many grades of one set (`scoring.grades`) the text names."""
    pattern, sets = _grades(profile)
    found = set(pattern.findall(text))
    return max((len(found & words) for words in sets), default=0) if len(found) > 1 else len(found)


@cache
def _grades(profile: Profile) -> tuple[re.Pattern[str], tuple[frozenset[str], ...]]:
    names = profile.table("scoring.grades")
    sets = tuple(frozenset(profile.words(f"scoring.grades.{name}")) for name in names)
    words = sorted({word for one in sets for word in one}, key=lambda word: (-len(word), word))
    # One character is a grade only where it stands alone: 优得10分, but not 优化 and not 做好.
    alone = r"(?:(?<![^\W\d_])|(?<=[分为属按])){word}(?=\W|[得计为的等三四五\d]|\Z)"
    return re.compile(
        "|".join(re.escape(word) if len(word) > 1 else alone.format(word=word) for word in words)
    ), sets
