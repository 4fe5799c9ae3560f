"""
## What it checks

On a monitoring table, an indicator in the red with nothing in the column of causes: its expected result
says that it cannot be reached (完全不可能 …); a number where less is better is already beyond its target;
or a number where more is better has less than 60 % of what is due by the last month of the table, a twelfth
of the target for each month. Where less than one whole unit is due by then, nothing is late.

## Why

Monitoring is there to correct in time. A red row without a measure is known and left alone.

## Example

January to July, target 120 次, actual 20 次 (28.57 % of the 70 due), reason empty.

## Instead

Reason: 设备6月到位，8月起每月增加10次.

## Basis

财预〔2019〕136号: deviations are corrected in time (recalled, to be checked against the official text). The
thresholds are those of a published module, no national rule, and values of the rule profile.

---

## 查什么

监控表中处于红灯而偏差原因栏没有说明的指标：全年预计写明不能完成（完全不可能等）；反向指标已超过指标值；正向
指标的完成值不足截止月份应完成数（按月平均）的60%。届时应完成数不足一个计量单位的，不视为滞后。

## 为什么

监控是为了及时纠偏。亮了红灯而没有措施，等于知道了问题却放任不管。

## 示例

1—7月，指标值120次，完成20次（为应完成70次的28.57%），原因为空。

## 应改为

原因：设备6月到位，8月起每月增加10次。

## 依据

财预〔2019〕136号：对偏离绩效目标的及时纠正（凭记忆转述，待与正式文本核对）。红灯界限取自公开的系统模块，并
非全国规定，为规则集参数。
"""

from collections.abc import Iterator
from decimal import Decimal

from hengliang.base.finding import Severity
from hengliang.base.message import Message, message
from hengliang.form.model import Purpose
from hengliang.form.reached import Direction
from hengliang.review.attained import figure, is_blank, reached
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule
from hengliang.review.signed import last_month

rule = Rule(
    code="R11",
    name="red-light-without-remedy",
    zh="监控红灯无措施",
    en="red light without measure",
    severity=Severity.ERROR,
    basis=("136:纠偏", "136:监控内容"),
    reads=("indicators.actual", "indicators.forecast", "indicators.target", "indicators.reason", "months"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if context.form.purpose is not Purpose.MONITORING:
        yield rule.not_applicable(message("the form is no monitoring table"))
        return
    month = last_month(context.form.months)
    for row in context.rows:
        if not is_blank(row.reason, context.profile):
            continue
        reason = _red(context, row, month)
        if reason is not None:
            yield rule.finds(
                row.path("actual"),
                reason,
                observed=row.actual or row.forecast or "",
                expected=message("the cause, the remedy and its date"),
            )


def _red(context: Context, row: Row, month: int | None) -> Message | None:
    words = context.profile.pattern("reporting.out_of_reach")
    if row.forecast and words.search(row.forecast):
        return message(
            "the year's result is expected to be {forecast}, and no remedy is named",
            forecast=row.forecast,
        )
    result = reached(row, row.actual, context.profile)
    if result is None or result.target is None or result.actual is None:
        return None
    if result.direction is Direction.DOWN:
        if not result.short:
            return None
        return message(
            "{actual} is already beyond the target of {target}, and no remedy is named",
            actual=figure(result.actual),
            target=figure(result.target),
        )
    due = result.target * month / 12 if month is not None else Decimal(0)
    if due < 1 or result.actual * 100 >= due * context.profile.number("reporting.light_red"):
        return None
    return message(
        "{actual} by the end of month {month}, {percent} % of the {due} due by then, and no remedy is named",
        actual=figure(result.actual),
        month=month,
        percent=figure(result.actual * 100 / due),
        due=figure(due),
    )
