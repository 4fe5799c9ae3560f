"""
## What it checks

A target beyond 150 % of the best of up to three earlier years, with no reason in 设定依据 or 备注. Where
less is better, a target below the best year divided by as much. Rates in percent are left out.

## Why

A target should be likely to be reached. One that doubles the best year needs a plan that explains it.

## Example

Reached 38, 40 and 36 处 in three years; target 100 处.

## Instead

60 处; or 设定依据: 新增专项资金建设监测点60处.

## Basis

财预〔2015〕88号, review point 实现可能性 (recalled, to be checked against the official text). The line of
150 % is a choice of this project.

---

## 查什么

指标值超过此前最多三年最好水平的150%，而“设定依据”“备注”中没有说明理由。反向指标相应按倒数比较。百分比指标除
外。

## 为什么

目标应当有把握实现。比历年最好水平翻一番的指标值，必须有相应的安排作支撑。

## 示例

前三年分别完成38、40、36处，本年指标值100处。

## 应改为

60处；或者在“设定依据”中写明：新增专项资金建设监测点60处。

## 依据

财预〔2015〕88号“实现可能性”审核要点（凭记忆转述，待与正式文本核对）。150%的幅度为本项目选定。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.unit import Dimension, unit_of
from hengliang.form.reached import Direction
from hengliang.review.attained import direction, figure, gives_reason, number_of, with_unit
from hengliang.review.past import NO_ACTUAL, NO_HISTORY
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="H02",
    name="target-far-above-history",
    zh="过度乐观",
    en="far above history",
    severity=Severity.WARNING,
    basis=("88:实现可能性",),
    reads=("indicators.target", "indicators.basis", "indicators.remark"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not context.past.forms:
        yield rule.not_applicable(NO_HISTORY)
        return
    compared = False
    years = int(context.profile.number("history.years"))
    line = context.profile.number("history.optimistic_percent") / 100
    for row in context.rows:
        number, way = number_of(row), direction(row, context.profile)
        unit = unit_of(row.unit_text)
        if number is None or way is None or (unit is not None and unit.dimension is Dimension.RATIO):
            continue
        reached = [past.actual(row.unit_text) for past in context.past.of(row)[:years]]
        known = [actual for actual in reached if actual]
        if not known:
            continue
        compared = True
        best = min(known) if way is Direction.DOWN else max(known)
        beyond = number * line < best if way is Direction.DOWN else number > best * line
        if beyond and not gives_reason(row, context.profile):
            yield rule.finds(
                row.path("target"),
                message(
                    "the best of {count} earlier years was {best}; the target is far beyond, with no reason",
                    count=len(known),
                    best=with_unit(figure(best), row.unit_text),
                ),
                observed=row.target or "",
                expected=message("a target that history supports, or the reason why more can be done"),
            )
    if not compared:
        yield rule.not_applicable(NO_ACTUAL)
