"""The monitoring table (绩效目标执行监控表) of a form: what was reached by a month beside the targets.

It is a form of its own, so every writer of forms writes it. Columns by the annexed table of
财预〔2019〕136号: what was reached, what is expected of the year, why it deviates, how likely the target is.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from hengliang.form.model import Form, Indicator, Likelihood, Money, MoneyRow, Purpose


class Progress(NamedTuple):
    """What a unit says of one indicator by the end of a month."""

    actual: str | None = None
    forecast: str | None = None
    reason: str | None = None
    likelihood: Likelihood | None = None


class Execution(NamedTuple):
    """The budget of the year, what was spent by the month, and what is expected of the year, in 万元."""

    budget: Decimal
    executed: Decimal
    expected: Decimal | None = None


def monitoring_table(
    form: Form, month: int, progress: Mapping[int, Progress], execution: Execution | None = None
) -> Form:
    """The table for January to `month`; `progress` by the place of the indicator from 0.

    Points and scoring sentences are no part of it.
    """
    rows = tuple(_row(one, progress.get(at, Progress())) for at, one in enumerate(form.indicators))
    return Form(
        kind=form.kind,
        purpose=Purpose.MONITORING,
        organisation=form.organisation,
        supervisor=form.supervisor,
        project=form.project,
        fiscal_year=form.fiscal_year,
        months=f"1-{month}",
        codes=form.codes,
        duties=form.duties,
        duty_marks=form.duty_marks,
        goals=form.goals,
        goal_marks=form.goal_marks,
        money=None if execution is None else _money(execution),
        indicators=rows,
        signoff=form.signoff,
        truncated=tuple(path for path in form.truncated if path.startswith(("goals/", "duties/"))),
    )


def _row(one: Indicator, said: Progress) -> Indicator:
    cut = tuple(name for name in one.truncated if name in ("level1", "level2", "name", "target", "unit"))
    return Indicator(
        level1=one.level1,
        level2=one.level2,
        name=one.name,
        operator=one.operator,
        target=one.target,
        unit=one.unit,
        actual=said.actual,
        forecast=said.forecast,
        reason=said.reason,
        likelihood=said.likelihood,
        truncated=cut,
    )


def _money(execution: Execution) -> Money:
    rate = None
    if execution.budget:
        rate = (execution.executed * 100 / execution.budget).quantize(Decimal("0.01"), ROUND_HALF_UP)
    line = MoneyRow(
        name="年度资金总额",
        initial=_short(execution.budget),
        executed=_short(execution.executed),
        expected=None if execution.expected is None else _short(execution.expected),
        rate=rate,
    )
    return Money(unit="万元", rows=(line,))


def _short(amount: Decimal) -> Decimal:
    """An amount without zeros at its end."""
    text = f"{amount:f}"
    return Decimal(text.rstrip("0").rstrip(".")) if "." in text else amount
