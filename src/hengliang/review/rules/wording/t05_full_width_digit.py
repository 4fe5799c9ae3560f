"""
## What it checks

Figures are written in half width, and so is the colon of a scale or a ratio (1:500). A colon behind a
numbered thing (目标1：500亩) is punctuation and stays.

## Why

１：５００ and 1:500 are the same to a reader and two different things to a search, a table and a library of
indicators.

## Example

1：500地形图更新

## Instead

1:500地形图更新

## Basis

财预〔2015〕88号, review point 规范完整性 (recalled, to be checked against the official text).

---

## 查什么

数字使用半角；比例尺、比例中的冒号也使用半角（1:500）。“目标1：500亩”一类序号后的冒号是标点，不改。

## 为什么

“1：500”与“1:500”人看着一样，检索、汇总和指标库却当成两样。

## 示例

1：500地形图更新

## 应改为

1:500地形图更新

## 依据

财预〔2015〕88号“规范完整性”审核要点（凭记忆转述，待与正式文本核对）。
"""

import re
from collections.abc import Iterator
from functools import cache

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.rule import Context, Outcome, Rule, safe_fix

rule = Rule(
    code="T05",
    name="full-width-digit",
    zh="全角数字与比例号",
    en="full-width digits or scale colon",
    severity=Severity.ADVICE,
    basis=("88:规范完整性",),
    reads=("duties", "goals", "indicators"),
    fix="safe",
)

_WIDE = "０１２３４５６７８９"
_FIGURES = f"0123456789{_WIDE}"
_WIDE_FIGURES = re.compile(f"[{_WIDE}]+")
_COLON = re.compile(rf"：(?<=[{_FIGURES}]：)(?=[{_FIGURES}])")
_NARROW = str.maketrans(f"{_WIDE}：", "0123456789:")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    texts = context.texts
    spans = _ratios(context)
    if any(digit in texts.whole for digit in _WIDE):
        inside = {place for span in spans for place in range(*span)}
        figures = (match.span() for match in texts.search(_WIDE_FIGURES))
        spans = sorted([*spans, *(span for span in figures if span[0] not in inside)])
    for found in texts.fields(spans):
        right = [word.translate(_NARROW) for word in found.words]
        yield rule.finds(
            found.spots,
            message("figures or the sign of a scale are in full width: {signs}", signs=" ".join(found.words)),
            observed=" ".join(found.words),
            expected=message("half-width figures and signs: {signs}", signs=" ".join(right)),
            fix=safe_fix(
                message("write them in half width"), Edit(found.path, found.text, found.with_words(right))
            ),
        )


def _ratios(context: Context) -> list[tuple[int, int]]:
    """Figures with a full-width colon between them (1：500), but for those that count something through."""
    whole = context.texts.whole
    numbered = _numbered(context.profile)
    spans: list[tuple[int, int]] = []
    for match in context.texts.search(_COLON):
        start, end = match.span()
        if spans and start < spans[-1][1]:
            continue
        while whole[start - 1] in _FIGURES:
            start -= 1
        while whole[end] in _FIGURES or (whole[end] == "：" and whole[end + 1] in _FIGURES):
            end += 1
        if not numbered.search(whole, max(start - 8, 0), start):
            spans.append((start, end))
    return spans


@cache
def _numbered(profile: Profile) -> re.Pattern[str]:
    """Words that are followed by a number of their own, at the end of what is searched."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, profile.words('wording.numbered_things')))})\Z")
