"""Entries of the audit log in the language of the reader: what was done, to what, with which details."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, cast

from hengliang.base.message import Words, listed, message
from hengliang.web.audit.models import Entry
from hengliang.web.jobs.work import KINDS
from hengliang.web.workflow.moves import MOVES
from hengliang.web.workflow.roles import WORDS as ROLES
from hengliang.web.workflow.roles import Role
from hengliang.web.workflow.states import SHOWN, State

_WORDS: dict[str, dict[str, Words]] = {
    table: {key: Words(chinese, english) for key, (english, chinese) in words.items()}
    for table, words in tomllib.loads((Path(__file__).parent / "audit_words.toml").read_text("utf-8")).items()
}
_MOVES = {move.event: move.label for move in MOVES.values()}
_LONGEST = 120


class Shown(NamedTuple):
    """What the page shows of an entry beside the entry itself."""

    entry: Entry
    act: str
    subject: str
    about: str
    detail: str


def shown(entry: Entry, language: str) -> Shown:
    """An entry in words; an act or a detail without words goes by its key."""
    kind, _, number = entry.subject.partition(":")
    word = _WORDS["subjects"].get(kind)
    job = KINDS.get(entry.subject_name) if kind == "job" else None
    return Shown(
        entry,
        act_said(entry.event, language),
        entry.subject if word is None else f"{word.say(language)} {number}".strip(),
        entry.subject_name if job is None else job.label.say(language),
        _detail(entry.detail, language),
    )


def act_said(event: str, language: str) -> str:
    """What was done, in words; the event itself where there are none."""
    word = _WORDS["acts"].get(event) or _MOVES.get(event)
    return event if word is None else word.say(language)


def _detail(detail: Mapping[str, Any], language: str) -> str:
    colon, between = message(": ").say(language), message("; ").say(language)
    said = between.join(
        f"{_of('details', key, language)}{colon}{_value(key, value, language)}"
        for key, value in detail.items()
    )
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"


def _of(table: str, key: str, language: str) -> str:
    word = _WORDS[table].get(key)
    return key if word is None else word.say(language)


def _value(key: str, value: Any, language: str) -> str:
    if isinstance(value, Mapping):
        inner = cast("Mapping[str, Any]", value)
        return listed((f"{_of('values', name, language)} {one}" for name, one in inner.items()), language)
    if isinstance(value, list):
        return listed(cast("list[object]", value), language)
    if key in ("source", "target") and value in frozenset[str](State):
        return SHOWN[State(value)].word.say(language)
    if key == "role" and value in frozenset[str](Role):
        return ROLES[Role(value)].say(language)
    if key == "subject_of_job":
        kind, _, number = str(value).partition(":")
        return f"{_of('subjects', kind, language)} {number}".strip()
    return _of("values", str(value), language)
