"""
## What it checks

Every paragraph of the duties and goals ends with 。 ； or ！, and not on a word after which something must
follow (的, 以及, 包括 …). When none of several paragraphs ends with such a sign, that is one finding on the
list. Paragraphs that end with … are said by F14.

## Why

A paragraph that just stops was cut when it was copied, or was never finished. What the unit promised there
cannot be known.

## Example

以更实的举措增进民生

## Instead

以更实的举措增进民生福祉。

## Basis

财预〔2015〕88号, review point 明确清晰性 (recalled, to be checked against the official text).

---

## 查什么

部门职责、年度总体目标的每一段都以“。”“；”或“！”结尾，且不停在“的”“以及”“包括”等后面必有下文的词上。多段均无
句末标点的，合并提示一次。以“…”结尾的由F14提示。

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

_CLAUSE = re.compile(r"[^。；！？，;!?,]+[。；！？，;!?,\W]*\Z")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    form = context.form
    yield from _paragraphs(context, "duties", form.duties)
    yield from _paragraphs(context, "goals", form.goals)


def _paragraphs(context: Context, name: str, texts: Sequence[str]) -> Iterator[Outcome]:
    ends, closing = _signs(context.profile)
    dangling = context.profile.words("completeness.dangling_ends")
    open_: list[Spot] = []
    for index, text in enumerate(texts):
        bare = text.rstrip(closing)
        clause = bare.rstrip(ends)
        if (len(clause) == len(bare) or clause.endswith(dangling)) and not is_cut(text):
            last = _CLAUSE.search(text)
            open_.append(Spot(f"{name}/{index}", last.start() if last else 0, len(text)))
    if len(open_) > 1 and len(open_) == len(texts) and not context.form.truncated:
        yield rule.finds(
            tuple(open_),
            message("none of the {count} paragraphs ends with a full stop", count=len(texts)),
            expected=message("paragraphs that end with 。 or ；"),
        )
        return
    for spot in open_:
        bare = texts[int(spot.path.rpartition("/")[2])].rstrip(closing)
        yield rule.finds(
            spot,
            message("the paragraph has no full stop at its end: it was cut off or not finished")
            if bare == bare.rstrip(ends)
            else message("the paragraph ends on a word after which something must follow"),
            observed=texts[int(spot.path.rpartition("/")[2])][spot.start :],
            expected=message("a whole sentence with a full stop at its end"),
        )


@cache
def _signs(profile: Profile) -> tuple[str, str]:
    """The signs that end a sentence, and those that may stand behind one."""
    return (
        "".join(profile.words("completeness.paragraph_ends")),
        "".join(profile.words("completeness.closing_signs")),
    )
