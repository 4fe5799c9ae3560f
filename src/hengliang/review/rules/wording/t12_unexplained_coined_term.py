"""
## What it checks

A term in quotation marks is explained somewhere on the form: in brackets behind it, by 即 or 是指, or as
the short form of what stands before it (以下简称“…”). Terms of national laws and documents of the central
authorities, plain figures of speech, proper names of systems and prizes, and quoted lists (“征、供、用”)
need no explanation; the glossary is data of the profile. One finding for each term.

## Why

Targets are published. A citizen, an auditor and a reviewer from another office do not know the short words
of one trade.

## Example

实行“一地一码”

## Instead

实行“一地一码”（每宗土地一个编码）

## Basis

财预〔2015〕88号, review point 明确清晰性 (recalled, to be checked against the official text). The glossary
is a choice of this project.

---

## 查什么

引号中的提法应在表内有说明：其后加括号说明，或用“即”“是指”说明，或是前文的简称（以下简称“……”）。国家法律、中
央文件中的通行提法，常用比喻，系统、奖项等专名，以及引号内的并列词语（“征、供、用”）不需说明；词表见规则集。
每个提法提示一次。

## 为什么

绩效目标要公开。群众、审计人员和其他部门的审核人员，并不了解一个行业内部的简称。

## 示例

实行“一地一码”

## 应改为

实行“一地一码”（每宗土地一个编码）

## 依据

财预〔2015〕88号“明确清晰性”审核要点（凭记忆转述，待与正式文本核对）。词表为本项目选定。
"""

import re
from collections.abc import Iterator
from functools import cache

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="T12",
    name="unexplained-coined-term",
    zh="缩略语未解释",
    en="coined term unexplained",
    severity=Severity.ADVICE,
    basis=("88:明确清晰性",),
    reads=("duties", "goals", "indicators"),
)

_EXPECTED = message("a word of explanation in brackets where it first stands")

_QUOTED = tuple(
    re.compile(rf"{opening}(?P<term>[^“”‘’「」\"，。；：！？、\n]{{2,12}}){closing}")
    for opening, closing in ("“”", "‘’", "「」", '""')
)
_HAN = re.compile(r"[一-鿿]")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    texts = context.texts
    spans: dict[str, list[tuple[int, int]]] = {}
    for pattern in _QUOTED:
        if pattern.pattern[0] in texts.whole:
            for match in texts.search(pattern):
                spans.setdefault(match["term"], []).append(match.span("term"))
    for term, places in spans.items():
        if not _HAN.search(term) or _known(term, context.profile):
            continue
        if _explained(term, texts.whole, context.profile):
            continue
        spots: list[Spot] = []
        for found in texts.fields(sorted(places)):
            spots.extend(found.spots)
        yield rule.finds(
            tuple(spots),
            message("the term {term} is not explained anywhere on the form", term=term),
            observed=term,
            expected=_EXPECTED,
        )


@cache
def _glossary(profile: Profile) -> tuple[frozenset[str], tuple[str, ...]]:
    return frozenset(profile.words("wording.glossary")), profile.words("wording.term_tails")


def _known(term: str, profile: Profile) -> bool:
    known, tails = _glossary(profile)
    plain = term.replace("＋", "+").strip()
    while plain not in known:
        if not plain.endswith(tails):
            return False
        plain = plain.removesuffix(next(tail for tail in tails if plain.endswith(tail)))
    return True


_MEANS = ("（", "(", "是指", "即", "，即", "，是指", "：")
_SHORT_FOR = ("（", "(", "简称", "称", "称为", "叫")


def _explained(term: str, whole: str, profile: Profile) -> bool:
    """Whether somewhere the term is explained, is the short form of what stands before it, or is a name."""
    names = profile.words("wording.proper_names")
    start = whole.find(term)
    while start >= 0:
        end = start + len(term)
        behind = whole[end : end + 5].lstrip('”’」"')
        if behind.startswith(_MEANS) or (behind.startswith(names) and whole[end] in '”’」"'):
            return True
        if whole[max(start - 4, 0) : start].rstrip('“‘「"').endswith(_SHORT_FOR):
            return True
        start = whole.find(term, end)
    return False
