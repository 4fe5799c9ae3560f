"""How a form becomes records of the ministry's tables: which rows, which keys, which values.

Keys are made from content and never from the clock: organisation, year and project name a form, its levels
and its name an indicator. So a declaration and its self-evaluation share the keys of their indicators. Times
are those of loading; they are columns only when one is given. Amounts are in 元, numbers decimal strings.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, cast
from uuid import UUID, uuid5

from hengliang.base.message import Message, message
from hengliang.form.field import value_at
from hengliang.form.model import Form, Indicator, Record, Target

_SPACE = UUID("6f1f9c3e-7a52-5f0d-9b0e-2f4d8c1a7e63")
"""The name space of the keys."""
_SIGNS = {"≥": "1", ">": "2", "=": "3", "<": "4", "≤": "5", "定性": "6"}
_YUAN = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10**4), "亿元": Decimal(10**8)}
_NOT_DELETED = 2


class Column(NamedTuple):
    """A column of a ministry table and the field of the form that fills it."""

    table: str
    name: str
    field: str
    zh: str
    type: str
    """`char` or `num`."""
    size: str
    """Characters, or `digits,decimals`."""
    required: bool
    origin: str
    """`standard`, `module` or `assumed` (see mof.toml)."""


class Table(NamedTuple):
    """A ministry table: for which kind and purpose of forms it is (None: all), and what its rows are of."""

    name: str
    zh: str
    en: str
    kind: str | None
    purpose: str | None
    rows: str
    """`form`, `indicators` or `money`."""
    columns: tuple[Column, ...]


class Notice(NamedTuple):
    """What is wanting: `kind` is cut, missing, too_long or unit; `columns` are written `TABLE.column`."""

    kind: str
    path: str
    columns: tuple[str, ...]
    say: Message


@cache
def all_tables() -> tuple[Table, ...]:
    """The tables of `mof.toml`."""
    data = tomllib.loads((files("hengliang.form") / "mof.toml").read_text(encoding="utf-8"))
    return tuple(
        Table(
            name,
            table["zh"],
            table["en"],
            table.get("kind"),
            table.get("purpose"),
            table["rows"],
            tuple(Column(name, *column) for column in table["columns"]),
        )
        for name, table in cast("dict[str, dict[str, Any]]", data).items()
    )


class _Row(NamedTuple):
    """One record to be: the form, indicator or money line that it is of, and where that stands."""

    path: str
    holder: Record
    words: Mapping[str, Any]
    """Values of the fields behind @."""


def records(form: Form, time: str | None) -> tuple[dict[str, list[dict[str, Any]]], tuple[Notice, ...]]:
    """The rows of every table that the form fills, and what is wanting in them."""
    tables: dict[str, list[dict[str, Any]]] = {}
    wanting: dict[tuple[str, str], tuple[Message, list[str]]] = {}
    for table in all_tables():
        if table.kind not in (None, form.kind.value) or table.purpose not in (None, form.purpose.value):
            continue
        tables[table.name] = []
        for row in _rows(form, table):
            record: dict[str, Any] = {}
            for column in table.columns:
                if column.field == "@time":
                    if time is not None:
                        record[column.name] = time
                    continue
                path, record[column.name] = _value(form, row, column)
                for kind, say in _wanting(form, row, column, path, record[column.name]):
                    columns = wanting.setdefault((kind, path), (say, []))[1]
                    columns.append(f"{table.name}.{column.name}")
            tables[table.name].append(record)
    notices = tuple(
        Notice(kind, path, tuple(dict.fromkeys(columns)), say)
        for (kind, path), (say, columns) in wanting.items()
    )
    return tables, notices


def _rows(form: Form, table: Table) -> Iterator[_Row]:
    keys = _keys(form)
    common = {**keys, "goals": _goals(form), "not_deleted": _NOT_DELETED}
    if table.rows == "form":
        yield _Row("", form, common)
    elif table.rows == "money":
        for index, line in enumerate(form.money.rows if form.money else ()):
            yield _Row(f"money/rows/{index}", line, common)
    else:
        seen: Counter[tuple[str | None, ...]] = Counter()
        for index, indicator in enumerate(form.indicators):
            words = (indicator.level1, indicator.level2, indicator.name)
            seen[words] += 1
            key = _key(keys["goal_id"], *words, str(seen[words]))
            own = {
                **common,
                "indicator_id": key,
                "eval_indicator_id": _key(key, "self_evaluation"),
                "order": index + 1,
                "year_flag": "0",
                "sign": _SIGNS.get(indicator.operator or ""),
                "whole_target": _whole(indicator),
            }
            yield _Row(f"indicators/{index}", indicator, own)
            if indicator.midterm is not None and any(
                column.field == "@year_flag" for column in table.columns
            ):
                yield _midterm(index, indicator, indicator.midterm, own)


def _midterm(index: int, indicator: Indicator, midterm: Target, own: Mapping[str, Any]) -> _Row:
    """The whole-term half of a row, a record of its own."""
    changes = {"operator": midterm.operator, "target": midterm.target, "unit": midterm.unit, "points": None}
    key = _key(own["indicator_id"], "midterm")
    sign = _SIGNS.get(midterm.operator or "")
    return _Row(
        f"indicators/{index}",
        indicator.model_copy(update=changes),
        {**own, "indicator_id": key, "year_flag": "1", "sign": sign},
    )


def _keys(form: Form) -> dict[str, str]:
    codes = form.codes
    goal = _key(
        codes.region,
        codes.department or form.organisation,
        str(form.fiscal_year),
        form.kind.value,
        codes.project or form.project,
    )
    evaluation = _key(goal, "self_evaluation")
    return {"goal_id": goal, "eval_id": evaluation, "eval_goal_id": _key(evaluation, "goal")}


def _key(*parts: str | None) -> str:
    """A key of 38 characters, made from `parts` alone."""
    return f"{{{str(uuid5(_SPACE, chr(31).join(part or '' for part in parts))).upper()}}}"


def _goals(form: Form) -> str | None:
    marks = form.goal_marks if len(form.goal_marks) == len(form.goals) else ("",) * len(form.goals)
    lines = (
        mark + _cut_shown(goal, f"goals/{index}" in form.truncated)
        for index, (mark, goal) in enumerate(zip(marks, form.goals, strict=True))
    )
    return "\n".join(lines) or None


def _cut_shown(text: str, cut: bool) -> str:
    return f"{text}…" if cut and not text.endswith("…") else text


def _whole(indicator: Indicator) -> str | None:
    """Sign, value and unit in one text, for tables that have no columns for sign and unit."""
    if indicator.target is None:
        return None
    sign = "" if indicator.operator in (None, "定性") else indicator.operator
    return f"{sign}{indicator.target}{indicator.unit or ''}"


def _value(form: Form, row: _Row, column: Column) -> tuple[str, Any]:
    """The path in the form and the value of a column."""
    field = column.field
    if field.startswith("@yuan:"):
        name = field.removeprefix("@yuan:")
        amount = getattr(row.holder, name)
        factor = _YUAN.get(form.money.unit or "") if form.money else None
        yuan = None if amount is None or factor is None else (amount * factor).normalize()
        return f"{row.path}/{name}", None if yuan is None else format(yuan, "f")
    if field.startswith("@"):
        word = field.removeprefix("@")
        paths = {"goals": "goals", "sign": f"{row.path}/operator", "whole_target": f"{row.path}/target"}
        return paths.get(word, row.path), row.words[word]
    own = row.holder is not form and field in type(row.holder).model_fields
    value: object = getattr(row.holder, field) if own else value_at(form, field)
    path = f"{row.path}/{field}" if own else field
    if isinstance(value, str):
        return path, _cut_shown(value, _is_cut(form, row, path))
    return path, value if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)


def _is_cut(form: Form, row: _Row, path: str) -> bool:
    if isinstance(row.holder, Indicator) and path.startswith(f"{row.path}/"):
        return path.rpartition("/")[2] in row.holder.truncated
    return any(cut == path or cut.startswith(f"{path}/") for cut in form.truncated)


def _wanting(form: Form, row: _Row, column: Column, path: str, value: Any) -> Iterator[tuple[str, Message]]:
    """What keeps a value from being loaded."""
    if value is None:
        if column.field.startswith("@yuan:") and value_at(form, path) is not None:
            say = message("the unit of money is not known, so the amount in 元 is not either")
            yield "unit", say
        elif column.required:
            yield (
                "missing",
                message("the column {column} is required and the form has no value", column=column.zh),
            )
        return
    if _is_cut(form, row, path):
        yield "cut", message("the source cut this text off: it must be completed before it is handed over")
    if column.type == "char" and len(str(value)) > int(column.size):
        yield (
            "too_long",
            message(
                "the text has {length} characters, the column takes {limit}",
                length=len(str(value)),
                limit=column.size,
            ),
        )
    if column.type == "num" and not _fits(Decimal(value), column.size):
        say = message(
            "the number {number} does not fit a column of {size} digits", number=value, size=column.size
        )
        yield "too_long", say


def _fits(number: Decimal, size: str) -> bool:
    digits, _, decimals = size.partition(",")
    places = int(decimals or 0)
    whole = int(digits) - places
    return abs(number) < Decimal(10) ** whole and number == round(number, places)
