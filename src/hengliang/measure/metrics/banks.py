"""River banks (岸线): kilometres with an approved urban design. A segment says its length on each row."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import Ask, State, Value, figure, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.metrics.columns import lacking
from hengliang.measure.period import Period
from hengliang.measure.records import Records
from hengliang.measure.told import FREE, Told, holding, tell


def covered(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Kilometres of segments with APPROVAL done by the end of the year, of those in the plan, in percent.

    The plan is the parameter `plan_bank_km`, or else all segments.
    """
    table, columns = records.tables[ledger.name], metric.columns
    if (lack := lacking(table, columns.values())) is not None:
        return lack
    approved = holding([FREE, *_asks(columns, records.period)])
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


def _asks(columns: Mapping[str, str], period: Period) -> list[Ask]:
    return [
        Ask(nw.col(columns["milestone"]) == "APPROVAL", message("it is not the approval of a segment"), True),
        Ask(nw.col(columns["done"]) <= period.end, message("not done by the end of the year"), True),
    ]


def _told(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    return tell(records.tables[ledger.name], metric.columns.values(), _asks(metric.columns, records.period))


TOLD = {"covered": _told}
