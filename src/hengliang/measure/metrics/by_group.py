"""Sums and medians for each value of a column: area by holder, days by stage."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import State, Value, conditions_of, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.records import Records

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
