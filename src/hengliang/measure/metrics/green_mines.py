"""Green mines (绿色矿山): which mines passed in their last accepted check."""

from fractions import Fraction

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import Value, not_computable, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.records import Records


def last_passed(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Open-pit mines whose check accepted last in the year has the verdict PASS."""
    table = records.tables[ledger.name]
    asked = ("mine_id", "mining_method", "checked_on", "accepted_on", "verdict")
    if not table.has(asked):
        return not_computable(
            message(
                "the records have no column {name}", name=next(n for n in asked if n not in table.columns)
            )
        )
    year = records.period
    rows = table.frame.filter(
        nw.col("_blocked").is_null(),
        nw.col("mining_method").is_in(["OPEN", "MIXED"]),
        nw.col("checked_on").is_between(year.start, year.end),
        nw.col("accepted_on").is_between(year.start, year.end),
    )
    last: dict[str, tuple[object, int, str]] = {}
    for row, mine, accepted, verdict in fetched(
        rows.select("_row", "mine_id", "accepted_on", "verdict").sort("accepted_on", "_row")
    ):
        last[str(mine)] = (accepted, int(row), str(verdict))
    return number(Fraction(sum(verdict == "PASS" for _, _, verdict in last.values())), metric)
