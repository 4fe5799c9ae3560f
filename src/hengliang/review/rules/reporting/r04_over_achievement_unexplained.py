"""
## What it checks

A number that reached 130 % of its target or more, where more is better or the target was to be met exactly,
and the column of reasons says nothing (无 and / say nothing).

## Why

An actual far above its target is a deviation like one below: the target may have been set too low, which
costs points, or the figure is wrong.

## Example

举办宣传咨询活动: target 12 次, actual 96 次, reason empty.

## Instead

96 次, reason: 新增社区宣传点8个，每点每月1次.

## Basis

财预〔2020〕10号: an actual far above its target is analysed (recalled, to be checked against the official
text). The line of 130 % is the configuration of one province.

---

## 查什么

正向指标或等于指标的实际完成值达到指标值130%及以上，而偏差原因栏没有说明（“无”“/”等视同未说明）。

## 为什么

大幅超额与未完成一样是偏差：可能是指标值定低了（应适度扣分），也可能是数据有误。

## 示例

“举办宣传咨询活动”指标值12次，实际96次，原因为空。

## 应改为

实际96次，原因：新增社区宣传点8个，每点每月1次。

## 依据

财预〔2020〕10号：完成值远超指标值的应分析原因（凭记忆转述，待与正式文本核对）。130%为一省的系统设置。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.form.reached import Direction
from hengliang.review.attained import NO_REPORT, figure, is_blank, is_report, reached
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="R04",
    name="over-achievement-unexplained",
    zh="超额未说明",
    en="over-achievement without reason",
    severity=Severity.WARNING,
    basis=("10:超额完成",),
    reads=("indicators.actual", "indicators.target", "indicators.reason"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not is_report(context.form):
        yield rule.not_applicable(NO_REPORT)
        return
    line = context.profile.number("reporting.over_percent")
    for row in context.rows:
        if not is_blank(row.reason, context.profile):
            continue
        result = reached(row, row.actual, context.profile)
        percent = result.percent if result is not None and result.direction is not Direction.DOWN else None
        if percent is not None and percent >= line:
            yield rule.finds(
                row.path("actual"),
                message(
                    "{percent} % of the target was reached, and no reason is given",
                    percent=figure(percent),
                ),
                observed=row.actual or "",
                expected=message("why so much more was reached, or a corrected figure"),
            )
