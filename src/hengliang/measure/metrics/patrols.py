"""Patrols of the field chiefs (田长制巡田): grid-months with enough of them.

Runs at 10⁶ to 10⁷ patrols a year: the engine groups, and one row is fetched.
"""

from fractions import Fraction

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import State, Value, conditions_of, not_computable, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.functions import ExpressionError, part_of
from hengliang.measure.records import Records

GRIDS = "field_grid"


def grid_months(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Grid-months with at least `patrols_per_month` valid patrols ÷ grid-months due, in percent.

    Due is every grid of `field_grid`, or as many as `grids_due` says, in every month of `month` or the year
    that has begun by the as-of date; a grid without a patrol is due too.
    """
    table, parameters, period = records.tables[ledger.name], records.parameters(ledger), records.period
    try:
        start, end = part_of(period, str(parameters.get("month") or ""))
        rows = conditions_of(metric, records.period, records.parameters(ledger), table.columns)
    except ExpressionError as error:
        return not_computable(message("the metric cannot be worked out: {error}", error=str(error)))
    if isinstance(rows, Value):
        return rows
    grid, at = metric.columns["grid"], metric.columns["at"]
    last = min(end, period.as_of) if period.as_of is not None and period.as_of >= start else end
    months = (last.year - start.year) * 12 + last.month - start.month + 1
    per_month = (
        table.frame.filter(rows.counted)
        .with_columns(_month=nw.col(at).dt.year() * 12 + nw.col(at).dt.month())
        .group_by(grid, "_month")
        .agg(_patrols=nw.len())
        .filter(nw.col("_patrols") >= int(str(parameters["patrols_per_month"])))
    )
    grids = records.table(GRIDS)
    if grids is not None and "grid_id" in grids.columns:
        known = grids.frame.select("grid_id").filter(~nw.col("grid_id").is_null()).unique()
        due = Fraction(fetched(known.select(n=nw.len()))[0][0])
        per_month = per_month.join(known, left_on=grid, right_on="grid_id", how="semi")
    elif "grids_due" in parameters:
        due = Fraction(str(parameters["grids_due"]))
    else:
        return not_computable(message("nobody says how many grids were due"))
    if not due:
        return Value(State.NOT_APPLICABLE, reason=message("nothing was due"))
    met = fetched(per_month.select(n=nw.len()))[0][0]
    return number(Fraction(int(met)) / (due * months) * 100, metric)
