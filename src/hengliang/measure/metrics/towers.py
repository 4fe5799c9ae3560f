"""Tower sites (铁塔站点): the share of hours online."""

from collections.abc import Sequence
from fractions import Fraction

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import Ask, State, Value, not_computable, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.expression import expression
from hengliang.measure.functions import ExpressionError
from hengliang.measure.records import Records
from hengliang.measure.table import Table
from hengliang.measure.told import ONCE, Told, holding, tell

SITES = "tower_site"


def online_share(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Hours online ÷ hours of the month of each row of the sites, in percent.

    The month is that of the row, or the parameter `month`; rows of other years do not count.
    """
    table = records.table(SITES)
    if table is None:
        return not_computable(message("there are no records of tower sites"))
    if "online_hours" not in table.columns:
        return not_computable(message("the records have no column {name}", name="online_hours"))
    given = str(records.parameters(ledger).get("month") or "")
    if "month" not in table.columns and not given:
        return not_computable(message("nobody says which month the hours online are of"))
    text = "month" if "month" in table.columns else f"{given!r}"
    rows = table.frame.filter(holding([ONCE, *_asks(table, records.period.end.year)]))
    counts = nw.when(nw.col("_blocked").is_null()).then(nw.col("online_hours")).otherwise(nw.lit(0))
    try:
        hours = expression(f"hours_of({text})").build(records.period, {})
        online, whole = fetched(
            rows.with_columns(_online=counts, _hours=hours).select(
                a=nw.col("_online").sum(), b=nw.col("_hours").sum()
            )
        )[0]
    except ExpressionError as error:
        return not_computable(message("the metric cannot be worked out: {error}", error=str(error)))
    if not whole:
        return Value(State.NOT_APPLICABLE, reason=message("nothing was due"))
    return number(Fraction(online or 0) / Fraction(whole) * 100, metric)


def _asks(table: Table, year: int) -> list[Ask]:
    """A site that was never online has hours in the denominator."""
    if "month" not in table.columns:
        return []
    return [Ask(nw.col("month").str.starts_with(str(year)), message("its month is not of the year"))]


def _told(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    del ledger, metric
    sites = records.tables[SITES]
    hours = Ask(nw.col("online_hours") > 0, message("it was not online"), stays=True)
    return tell(sites, ("month", "online_hours"), [*_asks(sites, records.period.end.year), hours])


TOLD = {"online_share": _told}
