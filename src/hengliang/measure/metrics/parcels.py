"""Parcel codes (一地一码): links to other systems whose polygons agree."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import Ask, State, Value, not_computable, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.records import Records
from hengliang.measure.told import FREE, ONCE, Told, holding, tell

LINKS = "parcel_link"


def links_that_fit(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Links whose `iou` is at least `min_iou` ÷ links with polygons to compare, in percent."""
    table = records.table(LINKS)
    if table is None:
        return not_computable(message("there are no records of links between systems"))
    if "iou" not in table.columns:
        return not_computable(message("the records have no column {name}", name="iou"))
    compared, agrees = _asks(records, ledger)
    rows = table.frame.filter(holding([ONCE, compared]))
    fits = holding([FREE, agrees])
    met, due = fetched(
        rows.with_columns(_fits=fits.cast(nw.Int64)).select(a=nw.col("_fits").sum(), b=nw.len())
    )[0]
    if not due:
        return Value(State.NOT_APPLICABLE, reason=message("nothing was due"))
    return number(Fraction(int(met or 0) * 100, int(due)), metric)


def _asks(records: Records, ledger: Ledger) -> tuple[Ask, Ask]:
    least = Decimal(str(records.parameters(ledger)["min_iou"]))
    return (
        Ask(~nw.col("iou").is_null(), message("it has no polygon to compare with")),
        Ask(
            nw.col("iou") >= least,
            message("the polygons agree by less than {least}", least=f"{least:f}"),
            True,
        ),
    )


def _told(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    del metric
    return tell(records.table(LINKS), ("iou",), _asks(records, ledger))


TOLD = {"links_that_fit": _told}
