"""
## What it checks

An amount that looks 10 000 or 100 times too large or too small, because 元 was entered for 万元 or the
other way round: beside the year before; beside the other amounts of the same form (adjusted and initial
budget, spending, the sum of the tasks); and by itself, when the year's money of one form is beyond the
bounds of the profile.

## Why

A slip of the unit is the costliest misprint on the form, and everything that is divided by the money is
wrong with it.

## Example

Unit 万元, 资金总额 50 000 000.

## Instead

Unit 万元, 资金总额 5 000; or unit 元, 50 000 000.

## Basis

财预〔2015〕88号, review point 规范完整性: nothing wrong (recalled, to be checked against the official
text). Factors and bounds are choices of this project.

---

## 查什么

金额可能因“元”“万元”混淆而相差一万倍（或一百倍）：与上年比较；与同一表中其他金额（年初预算与全年预算、支出、
任务金额合计）比较；或者全年资金超出规则集规定的上下限。

## 为什么

计量单位填错是表中代价最大的笔误，凡以资金为分母的计算都会随之出错。

## 示例

单位“万元”，资金总额填50000000。

## 应改为

单位“万元”填5000；或者单位“元”填50000000。

## 依据

财预〔2015〕88号“规范完整性”审核要点：内容准确、无错项（凭记忆转述，待与正式文本核对）。倍数和上下限为本项目
选定。
"""

from collections.abc import Iterator
from decimal import Decimal

from hengliang.base.finding import Edit, Finding, Fix, Severity
from hengliang.base.message import Message, message
from hengliang.base.profile import Profile
from hengliang.review.attained import figure, with_unit
from hengliang.review.funds import NO_MONEY, Funds, funds_of, money_unit, planned_in_yuan, yuan
from hengliang.review.past import year_name
from hengliang.review.rule import Context, Outcome, Rule, proposal

rule = Rule(
    code="M07",
    name="money-in-wrong-unit",
    zh="单位与金额混淆",
    en="money in the wrong unit",
    severity=Severity.WARNING,
    basis=("88:规范完整性",),
    reads=("money", "tasks"),
    fix="proposal",
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    funds = funds_of(context.form, context.profile)
    if funds is None or funds.planned is None:
        yield rule.not_applicable(NO_MONEY)
        return
    finding = _inside(context, funds) or _beside_last_year(context, funds) or _by_itself(context, funds)
    if finding is not None:
        yield finding


def _inside(context: Context, funds: Funds) -> Finding | None:
    """Another amount of the same form that is 10 000 times this one or the other way round."""
    tasks = [task.amount for task in context.form.tasks if task.amount is not None]
    others = (
        (funds.initial, "initial", message("the initial budget")),
        (funds.executed, "executed", message("the spending")),
        (sum(tasks, Decimal(0)) if tasks else None, "", message("the sum of the tasks")),
    )
    factors = (max(_factors(context.profile)),)
    unit = money_unit(context.form)
    for other, column, name in others:
        # Little may have been spent of much: spending can only be far too large.
        if other is None or funds.planned is None or (column == "executed" and other < funds.planned):
            continue
        if _slip(funds.planned, other, factors, context.profile):
            return rule.finds(
                f"{funds.path}/{column}" if column else "tasks",
                message(
                    "{name} is {other}, the money of the year {planned}: their units seem to differ",
                    name=name,
                    other=with_unit(figure(other), unit),
                    planned=with_unit(figure(funds.planned), unit),
                ),
                observed=figure(other),
                expected=message("all amounts of the form in one unit"),
            )
    return None


def _beside_last_year(context: Context, funds: Funds) -> Finding | None:
    now = planned_in_yuan(context.form, context.profile)
    for earlier in context.past.forms[:1]:
        then = planned_in_yuan(earlier, context.profile)
        if now and then and _slip(now, then, _factors(context.profile), context.profile):
            reason = message(
                "the money is {now} 元, against {then} 元 in {year}",
                now=figure(now),
                then=figure(then),
                year=year_name(earlier.fiscal_year),
            )
            return _of_total(context, funds, reason, smaller=now > then)
    return None


def _by_itself(context: Context, funds: Funds) -> Finding | None:
    now = yuan(funds.planned, money_unit(context.form))
    if not now:
        return None
    if now >= context.profile.number("money.largest_total"):
        reason = message("{now} 元 is more than a form of one year is likely to ask for", now=figure(now))
        return _of_total(context, funds, reason, smaller=True)
    if now < context.profile.number("money.smallest_total"):
        reason = message("{now} 元 is less than a form of one year is likely to ask for", now=figure(now))
        return _of_total(context, funds, reason, smaller=False)
    return None


def _of_total(context: Context, funds: Funds, reason: Message, *, smaller: bool) -> Finding:
    column = "budget" if funds.budget is not None else "initial"
    return rule.finds(
        f"{funds.path}/{column}",
        reason,
        observed=figure(funds.planned or Decimal(0)),
        expected=message("the amount and its unit checked against the budget"),
        fix=_other_unit(money_unit(context.form), smaller=smaller),
    )


def _other_unit(unit: str, *, smaller: bool) -> Fix | None:
    pair = ("万元", "元") if smaller else ("元", "万元")
    if unit != pair[0]:
        return None
    return proposal(
        message("change the unit of the money to {unit}", unit=pair[1]), Edit("money/unit", *pair)
    )


def _factors(profile: Profile) -> list[Decimal]:
    return [Decimal(factor) for factor in profile.words("money.wrong_unit_factors")]


def _slip(
    one: Decimal, other: Decimal, factors: list[Decimal] | tuple[Decimal, ...], profile: Profile
) -> bool:
    if not one or not other:
        return False
    ratio = max(one, other) / min(one, other)
    spread = profile.number("money.wrong_unit_spread")
    return any(factor / spread <= ratio <= factor * spread for factor in factors)
