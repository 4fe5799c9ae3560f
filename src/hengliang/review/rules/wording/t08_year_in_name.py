"""
## What it checks

The name of an indicator says no year: neither 2023年 nor 年度. 跨年度, 上年度 and the like mean no
particular year and stay. The fix drops the form's own year; another year (2019年结转项目) belongs to the
meaning and is left to the unit, as is a name that would become equal to another one.

## Why

An indicator is followed over the years by its name. With the year in it, it is a new one every January, and
history cannot be compared.

## Example

2023年度储量动态监管矿山数

## Instead

储量动态监管矿山数

## Basis

财预〔2021〕101号, 指标名称 short and plain (recalled, to be checked against the official text);
comparability over the years.

---

## 查什么

三级指标名称不写年份，既不写“2023年”，也不写“年度”。“跨年度”“上年度”等不指某一年的除外。修正时删去申报表本年
度；写的是其他年份（2019年结转项目）或删去后与其他指标重名的，由单位自行修改。

## 为什么

指标靠名称逐年跟踪。名称里带年份，每年都成了新指标，历史数据无法比较。

## 示例

2023年度储量动态监管矿山数

## 应改为

储量动态监管矿山数

## 依据

财预〔2021〕101号关于指标名称简明的要求（凭记忆转述，待与正式文本核对）；年度间可比。
"""

import re
from collections.abc import Iterator

from hengliang.base.finding import Edit, Fix, Severity
from hengliang.base.message import message
from hengliang.review.rule import Context, Outcome, Rule, safe_fix
from hengliang.review.texts import Found
from hengliang.review.year import year_of

rule = Rule(
    code="T08",
    name="year-in-name",
    zh="名称含年度",
    en="year in the name",
    severity=Severity.ADVICE,
    basis=("101:指标名称",),
    reads=("indicators.name", "fiscal_year"),
    fix="safe",
)

_EXPECTED = message("a name that is the same every year")

_YEAR = re.compile(
    r"20[0-9]{2}(?:[-—~～至到]20[0-9]{2})?(?:学年度?|年度?)|[本当全该]?年度|20[0-9]{2}(?![0-9年.])"
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    texts = context.texts
    whole = texts.whole
    any_year = context.profile.words("wording.any_year")
    spans: list[tuple[int, int]] = []
    for match in texts.search(_YEAR, "name"):
        start, end = match.span()
        # 2000国家大地坐标系 begins with figures that are no year: without 年 only the form's own year counts.
        bare = match[0].isdecimal() and match[0] != str(year_of(context.form, texts))
        if not bare and not whole[start - 1].isdecimal() and not whole[start - 3 : end].endswith(any_year):
            spans.append((start, end))
    own = str(year_of(context.form, texts)) if spans else ""
    for found in texts.fields(spans):
        yield rule.finds(
            found.spots,
            message("the name holds the year: {words}", words=" ".join(found.words)),
            observed=found.text,
            expected=_EXPECTED,
            fix=_without_year(context, found, own),
        )


def _without_year(context: Context, found: Found, own: str) -> Fix | None:
    if any(word[:4].isdecimal() and word.rstrip("年度学") != own for word in found.words):
        return None
    name = found.with_words([""] * len(found.places)).lstrip("的之、，")
    others = {row.name for row in context.rows}
    if len(name) < context.profile.number("wording.shortest_name") or name in others:
        return None
    return safe_fix(message("drop the year"), Edit(found.path, found.text, name))
