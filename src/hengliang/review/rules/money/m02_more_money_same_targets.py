"""
## What it checks

The money of the year grew by 10 % or more over the form of the year before, and not one of the numeric
targets that stand on both forms was set higher. A new output indicator counts as more work and silences the
rule.

## Why

More money asks for more results. A form that takes a quarter more and promises the same 60 checks does not
say what the rest is for.

## Example

Last year 400 万元 and 绿色矿山核查数量 ≥ 60 家; this year 500 万元 and again ≥ 60 家.

## Instead

≥ 75 家 with 500 万元; or the money of the year before.

## Basis

财预〔2015〕88号, review point 资金匹配性 (recalled, to be checked against the official text). The line of
10 % is a choice of this project.

---

## 查什么

本年资金比上年增加10%及以上，而两年申报表共有的定量指标没有一项提高指标值。新增产出指标视为任务增加，不再提
示。

## 为什么

资金增加，产出和效果应当相应增加。资金多了四分之一，仍只承诺核查60家，其余资金用于何处，表中没有交代。

## 示例

上年400万元，“绿色矿山核查数量”≥60家；本年500万元，仍为≥60家。

## 应改为

500万元对应≥75家；或者资金维持上年规模。

## 依据

财预〔2015〕88号“资金匹配性”审核要点（凭记忆转述，待与正式文本核对）。10%的幅度为本项目选定。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.form.levels import Level1
from hengliang.form.reached import Direction
from hengliang.review.attained import direction, figure, number_of
from hengliang.review.funds import NO_MONEY, funds_of, planned_in_yuan
from hengliang.review.past import NO_HISTORY, year_name
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="M02",
    name="more-money-same-targets",
    zh="资金增目标不增",
    en="more money, same targets",
    severity=Severity.WARNING,
    basis=("88:资金匹配性", "88:相应匹配"),
    reads=("money", "indicators.target"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    funds = funds_of(context.form, context.profile)
    if funds is None:
        yield rule.not_applicable(NO_MONEY)
        return
    if not context.past.forms:
        yield rule.not_applicable(NO_HISTORY)
        return
    earlier = context.past.forms[0]
    now, then = planned_in_yuan(context.form, context.profile), planned_in_yuan(earlier, context.profile)
    if now is None or not then:
        yield rule.not_applicable(message("the money of both years is not stated with its unit"))
        return
    more = (now - then) / then * 100
    if more < context.profile.number("money.more_money_percent"):
        return
    same = 0
    for row in context.rows:
        number, way = number_of(row), direction(row, context.profile)
        past = context.past.of(row)[:1]
        if number is None:
            continue
        if not past:
            if row.level1 is Level1.OUTPUT:
                return
            continue
        before = past[0].target(row.unit_text)
        if before is None or way is None or way is Direction.EXACT:
            continue
        if (number < before) if way is Direction.DOWN else (number > before):
            return
        same += 1
    if not same:
        yield rule.not_applicable(
            message("no numeric target stands both here and on the form of an earlier year")
        )
        return
    yield rule.finds(
        f"{funds.path}/budget" if funds.line.budget is not None else f"{funds.path}/initial",
        message(
            "the money grew by {more} % over {year}, and none of {count} comparable targets was raised",
            more=figure(more),
            year=year_name(earlier.fiscal_year),
            count=same,
        ),
        observed=figure(more) + " %",
        expected=message("targets that rise with the money, or the money of the year before"),
    )
