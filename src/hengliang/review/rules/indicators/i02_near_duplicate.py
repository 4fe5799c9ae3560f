"""
## What it checks

Two names that are nearly the same, or two rows on the same object with the same number.
Nearly the same: without function words, years and numbers the names share at least 70 % of their pairs
of neighbouring characters, and only one of them has characters that the other lacks. Names that differ
on both sides (春季学期…, 秋季学期…) or by an attribute in front (困难学生…, 学生…) are not near.
Same object and number: the key nouns are the same (of a cut name: the visible ones begin the other's),
and so are value and unit; a percentage counts only within one level 2, since 100 % stands everywhere.
Equal names are a matter of I01.

## Why

One piece of work that is counted twice gets points twice, and crowds out what really matters.

## Example

建设普适性监测预警点地质灾害 (≥ 100 处) and 100处地质灾害普适性监测预警点 (≥ 100 %).

## Instead

One of the two rows; its points go to the core of the work.

## Basis

财预〔2021〕101号, principle 重点突出 (recalled, to be checked against the official text). The measure
of likeness is a choice of this project.

---

## 查什么

两行三级指标名称近似，或对象相同且指标值相同。
名称近似：去掉虚词、年份和数字后，相邻两字的组合有70%以上相同，并且只有一方有另一方所没有的字。两边各有
不同字的（“春季学期…”与“秋季学期…”）、只在前面多一个限定语的（“困难学生…”与“学生…”）不算近似。
对象和数值相同：关键名词相同（名称被截断的，可见部分是另一名称的开头），指标值和计量单位也相同。百分比因
为到处是100%，只在同一二级指标内比较。
完全重名的见I01。

## 为什么

同一项工作两次计数、两次计分，挤占真正重点的分值。

## 示例

“建设普适性监测预警点地质灾害”（≥100处）与“100处地质灾害普适性监测预警点”（≥100%）。

## 应改为

保留其中一行，分值调整到核心工作上。

## 依据

财预〔2021〕101号“重点突出”原则（凭记忆转述，待与正式文本核对）。近似度算法为本项目选定。
"""

from collections.abc import Iterator
from itertools import pairwise

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.review.bounds import is_percent
from hengliang.review.names import near_pairs, plain_name
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="I02",
    name="near-duplicate",
    zh="三级指标近似",
    en="near duplicate",
    severity=Severity.ADVICE,
    basis=("101:重点突出",),
    reads=("indicators.name", "indicators.target", "indicators.unit"),
)

_EXPECTED = message("one indicator for one piece of work")


# So many others are named with each, and no more: a form of a thousand equal rows is read by nobody.
_SHOWN = 12


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    rows = context.rows
    names = tuple([row.name for row in rows])
    found: dict[int, set[int]] = {}
    for one, other in (*near_pairs(names, context.profile), *_same_things(context)):
        if plain_name(names[one]) != plain_name(names[other]):
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    for index in sorted(found):
        others = sorted(found[index])[:_SHOWN]
        yield rule.finds(
            tuple(Spot(rows[place].path("name")) for place in (index, *others)),
            message(
                "this is nearly the same as indicator no. {others}",
                others=", ".join(str(other + 1) for other in others),
            ),
            observed=names[index],
            expected=_EXPECTED,
        )


def _same_things(context: Context) -> Iterator[tuple[int, int]]:
    """Pairs of rows with the same object and the same value."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in context.rows:
        unit = row.unit_text
        if unit and row.number is not None:
            value = (row.number, unit, row.indicator.level2 if is_percent(row) else None)
            groups.setdefault(value, []).append(row)
    for group in groups.values():
        if len(group) > 1:
            yield from _same_objects(group, context)


def _same_objects(rows: list[Row], context: Context) -> Iterator[tuple[int, int]]:
    """Rows with the same object, each with the next. That of a cut name may be the beginning of another's."""
    least = int(context.profile.number("indicators.object_length"))
    objects = context.alignment.objects
    known = sorted([(own, row.index) for row in rows if len(own := objects[row.index]) >= least])
    for (own, index), (following, other) in pairwise(known):
        # Sorted, what begins with a text stands right behind it.
        if following == own or (context.rows[index].is_cut("name") and following.startswith(own)):
            yield index, other
