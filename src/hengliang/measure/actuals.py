"""Measurements become the actual values of a form: nothing is typed in."""

from collections.abc import Mapping
from decimal import Decimal

from hengliang.base.message import Message, message
from hengliang.base.unit import exact_decimal
from hengliang.criteria.canonical import number
from hengliang.form.actual import Actual, Origin
from hengliang.form.model import Form
from hengliang.measure.binding import Binding, Fact
from hengliang.measure.compute import State, Value
from hengliang.measure.measurement import Measurement


def measured_actuals(
    form: Form, binding: Binding, measurements: Mapping[str, Measurement]
) -> dict[int, Actual]:
    """The actual value of every bound indicator, by its place. A metric without a value reports nothing.

    The number before rounding goes with the one that is shown, and is what is scored. Whatever was not
    applicable this year has no points.
    """
    found: dict[int, Actual] = {}
    for bound in binding.indicators:
        one = measurements.get(bound.metric)
        facts = {
            name: said
            for name, fact in bound.facts.items()
            if (said := _fact(fact, measurements.get(fact.metric))) is not None
        }
        if one is None:
            continue
        where = f"{one.metric.id} v{one.metric.version}"
        if one.value.state is State.NOT_APPLICABLE:
            reason = one.value.reason or message("nothing was due")
            found[bound.number - 1] = Actual(
                None, origin=Origin.MEASURED, where=where, applicable=False, note=reason
            )
            continue
        text = _text(one.value, one.metric.unit)
        if text is not None or facts:
            found[bound.number - 1] = Actual(
                text, facts, Origin.MEASURED, one.value.exact, where, note=_before(one)
            )
    return found


def _before(one: Measurement) -> Message | None:
    """The value as of the freeze, where it is another one than what is known now."""
    if one.before is None:
        return None
    day, value = one.before.on.isoformat(), _text(one.before.value, one.metric.unit)
    if value is None:
        return message("restated; without a value as of the freeze on {day}", day=day)
    return message("restated; {value} as of the freeze on {day}", value=value, day=day)


def _text(value: Value, unit: str) -> str | None:
    """A value as people write it, with its unit."""
    if value.state is not State.OK or value.shown is None or isinstance(value.shown, Mapping | tuple):
        return None
    if isinstance(value.shown, Decimal):
        return f"{value.shown:f}{unit}"
    if isinstance(value.shown, bool):
        return "是" if value.shown else "否"
    return str(value.shown)


def _fact(fact: Fact, one: Measurement | None) -> str | None:
    if one is None or one.value.state is not State.OK:
        return None
    if one.value.exact is None:
        return str(one.value.shown) if one.value.shown is not None else None
    if fact.is_condition:
        return "是" if fact.holds(one.value.exact) else "否"
    exact = one.value.exact
    return str(exact) if exact_decimal(exact) is None else number(exact)
