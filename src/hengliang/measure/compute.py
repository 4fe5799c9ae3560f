"""A metric over the rows of a ledger: exact numbers, and for every row whether it counted and why not.

Engines only count and sum whole numbers and decimals; what is divided is divided here, as fractions, and
rounded once, half up. The expressions are narwhals, so that the same metric runs on DuckDB, Polars and Spark.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, cast

import narwhals as nw

from hengliang.base.message import Message, Words, message
from hengliang.criteria.evaluate import rounded
from hengliang.criteria.variable import whole_months
from hengliang.measure.definition import Ledger, Metric, columns_of
from hengliang.measure.engines import fetched
from hengliang.measure.expression import Expression, Parameters
from hengliang.measure.functions import all_of
from hengliang.measure.period import Period

Frame = nw.LazyFrame[Any]


class State(StrEnum):
    """Whether there is a value."""

    OK = "ok"
    NOT_APPLICABLE = "not_applicable"  # nothing was due
    OPEN = "open"  # not finished: there is no last date yet
    NOT_COMPUTABLE = "not_computable"  # a column, a parameter or another ledger is missing


Result = Decimal | str | date | bool | tuple["Result", ...] | Mapping[str, "Result"]
"""A rounded number, a date, a word, a list, or numbers by name."""


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a metric. `exact` is the number before rounding, where it is one number."""

    state: State
    shown: Result | None = None
    exact: Fraction | None = None
    reason: Message | Words | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A condition under which a row counts, and what is said of a row for which it fails.

    A row that `stays` is still in the denominator.
    """

    holds: nw.Expr
    said: Message | Words
    stays: bool = False


def compute(
    metric: Metric, frame: Frame, period: Period, parameters: Parameters, columns: tuple[str, ...]
) -> Value:
    """The value of a metric that is no function. `columns` are those that the records have."""
    missing = [name for name in columns_of(metric) if name not in columns]
    if missing:
        return not_computable(message("the records have no column {name}", name=missing[0]))
    metric = asked_of(metric, columns)
    frame = frame.with_columns(_last=_is_last(metric, columns)).filter(nw.col("_last"))
    build = _Build(metric, period, parameters)
    marked = frame.with_columns(_among=build.among, _counted=build.among & build.counted)
    match metric.kind:
        case "count":
            done, due = nw.col("_counted"), nw.col("_among")
            rows = marked.filter({"counted": done, "due": due, "rest": due & ~done}[metric.counts])
            if metric.distinct:
                rows = rows.filter(~nw.col(metric.distinct).is_null())
            if metric.counts == "rest" and not _one(marked.filter(due).select(nw.len())):
                return Value(State.NOT_APPLICABLE, reason=message("nothing was due"))
            counted = nw.col(metric.distinct).n_unique() if metric.distinct else nw.len()
            return number(Fraction(_one(rows.select(n=counted)) or 0), metric)
        case "share" | "ratio":
            return _share(marked, build, metric)
        case "sum":
            return number(
                Fraction(_one(marked.filter(nw.col("_counted")).select(n=build.weight.sum())) or 0), metric
            )
        case "list":
            listed = fetched(
                marked.filter(nw.col("_counted")).select(metric.distinct or "").sort(metric.distinct or "")
            )
            return Value(State.OK, tuple(dict.fromkeys(str(value) for (value,) in listed)))
        case "coverage":
            return _coverage(marked, metric, parameters)
        case "latest" | "months_late":
            return _latest(marked, build, metric, period)
        case _:
            return _of_values(marked, build, metric)


def asked_of(metric: Metric, columns: tuple[str, ...]) -> Metric:
    """The metric without the conditions that these columns leave out."""
    if not any(each.if_there for each in (*metric.among, *metric.counted)):
        return metric
    among, counted = (
        tuple(each for each in conditions if not each.if_there or {*each.when.columns} <= {*columns})
        for conditions in (metric.among, metric.counted)
    )
    return metric.model_copy(update={"among": among, "counted": counted})


def _is_last(metric: Metric, columns: tuple[str, ...]) -> nw.Expr:
    """Whether no later row takes the place of a row; true where the source does not tell them apart."""
    if metric.last_by is None or metric.last_by not in columns:
        return nw.lit(True)
    by = [name for name in metric.last_of if name in columns]
    return (nw.col(metric.last_by) == nw.col(metric.last_by).max().over(*by)).fill_null(True)


def asks_of(metric: Metric, period: Period, parameters: Parameters, columns: tuple[str, ...]) -> list[Ask]:
    """The conditions of a metric over records with these columns, one by one.

    Raises ExpressionError for a parameter that is not given.
    """
    metric = asked_of(metric, columns)
    build = _Build(metric, period, parameters)
    asks = [Ask(_is_last(metric, columns), message("a later row takes its place"))]
    for conditions, stays in ((metric.among, False), (metric.counted, True)):
        for each in conditions:
            said = each.words if each.zh else Words(each.when.text, each.when.text)
            asks.append(Ask(build.holds(each.when), said, stays))
    return asks


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions and the weight of a metric, as expressions over its table."""

    among: nw.Expr
    counted: nw.Expr
    """Among, and counted."""
    weight: nw.Expr


