"""River banks (岸线): kilometres with an approved urban design. A segment says its length on each row."""

from fractions import Fraction

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import State, Value, figure, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.metrics.columns import lacking
from hengliang.measure.records import Records


def covered(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Kilometres of segments with APPROVAL done by the end of the year, of those in the plan, in percent.

    The plan is the parameter `plan_bank_km`, or else all segments.
    """
    table, columns = records.tables[ledger.name], metric.columns
    if (lack := lacking(table, columns.values())) is not None:
        return lack
    approved = (
        nw.col("_blocked").is_null()
        & (nw.col(columns["milestone"]) == "APPROVAL")
        & (nw.col(columns["done"]) <= records.period.end)
    ).fill_null(False)
    flagged = table.frame.with_columns(_done=nw.when(approved).then(nw.lit(1)).otherwise(nw.lit(0)))
    segments = flagged.group_by(columns["segment"]).agg(
        km=nw.col(columns["length"]).max(), done=nw.col("_done").max()
    )
    rows = fetched(segments.select("km", "done"))
    planned = figure(records.parameters(ledger), "plan_bank_km")
    if planned is None:
        planned = sum((Fraction(km) for km, _ in rows if km is not None), Fraction(0))
    if not planned:
        return Value(State.NOT_APPLICABLE, reason=message("nothing was due"))
    done = sum((Fraction(km) for km, is_done in rows if km is not None and is_done), Fraction(0))
    return number(done / planned * 100, metric)
