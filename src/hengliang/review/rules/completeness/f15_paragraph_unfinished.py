"""
## What it checks

Every paragraph of the duties and goals ends with 。 ； or ！, and not on a word after which something must follow (的, 以及, 包括 …).
When none of several paragraphs ends with such a sign, that is one finding on the list. Paragraphs that end with … are said by F14.

## Why

A paragraph that just stops was cut when it was copied, or was never finished. What the unit promised there cannot be known.

## Example

以更实的举措增进民生

## Instead

以更实的举措增进民生福祉。

## Basis

财预〔2015〕88号, review point 明确清晰性 (recalled, to be checked against the official text).

---

## 查什么

部门职责、年度总体目标的每一段都以“。”“；”或“！”结尾，且不停在“的”“以及”“包括”等后面必有下文的词上。多段均无句末标点的，合并提示一次。以“…”结尾的由F14提示。

## 为什么

戛然而止的段落，要么复制时被截断，要么没有写完，单位承诺了什么无从得知。

## 示例

以更实的举措增进民生

## 应改为

以更实的举措增进民生福祉。

## 依据

财预〔2015〕88号“明确清晰性”审核要点（凭记忆转述，待与正式文本核对）。
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.base.text import is_cut
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="F15",
    name="paragraph-unfinished",
    zh="段落未完",
    en="paragraph unfinished",
    severity=Severity.ERROR,
    basis=("88:明确清晰性",),
    reads=("duties", "goals", "truncated"),
)

_CLAUSE = re.compile(r"[^。；！？，;!?,]*[。；！？，;!?,\W]*\Z")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    form = context.form
    yield from _paragraphs(context, "duties", form.duties)
    yield from _paragraphs(context, "goals", form.goals)


def _paragraphs(context: Context, name: str, texts: Sequence[str]) -> Iterator[Outcome]:
    finished = _finished(context.profile)
    spots = [
        Spot(f"{name}/{index}", _last_clause(text), len(text))
        for index, text in enumerate(texts)
        if not finished.search(text) and not is_cut(text)
    ]
    if len(spots) > 1 and len(spots) == len(texts) and not context.form.truncated:
        yield rule.finds(
            tuple(spots),
            message("none of the {count} paragraphs ends with a full stop", count=len(texts)),
            expected=message("paragraphs that end with 。 or ；"),
        )
        return
    for spot in spots:
        text = texts[int(spot.path.rpartition("/")[2])]
        yield rule.finds(
            spot,
            message("the paragraph breaks off: its last sentence is not finished"),
            observed=text[spot.start :],
            expected=message("a whole sentence with a full stop at its end"),
        )


def _last_clause(text: str) -> int:
    found = _CLAUSE.search(text)
    return found.start() if found else 0


@cache
def _finished(profile: Profile) -> re.Pattern[str]:
    """A text that ends with the sign of a finished sentence, and before it with no word that must go on."""

    def one_of(key: str) -> str:
        return "|".join(map(re.escape, profile.words(key)))

    dangling = "".join(f"(?<!{re.escape(word)})" for word in profile.words("completeness.dangling_ends"))
    ends = one_of("completeness.paragraph_ends")
    return re.compile(rf"{dangling}(?<!{ends})(?:{ends})+(?:{one_of('completeness.closing_signs')})*\Z")
