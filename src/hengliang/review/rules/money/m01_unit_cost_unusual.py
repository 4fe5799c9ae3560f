"""
## What it checks

What one piece costs, beside the form of the year before: an indicator whose unit is a price (元/亩, 万元/处),
and a task of the year whose text gives one quantity beside its amount. A difference beyond the line of the
profile (30 %) is reported.

## Why

Money that fits the target is what the review of 资金匹配性 is about. A piece that costs six times what it
cost last year is either a slip of the unit or a change that the form should explain.

## Example

Last year 绿色矿山核查, 60家, 120 (万元): 2 万元 for each. This year 60家, 720.

## Instead

60家, 126; or the reason of the higher price in the content of the task (a reason given in 设定依据 or 备注
silences the indicator).

## Basis

财预〔2015〕88号, review point 资金匹配性 (recalled, to be checked against the official text). The line of
30 % is a choice of this project.

---

## 查什么

与上年申报表比较单位成本：计量单位为单价的指标（元/亩、万元/处），以及内容中写明一个数量的年度主要任务。差异
超过规则集规定的幅度（30%）即提示。

## 为什么

“资金匹配性”审核的就是资金与目标是否相称。单位成本比上年高出数倍，要么是计量单位写错，要么情况有变而表中未作
说明。

## 示例

上年“绿色矿山核查，60家”120万元，每家2万元；本年60家720万元，每家12万元。

## 应改为

60家126万元；确需提高的，写明原因（指标在“设定依据”或“备注”中写明原因的，不再提示）。

## 依据

财预〔2015〕88号“资金匹配性”审核要点（凭记忆转述，待与正式文本核对）。30%的幅度为本项目选定。
"""

from collections.abc import Iterator
from decimal import Decimal

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension, unit_of
from hengliang.form.model import Form
from hengliang.review.attained import figure, gives_reason, number_of
from hengliang.review.funds import one_quantity, yuan
from hengliang.review.past import NO_HISTORY, same_name, year_name
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="M01",
    name="unit-cost-unusual",
    zh="单位成本异常",
    en="unit cost unusual",
    severity=Severity.WARNING,
    basis=("88:资金匹配性",),
    reads=("indicators.target", "indicators.unit", "tasks", "money.unit"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not context.past.forms:
        yield rule.not_applicable(NO_HISTORY)
        return
    compared = False
    line = context.profile.number("money.unit_cost_percent")
    for path, name, unit, year, now, then in [*_rows(context), *_tasks(context)]:
        compared = True
        change = (now - then) / then * 100
        if abs(change) > line:
            yield rule.finds(
                path,
                message(
                    "one unit of {name} costs {now} {unit}, {change} % off the {then} {unit} of {year}",
                    name=name,
                    now=figure(now),
                    unit=unit,
                    change=figure(abs(change)),
                    then=figure(then),
                    year=year_name(year),
                ),
                observed=f"{figure(now)} {unit}",
                expected=message("a unit cost near that of the year before, or the reason why it differs"),
            )
    if not compared:
        yield rule.not_applicable(message("no unit cost stands both here and on the form of an earlier year"))


_Cost = tuple[str, str, str, int | None, Decimal, Decimal]


def _rows(context: Context) -> Iterator[_Cost]:
    for row in context.rows:
        unit = unit_of(row.unit_text)
        if unit is None or unit.dimension is not Dimension.MONEY_RATE or gives_reason(row, context.profile):
            continue
        now = number_of(row)
        for past in context.past.of(row)[:1]:
            then = past.actual(row.unit_text) or past.target(row.unit_text)
            if now is not None and then:
                yield row.path("target"), row.name, unit.symbol, past.year, now, then


def _tasks(context: Context) -> Iterator[_Cost]:
    earlier = context.past.forms[0]
    then_costs = _costs(earlier, context.profile)
    for key, (index, unit, now) in _costs(context.form, context.profile).items():
        if key in then_costs and then_costs[key][1] == unit and then_costs[key][2]:
            yield (
                f"tasks/{index}/amount",
                context.form.tasks[index].name,
                f"元/{unit}",
                earlier.fiscal_year,
                now,
                then_costs[key][2],
            )


def _costs(form: Form, profile: Profile) -> dict[str, tuple[int, str, Decimal]]:
    """Index, counting unit and 元 for one of each task that states one quantity and its amount."""
    found: dict[str, tuple[int, str, Decimal]] = {}
    unit = form.money.unit if form.money else None
    for index, task in enumerate(form.tasks):
        amount = yuan(task.amount, unit)
        quantity = one_quantity(task.content)
        if amount is not None and quantity is not None and quantity[0]:
            found[same_name(task.name)] = (index, quantity[1], amount / quantity[0])
    return found
