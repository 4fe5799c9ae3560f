"""
## What it checks

No word stands in the list of slips that are common in office texts: characters that look or sound alike
(图班 for 图斑, 拔款 for 拨款, 登记薄 for 登记簿), some only beside certain characters (指标植 is a slip,
指标植物 is a plant), and 对…在影响 for 对…的影响. The lists are data of the profile.

## Why

A slip in a name or a standard is copied into every later table, and a machine that looks for 图斑 does not
find 图班.

## Example

两违图班的整改通过相关部门验收

## Instead

两违图斑的整改通过相关部门验收

## Basis

财预〔2015〕88号, review point 规范完整性: content accurate (recalled, to be checked against the official
text).

---

## 查什么

文字中不应出现公文常见的形近、音近误写（“图班”应为“图斑”、“拔款”应为“拨款”、“登记薄”应为“登记簿”）；有的须看
前后字（“指标植”是误写，“指标植物”不是）；“对……在影响”应为“对……的影响”。词表见规则集。

## 为什么

名称、标准里的错字会被后面每一张表照抄；按“图斑”检索，查不到“图班”。

## 示例

两违图班的整改通过相关部门验收

## 应改为

两违图斑的整改通过相关部门验收

## 依据

财预〔2015〕88号“规范完整性”审核要点：内容准确（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator
from itertools import repeat

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.review.rule import Context, Outcome, Rule, proposal
from hengliang.review.slips import slips_of

rule = Rule(
    code="T04",
    name="probable-typo",
    zh="疑似错别字",
    en="probable typo",
    severity=Severity.WARNING,
    basis=("88:规范完整性",),
    reads=("duties", "goals", "indicators"),
    fix="proposal",
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    slips = slips_of(context.profile).find(context.texts.whole)
    right = {(slip.start, slip.end): slip.right for slip in slips}
    meant = iter(right.values())
    for found in context.texts.fields(right):
        words = [next(meant) for _ in found.places]
        pairs = " ".join(map(_shown, found.places, words, repeat(found.text)))
        yield rule.finds(
            found.spots,
            message("probably a slip of the pen: {slips}", slips=pairs),
            observed=" ".join(found.words),
            expected=message("probably meant: {words}", words=" ".join(words)),
            fix=proposal(
                message("write {words}", words=" ".join(words)),
                Edit(found.path, found.text, found.with_words(words)),
            ),
        )


def _shown(place: tuple[int, int], right: str, text: str) -> str:
    """What is written and what is meant; a single character with the two behind it."""
    start, end = place
    behind = text[end : end + 2] if end - start == 1 else ""
    return f"{text[start:end]}{behind} → {right}{behind}"
