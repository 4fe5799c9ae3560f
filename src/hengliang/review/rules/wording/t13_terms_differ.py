"""
## What it checks

Name and explanation call the work on one object by the same word. Found are pairs that mean different work
(核查 / 建设, 监管 / 检测; the pairs are data of the profile), one in the name and the other in the
explanation, behind the same two characters, when the explanation does not have the word of the name. An
explanation that was cut off is not decided.

## Why

Whoever counts checked mines and whoever counts built mines will report different numbers under one name.

## Example

名称 绿色矿山核查; 解释 绿色矿山建设数60家

## Instead

名称 绿色矿山核查数量; 解释 完成核查并出具意见的绿色矿山家数

## Basis

财预〔2021〕101号, 指标解释 (recalled, to be checked against the official text). The pairs are a choice of
this project.

---

## 查什么

名称与解释对同一对象应使用同一工作名称。名称用一个词、解释用含义不同的另一个词（核查/建设、监管/检测等，词对
见规则集），且前面紧接相同的对象，解释中又没有名称所用的词的，予以提示。解释被截断的，判为“无法判定”。

## 为什么

有人统计核查的矿山，有人统计建成的矿山，同一指标会报出两个数。

## 示例

名称“绿色矿山核查”，解释“绿色矿山建设数60家”。

## 应改为

名称“绿色矿山核查数量”，解释“完成核查并出具意见的绿色矿山家数”。

## 依据

财预〔2021〕101号关于指标解释的要求（凭记忆转述，待与正式文本核对）。词对为本项目选定。
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="T13",
    name="terms-differ",
    zh="术语不一致",
    en="terms differ",
    severity=Severity.ADVICE,
    basis=("101:指标解释",),
    reads=("indicators.name", "indicators.explanation"),
)

_EXPECTED = message("one word in both")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    texts = context.texts
    heads, partners = _heads(context.profile)
    explanations = texts.column("explanation")
    for match in texts.search(heads, "name"):
        thing = texts.whole[match.start() - 2 : match.start()]
        if "\n" in thing or thing not in explanations:
            continue
        others = [word for word in partners[match[0]] if thing + word in explanations]
        if not others:
            continue
        found = next(texts.fields([match.span()]))
        indicator = context.form.indicators[int(found.path.split("/")[1])]
        explanation = indicator.explanation or ""
        other = next((word for word in others if thing + word in explanation), None)
        if other is None or match[0] in explanation:
            continue
        path = found.path.replace("/name", "/explanation")
        place = explanation.index(thing + other) + 2
        if "explanation" in indicator.truncated:
            yield rule.undecidable(
                path, message("the explanation is cut off, the word of the name may follow")
            )
            continue
        yield rule.finds(
            (*found.spots, Spot(path, place, place + len(other))),
            message("the name speaks of {word}, the explanation of {other}", word=match[0], other=other),
            observed=f"{match[0]} / {other}",
            expected=_EXPECTED,
        )


@cache
def _heads(profile: Profile) -> tuple[re.Pattern[str], Mapping[str, tuple[str, ...]]]:
    partners: dict[str, tuple[str, ...]] = {}
    for pair in profile.words("wording.unlike_heads"):
        one, other = pair.split("/")
        partners[one] = (*partners.get(one, ()), other)
        partners[other] = (*partners.get(other, ()), one)
    return re.compile("|".join(map(re.escape, partners))), partners
