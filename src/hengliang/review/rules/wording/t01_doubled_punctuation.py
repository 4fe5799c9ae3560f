"""
## What it checks

No two punctuation marks stand side by side (。。 ，， ；。). ？！ and three or more 。 in a row (an
ellipsis, see F14) are left alone. The fix keeps one mark, of different ones the stronger.

## Why

A doubled mark is a slip of typing or copying. It shows that nobody read the text once more.

## Example

国土空间用途管制、城乡规划管理职责。。

## Instead

国土空间用途管制、城乡规划管理职责。

## Basis

财预〔2015〕88号, review point 规范完整性: content accurate (recalled, to be checked against the official
text).

---

## 查什么

两个标点不应连用（“。。”“，，”“；。”）。“？！”和连用三个以上句号（相当于省略号，见F14）除外。修正时保留一
个；标点不同的保留停顿较长的。

## 为什么

重复标点是录入、粘贴的差错，说明填报后没有再看一遍。

## 示例

国土空间用途管制、城乡规划管理职责。。

## 应改为

国土空间用途管制、城乡规划管理职责。

## 依据

财预〔2015〕88号“规范完整性”审核要点：内容准确（凭记忆转述，待与正式文本核对）。
"""

import re
from collections.abc import Iterator
from functools import cache

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.rule import Context, Outcome, Rule, safe_fix

rule = Rule(
    code="T01",
    name="doubled-punctuation",
    zh="重复标点",
    en="doubled punctuation",
    severity=Severity.WARNING,
    basis=("88:规范完整性",),
    reads=("duties", "goals", "indicators"),
    fix="safe",
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    strength = context.profile.words("wording.marks")
    spans = [
        match.span()
        for match in context.texts.search(_doubled(context.profile))
        if "。。。" not in match[0] and match[0] not in ("？！", "！？")
    ]
    for found in context.texts.fields(spans):
        kept = [min(marks, key=strength.index) for marks in found.words]
        yield rule.finds(
            found.spots,
            message("punctuation is doubled: {marks}", marks=" ".join(found.words)),
            observed=" ".join(found.words),
            expected=message("one mark"),
            fix=safe_fix(
                message("keep one of the marks"), Edit(found.path, found.text, found.with_words(kept))
            ),
        )


@cache
def _doubled(profile: Profile) -> re.Pattern[str]:
    marks = f"[{''.join(profile.words('wording.marks'))}]"
    return re.compile(f"{marks}{marks}+")
