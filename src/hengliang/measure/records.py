"""The records of a measurement: the tables of all ledgers that were loaded, with period and parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Protocol, cast

from hengliang.base.message import message
from hengliang.measure.compute import Value, compute, figure, not_computable, number, parameters_of
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.expression import Parameters
from hengliang.measure.functions import ExpressionError
from hengliang.measure.period import Period
from hengliang.measure.table import Table


@dataclass(frozen=True, slots=True)
class Records:
    """Tables by ledger. Ask a table that is not there for nothing: `table` gives None."""

    tables: Mapping[str, Table]
    period: Period
    given: Parameters = field(default_factory=dict[str, Any])

    def table(self, ledger: str) -> Table | None:
        """The table of a ledger, None when none was loaded."""
        return self.tables.get(ledger)

    def parameters(self, ledger: Ledger) -> dict[str, Any]:
        """The parameters of a ledger: what is given over its defaults."""
        return parameters_of(ledger, self.given)


class AskedTables(dict[str, Table]):
    """Tables by ledger that remember which of them were asked for."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        super().__init__(tables)
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> Table:
        self.asked.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        """The table, or the default; a table that is not there was asked for too."""
        self.asked.add(name)
        return super().get(name, default)


class Function(Protocol):
    """A metric that is worked out in code."""

    def __call__(self, records: Records, ledger: Ledger, metric: Metric) -> Value: ...


def value_of(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """The value of a metric of `ledger` over the records. Never raises for what records may lack."""
    table = records.table(ledger.name)
    if table is None:
        return not_computable(message("there are no records of {ledger}", ledger=ledger.words))
    if metric.kind == "change":
        return _change(records, ledger, metric)
    if metric.kind == "function":
        return function(metric)(records, ledger, metric)
    try:
        return compute(metric, table.frame, records.period, records.parameters(ledger), table.columns)
    except ExpressionError as error:
        return not_computable(message("the metric cannot be worked out: {error}", error=str(error)))


def _change(records: Records, ledger: Ledger, metric: Metric) -> Value:
    value = value_of(records, ledger, next(each for each in ledger.metrics if each.id == metric.of))
    before = figure(records.parameters(ledger), metric.whole or "")
    if value.exact is None:
        return value
    if before is None:
        return not_computable(message("the parameter {name} is not given", name=metric.whole or ""))
    return number(value.exact - before, metric)


def function(metric: Metric) -> Function:
    """The function of a metric. Raises ImportError or AttributeError when there is none."""
    module, _, name = (metric.function or "").rpartition(".")
    return cast("Function", getattr(import_module(f"hengliang.measure.metrics.{module}"), name))
