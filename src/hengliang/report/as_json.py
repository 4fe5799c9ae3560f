"""A review as JSON, as `report.schema` describes it."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import cast

from hengliang import __version__
from hengliang.base.profile import Profile
from hengliang.report.records import Record, Rest, form_record, rule_record, unreadable_record
from hengliang.review.rule import Rule
from hengliang.review.verdict import Verdict

VERSION = 1
"""The version of the layout; a field is never taken away or given another meaning without a new one."""


def piece(verdict: Verdict, language: str) -> str:
    """One reviewed form as a JSON object."""
    return dumps(form_record(verdict, language))


def dumps(record: Record) -> str:
    """A record as JSON: one field a line, and one item a line of lists of records."""
    return "{\n" + ",\n".join(f" {_value(name)}: {_field(value)}" for name, value in record.items()) + "\n}"


def _field(value: object) -> str:
    items = cast("list[object]", value) if isinstance(value, list) else []
    if items and isinstance(items[0], dict):
        return "[\n" + ",\n".join(f"  {_value(item)}" for item in items) + "\n ]"
    return _value(value)


# One encoder for all: `json.dumps` makes one for each call, which takes longer than encoding a finding.
_value = json.JSONEncoder(ensure_ascii=False).encode


def whole(
    pieces: Iterable[str], profile: Profile, rules: Sequence[Rule], language: str, rest: Callable[[], Rest]
) -> Iterator[str]:
    """The document in parts, so that many forms need no more memory than one. `rest` is asked at the end."""
    head = {
        "hengliang": {"version": __version__, "layout": VERSION},
        "language": language,
        "profile": {"name": profile.name, "valid_from": profile.get("profile.valid_from")},
        "rules": [rule_record(rule, language) for rule in rules],
    }
    yield dumps(head)[:-2]
    yield ',\n "forms": ['
    for number, text in enumerate(pieces):
        yield (",\n" if number else "\n") + text
    last = rest()
    tail = {
        "duplicates": list(last.duplicates),
        "unreadable": [unreadable_record(error, language) for error in last.unreadable],
        "counts": last.counts._asdict(),
    }
    yield "\n ],\n" + dumps(tail)[2:] + "\n"


def proposals(pieces: Iterable[str]) -> Iterator[str]:
    """A list of proposals alone, in parts."""
    yield '{"proposals": ['
    written = False
    for text in pieces:
        if text:
            yield (",\n" if written else "\n") + text
            written = True
    yield "\n]}\n"
