"""Reserve accounts (储量动态监管): mines whose accounts of the year all balance and are accepted."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import Ask, Value, not_computable, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.period import Period
from hengliang.measure.records import Records
from hengliang.measure.told import FREE, Row, Told, holding, tell


def settled_mines(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """A mine with several minerals counts once, when the accounts of all of them are settled."""
    table, columns = records.tables[ledger.name], metric.columns
    missing = next((name for name in columns.values() if name not in table.columns), None)
    if missing is not None:
        return not_computable(message("the records have no column {name}", name=missing))
    return number(Fraction(sum(_settled(records, ledger, metric).values())), metric)


def _asks(columns: Mapping[str, str], year: Period) -> tuple[Ask, Ask, Ask]:
    accepted = nw.col(columns["accepted_on"]).is_between(year.start, year.end)
    return (
        Ask(nw.col(columns["year"]) == year.end.year, message("it is not the account of the year")),
        Ask(~nw.col(columns["mine"]).is_null(), message("it names no mine")),
        Ask(accepted, message("not accepted in the year")),
    )


def _settled(records: Records, ledger: Ledger, metric: Metric) -> dict[str, bool]:
    """The mines with an account of the year, and whether the accounts of all minerals are settled."""
    table, columns = records.tables[ledger.name], metric.columns
    *ours, accepted = _asks(columns, records.period)
    mineral = nw.col("mineral_code") if "mineral_code" in table.columns else nw.lit("")
    rows = table.frame.filter(holding(ours)).select(
        columns["mine"], mineral=mineral, settled=holding([FREE, accepted])
    )
    accounts: dict[str, dict[object, bool]] = defaultdict(dict)
    for mine, of, settled in fetched(rows):
        accounts[str(mine)][of] = accounts[str(mine)].get(of, False) or bool(settled)
    return {mine: all(each.values()) for mine, each in accounts.items()}


def _told(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    table, settled = records.tables[ledger.name], _settled(records, ledger, metric)
    mines = {int(row): mine for row, mine in fetched(table.frame.select("_row", metric.columns["mine"]))}
    said = message("the account of another mineral of the mine is not settled")

    def row(one: Row) -> Row:
        is_open = one.counted and not settled[str(mines[one.row])]
        return Row(one.row, True, False, said) if is_open else one

    # An account that is not accepted keeps its mine from counting.
    asks = [replace(ask, stays=at == 2) for at, ask in enumerate(_asks(metric.columns, records.period))]
    return [each.but(row) for each in tell(table, [*metric.columns.values(), "mineral_code"], asks)]


TOLD = {"settled_mines": _told}
