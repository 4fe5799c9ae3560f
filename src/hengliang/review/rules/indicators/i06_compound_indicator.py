"""
## What it checks

A name that joins two measurable things by 、 和 与 及: each side is a thing or a piece of work of its
own. Of a cut name the visible part is judged.
A name that one measure closes passes (天然林和公益林管护面积), unless there is a measure, or a piece of
work with its object, on both sides (道路建设和绿化养护完成率). Joints in quotes and brackets and inside
fixed words (及时, 卫生和健康) do not count.

## Why

One value for two things hides which of them was missed.

## Example

地质灾害巡查排查、排危除险, 100 %

## Instead

Two rows: 隐患点巡查次数, and 隐患点排危除险数量.

## Basis

财预〔2021〕101号, principle 量化易评 (recalled, to be checked against the official text).

---

## 查什么

名称用“、”“和”“与”“及”把两件可衡量的事连在一起：两边各是一个对象或一项工作。名称被截断的，按可见部分判断。
由一个衡量词收尾的通过（如“天然林和公益林管护面积”），但两边各有衡量词、或各有带对象的工作的除外（如“道
路建设和绿化养护完成率”）。引号、括号内的和固定词中的（及时、卫生和健康）不计。

## 为什么

两件事用一个指标值，看不出哪一件没有完成。

## 示例

地质灾害巡查排查、排危除险，100%

## 应改为

拆成两行：隐患点巡查次数；隐患点排危除险数量。

## 依据

财预〔2021〕101号“量化易评”原则（凭记忆转述，待与正式文本核对）。
"""

import re

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.review.by_row import RowOutcome
from hengliang.review.names import is_measure
from hengliang.review.row import Row
from hengliang.review.rule import Rule

rule = Rule(
    code="I06",
    name="compound-indicator",
    zh="一名多事",
    en="compound indicator",
    severity=Severity.WARNING,
    basis=("101:量化易评",),
    reads=("indicators.name",),
)

_EXPECTED = message("one indicator for each of them")


@rule.check_rows()
def check(row: Row, profile: Profile) -> RowOutcome | None:
    joints = profile.pattern("indicators.words.joints")
    name = row.name
    if joints.search(name) and (joint := _joint(name, row.is_cut("name"), profile)):
        return rule.finds(
            Spot(row.path("name"), *joint),
            message("{name} joins two things that can be measured", name=name),
            observed=name,
            expected=_EXPECTED,
        )
    return None


_HIDDEN = re.compile(r"“[^“”]*”|\"[^\"]*\"|（[^（）]*）|\([^()]*\)|《[^《》]*》")


def _blank(match: re.Match[str]) -> str:
    return "〇" * len(match[0])


def _joint(name: str, cut: bool, profile: Profile) -> tuple[int, int] | None:
    """Where the name joins two things; None when it does not."""
    masked = profile.pattern("indicators.words.no_joints").sub(_blank, _HIDDEN.sub(_blank, name))
    closed = not cut and is_measure(name, profile)
    for match in profile.pattern("indicators.words.joints").finditer(masked):
        left, right = masked[: match.start()].strip(), masked[match.end() :].strip("… .")
        if len(left) < 2 or not right:
            continue
        if (
            not closed
            or is_measure(left, profile)
            or (_has_work(left, profile) and _has_work(right, profile))
        ):
            return match.span()
    return None


_OBJECT = 2
"""So many characters before an act are an object of it: 道路 + 建设."""


def _has_work(side: str, profile: Profile) -> bool:
    """Whether one side is an act with its own object before it."""
    return any(match.start() >= _OBJECT for match in profile.pattern("indicators.effect.acts").finditer(side))
