"""Sections of green mine checks (绿色矿山分项): environmental points of the last accepted check of each mine.

Where the checks themselves were not loaded, all sections count: they do not say which check was accepted.
"""

from collections.abc import Sequence, Set
from fractions import Fraction
from typing import cast

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import Ask, State, Value, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.metrics.columns import lacking
from hengliang.measure.records import Records
from hengliang.measure.told import ONCE, Told, holding, tell

_CHECKS = "green_mine_check"


def points_share(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Points got ÷ full marks in percent, over the sections that the parameter `environment` names."""
    table, columns = records.tables[ledger.name], metric.columns
    if (lack := lacking(table, columns.values())) is not None:
        return lack
    accepted = _last_accepted(records)
    if isinstance(accepted, Value):
        return accepted
    rows = table.frame.filter(holding([ONCE, *_asks(records, ledger, metric, accepted)]))
    got = nw.when(nw.col("_blocked").is_null()).then(nw.col(columns["got"]))
    got_sum, full = fetched(rows.select(got=got.sum(), full=nw.col(columns["full"]).sum()))[0]
    if not full:
        return Value(State.NOT_APPLICABLE, reason=message("nothing was due"))
    return number(Fraction(got_sum or 0) / Fraction(full) * 100, metric)


def _asks(records: Records, ledger: Ledger, metric: Metric, accepted: Set[str] | None) -> list[Ask]:
    sections = cast("tuple[str, ...]", records.parameters(ledger)["environment"])
    columns = metric.columns
    asks = [Ask(nw.col(columns["section"]).is_in(list(sections)), message("it is no environmental section"))]
    if accepted is not None:
        is_last = nw.col(columns["check"]).is_in(sorted(accepted))
        asks.append(Ask(is_last, message("it is not of the check of the mine that was accepted last")))
    return asks


def mines_outside(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Mines with section scores, but without an accepted check in the year."""
    table, columns = records.tables[ledger.name], metric.columns
    if (lack := lacking(table, columns.values())) is not None:
        return lack
    accepted = _last_accepted(records)
    if isinstance(accepted, Value):
        return accepted
    mines: dict[str, bool] = {}
    for check, mine in fetched(table.frame.select(columns["check"], columns["mine"])):
        if mine is not None:
            mines[str(mine)] = mines.get(str(mine), False) or accepted is None or check in accepted
    return Value(State.OK, tuple(sorted(mine for mine, inside in mines.items() if not inside)))


def _last_accepted(records: Records) -> Set[str] | Value | None:
    """The last check of each mine that was accepted in the year; None where no checks were loaded."""
    checks = records.table(_CHECKS)
    if checks is None:
        return None
    if (lack := lacking(checks, ("check_id", "mine_id", "accepted_on"))) is not None:
        return lack
    rows = checks.frame.filter(
        nw.col("_blocked").is_null(),
        nw.col("accepted_on").is_between(records.period.start, records.period.end),
    )
    listed = fetched(rows.select("mine_id", "check_id", "accepted_on", "_row").sort("accepted_on", "_row"))
    return set({str(mine): str(check) for mine, check, *_ in listed}.values())


def _told_points(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    accepted = _last_accepted(records)
    if isinstance(accepted, Value):
        return []
    return tell(
        records.tables[ledger.name], metric.columns.values(), _asks(records, ledger, metric, accepted)
    )


def _told_outside(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    mines = mines_outside(records, ledger, metric).shown
    outside = nw.col(metric.columns["mine"]).is_in(list(cast("tuple[str, ...]", mines)))
    asks = [Ask(outside, message("its mine has an accepted check in the year"), True)]
    return tell(records.tables[ledger.name], metric.columns.values(), asks, keeps_blocked=True)


TOLD = {"points_share": _told_points, "mines_outside": _told_outside}
