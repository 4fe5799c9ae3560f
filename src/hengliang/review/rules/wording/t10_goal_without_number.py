"""
## What it checks

Every paragraph of the overall goals has a number with its unit, or a share. A year (2023年), an ordinal
(第四代) and the name of a plan (三年行动) are no numbers. A paragraph that ends with … and shows no number
cannot be decided.

## Why

A goal without a number cannot be linked to an indicator, and the year's end cannot show whether it was
reached.

## Example

以更严的要求提升资源管理效能。推进县市区铁塔监测工作。

## Instead

铁塔监测覆盖12个县市区，新增监测铁塔300座。

## Basis

财预〔2015〕88号, requirement 细化量化 (recalled, to be checked against the official text).

---

## 查什么

年度总体目标的每一段至少有一个带单位的数字或百分比。年份（2023年）、序数（第四代）、计划名称（三年行动）不
算。以“…”结尾又看不到数字的段落，判为“无法判定”。

## 为什么

没有数字的目标无法与指标对应，到年底也说不清完成没有。

## 示例

以更严的要求提升资源管理效能。推进县市区铁塔监测工作。

## 应改为

铁塔监测覆盖12个县市区，新增监测铁塔300座。

## 依据

财预〔2015〕88号“细化量化”要求（凭记忆转述，待与正式文本核对）。
"""

import re
from collections.abc import Iterator
from functools import cache

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.number import find_quantities
from hengliang.base.profile import Profile
from hengliang.base.text import is_cut
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="T10",
    name="goal-without-number",
    zh="目标无数值",
    en="goal without number",
    severity=Severity.WARNING,
    basis=("88:细化量化",),
    reads=("goals",),
)

_FIGURE = re.compile(r"[0-9０-９]")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    goals = context.form.goals
    if not goals:
        yield rule.not_applicable(message("the form tells no goals"))
    spelled = _spelled(context.profile)
    for index, goal in enumerate(goals):
        if (_FIGURE.search(goal) and _has_quantity(goal)) or spelled.search(goal):
            continue
        path = f"goals/{index}"
        if is_cut(goal):
            yield rule.undecidable(path, message("the goal is cut off, a number may follow"))
        else:
            yield rule.finds(
                path,
                message("the goal has no number that tells when it is reached"),
                observed=goal,
                expected=message("a number with its unit, or a share"),
            )


def _has_quantity(goal: str) -> bool:
    for mention in find_quantities(goal):
        number, unit = mention.quantity
        is_year = unit == "年" and 1900 <= number < 2100
        if unit and not is_year and goal[mention.start - 1 : mention.start] != "第":
            return True
    return False


@cache
def _spelled(profile: Profile) -> re.Pattern[str]:
    """A number in Chinese numerals that is clearly one: 百分之九十, 五家; 一批 and 第四代 are none."""
    units = "|".join(map(re.escape, profile.words("wording.counting_words")))
    return re.compile(
        rf"百分之|[二三四五六七八九十百千万两](?<!第.)[一二三四五六七八九十百千万零]*(?:{units})"
    )
