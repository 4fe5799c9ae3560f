"""
## What it checks

A numeric target that grew by 30 % or more over the year before while the money of the form did not grow,
with no reason in 设定依据 or 备注. Rates in percent are left out: they grow without more work.

## Why

A target far above what the money bought last year is either out of reach or was set too low before. The
review of 资金匹配性 asks for both: neither too high nor too low for the money.

## Example

绿色矿山核查数量 60 家 last year and 100 家 this year, 500 万元 in both.

## Instead

设定依据: 改用遥感核查，单价下降; or money that fits 100 家.

## Basis

财预〔2015〕88号, review point 资金匹配性 (recalled, to be checked against the official text). The line of
30 % is a choice of this project.

---

## 查什么

定量指标值比上年提高30%及以上，而资金没有增加，且“设定依据”“备注”中没有说明理由。百分比指标除外。

## 为什么

同样的资金承诺多得多的任务，要么难以完成，要么上年指标值定得过低。“资金匹配性”要求目标既不过高也不过低。

## 示例

“绿色矿山核查数量”上年60家，本年100家，两年资金均为500万元。

## 应改为

在“设定依据”中写明：改用遥感核查，单价下降；或者安排与100家相称的资金。

## 依据

财预〔2015〕88号“资金匹配性”审核要点（凭记忆转述，待与正式文本核对）。30%的幅度为本项目选定。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.unit import Dimension, unit_of
from hengliang.form.reached import Direction
from hengliang.review.attained import direction, figure, gives_reason, number_of
from hengliang.review.funds import NO_MONEY, funds_of, planned_in_yuan
from hengliang.review.past import NO_HISTORY, year_name
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="M03",
    name="more-targets-same-money",
    zh="目标增资金不增",
    en="more target, same money",
    severity=Severity.ADVICE,
    basis=("88:资金匹配性", "88:相应匹配"),
    reads=("money", "indicators.target", "indicators.basis", "indicators.remark"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if funds_of(context.form, context.profile) is None:
        yield rule.not_applicable(NO_MONEY)
        return
    if not context.past.forms:
        yield rule.not_applicable(NO_HISTORY)
        return
    earlier = context.past.forms[0]
    now, then = planned_in_yuan(context.form, context.profile), planned_in_yuan(earlier, context.profile)
    if now is None or then is None:
        yield rule.not_applicable(message("the money of both years is not stated with its unit"))
        return
    if now > then:
        return
    line = context.profile.number("money.more_target_percent")
    for row in context.rows:
        number = number_of(row)
        unit = unit_of(row.unit_text)
        if number is None or (unit is not None and unit.dimension is Dimension.RATIO):
            continue
        if direction(row, context.profile) is not Direction.UP:
            continue
        for past in context.past.of(row)[:1]:
            before = past.target(row.unit_text)
            if not before:
                continue
            more = (number - before) / before * 100
            if more >= line and not gives_reason(row, context.profile):
                yield rule.finds(
                    row.path("target"),
                    message(
                        "the target grew by {more} % over {before} in {year}, and the money did not grow",
                        more=figure(more),
                        before=figure(before),
                        year=year_name(past.year),
                    ),
                    observed=row.target or "",
                    expected=message("a reason for the higher target, or money that fits it"),
                )
