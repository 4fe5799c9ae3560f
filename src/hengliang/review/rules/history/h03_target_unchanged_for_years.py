"""
## What it checks

The same numeric target for three years, this one included, while what was reached in each earlier year lay
20 % or more beyond it, on its good side.

## Why

A value that is passed by a fifth every year no longer measures anything.

## Example

Target 60 家 in 2021, 2022 and 2023; reached 75 and 78 家.

## Instead

75 家.

## Basis

财预〔2021〕101号: the historical standard as a basis of values (recalled, to be checked against the
official text). Three years and 20 % are choices of this project.

---

## 查什么

指标值连续三年（含本年）相同，而以前各年实际完成值均超出20%及以上。

## 为什么

年年超额五分之一以上的指标值，已经起不到衡量作用。

## 示例

2021、2022、2023年指标值均为60家，前两年实际完成75家、78家。

## 应改为

75家。

## 依据

财预〔2021〕101号：历史标准为指标值设定依据之一（凭记忆转述，待与正式文本核对）。三年和20%为本项目选定。
"""

from collections.abc import Iterator
from decimal import Decimal

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.form.reached import Direction
from hengliang.review.attained import direction, figure, number_of
from hengliang.review.past import NO_HISTORY
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="H03",
    name="target-unchanged-for-years",
    zh="多年不变",
    en="unchanged for years",
    severity=Severity.ADVICE,
    basis=("101:历史标准",),
    reads=("indicators.target",),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    before = int(context.profile.number("history.years")) - 1
    if len(context.past.forms) < before:
        if context.past.forms:
            yield rule.not_applicable(
                message("forms of {years} earlier years are needed to see an unchanged target", years=before)
            )
        else:
            yield rule.not_applicable(NO_HISTORY)
        return
    line = 1 + context.profile.number("history.exceeded_percent") / 100
    for row in context.rows:
        number, way = number_of(row), direction(row, context.profile)
        past = context.past.of(row)[:before]
        if number is None or way is None or len(past) < before:
            continue
        unit = row.unit_text
        actuals = [one.actual(unit) for one in past]
        if any(one.target(unit) != number for one in past):
            continue
        if all(actual is not None and _beyond(way, actual, number, line) for actual in actuals):
            yield rule.finds(
                row.path("target"),
                message(
                    "the target has been {target} for {years} years, and {actuals} was reached",
                    target=row.target,
                    years=before + 1,
                    actuals=", ".join(figure(actual) for actual in actuals if actual is not None),
                ),
                observed=row.target or "",
                expected=message("a target that takes up what is reached every year"),
            )


def _beyond(way: Direction, actual: Decimal, target: Decimal, line: Decimal) -> bool:
    return actual * line <= target if way is Direction.DOWN else actual >= target * line
