"""
## What it checks

The date of filling in beside the latest day of the stage, as the rule profile has it: for a declaration the
end of its fiscal year; for a monitoring table one month after the last month it covers (31 August for
January to July); for a self-evaluation the end of the following year.

## Why

A target set after the year is no plan, and monitoring that comes in winter corrects nothing. The notice of
each year sets an earlier day; put it into the profile.

## Example

Monitoring table of January to July 2023, dated 2023-10-15.

## Instead

2023-08-25.

## Basis

财预〔2019〕136号: table and report by 31 August (recalled, to be checked against the official text); 预算法
article 52: targets go with the approval of the budget (confirmed). The limits for declaration and
self-evaluation are choices of this project.

---

## 查什么

填报日期是否超过规则集规定的最迟日期：申报表为预算年度结束之日；监控表为所涉最后月份之后一个月（1—7月为8月31
日）；自评表为次年年底。

## 为什么

年度结束后才设定的目标不是计划，冬天才报的年中监控也无从纠偏。每年通知规定的时间更早，可在规则集中设定。

## 示例

2023年1—7月监控表，填报日期2023年10月15日。

## 应改为

2023年8月25日。

## 依据

财预〔2019〕136号：8月31日前报送监控表和报告（凭记忆转述，待与正式文本核对）；预算法第五十二条：绩效目标随预
算批复（已核实）。申报和自评的期限为本项目选定。
"""

from collections.abc import Iterator
from datetime import date

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.period import last_day_of_month
from hengliang.form.model import Form, Purpose
from hengliang.review.rule import Context, Outcome, Rule
from hengliang.review.signed import last_month, signed_on

rule = Rule(
    code="P07",
    name="handed-in-late",
    zh="逾期",
    en="late",
    severity=Severity.WARNING,
    basis=("136:监控时间", "预算法:第52条"),
    reads=("signoff.date", "fiscal_year", "months"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    form = context.form
    day = signed_on(form)
    months = int(context.profile.number(f"procedure.due_months.{form.purpose}"))
    due = _due(form, months)
    if day is None or due is None:
        yield rule.not_applicable(message("the form does not give both its date and its period"))
    elif day > due:
        yield rule.finds(
            "signoff/date",
            message("dated {day}, after the last day {due}", day=day.isoformat(), due=due.isoformat()),
            observed=day.isoformat(),
            expected=message("a form handed in by {due}", due=due.isoformat()),
        )


def _due(form: Form, months: int) -> date | None:
    """The last day of the month that lies `months` behind the end of the form's period."""
    end = last_month(form.months) if form.purpose is Purpose.MONITORING else 12
    if form.fiscal_year is None or end is None:
        return None
    later = end - 1 + months
    return last_day_of_month(form.fiscal_year + later // 12, later % 12 + 1)