def conditions_of(
    metric: Metric, period: Period, parameters: Parameters, columns: tuple[str, ...]
) -> Conditions | Value:
    """What a metric that is a function says of its rows; or why it cannot be computed.

    Raises ExpressionError for a parameter that is not given.
    """
    missing = [name for name in columns_of(metric) if name not in columns]
    if missing:
        return not_computable(message("the records have no column {name}", name=missing[0]))
    build = _Build(asked_of(metric, columns), period, parameters)
    return Conditions(build.among, build.among & build.counted, build.weight)


@dataclass(frozen=True, slots=True)
class _Build:
    metric: Metric
    period: Period
    parameters: Parameters

    def holds(self, condition: Expression) -> nw.Expr:
        """A condition; unknown does not hold."""
        return condition.build(self.period, self.parameters).fill_null(False)

    @property
    def among(self) -> nw.Expr:
        """The obligations. A row that repeats another one's key is none of its own."""
        own = [] if self.metric.keeps_blocked else [(nw.col("_blocked") != "Q08").fill_null(True)]
        return all_of([*own, *(self.holds(each.when) for each in self.metric.among)])

    @property
    def counted(self) -> nw.Expr:
        blocked = nw.col("_blocked")
        free = blocked.is_null()
        if self.metric.despite:
            free = free | blocked.is_in(list(self.metric.despite)).fill_null(False)
        unblocked = [] if self.metric.keeps_blocked else [free]
        return all_of([*unblocked, *(self.holds(each.when) for each in self.metric.counted)])

    @property
    def weight(self) -> nw.Expr:
        written = self.metric.weight
        return nw.lit(1) if written is None else written.build(self.period, self.parameters)

    @property
    def base(self) -> nw.Expr:
        written = self.metric.base
        return self.weight if written is None else written.build(self.period, self.parameters)


def _share(marked: Frame, build: _Build, metric: Metric) -> Value:
    """Counted ÷ among in percent; of nothing there is no share."""
    part = nw.when(nw.col("_counted")).then(build.weight).otherwise(nw.lit(0))
    whole = nw.when(nw.col("_among")).then(build.base).otherwise(nw.lit(0))
    done, due = fetched(marked.select(done=part.sum(), due=whole.sum()))[0]
    if metric.whole is not None:
        due = figure(build.parameters, metric.whole)
        if due is None:
            return not_computable(message("the parameter {name} is not given", name=metric.whole))
    if not due:
        return Value(State.NOT_APPLICABLE, reason=message("nothing was due"))
    return number(Fraction(done or 0) / Fraction(due) * 100, metric)


