"""
## What it checks

The total line of the money block against the lines below it, column by column: a total left at 0 or empty
over lines that are filled in; a line larger than the total; and, where all lines belong to known splits (by
source, by income, by kind of spending), a split whose two or more lines do not add up to the total (to a
difference of 0.01 万元).

## Why

Execution rate and score are worked out from the total line. A total of 0 over a line of 90 万元 gives the
execution of the year 0 points, although the money was spent.

## Example

年度资金总额 0, 0, 0; 本年财政拨款 90, 90, 89.974.

## Instead

年度资金总额 90, 90, 89.974.

## Basis

财预〔2020〕10号: the self-evaluation table gives the money of the year by lines (recalled, to be checked
against the official text).

---

## 查什么

逐列核对资金总额与其下各行：各行有数而总额为0或空白；某一行大于总额；各行均属于已知的划分（按来源、按收入性
质、按支出性质）时，同一划分下两行及以上之和与总额不符（误差不超过0.01万元）。

## 为什么

执行率和得分都按总额行计算。明细有90万元而总额填0，预算执行就得0分，尽管资金已经支出。

## 示例

“年度资金总额”0、0、0；“本年财政拨款”90、90、89.974。

## 应改为

“年度资金总额”90、90、89.974。

## 依据

财预〔2020〕10号：自评表按资金来源分行填列全年资金（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator
from decimal import Decimal

from hengliang.base.finding import Finding, Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.review.attained import figure, with_unit
from hengliang.review.funds import (
    COLUMNS,
    NO_MONEY,
    Column,
    Funds,
    funds_of,
    money_unit,
    split_counts,
    split_sums,
    tolerance_in,
)
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="M08",
    name="money-lines-not-adding-up",
    zh="资金明细不合计",
    en="lines of the money do not add up",
    severity=Severity.ERROR,
    basis=("10:自评表", "88:规范完整性"),
    reads=("money",),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    funds = funds_of(context.form, context.profile)
    if funds is None or not funds.parts:
        yield rule.not_applicable(NO_MONEY if funds is None else message("the money is not split into lines"))
        return
    empty: list[Column] = [
        column for column in COLUMNS if not getattr(funds.line, column) and _largest(context, funds, column)
    ]
    if empty:
        name, amount = _largest(context, funds, empty[0]) or ("", Decimal(0))
        yield rule.finds(
            tuple(Spot(f"{funds.path}/{column}") for column in empty),
            message(
                "the total is empty or 0, but the line {name} says {amount}",
                name=name,
                amount=with_unit(figure(amount), money_unit(context.form)),
            ),
            observed=", ".join(_printed(getattr(funds.line, column)) for column in empty),
            expected=message("a total that sums its lines"),
        )
    for column in COLUMNS:
        total: Decimal | None = getattr(funds.line, column)
        if total and (finding := _check_column(context, funds, column, total)) is not None:
            yield finding


def _printed(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}"


def _largest(context: Context, funds: Funds, column: Column) -> tuple[str, Decimal] | None:
    """Name and amount of the largest line below the total; None when no line has an amount there."""
    rows = context.form.money.rows if context.form.money else ()
    amounts = [(rows[index].name, getattr(rows[index], column) or Decimal(0)) for index in funds.parts]
    largest = max(amounts, key=lambda one: one[1])
    return largest if largest[1] > 0 else None


def _check_column(context: Context, funds: Funds, column: Column, total: Decimal) -> Finding | None:
    rows = context.form.money.rows if context.form.money else ()
    largest = _largest(context, funds, column)
    if largest is None:
        return None
    unit = money_unit(context.form)
    tolerance = tolerance_in(unit, context.profile)
    path = f"{funds.path}/{column}"
    if largest[1] > total + tolerance:
        return rule.finds(
            path,
            message(
                "the line {name} says {amount}, more than the total of {total}",
                name=largest[0],
                amount=with_unit(figure(largest[1]), unit),
                total=with_unit(figure(total), unit),
            ),
            observed=_printed(total),
            expected=message("a total that sums its lines"),
        )
    counts = split_counts(rows, funds.parts, context.profile)
    for split, amount in split_sums(rows, funds.parts, column, context.profile).items():
        if counts[split] > 1 and abs(amount - total) > tolerance:
            return rule.finds(
                path,
                message(
                    "the lines add up to {amount}, the total says {total}",
                    amount=with_unit(figure(amount), unit),
                    total=with_unit(figure(total), unit),
                ),
                observed=_printed(total),
                expected=message("a total that sums its lines"),
            )
    return None
