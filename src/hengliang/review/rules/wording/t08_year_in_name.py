"""
## What it checks

The name of an indicator says no year: neither 2023年 nor 年度. 跨年度, 上年度 and the like mean no particular year and stay. The fix drops the
form's own year; another year (2019年结转项目) belongs to the meaning and is left to the unit, as is a name that would become equal to
another one.

## Why

An indicator is followed over the years by its name. With the year in it, it is a new one every January, and history cannot be compared.

## Example

2023年度储量动态监管矿山数

## Instead

储量动态监管矿山数

## Basis

Comparability over the years.

---

## 查什么

三级指标名称不写年份，既不写“2023年”，也不写“年度”。“跨年度”“上年度”等不指某一年的除外。修正时删去申报表本年度；写的是其他年份（2019年结转项目）或删去后与其他指标重名的，由单位自行修改。

## 为什么

指标靠名称逐年跟踪。名称里带年份，每年都成了新指标，历史数据无法比较。

## 示例

2023年度储量动态监管矿山数

## 应改为

储量动态监管矿山数

## 依据

年度间可比性。
"""

import re
from collections.abc import Iterator
from functools import cache

from hengliang.base.finding import Edit, Fix, Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.rule import Context, Outcome, Rule, safe_fix
from hengliang.review.texts import Found
from hengliang.review.year import year_of

rule = Rule(
    code="T08",
    name="year-in-name",
    zh="名称含年度",
    en="year in the name",
    severity=Severity.ADVICE,
    basis=("comparability",),
    reads=("indicators.name", "fiscal_year"),
    fix="safe",
)

_YEAR = r"20[0-9]{2}(?:[-—~～至到]20[0-9]{2})?(?:学年度?|年度?)"
_LOOKS = re.compile(r"年|20[0-9]{2}")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not any(True for _ in context.texts.search(_LOOKS, "name")):
        return
    own = year_of(context.form, context.texts)
    pattern = _mentions(context.profile)
    spans = [
        match.span()
        for match in context.texts.search(pattern, "name")
        if match.lastgroup != "any" and (match.lastgroup != "bare" or match[0] == str(own))
    ]
    for found in context.texts.fields(spans):
        yield rule.finds(
            found.spots,
            message("the name holds the year: {words}", words=" ".join(found.words)),
            observed=found.text,
            expected=message("a name that is the same every year"),
            fix=_without_year(context, found, own),
        )


def _without_year(context: Context, found: Found, own: int | None) -> Fix | None:
    if any(word[:4].isdigit() and word.rstrip("年度学") != str(own) for word in found.words):
        return None
    name = found.with_words([""] * len(found.places)).lstrip("的之、，")
    others = {indicator.name for indicator in context.form.indicators}
    if len(name) < context.profile.number("wording.shortest_name") or name in others:
        return None
    return safe_fix(message("drop the year"), Edit(found.path, found.text, name))


@cache
def _mentions(profile: Profile) -> re.Pattern[str]:
    any_year = "|".join(map(re.escape, profile.words("wording.any_year")))
    # 2000国家大地坐标系 begins with figures that are no year; only the form's own year counts without 年.
    return re.compile(
        rf"(?P<any>{any_year})|(?P<year>(?<![0-9]){_YEAR}|[本当全该]?年度)|(?P<bare>(?<![0-9])20[0-9]{{2}}(?![0-9年.]))"
    )
