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
from hengliang.base.profile import Profile
from hengliang.base.remember import remembered_by_profile
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

_EXPECTED = message("a number with its unit, or a share")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    goals = context.form.goals
    if not goals:
        yield rule.not_applicable(message("the form tells no goals"))
    for index, goal in enumerate(goals):
        if _has_number(goal, context.profile):
            continue
        if is_cut(goal):
            yield rule.undecidable(f"goals/{index}", message("the goal is cut off, a number may follow"))
        else:
            yield rule.finds(
                f"goals/{index}",
                message("the goal has no number that tells when it is reached"),
                observed=goal,
                expected=_EXPECTED,
            )


@remembered_by_profile(size=16384, longest=4096)
def _has_number(goal: str, profile: Profile) -> bool:
    figure, spelled = _numbers(profile)
    return any(map(_is_quantity, figure.finditer(goal))) or spelled.search(goal) is not None


def _is_quantity(found: re.Match[str]) -> bool:
    """Whether a number with its unit is neither a year (2023年) nor an ordinal (第5次)."""
    number = found["number"]
    is_year = found["unit"] == "年" and len(number) == 4 and number[:2] in ("19", "20")
    return not is_year and found.string[found.start() - 1 : found.start()] != "第"


@cache
def _numbers(profile: Profile) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Figures with their unit, and Chinese numerals that clearly are a number: 五家, not 一批 or 第四代."""

    def one_of(key: str) -> str:
        return "|".join(map(re.escape, sorted(profile.words(key), key=len, reverse=True)))

    figure = r"[0-9０-９](?<![0-9０-９.].)[0-9０-９,]*(?:\.[0-9]+)?"
    unit = rf"[%％‰]|(?:十|百|千|万|亿)*(?:{one_of('wording.measure_words')})"
    numeral = r"[二三四五六七八九十百千万两](?<!第.)[一二三四五六七八九十百千万零]*"
    return (
        re.compile(rf"(?P<number>{figure})余?(?P<unit>{unit})"),
        re.compile(rf"百分之|{numeral}(?:{one_of('wording.counting_words')})"),
    )
