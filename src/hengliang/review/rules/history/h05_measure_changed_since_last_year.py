"""
## What it checks

An indicator of the same name as last year's whose unit, sign or formula is another. Formulas are compared
where both explanations state one (a quotient, 占 or 比例).

## Why

Figures of several years can be compared only when they measure the same thing in the same way.

## Example

绿色矿山核查数量: last year 家, this year 处.

## Instead

家 in both years; or another name for the other measure.

## Basis

财预〔2021〕101号: the explanation fixes what is measured, its formula and scope (recalled, to be checked
against the official text).

---

## 查什么

与上年同名的指标，计量单位、指标值类型（符号）或计算公式不同。两年解释都写明公式（有除号、“占”或“比例”）时才
比较公式。

## 为什么

只有口径一致，各年数据才能比较。

## 示例

“绿色矿山核查数量”上年单位为“家”，本年为“处”。

## 应改为

两年均用“家”；口径确有变化的，改用新的指标名称。

## 依据

财预〔2021〕101号：指标解释应写明内容、计算公式和口径（凭记忆转述，待与正式文本核对）。
"""

import re
from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.text import folded
from hengliang.base.unit import unit_of
from hengliang.review.past import NO_HISTORY, PastRow, year_name
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="H05",
    name="measure-changed-since-last-year",
    zh="口径变化",
    en="scope changed",
    severity=Severity.WARNING,
    basis=("101:指标解释",),
    reads=("indicators.unit", "indicators.operator", "indicators.explanation"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not context.past.forms:
        yield rule.not_applicable(NO_HISTORY)
        return
    matched = False
    for row in context.rows:
        for past in context.past.of(row)[:1]:
            matched = True
            yield from _changes(row, past)
    if not matched:
        yield rule.not_applicable(message("no indicator of this form stands on the form of an earlier year"))


def _changes(row: Row, past: PastRow) -> Iterator[Outcome]:
    now, then = row.indicator, past.indicator
    year = year_name(past.year)
    if now.unit and then.unit and _unit(now.unit) != _unit(then.unit):
        yield rule.finds(
            row.path("unit"),
            message(
                "the unit was {then} in {year} and is {now} now", then=then.unit, year=year, now=now.unit
            ),
            observed=now.unit,
            expected=message("the same unit in all years, or another name for another measure"),
        )
    if now.operator and then.operator and now.operator != then.operator:
        yield rule.finds(
            row.path("operator"),
            message(
                "the sign was {then} in {year} and is {now} now",
                then=then.operator,
                year=year,
                now=now.operator,
            ),
            observed=now.operator,
            expected=message("the same sign in all years, or another name for another measure"),
        )
    if _other_formula(row, past):
        yield rule.finds(
            row.path("explanation"),
            message("the formula was “{then}” in {year}", then=then.explanation, year=year),
            observed=now.explanation or "",
            expected=message("the same formula in all years, or another name for another measure"),
        )


def _unit(text: str) -> str:
    unit = unit_of(text)
    return unit.symbol if unit else text


_FORMULA = re.compile(r"[÷/／×*]|占|比例|之比")


def _other_formula(row: Row, past: PastRow) -> bool:
    now, then = row.explanation, past.indicator.explanation
    if not now or not then or row.is_cut("explanation") or "explanation" in past.indicator.truncated:
        return False
    return bool(_FORMULA.search(now) and _FORMULA.search(then)) and folded(now) != folded(then)