def _coverage(marked: Frame, metric: Metric, parameters: Parameters) -> Value:
    """How many of the values asked for the rows that count have; of an empty list there is no share."""
    asked = parameters.get(metric.listed or "")
    if not isinstance(asked, tuple):
        return not_computable(message("the list {name} is not given", name=metric.listed))
    if not asked:
        return Value(State.NOT_APPLICABLE, reason=message("nothing was due"))
    column = nw.col(metric.distinct or "")
    rows = marked.filter(nw.col("_counted"), column.is_in([str(value) for value in {*asked}]))
    found = _one(rows.select(n=column.n_unique())) or 0
    return number(Fraction(found * 100, len({*asked})), metric)


def _latest(marked: Frame, build: _Build, metric: Metric, period: Period) -> Value:
    day = nw.when(nw.col("_counted")).then(build.weight)
    # A due date may be one for all rows; as a column it can be summed up like any other.
    due_on = metric.due.build(period, build.parameters) if metric.due else nw.lit(None)
    summed = (
        marked.filter(nw.col("_among"))
        .with_columns(_due=due_on)
        .select(
            last=day.max(),
            rows=nw.len(),
            done=day.count(),
            **({"due": nw.col("_due").max()} if metric.due else {}),
        )
    )
    last, rows, done, *due = fetched(summed)[0]
    if not rows:
        return Value(State.NOT_APPLICABLE, reason=message("nothing was due"))
    is_open = done < rows
    if metric.kind == "latest":
        return Value(State.OPEN, reason=message("not finished")) if is_open else Value(State.OK, _date(last))
    until = period.as_of or period.freeze if is_open else _date(last)
    return replace(number(Fraction(whole_months(_date(due[0]), until)), metric), state=State.OK)


def _of_values(marked: Frame, build: _Build, metric: Metric) -> Value:
    """Mean, largest and median of numbers, from each different number and how often it stands there."""
    counts = marked.filter(nw.col("_counted")).with_columns(_value=build.weight)
    listed = fetched(counts.filter(~nw.col("_value").is_null()).group_by("_value").agg(n=nw.len()))
    values = sorted((Fraction(value), int(times)) for value, times in listed)
    total = sum(times for _, times in values)
    if not total:
        return Value(State.NOT_APPLICABLE, reason=message("no row counts"))
    if metric.kind == "largest":
        return number(values[-1][0], metric)
    if metric.kind == "mean":
        return number(sum((value * times for value, times in values), Fraction(0)) / total, metric)
    return number((_at(values, (total - 1) // 2) + _at(values, total // 2)) / 2, metric)


def _at(values: list[tuple[Fraction, int]], place: int) -> Fraction:
    """The value at a place, counted from 0, of values with their number of times in order."""
    for value, times in values:
        if place < times:
            return value
        place -= times
    raise IndexError(place)


def figure(parameters: Parameters, name: str) -> Fraction | None:
    """A parameter that is a number, exactly; None where it is missing or none."""
    try:
        return Fraction(str(parameters[name]))
    except (KeyError, ValueError, ZeroDivisionError):
        return None


def number(exact: Fraction, metric: Metric) -> Value:
    """A number, rounded once as the metric says."""
    scaled = exact * Fraction(metric.scale)
    return Value(State.OK, rounded(scaled, metric.places), scaled)


def not_computable(reason: Message) -> Value:
    """No value, never 0."""
    return Value(State.NOT_COMPUTABLE, reason=reason)


def _one(frame: Frame) -> Any:
    return fetched(frame)[0][0]


def _date(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def parameters_of(ledger: Ledger, given: Parameters) -> dict[str, Any]:
    """The parameters of a ledger: those given over the defaults of its definition.

    Parameters by name, `{"ack_minutes": {"RED": 30}}`, are asked for as `p.ack_minutes_RED`.
    """
    parts = {
        f"{name}_{part}": value
        for name, by_name in given.items()
        if isinstance(by_name, Mapping)
        for part, value in cast("Mapping[str, Any]", by_name).items()
    }
    found = {**ledger.parameters, **given, **parts}
    return {
        name: tuple(cast("list[Any]", value)) if isinstance(value, list) else value
        for name, value in found.items()
    }
