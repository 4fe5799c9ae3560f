"""Green mines (绿色矿山): which mines passed in their last accepted check."""

from collections.abc import Sequence
from fractions import Fraction

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import Ask, Value, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.metrics.columns import lacking
from hengliang.measure.period import Period
from hengliang.measure.records import Records
from hengliang.measure.told import FREE, Row, Told, holding, tell

_COLUMNS = ("mine_id", "mining_method", "checked_on", "accepted_on", "verdict")


def last_passed(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Open-pit mines whose check accepted last in the year has the verdict PASS."""
    table = records.tables[ledger.name]
    if (lack := lacking(table, _COLUMNS)) is not None:
        return lack
    return number(Fraction(sum(verdict == "PASS" for verdict in _last(records, ledger).values())), metric)


def _asks(year: Period) -> list[Ask]:
    return [
        Ask(nw.col("mining_method").is_in(["OPEN", "MIXED"]), message("it is no open-pit mine")),
        Ask(nw.col("checked_on").is_between(year.start, year.end), message("not checked in the year")),
        Ask(nw.col("accepted_on").is_between(year.start, year.end), message("not accepted in the year")),
    ]


def _last(records: Records, ledger: Ledger) -> dict[int, str]:
    """The verdicts of the checks that were accepted last, each of one mine, by their rows."""
    rows = records.tables[ledger.name].frame.filter(holding([FREE, *_asks(records.period)]))
    last: dict[str, tuple[int, str]] = {}
    for row, mine, _, verdict in fetched(
        rows.select("_row", "mine_id", "accepted_on", "verdict").sort("accepted_on", "_row")
    ):
        last[str(mine)] = (int(row), str(verdict))
    return dict(last.values())


def _told(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    del metric
    last = _last(records, ledger)

    def row(one: Row) -> Row:
        if one.counted and one.row not in last:
            return Row(one.row, False, False, message("a later row takes its place"))
        if one.counted and last[one.row] != "PASS":
            return Row(one.row, True, False, message("the check was not passed"))
        return one

    return [each.but(row) for each in tell(records.tables[ledger.name], _COLUMNS, _asks(records.period))]


TOLD = {"last_passed": _told}
