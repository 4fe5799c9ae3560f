"""
## What it checks

The goals, and target values in words, do without words that sound and say nothing (更大的, 进一步,
扎实推进, 显著 …). A value that the scoring standard grades (显著计6分，一般计3分) is left alone.

## Why

有效推进 can neither be reached nor missed. What would be seen when it is reached is the target.

## Example

国土空间规划城市体检评估: 有效推进

## Instead

体检评估报告通过专家评审

## Basis

财预〔2015〕88号, requirement 细化量化 (recalled, to be checked against the official text). The list of
words is a choice of this project.

---

## 查什么

总体目标和文字型指标值，不用听着响亮却没有内容的词（更大的、进一步、扎实推进、显著等）。评分标准已对该词分档
计分的（显著计6分，一般计3分）除外。

## 为什么

“有效推进”既谈不上完成，也谈不上未完成。推进到什么程度、看得见什么，那才是指标值。

## 示例

国土空间规划城市体检评估：有效推进

## 应改为

体检评估报告通过专家评审

## 依据

财预〔2015〕88号“细化量化”要求（凭记忆转述，待与正式文本核对）。词表为本项目选定。
"""

import re
from collections.abc import Iterator
from functools import cache

from hengliang.base.finding import Finding, Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.base.remember import remembered_by_profile
from hengliang.review.rule import Context, Outcome, Rule
from hengliang.review.texts import Found, found_in

rule = Rule(
    code="T09",
    name="empty-wording",
    zh="空泛用语",
    en="empty wording",
    severity=Severity.ADVICE,
    basis=("88:细化量化",),
    reads=("goals", "indicators.target", "indicators.criterion"),
)

_EXPECTED = message("what will be seen when it is reached, in numbers where there are any")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    for index, goal in enumerate(context.form.goals):
        if places := _places(goal, context.profile):
            yield _finding(Found(f"goals/{index}", goal.replace("\n", " "), places))
    for found in context.texts.find(_vague_value(context.profile), "target"):
        criterion = context.form.indicators[int(found.path.split("/")[1])].criterion
        if criterion is None or found.text not in criterion:
            yield _finding(found)


def _finding(found: Found) -> Finding:
    words = " ".join(dict.fromkeys(found.words))
    return rule.finds(
        found.spots,
        message("words that promise nothing: {words}", words=words),
        observed=words,
        expected=_EXPECTED,
    )


@remembered_by_profile(size=4096, longest=4096)
def _places(goal: str, profile: Profile) -> tuple[tuple[int, int], ...]:
    return found_in(goal, _vague(profile))


@cache
def _vague(profile: Profile) -> re.Pattern[str]:
    return re.compile(_one_of(profile.words("wording.vague")))


@cache
def _vague_value(profile: Profile) -> re.Pattern[str]:
    whole = _one_of(profile.words("wording.vague_values"))
    return re.compile(rf"(?<=\n)(?:{whole})(?=\n)|(?:{_one_of(profile.words('wording.vague'))})")


def _one_of(words: tuple[str, ...]) -> str:
    """One of `words`, longer ones first; looked up by their first character."""
    first: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(char)}(?:{'|'.join(rest)})" for char, rest in first.items())
