"""Payments against the budget (预算执行率): the sum paid by the sum of the budgets, each budget once."""

from collections.abc import Sequence
from fractions import Fraction

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import Ask, State, Value, not_computable, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.metrics.columns import lacking
from hengliang.measure.period import Period
from hengliang.measure.records import Records
from hengliang.measure.told import Told, holding, tell

_COLUMNS = ("subject", "paid_on", "amount_yuan", "budget_yuan")


def budget_share(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Paid in the year ÷ budget in percent. The budget of a subject stands on all its rows and counts once.

    Blocked payments stay in the sum, so that bad rows never improve the share. A subject with two budgets
    cannot be computed.
    """
    table = records.tables[ledger.name]
    if (lack := lacking(table, _COLUMNS)) is not None:
        return lack
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
    paid = fetched(table.frame.filter(holding(_asks(records.period))).select(s=nw.col("amount_yuan").sum()))[
        0
    ][0]
    return number(Fraction(paid or 0) / total * 100, metric)


def _asks(year: Period) -> list[Ask]:
    """A payment of another year still says what the budget is."""
    return [Ask(nw.col("paid_on").is_between(year.start, year.end), message("not paid in the year"), True)]


def _told(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    del metric
    return tell(records.tables[ledger.name], _COLUMNS, _asks(records.period), keeps_blocked=True)


TOLD = {"budget_share": _told}
