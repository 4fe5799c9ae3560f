"""Migration of the registration system (不动产系统迁移): tables left out, hours without service."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import cast

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import Ask, State, Value, not_computable, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched, instant
from hengliang.measure.metrics.columns import lacking, no_records
from hengliang.measure.period import Period
from hengliang.measure.records import Records
from hengliang.measure.told import FREE, Told, holding, tell

_OUTAGES, _CALENDAR = "service_outage", "calendar_day"


def tables_missing(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """The tables of the parameter `required_tables` without a row."""
    table, columns = records.tables[ledger.name], metric.columns
    if (lack := lacking(table, columns.values())) is not None:
        return lack
    required = cast("Sequence[str]", records.parameters(ledger)["required_tables"])
    if not required:
        return Value(State.NOT_APPLICABLE, reason=message("no list of tables is given"))
    there = {name for (name,) in fetched(table.frame.select(columns["table"]))}
    return Value(State.OK, tuple(name for name in required if name not in there))


def outage(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Hours of outages within working hours (the parameter `hours`, in pairs) of working days.

    Working days are those of the ledger `calendar_day`; without it nothing is computed. An outage that has
    not ended lasts until the as-of date, or the end of the year.
    """
    outages, calendar = records.table(_OUTAGES), records.table(_CALENDAR)
    if outages is None or calendar is None:
        return no_records(_OUTAGES if outages is None else _CALENDAR)
    for table, columns in ((outages, ("started_at", "ended_at")), (calendar, ("day", "working"))):
        if (lack := lacking(table, columns)) is not None:
            return lack
    working = {day: bool(is_working) for day, is_working in fetched(calendar.frame.select("day", "working"))}
    hours = [time.fromisoformat(text) for text in cast("Sequence[str]", records.parameters(ledger)["hours"])]
    spans = fetched(
        outages.frame.filter(holding([FREE, *_outages(records.period)])).select("started_at", "ended_at")
    )
    total = timedelta()
    for day, parts in _by_day(spans, records.period).items():
        if day not in working:
            return not_computable(message("the calendar has no day {day}", day=day.isoformat()))
        if working[day]:
            total += sum((_common(part, hours, day) for part in _united(parts)), timedelta())
    return number(Fraction(int(total.total_seconds()), 3600), metric)


Span = tuple[datetime, datetime]


def _by_day(spans: Sequence[tuple[datetime, datetime | None]], period: Period) -> dict[date, list[Span]]:
    """The outages of the year, cut at midnight."""
    first, last = _edges(period)
    found: dict[date, list[Span]] = {}
    for started, ended in spans:
        start, end = max(started, first), min(ended or last, last)
        while start < end:
            midnight = datetime.combine(start.date() + timedelta(days=1), time())
            found.setdefault(start.date(), []).append((start, min(end, midnight)))
            start = midnight
    return found


def _edges(period: Period) -> Span:
    """Midnights between which an outage is of the period."""
    last = min(period.as_of or period.end, period.end) + timedelta(days=1)
    return datetime.combine(period.start, time()), datetime.combine(last, time())


def _united(spans: list[Span]) -> list[Span]:
    """Spans that overlap as one: two services that fail together are one outage of the hour."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _common(span: Span, hours: list[time], day: date) -> timedelta:
    """How much of a span lies in the working hours of a day."""
    common = timedelta()
    for opens, closes in zip(hours[::2], hours[1::2], strict=True):
        start = max(span[0], datetime.combine(day, opens))
        end = min(span[1], datetime.combine(day, closes))
        common += max(timedelta(), end - start)
    return common


def _outages(period: Period) -> list[Ask]:
    first, last = _edges(period)
    started, ended = nw.col("started_at"), nw.col("ended_at")
    said = message("the outage is not of the year")
    return [Ask(started < instant(last), said), Ask(ended.is_null() | (ended > instant(first)), said)]


def _told_outages(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    del ledger, metric
    return tell(records.table(_OUTAGES), ("started_at", "ended_at"), _outages(records.period))


def _told_tables(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    required = cast("Sequence[str]", records.parameters(ledger)["required_tables"])
    is_required = nw.col(metric.columns["table"]).is_in(list(required))
    asks = [Ask(is_required, message("the table is not on the list of those required"))]
    return tell(records.tables[ledger.name], metric.columns.values(), asks, keeps_blocked=True)


TOLD = {"outage": _told_outages, "tables_missing": _told_tables}
