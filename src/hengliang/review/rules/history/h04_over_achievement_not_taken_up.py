"""
## What it checks

Last year's actual reached 130 % of its target or more, and the new target is not higher than the old one.
The mean of the actuals of up to three years is offered as a proposal.

## Why

Where far more is reached than was promised, the target was too low. Setting it again makes the score of the
next year certain.

## Example

Target 60, reached 90, target again 60.

## Instead

80.

## Basis

财预〔2020〕10号: an actual far above its target is analysed, and a target set clearly too low costs points
(recalled, to be checked against the official text). The line of 130 % is the configuration of one province.

---

## 查什么

上年实际完成值达到指标值的130%及以上，而本年指标值没有提高。可按最近（最多三年）实际完成值的平均数提出建议值。

## 为什么

完成远超承诺，说明指标值定低了。照旧设定，下一年的得分就没有悬念。

## 示例

指标值60，实际完成90，本年指标值仍为60。

## 应改为

80。

## 依据

财预〔2020〕10号：完成值远超指标值的应分析原因，指标值明显偏低的按偏离程度适度扣分（凭记忆转述，待与正式文本
核对）。130%为一省的系统设置。
"""

from collections.abc import Iterator
from decimal import Decimal

from hengliang.base.finding import Edit, Fix, Severity
from hengliang.base.message import message
from hengliang.base.number import round_half_up
from hengliang.form.reached import Direction
from hengliang.review.attained import direction, figure, number_of
from hengliang.review.past import NO_ACTUAL, NO_HISTORY, PastRow, year_name
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule, proposal

rule = Rule(
    code="H04",
    name="over-achievement-not-taken-up",
    zh="超额未上调",
    en="over-achievement not taken up",
    severity=Severity.WARNING,
    basis=("10:超额完成", "101:历史标准"),
    reads=("indicators.target",),
    fix="proposal",
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not context.past.forms:
        yield rule.not_applicable(NO_HISTORY)
        return
    compared = False
    line = context.profile.number("reporting.over_percent") / 100
    years = int(context.profile.number("history.years"))
    for row in context.rows:
        number = number_of(row)
        past = context.past.of(row)[:years]
        if number is None or not past or direction(row, context.profile) is not Direction.UP:
            continue
        unit = row.unit_text
        target, actual = past[0].target(unit), past[0].actual(unit)
        if not target or actual is None:
            continue
        compared = True
        if actual >= target * line and number <= target:
            yield rule.finds(
                row.path("target"),
                message(
                    "{actual} was reached of {target} in {year}, and the target was not raised",
                    actual=figure(actual),
                    target=figure(target),
                    year=year_name(past[0].year),
                ),
                observed=row.target or "",
                expected=message("a target that takes up what was reached"),
                fix=_mean(row, past, number),
            )
    if not compared:
        yield rule.not_applicable(NO_ACTUAL)


def _mean(row: Row, past: tuple[PastRow, ...], number: Decimal) -> Fix | None:
    actuals = [actual for one in past if (actual := one.actual(row.unit_text)) is not None]
    places = max(-int(actual.normalize().as_tuple().exponent) for actual in actuals)
    mean = round_half_up(sum(actuals, Decimal(0)) / len(actuals), max(places, 0))
    if mean <= number:
        return None
    return proposal(
        message(
            "set the target to {mean}, the mean of what was reached in {count} years",
            mean=f"{mean:f}",
            count=len(actuals),
        ),
        Edit(row.path("target"), row.target, f"{mean:f}"),
    )
