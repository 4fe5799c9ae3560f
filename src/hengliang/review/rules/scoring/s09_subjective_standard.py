"""
## What it checks

The standard hangs on words such as 科学, 合理, 有效, 可操作, 明显, 酌情 (list of the profile), and names no
number to be reached, no step, no three grades and no test (专家评审, 问卷).

## Why

What is 合理 is for the scorer to say. 量化易评 asks for standards that two people apply alike.

## Example

不科学、不合理的扣8分

## Instead

专家评审≥80分得8分，60分至80分得5分，低于60分不得分

## Basis

财预〔2021〕101号, 量化易评 (recalled, to be checked against the official text).

---

## 查什么

评分标准依赖“科学、合理、有效、可操作、明显、酌情”等用语（词表见规则集），没有须达到的数值、扣分步长、三档，也没有检验办法（专家评审、问卷等）。

## 为什么

什么叫“合理”由评判人说了算。“量化易评”要求两个人用同一标准得出同一结果。

## 示例

不科学、不合理的扣8分

## 应改为

专家评审≥80分得8分，60分至80分得5分，低于60分不得分

## 依据

财预〔2021〕101号“量化易评”（凭记忆转述，待与正式文本核对）。
"""

import re
from functools import cache, lru_cache

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.review.by_row import RowOutcome
from hengliang.review.grades import has_three_grades
from hengliang.review.kinds import with_standard
from hengliang.review.row import Row
from hengliang.review.rule import Rule
from hengliang.review.sentence import NO_STANDARDS

rule = Rule(
    code="S09",
    name="subjective-standard",
    zh="主观评分",
    en="subjective wording",
    severity=Severity.WARNING,
    basis=("101:量化易评",),
    reads=("indicators.criterion",),
)
_WANTED = message("a number, a step, three grades, or a test by others")


@rule.check_rows(with_standard, none=NO_STANDARDS)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    sentence = row.sentence
    if sentence.lines or sentence.steps or sentence.ratio:
        return None
    spans = _subjective(sentence.text, profile)
    if not spans or has_three_grades(sentence, profile):
        return None
    path = row.path("criterion")
    words = "、".join(sentence.text[start:end] for start, end in spans)
    return rule.finds(
        tuple(Spot(path, start, end) for start, end in spans),
        message("the points hang on {words}, with nothing to test them by", words=words),
        words,
        _WANTED,
    )


@lru_cache(maxsize=65536)
def _subjective(text: str, profile: Profile) -> tuple[tuple[int, int], ...]:
    """Where the words stand; nowhere when the text names a test."""
    found = tuple(match.span(1) for match in _pattern(profile).finditer(text) if match[1])
    return () if found and profile.pattern("scoring.tests").search(text) else found


@cache
def _pattern(profile: Profile) -> re.Pattern[str]:
    excepted = profile.pattern("scoring.not_subjective").pattern
    return re.compile(f"{excepted}|({profile.pattern('scoring.subjective_words').pattern})")
