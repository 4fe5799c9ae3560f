"""
## What it checks

, ; : ? ! between two Chinese characters, and ( ) around or behind Chinese words, are written in full width.
Marks beside figures and Latin letters (1:500, 100%,) are left alone. The fix writes ， ； ： ？ ！ （ ）.

## Why

Mixed widths look careless, and a search for 统计标准， does not find 统计标准,.

## Example

统计标准,按照统一规范的制度

## Instead

统计标准，按照统一规范的制度

## Basis

财预〔2015〕88号, review point 规范完整性 (recalled, to be checked against the official text); GB/T 15834 on
punctuation (recalled).

---

## 查什么

两个汉字之间的逗号、分号、冒号、问号、叹号，以及汉字前后的括号，应使用全角。与数字、字母相邻的（1:500、
100%,）不查。修正时改为全角。

## 为什么

全角半角混用显得粗糙，检索“统计标准，”也查不到“统计标准,”。

## 示例

统计标准,按照统一规范的制度

## 应改为

统计标准，按照统一规范的制度

## 依据

财预〔2015〕88号“规范完整性”审核要点（凭记忆转述，待与正式文本核对）；GB/T 15834《标点符号用法》（凭记忆转
述）。
"""

import re
from collections.abc import Iterator

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.review.rule import Context, Outcome, Rule, safe_fix

rule = Rule(
    code="T02",
    name="half-width-punctuation",
    zh="半角标点",
    en="half-width punctuation in Chinese",
    severity=Severity.ADVICE,
    basis=("88:规范完整性",),
    reads=("duties", "goals", "indicators"),
    fix="safe",
)

_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_HAN = "一-鿿㐀-䶿"
_MARK = re.compile(rf"[,;:?!](?<=[{_HAN}”’）》】][,;:?!])(?=[{_HAN}“‘（《【])")
_BRACKETS = re.compile(r"[(（][^()（）\n]*[)）]")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    whole = context.texts.whole
    spans: list[tuple[int, int]] = []
    if any(mark in whole for mark in ",;:?!"):
        spans += [match.span() for match in context.texts.search(_MARK)]
    if "(" in whole or ")" in whole:
        spans = sorted([*spans, *_brackets(whole)])
    for found in context.texts.fields(spans):
        # The name of a unit is written as it is registered.
        if found.path == "organisation":
            continue
        right = [_FULL[mark] for mark in found.words]
        yield rule.finds(
            found.spots,
            message(
                "half-width punctuation stands between Chinese characters: {marks}",
                marks=" ".join(found.words),
            ),
            observed=" ".join(found.words),
            expected=message("full-width punctuation: {marks}", marks=" ".join(right)),
            fix=safe_fix(
                message("write the punctuation in full width"),
                Edit(found.path, found.text, found.with_words(right)),
            ),
        )


def _brackets(whole: str) -> Iterator[tuple[int, int]]:
    """Half-width brackets beside Chinese characters on both their sides, always with their other half."""
    for match in _BRACKETS.finditer(whole):
        start, end = match.start(), match.end() - 1
        widths = whole[start] + whole[end]
        if widths == "（）":
            continue
        if widths != "()" or any(_between(whole, place) for place in (start, end)):
            for place in (start, end):
                if whole[place] in "()":
                    yield place, place + 1


def _between(whole: str, place: int) -> bool:
    return bool(_HAN_SIGN.match(whole[place - 1])) and bool(_HAN_SIGN.match(whole[place + 1]))


_HAN_SIGN = re.compile(f"[{_HAN}]")
