"""Payments against the budget (预算执行率): the sum paid by the sum of the budgets, each budget once."""

from fractions import Fraction

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import State, Value, not_computable, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.records import Records


def budget_share(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Paid in the year ÷ budget in percent. The budget of a subject stands on all its rows and counts once.

    Blocked payments stay in the sum, so that bad rows never improve the share. A subject with two budgets
    cannot be computed.
    """
    table = records.tables[ledger.name]
    asked = ("subject", "paid_on", "amount_yuan", "budget_yuan")
    missing = [name for name in asked if name not in table.columns]
    if missing:
        return not_computable(message("the records have no column {name}", name=missing[0]))
    year = records.period
    budgets = fetched(
        table.frame.filter(~nw.col("budget_yuan").is_null()).select("subject", "budget_yuan").unique()
    )
    subjects = [subject for subject, _ in budgets]
    twice = next((subject for subject in subjects if subjects.count(subject) > 1), None)
    if twice is not None:
        return not_computable(message("{subject} has two different budgets", subject=twice))
    total = sum((Fraction(budget) for _, budget in budgets), Fraction(0))
    if not total:
        return Value(State.NOT_APPLICABLE, reason=message("there is no budget"))
    paid = fetched(
        table.frame.filter(nw.col("paid_on").is_between(year.start, year.end)).select(
            s=nw.col("amount_yuan").sum()
        )
    )[0][0]
    return number(Fraction(paid or 0) / total * 100, metric)
