"""The fields of a form outside its table, as a page shows and takes them."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from hengliang.form.field import text_at
from hengliang.form.model import Form
from hengliang.report.labels import field_label
from hengliang.web.declarations.draft import FORM, LISTS, Edit, whole_text

SINGLE = (
    "title", "organisation", "supervisor", "project", "fiscal_year", "codes/region", "codes/department",
    "codes/project", "signoff/preparer", "signoff/head", "signoff/phone", "signoff/date",
)  # fmt: skip
"""The fields that hold one text or number each."""

MONEY = ("name", "initial", "budget")
TASK = ("name", "content", "amount", "fiscal", "other")
_SPARE = 3
"""Empty lines after those that are filled in."""


class Field(NamedTuple):
    """One field of the page: its name in the request, its label, what stands there."""

    name: str
    label: str
    text: str


class Block(NamedTuple):
    """A table of records: its name, the names of its columns, its lines of fields."""

    name: str
    label: str
    heads: tuple[str, ...]
    lines: tuple[tuple[Field, ...], ...]


def single(form: Form, language: str) -> list[Field]:
    """The single fields; those of a project only on the form of one."""
    return [
        Field(path, field_label(path, language), text_at(form, path) or "")
        for path in SINGLE
        if "project" not in path or form.project
    ]


def lists(form: Form, language: str) -> list[Field]:
    """The lists of texts, one item a line."""
    return [Field(name, field_label(name, language), whole_text(form, name)) for name in LISTS]


def blocks(form: Form, language: str) -> list[Block]:
    """The money and the tasks as tables with some empty lines."""
    money = form.money.rows if form.money else ()
    return [
        _block(
            "money", "money/rows/0", MONEY, [record.model_dump(mode="json") for record in money], language
        ),
        _block("tasks", "tasks/0", TASK, [record.model_dump(mode="json") for record in form.tasks], language),
    ]


def _block(
    name: str, path: str, columns: tuple[str, ...], records: list[dict[str, Any]], language: str
) -> Block:
    heads = tuple(field_label(f"{path}/{column}", language) for column in columns)
    lines = tuple(
        tuple(
            Field(f"{name}/{index}/{column}", f"{heads[at]} {index + 1}", str(record.get(column) or ""))
            for at, column in enumerate(columns)
        )
        for index, record in enumerate([*records, *({} for _ in range(_SPARE))])
    )
    return Block(name, field_label(name, language), heads, lines)


def edits(form: Form, sent: Mapping[str, str]) -> list[Edit]:
    """What the page sent, as edits of what is different from `form`. Line ends are those of the web."""
    found = [
        Edit(FORM, path, sent[path].strip())
        for path in (*SINGLE, "money/unit")
        if path in sent and sent[path].strip() != (text_at(form, path) or "")
    ]
    found += [
        Edit(FORM, name, "\n".join(_lines(sent[name])))
        for name in LISTS
        if name in sent and _lines(sent[name]) != list(getattr(form, name))
    ]
    money = form.money.model_dump(mode="json", exclude_defaults=True) if form.money else {}
    rows = _records("money", MONEY, [*money.get("rows", [])], sent)
    unit = sent.get("money/unit", money.get("unit") or "").strip()
    found += _changed(form, "money", ({"unit": unit} if unit else {}) | ({"rows": rows} if rows else {}))
    tasks = [record.model_dump(mode="json", exclude_defaults=True) for record in form.tasks]
    found += _changed(form, "tasks", _records("tasks", TASK, tasks, sent) or None)
    return [edit for edit in found if not (edit.key == "money/unit" and rows)]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _records(
    name: str, columns: tuple[str, ...], old: list[dict[str, Any]], sent: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The records of a block with what was sent written over; a line without a name is left out."""
    if not any(path.startswith(f"{name}/0/") for path in sent):
        return old
    found: list[dict[str, Any]] = []
    for index in range(len(old) + _SPARE):
        record = dict(old[index]) if index < len(old) else {}
        for column in columns:
            text = sent.get(f"{name}/{index}/{column}", "").strip()
            if column not in ("name", "content"):
                text = text.replace(",", "").replace("，", "")
            record[column] = text or None
        if record["name"]:
            found.append({column: value for column, value in record.items() if value is not None})
    return found


def _changed(form: Form, name: str, held: Any) -> list[Edit]:
    text = json.dumps(held, ensure_ascii=False, sort_keys=True) if held else ""
    return [Edit(FORM, name, text)] if text != whole_text(form, name) else []
