"""The steps of a score as data: what was given or taken, why, and the characters that say so."""

from fractions import Fraction
from typing import NamedTuple

from hengliang.base.message import Message, message
from hengliang.criteria.canonical import number
from hengliang.criteria.evaluate import Effect, Outcome
from hengliang.criteria.interval import Interval
from hengliang.criteria.nodes import YES, Bands, Choice, Formula, Share, Steps
from hengliang.criteria.printed import Span
from hengliang.criteria.variable import Kind


class Step(NamedTuple):
    """One step: what it says, how many points it gave or took (low and high), and the words behind it."""

    text: Message
    low: Fraction
    high: Fraction
    spans: tuple[Span, ...]


def steps_of(found: Outcome) -> tuple[Step, ...]:
    """The steps that led to an outcome, in order, the last one being its sum."""
    steps = [Step(_text(effect), effect.low, effect.high, effect.node.spans) for effect in found.effects]
    if found.base:
        start = Step(
            message("starts from {points} points", points=number(found.base)), found.base, found.base, ()
        )
        if not any(effect.decides for effect in found.effects):
            steps.insert(0, start)
    steps += [
        Step(_not_applied(effect), effect.low, effect.high, effect.node.spans) for effect in found.passed
    ]
    if found.floored:
        steps.append(Step(message("no points below 0"), found.low, found.high, ()))
    if found.capped:
        steps.append(Step(message("no points above the limit"), found.low, found.high, ()))
    if found.low == found.high:
        total = message("{points} points in all", points=number(found.low))
    else:
        total = message("between {low} and {high} points", low=number(found.low), high=number(found.high))
    steps.append(Step(total, found.low, found.high, ()))
    return tuple(steps)


def _text(effect: Effect) -> Message:
    node, fact = effect.node, effect.fact
    if effect.decides:
        return message("“{name}”: no points", name=node.variable.name or _said(effect))
    if isinstance(node, Steps) and isinstance(fact, Fraction):
        return _counted(node, fact, effect)
    if isinstance(node, Formula):
        return message("{formula}: {total} points", formula=node.text, total=_total(effect))
    if isinstance(node, Share):
        return message(
            "actual {actual}{unit} of {line}{unit}, in proportion of {points} points: {total} points",
            actual=_said(effect), line=number(node.line), unit=node.variable.unit,
            points=number(node.points), total=_total(effect),
        )  # fmt: skip
    if isinstance(node, Bands):
        return message(
            "actual {actual}{unit}: {total} points",
            actual=_said(effect),
            unit=node.variable.unit,
            total=_total(effect),
        )
    if isinstance(node, Choice) and node.variable.kind is Kind.MET:
        if (fact == YES) != node.variable.event:
            return message("“{name}” is so: {total} points", name=node.variable.name, total=_total(effect))
        return message("“{name}” is not so: {total} points", name=node.variable.name, total=_total(effect))
    return message("{word}: {total} points", word=_said(effect), total=_total(effect))


def _not_applied(effect: Effect) -> Message:
    """A gate that stayed open."""
    node = effect.node
    if isinstance(node, Bands) and isinstance(effect.fact, Fraction):
        return message(
            "actual {actual}{unit}: “{line}” does not apply",
            actual=_said(effect), unit=node.variable.unit,
            line=tuple(_stretch(band.interval) for band in node.bands),
        )  # fmt: skip
    return message("“{name}” does not apply", name=node.variable.name)


def _stretch(interval: Interval) -> str:
    """≥80 <90: both ends in signs."""
    if interval.low is not None and interval.low == interval.high:
        return f"={number(interval.low)}"
    low = "" if interval.low is None else f"{'≥' if interval.low_closed else '>'}{number(interval.low)}"
    high = "" if interval.high is None else f"{'≤' if interval.high_closed else '<'}{number(interval.high)}"
    return " ".join(part for part in (low, high) if part)


def _counted(node: Steps, fact: Fraction, effect: Effect) -> Message:
    gap = max(Fraction(0), (fact - node.line) * node.way)
    amount = (node.amounts or (Fraction(0),))[-1]
    values = {
        "actual": number(fact), "unit": node.variable.unit, "gap": number(gap), "size": number(node.size),
        "each": number(abs(amount)), "total": number(abs(effect.low)), "line": number(node.line),
    }  # fmt: skip
    if not node.line and node.way > 0:
        if amount < 0:
            return message(
                "{gap}{unit}; {each} points off for each {size}{unit}: {total} points off", **values
            )
        return message("{gap}{unit}; {each} points for each {size}{unit}: {total} points more", **values)
    if node.way < 0 and amount < 0:
        return message(
            "line {line}{unit}, actual {actual}{unit}, {gap}{unit} short; "
            "{each} off for each {size}{unit}: {total} off",
            **values,
        )
    if amount < 0:
        return message(
            "line {line}{unit}, actual {actual}{unit}, {gap}{unit} over; "
            "{each} off for each {size}{unit}: {total} off",
            **values,
        )
    return message(
        "line {line}{unit}, actual {actual}{unit}, {gap}{unit} beyond; "
        "{each} for each {size}{unit}: {total} more",
        **values,
    )


def _said(effect: Effect) -> str:
    return number(effect.fact) if isinstance(effect.fact, Fraction) else effect.fact


def _total(effect: Effect) -> str | Message:
    if effect.low == effect.high:
        return number(effect.low)
    return message("{least} to {most}", least=number(effect.low), most=number(effect.high))
