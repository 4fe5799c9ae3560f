"""
## What it checks

The name of an indicator begins with what is measured, not with a verb that says it will be done (开展,
推进, 完成, 建设, 保护 …). A verb that is part of a noun is left alone (建设用地, 完成率, 保障性住房), and
so are 购置…数量, 新建…里程 and the like, where a measure ends the name. The proposal drops an empty verb,
puts another one behind its object (with 程度 where it means a change), and adds 数量 where the unit counts.

## Why

An indicator names a measurable thing (绿色矿山核查数量). A name that begins with a verb is a task copied
from the work plan, and such names often end in the middle of one.

## Example

开展绿色矿山核查

## Instead

绿色矿山核查数量

## Basis

财预〔2021〕101号, 指标名称 short, plain, naming a measurable thing (recalled, to be checked against the
official text).

---

## 查什么

三级指标名称应以被衡量的事物开头，不以“开展、推进、完成、建设、保护”等动词开头。动词是名词组成部分的（建设用
地、完成率、保障性住房）不算；以计量词结尾的“购置……数量”“新建……里程”等不算。建议名称：删去空泛动词，实义动词
移到宾语之后（表示变化的加“程度”），按件计数的补“数量”。

## 为什么

指标名称应是可衡量的事物（绿色矿山核查数量）。以动词开头的名称多是从工作计划里抄来的任务。

## 示例

开展绿色矿山核查

## 应改为

绿色矿山核查数量

## 依据

财预〔2021〕101号关于指标名称简明、指向可衡量事物的要求（凭记忆转述，待与正式文本核对）。
"""

import re
from collections.abc import Iterator
from functools import cache

from hengliang.base.finding import Edit, Fix, Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension, unit_of
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule, proposal

rule = Rule(
    code="T06",
    name="name-starts-with-verb",
    zh="动词开头",
    en="name starts with a verb",
    severity=Severity.ADVICE,
    basis=("101:指标名称",),
    reads=("indicators.name", "indicators.unit"),
    fix="proposal",
)

_EXPECTED = message("the name of what is measured")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    for found in context.texts.find(_opening(context.profile), "name", "verb"):
        row = context.rows[int(found.path.split("/")[1])]
        verb = found.words[0]
        yield rule.finds(
            found.spots,
            message("the name begins with the verb {verb}", verb=verb),
            observed=found.text,
            expected=_EXPECTED,
            fix=None if row.is_cut("name") else _renamed(context, row, verb),
        )


def _renamed(context: Context, row: Row, verb: str) -> Fix | None:
    profile = context.profile
    name = row.name
    rest = name.removeprefix(verb)
    measures = profile.words("wording.measure_heads")
    if verb not in profile.words("wording.empty_verbs") and not rest.endswith(measures):
        rest += f"{verb}程度" if verb in profile.words("wording.changing_verbs") else verb
    unit = unit_of(row.unit_text)
    if unit is not None and unit.dimension is Dimension.COUNT and not rest.endswith(measures):
        rest += "数量"
    others = {row.name for row in context.rows}
    if (
        len(rest) < profile.number("wording.shortest_name")
        or len(rest) > profile.number("wording.longest_name")
        or rest in others
        or _opening(profile).match(f"\n{rest}\n")
    ):
        return None
    return proposal(message("call it {name}", name=rest), Edit(row.path("name"), name, rest))


@cache
def _opening(profile: Profile) -> re.Pattern[str]:
    """A name that begins with a verb which is no part of a noun."""

    def one_of(*words: str) -> str:
        return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))

    heads = profile.words("wording.noun_heads")
    long_heads = one_of(*(head for head in heads if len(head) > 1))
    # 数 alone ends 建设数, but begins 建设数字乡村.
    short_heads = "".join(head for head in heads if len(head) == 1)
    noun = rf"(?!{long_heads}|[{short_heads}](?:[\W_]|{long_heads}))"
    nouns = one_of(*profile.words("wording.noun_starts"))
    verbs = one_of(*profile.words("wording.empty_verbs"), *profile.words("wording.acting_verbs"))
    weak = one_of(*profile.words("wording.weak_verbs"))
    measured = rf"(?![^\n]*(?:{one_of(*profile.words('wording.measure_heads'))})[（(\n])"
    first = "".join(
        {word[0] for key in ("empty", "acting", "weak") for word in profile.words(f"wording.{key}_verbs")}
    )
    return re.compile(
        rf"\n(?=[★*{first}])(?!{nouns})[★*]*(?:(?P<verb>(?:{verbs}){noun}|(?:{weak}){noun}{measured}))"
    )
