"""The words of the two upper levels of an indicator table (产出指标, 数量指标), as offices print them."""

import re
from functools import lru_cache
from unicodedata import normalize

_LEVEL_POINTS = re.compile(
    r"[(\[【]\s*(?:共|合计|权重|分值)?[:：]?\s*\d+(?:\.\d+)?\s*[分%]?\s*[)\]】]$|\d+(?:\.\d+)?分$"
)


@lru_cache(maxsize=16384)
def level_word(text: str) -> str:
    """A level-1 or level-2 word as printed, without blanks and without points in brackets behind it; once
    where it is printed twice, as a merged cell is that goes on over the page."""
    word = "".join(text.split())
    middle = len(word) // 2
    if middle > 3 and word[:middle] == word[middle:]:
        word = word[:middle]
    if not word or ("\u4e00" <= word[-1] <= "\u9fff" and word[-1] != "分"):
        return word  # no points behind it
    half = normalize("NFKC", word)
    found = _LEVEL_POINTS.search(half)
    # NFKC keeps the length of these words, so the position holds in the printed one as well.
    return word[: found.start()] if found and len(half) == len(word) else word


@lru_cache(maxsize=16384)
def two_levels(text: str) -> tuple[str, str] | None:
    """A level-1 and a level-2 word that stand in one cell, as where two columns touch; None otherwise."""
    word = "".join(text.split())
    return next(
        (
            (word[:end], word[end:])
            for end in range(2, len(word) - 1)
            if is_level1_word(word[:end]) and is_level2_word(word[end:])
        ),
        None,
    )


_LEVEL1_WORD = re.compile(
    r"(?:产出|效益|效果|满意度?|成本|决策|过程|管理|投入|履职效能|履职|服务对象满意度|社会公众满意度|运行成本|管理效率|社会效应|可持续性)类?(?:指标|目标)?"
)
_LEVEL2_WORD = re.compile(
    r"(?:产出)?(?:数量|质量|时效|进度|成本|经济成本|社会成本|生态环境成本|环境成本|经济效益|社会效益|生态效益|生态环境效益|环境效益|"
    r"可持续影响|可持续发展|可持续性?|服务对象满意度|社会公众满意度|公众满意度|群众满意度|服务对象|满意度|受益对象满意度|受益群众满意度|"
    r"产出数量|产出质量|产出时效|产出成本|可持续影响力|社会公众或服务对象满意度|服务满意度)(?:类)?(?:指标|目标)?"
)


@lru_cache(maxsize=16384)
def is_level1_word(text: str) -> bool:
    """Whether `text` is a level-1 word that stands in the usual trees."""
    return bool(_LEVEL1_WORD.fullmatch(level_word(text)))


@lru_cache(maxsize=16384)
def is_level2_word(text: str) -> bool:
    """Whether `text` is a level-2 word that stands in the usual trees."""
    return bool(_LEVEL2_WORD.fullmatch(level_word(text)))
