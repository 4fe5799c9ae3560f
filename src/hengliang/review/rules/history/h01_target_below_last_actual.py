"""
## What it checks

A target that is worse than what was reached in the last year that is known, on its good side: below the
last actual where more is better (≥, >), above it where less is better (≤, <). Targets that must be met
exactly (=) are left out.

## Why

Values should be realistic, but rather strict. A target below what was already reached asks for less than
standing still.

## Example

Reached last year 75 家, target this year ≥ 60 家.

## Instead

≥ 80 家; or the reason, in 设定依据 or 备注, why less can be done this year.

## Basis

财预〔2021〕101号: values rather strict and high; the last year is one of the historical standards
(recalled, to be checked against the official text).

---

## 查什么

指标值差于最近一个已知年度的实际完成值：正向指标（≥、＞）低于上年实际，反向指标（≤、＜）高于上年实际。等号
（＝）指标除外。

## 为什么

指标值应当切合实际、从严从高。低于已经达到的水平，等于要求倒退。

## 示例

上年实际完成75家，本年指标值≥60家。

## 应改为

≥80家；确有理由降低的，在“设定依据”或“备注”中说明。

## 依据

财预〔2021〕101号：指标值从严从高，上年完成值为历史标准之一（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.form.reached import Direction
from hengliang.review.attained import direction, figure, gives_reason, number_of, with_unit
from hengliang.review.past import NO_ACTUAL, NO_HISTORY, year_name
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="H01",
    name="target-below-last-actual",
    zh="低于上年实际",
    en="below the last actual",
    severity=Severity.WARNING,
    basis=("101:从严从高", "101:历史标准"),
    reads=("indicators.target", "indicators.basis"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not context.past.forms:
        yield rule.not_applicable(NO_HISTORY)
        return
    compared = False
    for row in context.rows:
        number, way = number_of(row), direction(row, context.profile)
        if number is None or way is None or way is Direction.EXACT:
            continue
        for past in context.past.of(row)[:1]:
            last = past.actual(row.unit_text)
            if last is None:
                continue
            compared = True
            if (number > last if way is Direction.DOWN else number < last) and not gives_reason(
                row, context.profile
            ):
                yield rule.finds(
                    row.path("target"),
                    message(
                        "{last} was reached in {year}; the target asks for less",
                        last=with_unit(figure(last), row.unit_text),
                        year=year_name(past.year),
                    ),
                    observed=row.target or "",
                    expected=message("a target no worse than the last actual, or the reason why it is"),
                )
    if not compared:
        yield rule.not_applicable(NO_ACTUAL)
