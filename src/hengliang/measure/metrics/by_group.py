"""Sums and medians for each value of a column: area by holder, days by stage."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import Ask, State, Value, asks_of, conditions_of, number
from hengliang.measure.definition import Ledger, Metric, columns_of
from hengliang.measure.engines import fetched
from hengliang.measure.records import Records
from hengliang.measure.told import Told, tell

_Counts = Sequence[tuple[Fraction, int]]


def sums(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """The sum of `weight` over the rows that count, for each value of `distinct`."""
    return _by_group(records, ledger, metric, lambda counts: sum((v * n for v, n in counts), Fraction(0)))


def medians(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """The median of `weight` over the rows that count, for each value of `distinct`."""
    return _by_group(records, ledger, metric, _median)


def _median(counts: _Counts) -> Fraction:
    values = [value for value, times in sorted(counts) for _ in range(times)]
    return (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2


def _by_group(records: Records, ledger: Ledger, metric: Metric, of: Callable[[_Counts], Fraction]) -> Value:
    table = records.tables[ledger.name]
    rows = conditions_of(metric, records.period, records.parameters(ledger), table.columns)
    if isinstance(rows, Value):
        return rows
    group = metric.distinct or ""
    counted = table.frame.filter(rows.counted).with_columns(_value=rows.weight)
    listed = fetched(
        counted.filter(~nw.col("_value").is_null(), ~nw.col(group).is_null())
        .group_by(group, "_value")
        .agg(n=nw.len())
    )
    counts: dict[str, list[tuple[Fraction, int]]] = defaultdict(list)
    for name, value, times in listed:
        counts[str(name)].append((Fraction(value), int(times)))
    if not counts:
        return Value(State.NOT_APPLICABLE, reason=message("no row counts"))
    shown = {name: number(of(counts[name]), metric).shown for name in sorted(counts)}
    return replace(
        Value(State.OK), shown={name: value for name, value in shown.items() if isinstance(value, Decimal)}
    )


def _told(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    table, parameters = records.tables[ledger.name], records.parameters(ledger)
    rows = conditions_of(metric, records.period, parameters, table.columns)
    if isinstance(rows, Value):
        return []
    named = ledger.column(metric.distinct or "").words
    asks = asks_of(metric, records.period, parameters, table.columns)
    asks += [
        Ask(~nw.col(metric.distinct or "").is_null(), message("it has no {column}", column=named)),
        Ask(~rows.weight.is_null(), message("it has no value to add")),
    ]
    return tell(table, columns_of(metric), asks)


TOLD = {"sums": _told, "medians": _told}
