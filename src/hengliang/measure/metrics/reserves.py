"""Reserve accounts (储量动态监管): mines whose accounts of the year all balance and are accepted."""

from collections import defaultdict
from fractions import Fraction

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import Value, not_computable, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.records import Records


def settled_mines(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """A mine with several minerals counts once, when the accounts of all of them are settled."""
    table, columns = records.tables[ledger.name], metric.columns
    missing = next((name for name in columns.values() if name not in table.columns), None)
    if missing is not None:
        return not_computable(message("the records have no column {name}", name=missing))
    year = records.period
    in_year = nw.col(columns["accepted_on"]).is_between(year.start, year.end).fill_null(False)
    mineral = nw.col("mineral_code") if "mineral_code" in table.columns else nw.lit("")
    rows = table.frame.filter(nw.col(columns["year"]) == year.end.year).select(
        columns["mine"], mineral=mineral, settled=in_year & nw.col("_blocked").is_null()
    )
    accounts: dict[str, dict[object, bool]] = defaultdict(dict)
    for mine, of, settled in fetched(rows):
        if mine is not None:
            accounts[str(mine)][of] = accounts[str(mine)].get(of, False) or bool(settled)
    return number(Fraction(sum(all(each.values()) for each in accounts.values())), metric)
