"""The obligations table (义务对照表): which duty is checked by which rules, and which by none and why.

The duties are data, `obligations.toml` beside this; rules name the duties they check in `Rule.basis`.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple, cast

from hengliang.review.rule import Rule


class Bilingual(NamedTuple):
    """The same text in Chinese and English."""

    zh: str
    en: str


class Duty(NamedTuple):
    """One duty, restated. `confirmed`: the wording was read in `source`; else it is recalled, to be checked
    against the official text. `unchecked` is the reason why no form alone can show whether it was kept."""

    id: str
    document: Bilingual
    clause: str
    text: Bilingual
    confirmed: bool
    source: str | None
    unchecked: Bilingual | None


class Unwritten(NamedTuple):
    """A check of the catalogue that has no rule, since no form carries what it would look at."""

    code: str
    name: Bilingual
    duty: str
    reason: Bilingual


class Obligation(NamedTuple):
    """A duty with the codes of the rules that check it."""

    duty: Duty
    rules: tuple[str, ...]


def obligations(rules: Sequence[Rule]) -> tuple[Obligation, ...]:
    """Every duty with those of `rules` that check it, in the order of the table."""
    checking: dict[str, list[str]] = {}
    for rule in rules:
        for basis in rule.basis:
            checking.setdefault(basis, []).append(rule.code)
    return tuple(Obligation(duty, tuple(checking.get(duty.id, ()))) for duty in duties().values())


@cache
def duties() -> Mapping[str, Duty]:
    """Every duty by its id."""
    data = _data()
    documents = cast("Mapping[str, Mapping[str, str]]", data["documents"])
    reasons = cast("Mapping[str, Mapping[str, str]]", data["reasons"])
    sources = cast("Mapping[str, str]", data["sources"])
    found: dict[str, Duty] = {}
    for entry in cast("list[Mapping[str, str]]", data["duties"]):
        document = documents[entry["id"].partition(":")[0]]
        reason = reasons[entry["unchecked"]] if "unchecked" in entry else None
        found[entry["id"]] = Duty(
            entry["id"],
            Bilingual(document["zh"], document["en"]),
            entry["clause"],
            Bilingual(entry["zh"], entry["en"]),
            bool(entry["confirmed"]),
            sources[entry["source"]] if "source" in entry else None,
            Bilingual(reason["zh"], reason["en"]) if reason else None,
        )
    return found


@cache
def unwritten() -> tuple[Unwritten, ...]:
    """The checks of the catalogue that no form can make fire."""
    return tuple(
        Unwritten(
            entry["code"],
            Bilingual(entry["zh"], entry["en"]),
            entry["duty"],
            Bilingual(entry["reason_zh"], entry["reason_en"]),
        )
        for entry in cast("list[Mapping[str, str]]", _data()["unwritten"])
    )


@cache
def _data() -> Mapping[str, object]:
    source = files("hengliang") / "review" / "obligations.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
