"""Parcel codes (一地一码): links to other systems whose polygons agree."""

from decimal import Decimal
from fractions import Fraction

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import State, Value, not_computable, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.records import Records

LINKS = "parcel_link"


def links_that_fit(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Links whose `iou` is at least `min_iou` ÷ links with polygons to compare, in percent."""
    table = records.table(LINKS)
    if table is None:
        return not_computable(message("there are no records of links between systems"))
    if "iou" not in table.columns:
        return not_computable(message("the records have no column {name}", name="iou"))
    least = Decimal(str(records.parameters(ledger)["min_iou"]))
    rows = table.frame.filter(~nw.col("iou").is_null(), (nw.col("_blocked") != "Q08").fill_null(True))
    fits = nw.col("_blocked").is_null() & (nw.col("iou") >= least)
    met, due = fetched(
        rows.with_columns(_fits=fits.cast(nw.Int64)).select(a=nw.col("_fits").sum(), b=nw.len())
    )[0]
    if not due:
        return Value(State.NOT_APPLICABLE, reason=message("nothing was due"))
    return number(Fraction(int(met or 0) * 100, int(due)), metric)
