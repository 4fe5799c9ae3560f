"""Measurements for a terminal and for programs: the value, where it came from, and what counted."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, cast

from hengliang.base.message import Message, Words, message
from hengliang.measure.compute import State, Value
from hengliang.measure.form import Measured
from hengliang.measure.measurement import Measurement
from hengliang.report.ink import Ink
from hengliang.report.plain_value import plain_value
from hengliang.report.width import wrap

STATES: dict[State, Message] = {
    State.NOT_APPLICABLE: message("not applicable"),
    State.OPEN: message("open"),
    State.NOT_COMPUTABLE: message("cannot be computed"),
}
"""The words for a value that there is not."""


def page(measured: Measured, language: str, columns: int, ink: Ink, rows: bool = False) -> str:
    """Every bound indicator with its value, then the phrases; what is bound to nothing has proposals."""
    lines = [*_as_known(measured, language, columns)]
    binding = measured.binding
    if binding is not None:
        for bound in binding.indicators:
            indicator = measured.form.indicators[bound.number - 1]
            lines.append(f"{bound.number}  {ink.bold(indicator.name)}")
            lines += lines_of(measured.measurements[bound.metric], language, columns, ink, rows)
            extra = [measured.measurements[fact.metric] for fact in bound.facts.values()]
            for one in extra:
                if one.metric.id != bound.metric:
                    lines += lines_of(one, language, columns, ink, rows=False)
        for phrase in binding.phrases:
            lines.append(ink.bold(phrase.words))
            lines += lines_of(measured.measurements[phrase.metric], language, columns, ink, rows)
    for index, proposed in measured.proposed.items():
        lines.append(f"{index + 1}  {ink.bold(measured.form.indicators[index].name)}")
        waits = (
            next((one.metric for one in binding.waiting if one.number == index + 1), None)
            if binding
            else None
        )
        said = message("nothing is bound to it")
        if proposed:
            names = tuple(f"{one.metric.id} {one.metric.words.say(language)}" for one in proposed)
            said = message("nothing is bound to it; these metrics are like it: {names}", names=names)
        if waits is not None:
            said = message("{metric} is proposed for it in the binding file, and not confirmed", metric=waits)
        lines += [f"    {line}" for line in wrap(said.say(language), columns - 4)]
    return "".join(f"{line}\n" for line in lines)


def _as_known(measured: Measured, language: str, columns: int) -> Iterator[str]:
    """What was known when the values are measured, and what stands beside them."""
    if not measured.measurements:
        return
    day = measured.period.as_of
    said = (
        message("As of {day}: what was recorded later does not count.", day=day.isoformat())
        if day is not None
        else message(
            "All that was recorded so far counts (restated values). Where the value as of the freeze on "
            "{day} is another one, it stands beside.",
            day=measured.period.freeze.isoformat(),
        )
    )
    yield from wrap(said.say(language), columns)


def lines_of(one: Measurement, language: str, columns: int, ink: Ink, rows: bool) -> Iterator[str]:
    metric, pale = one.metric, Ink(colour=False)
    value = _said(one.value, metric.unit, language, ink)
    yield f"    {ink.bold(metric.id)} {metric.words.say(language)}: {value}"
    beside: list[Message] = []
    if one.questioned:
        value = _said(one.without_questioned, metric.unit, language, pale)
        beside.append(message("without {count} questioned rows: {value}", count=one.questioned, value=value))
    if one.restated is not None and one.restated.shown != one.value.shown:
        value = _said(one.restated, metric.unit, language, pale)
        beside.append(message("restated with all that was recorded since: {value}", value=value))
    if one.before is not None:
        value, day = _said(one.before.value, metric.unit, language, pale), one.before.on.isoformat()
        beside.append(message("as of the freeze on {day}: {value}", day=day, value=value))
    if one.batches:
        beside.append(message("batches: {names}", names=" ".join(one.batches)))
    yield from (ink.dim(f"      {said.say(language)}") for said in beside)
    if rows and one.rows is not None:
        for row in one.rows:
            ledger = f"{row.ledger} " if row.ledger != one.ledger.name else ""
            sign = "+" if row.counted else "-"
            reason = f"  {row.reason.say(language)}" if row.reason is not None else ""
            place = message("row {row}", row=row.source_row).say(language)
            yield from (
                f"      {line}" for line in wrap(f"{sign} {ledger}{row.name}  {place}{reason}", columns - 6)
            )


def _said(value: Value, unit: str, language: str, ink: Ink) -> str:
    if value.state is State.OK:
        return ink.good(f"{shown_text(value.shown)}{unit if isinstance(value.shown, Decimal) else ''}")
    word = ink.paint(STATES[value.state].say(language), "warning")
    return f"{word}（{value.reason.say(language)}）" if value.reason is not None else word


def shown_text(value: object) -> str:
    """A result as people write it."""
    if isinstance(value, Mapping):
        items = cast("Mapping[str, object]", value).items()
        return ", ".join(f"{name} {shown_text(each)}" for name, each in items)
    if isinstance(value, tuple):
        return ", ".join(shown_text(each) for each in cast("tuple[object, ...]", value))
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def as_data(measured: Measured, language: str) -> dict[str, Any]:
    """The same for JSON."""
    binding = measured.binding
    return {
        "year": measured.period.end.year,
        "as_of": None if measured.period.as_of is None else measured.period.as_of.isoformat(),
        "measurements": [measurement_record(one, language) for one in measured.measurements.values()],
        "indicators": [
            {"number": bound.number, "name": bound.name, "metric": bound.metric}
            for bound in (binding.indicators if binding is not None else ())
        ],
        "proposed": [
            {"number": index + 1, "metrics": [one.metric.id for one in proposed]}
            for index, proposed in measured.proposed.items()
        ],
    }


def measurement_record(one: Measurement, language: str) -> dict[str, Any]:
    """One measurement for JSON."""
    return {
        "metric": one.metric.id,
        "version": one.metric.version,
        "ledger": one.ledger.name,
        "name": one.metric.words.say(language),
        "unit": one.metric.unit,
        "state": one.value.state,
        "value": plain_value(one.value.shown),
        "exact": None if one.value.exact is None else str(one.value.exact),
        "reason": _reason(one.value.reason, language),
        "without_questioned": plain_value(one.without_questioned.shown),
        "questioned": one.questioned,
        "restated": plain_value(one.restated.shown) if one.restated is not None else None,
        "frozen": None
        if one.frozen is None
        else {
            "on": one.frozen.on.isoformat(),
            "state": one.frozen.value.state,
            "value": plain_value(one.frozen.value.shown),
            "reason": _reason(one.frozen.value.reason, language),
        },
        "parameters": {name: plain_value(value) for name, value in one.parameters.items()},
        "batches": dict(one.batches),
        "rows_sha256": one.rows_sha256,
        "rows": None
        if one.rows is None
        else [
            {
                "ledger": row.ledger,
                "name": row.name,
                "counted": row.counted,
                "reason": _reason(row.reason, language),
                "batch": row.batch,
                "source_row": row.source_row,
            }
            for row in one.rows
        ],
        "to_be_checked": one.ledger.doubts(language),
    }


def _reason(reason: Message | Words | None, language: str) -> str | None:
    return None if reason is None else reason.say(language)
