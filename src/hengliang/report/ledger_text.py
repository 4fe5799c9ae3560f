"""Ledgers for a terminal, and as data: a Frictionless table schema with what Hengliang adds to it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hengliang.base.message import Message, message
from hengliang.measure.definition import Column, Ledger, Metric
from hengliang.report.ink import Ink
from hengliang.report.width import width, wrap

_NEEDS = {"R": message("required"), "C": message("required under a condition"), "O": message("optional")}


def table(ledgers: Sequence[Ledger], language: str, ink: Ink) -> str:
    """All ledgers, one a line, with the metrics computed from them."""
    room = max(width(ledger.name) for ledger in ledgers)
    lines = [
        f"{ink.bold(ledger.name)}{' ' * (room - width(ledger.name))}  {ledger.words.say(language)}"
        f"  {ink.dim(' '.join(metric.id for metric in ledger.metrics))}"
        for ledger in sorted(ledgers, key=lambda each: each.name)
    ]
    return "".join(f"{line}\n" for line in lines)


def page(ledger: Ledger, language: str, columns: int, ink: Ink) -> str:
    """The page of one ledger: what a row is, its columns, rules, checks and metrics."""
    lines = [f"{ink.bold(ledger.words.say(language))}  {ink.dim(ledger.name)}"]
    lines += wrap(message("one row: {row}", row=ledger.row.words).say(language), columns)
    lines += [message("key: {names}", names=", ".join(ledger.key)).say(language), ""]
    lines.append(ink.bold(message("Columns").say(language)))
    room = max(width(column.name) for column in ledger.columns)
    for column in ledger.columns:
        facts = message(", ").say(language).join(_facts(column, language))
        name = column.name + " " * (room - width(column.name))
        lines.append(f"  {name}  {column.words.say(language)}  {ink.dim(facts)}")
    if ledger.rules:
        lines += ["", ink.bold(message("Rules").say(language))]
        lines += [
            f"  {ink.bold(rule.code)}  {rule.text}  {ink.dim(rule.words.say(language))}"
            for rule in ledger.rules
        ]
    if ledger.checks:
        lines += ["", ink.bold(message("Checks over several rows").say(language))]
        lines.append("  " + ", ".join(check.code for check in ledger.checks))
    if ledger.metrics:
        lines += ["", ink.bold(message("Metrics").say(language))]
    for metric in ledger.metrics:
        lines += _metric(metric, language, ink)
    if ledger.to_be_checked:
        lines += ["", ink.bold(message("To be checked").say(language))]
        lines += [f"  {line}" for text in ledger.doubts(language) for line in wrap(text, columns - 2)]
    return "".join(f"{line}\n" for line in lines)


def _facts(column: Column, language: str) -> list[str]:
    facts: list[str | Message] = [column.type, _NEEDS[column.need]]
    if column.unit:
        facts.append(column.unit)
    if column.codes:
        facts.append("/".join(f"{code} {word}" for code, word in column.codes.items()))
    return [fact.say(language) if isinstance(fact, Message) else fact for fact in facts]


def _metric(metric: Metric, language: str, ink: Ink) -> list[str]:
    unit = f" ({metric.unit})" if metric.unit else ""
    lines = [f"  {ink.bold(metric.id)}  {metric.words.say(language)}{unit}  {ink.dim(metric.kind)}"]
    lines += [f"    {condition.when.text}" for condition in (*metric.among, *metric.counted)]
    return lines


def summary(ledger: Ledger) -> dict[str, Any]:
    """A ledger in one object: names and metrics."""
    return {
        "name": ledger.name,
        "zh": ledger.zh,
        "en": ledger.en,
        "metrics": [
            {"id": metric.id, "zh": metric.zh, "en": metric.en, "unit": metric.unit}
            for metric in ledger.metrics
        ],
    }


_TYPES = {
    "int": "integer", "decimal": "number", "degrees": "number", "bool": "boolean", "date": "date",
    "datetime": "datetime", "list": "array", "geometry": "geojson",
}  # fmt: skip


def descriptor(ledger: Ledger) -> dict[str, Any]:
    """The Frictionless table schema of a ledger."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "name": ledger.name,
        "title": ledger.zh,
        "description": ledger.row.zh,
        "fields": [_field(column) for column in ledger.columns],
        "primaryKey": list(ledger.key),
        "hengliang": {
            "en": ledger.en,
            "rules": [
                {"code": rule.code, "holds": rule.text, "zh": rule.zh, "en": rule.en} for rule in ledger.rules
            ],
            "checks": [check.code for check in ledger.checks],
            "metrics": summary(ledger)["metrics"],
            "to_be_checked": [{"zh": one.zh, "en": one.en} for one in ledger.to_be_checked],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    if column.need == "R":
        limits["required"] = True
    if column.codes and not column.open:
        limits["enum"] = list(column.codes)
    for name, limit in (("minimum", column.least), ("maximum", column.most)):
        if isinstance(limit, Decimal):
            limits[name] = f"{limit:f}"
    field: dict[str, Any] = {
        "name": column.name,
        "title": column.zh,
        "type": _TYPES.get(column.type, "string"),
    }
    if column.unit:
        field["unit"] = column.unit
    if limits:
        field["constraints"] = limits
    return field
