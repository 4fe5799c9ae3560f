"""The working copy of a form, edited cell by cell: plain functions over a form and the ids of its rows.

A row keeps its id through every move, so that two people who edit at the same time mean the same row. Fields
outside the indicator table belong to the row `form`, and their key is the path of the field (`goals/3`).
"""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from hengliang.base.message import Message, message
from hengliang.form.exchange import form_from_json, form_to_json, from_exchange
from hengliang.form.field import NoSuchField, text_at, with_texts
from hengliang.form.model import OPERATORS, Form, Indicator
from hengliang.form.source import NO_SOURCE, Source
from hengliang.web.audit.storable import loads

FORM = "form"
"""The row id of the fields outside the indicator table."""

TEXT_FIELDS = (
    "level1", "level2", "name", "operator", "target", "unit", "points", "explanation", "criterion", "remark",
    "basis", "evidence", "points_in",
)  # fmt: skip
"""The fields of an indicator that a declaration's editor changes."""


class Edit(NamedTuple):
    """A new text for one field of one row; None and the empty text clear it."""

    row: str
    key: str
    value: str | None


LISTS = ("duties", "goals", "midterm_goals")
"""The lists of texts outside the table. One edit changes a list as a whole: its items, one a line."""

BLOCKS = ("money", "tasks")
"""The blocks of records outside the table. One edit changes a block as a whole: its JSON."""


_FIXED = ("kind", "purpose", "indicators", "truncated")
"""What is no field outside the table: rows are changed by their ids, the rest by nobody who types."""


class Reorder(NamedTuple):
    """A row put in (`insert`), taken out (`delete`) or moved (`move`), before another one or (None) at the
    end. Putting in what is there and taking out what is gone does nothing, so that an answer that was lost on
    the way can be asked for again. `origin`: where a row that is put in comes from (declarations.origins).
    """

    act: Literal["insert", "delete", "move"]
    row: str
    before: str | None = None
    origin: str = ""


class Noted(NamedTuple):
    """What one edit changed: for the history, and to find out whether two people changed the same."""

    row: str
    key: str
    before: str | None
    after: str | None


class BadEdit(ValueError):  # noqa: N818
    """An edit that no form can hold, with the row and field it was meant for."""

    def __init__(self, row: str, key: str, reason: Message) -> None:
        super().__init__(reason.say("en"))
        self.row, self.key, self.reason = row, key, reason


class _Parts(NamedTuple):
    form: Form
    source: Source
    rows: tuple[str, ...]


class Working(_Parts):
    """A form being edited, with its source and the ids of its rows."""

    @cached_property
    def digest(self) -> bytes:
        """Of all that it says, but for the ids of its rows."""
        return sha256(f"{self.form.model_dump_json()}\n{self.source!r}".encode()).digest()

    def path(self, row: str, key: str) -> str:
        """The path of a field in the form."""
        return key if row == FORM else f"indicators/{self.rows.index(row)}/{key}"

    def split(self, path: str) -> tuple[str, str]:
        """The row and key of a path of the form."""
        parts = path.split("/", 2)
        if parts[0] == "indicators" and len(parts) > 1 and int(parts[1]) < len(self.rows):
            return self.rows[int(parts[1])], parts[2] if len(parts) > 2 else ""
        return FORM, path


def new_row() -> str:
    """An id for a new row."""
    return secrets.token_hex(6)


def opened(content: Mapping[str, Any], rows: Sequence[str] | None = None) -> Working:
    """The working copy that a stored draft is. Raises form.exchange.ExchangeError."""
    if content.get("source"):
        form, source = from_exchange(dict(content), "").forms[0]
    else:
        form, source = form_from_json(dict(content)), NO_SOURCE
    ids = tuple(rows) if rows is not None else tuple(new_row() for _ in form.indicators)
    return Working(form, source, ids)


class _Text:
    """A stored draft that equals another of the same text and rows."""

    def __init__(self, text: str, rows: tuple[str, ...]) -> None:
        self.text = text
        self.same = (sha256(text.encode()).digest(), rows)

    def __hash__(self) -> int:
        return hash(self.same)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Text) and self.same == other.same


def opened_text(text: str, rows: Sequence[str]) -> Working:
    """What `opened` gives of a draft whose stored JSON is `text`; remembered for the same text and rows."""
    return _opened_text(_Text(text, tuple(rows)))


@lru_cache(maxsize=256)
def _opened_text(one: _Text) -> Working:
    working = opened(json.loads(one.text), one.same[1])
    # It is kept with the answer, and never asked for it again.
    one.text = ""
    return working


def stored(working: Working) -> dict[str, Any]:
    """The working copy as the JSON that is stored."""
    return form_to_json(working.form, working.source)


def edited(
    working: Working, edits: Sequence[Edit], orders: Sequence[Reorder] = ()
) -> tuple[Working, list[Noted]]:
    """The copy after rows were put in, moved and taken out, and then cells changed; and what it came to.

    Raises BadEdit when a row is not there or a text does not fit its field; nothing is changed then.
    """
    working, noted = _reordered(working, orders)
    texts: dict[str, str | None] = {}
    for edit in edits:
        if edit.row != FORM and edit.row not in working.rows:
            raise BadEdit(edit.row, edit.key, message("this row was taken out in the meantime"))
        if edit.row != FORM and edit.key not in TEXT_FIELDS:
            raise BadEdit(edit.row, edit.key, message("an indicator has no such field"))
        if edit.row == FORM and edit.key.split("/")[0] in _FIXED:
            raise BadEdit(edit.row, edit.key, message("the form has no such field outside its table"))
        value = _fitting(edit)
        if edit.row == FORM and edit.key in (*LISTS, *BLOCKS):
            working, change = _whole(working, edit.key, value)
            noted += change
            continue
        path = working.path(edit.row, edit.key)
        before = texts.get(path, text_at(working.form, path))
        if before == value or (not before and not value):
            continue
        texts[path] = value
        noted.append(Noted(edit.row, edit.key, before, value))
    if not texts:
        return working, noted
    try:
        form = with_texts(working.form, texts)
    except NoSuchField as error:
        row, key = working.split(next(iter(texts)))
        raise BadEdit(row, key, message("the form cannot hold this: {detail}", detail=str(error))) from error
    touched = set(texts)
    rows = list(form.indicators)
    for index, row in enumerate(rows):
        # A field that somebody typed anew is no longer cut off.
        kept = tuple(name for name in row.truncated if f"indicators/{index}/{name}" not in touched)
        if kept != row.truncated:
            rows[index] = row.model_copy(update={"truncated": kept})
    form = form.model_copy(
        update={
            "indicators": tuple(rows),
            "truncated": tuple(path for path in form.truncated if path not in touched),
        }
    )
    return Working(form, _without(working.source, touched), working.rows), noted


def whole_text(form: Form, key: str) -> str:
    """A list or block of a form as the text that an edit of it carries; empty when there is nothing."""
    if key in LISTS:
        return "\n".join(getattr(form, key))
    held = form.model_dump(mode="json", include={key}, exclude_defaults=True).get(key)
    return json.dumps(held, ensure_ascii=False, sort_keys=True) if held else ""


def _whole(working: Working, key: str, text: str | None) -> tuple[Working, list[Noted]]:
    """The copy with another list or block."""
    before = whole_text(working.form, key)
    data = working.form.model_dump()
    wrong = BadEdit(FORM, key, message("amounts are numbers, as 1234.56"))
    if key in LISTS:
        items = [line.strip() for line in (text or "").splitlines() if line.strip()]
        marks = {"duties": "duty_marks", "goals": "goal_marks"}.get(key)
        if marks and len(items) != len(data[marks]):
            data[marks] = ()
        data[key] = tuple(items)
    else:
        try:
            data[key] = loads(text) if text else (None if key == "money" else ())
        except (ValueError, RecursionError) as error:
            raise wrong from error
    try:
        form = Form.model_validate(data)
    except ValidationError as error:
        raise wrong from error
    if not all(map(_is_plain, _amounts(form, key))):
        raise wrong
    after = whole_text(form, key)
    if after == before:
        return working, []
    gone = {path for path in (*working.source.printed, *working.source.joins) if path.split("/")[0] == key}
    kept = tuple(path for path in form.truncated if path.split("/")[0] != key)
    form = form.model_copy(update={"truncated": kept})
    changed = Working(form, _without(working.source, gone), working.rows)
    return changed, [Noted(FORM, key, before, after)]


def _amounts(form: Form, key: str) -> Iterator[Decimal]:
    """The numbers of a block."""
    records = form.money.rows if key == "money" and form.money else form.tasks if key == "tasks" else ()
    for record in records:
        yield from (value for _, value in record if isinstance(value, Decimal))


def _is_plain(number: Decimal) -> bool:
    """Whether a number can be written out; `1e999999999` fills the memory when it is."""
    return number.adjusted() < 20 and int(number.as_tuple().exponent) >= -20


def _fitting(edit: Edit) -> str | None:
    value = edit.value if edit.value else None
    if edit.row == FORM and edit.key == "fiscal_year" and value is not None:
        if not (value.isdecimal() and value.isascii() and 1990 <= int(value[:9]) <= 2100):
            raise BadEdit(edit.row, edit.key, message("a fiscal year is a number from 1990 to 2100"))
        return value
    if edit.row == FORM or value is None:
        return "" if edit.key == "name" else value
    if edit.key == "points":
        try:
            number = Decimal(value.strip())
        except InvalidOperation:
            raise BadEdit(edit.row, edit.key, message("points are a number, as 3 or 2.5")) from None
        if not number.is_finite() or abs(number) > 10_000 or int(number.as_tuple().exponent) < -6:
            raise BadEdit(edit.row, edit.key, message("points are a number, as 3 or 2.5"))
        return format(number, "f")
    if edit.key == "operator" and value not in OPERATORS:
        raise BadEdit(edit.row, edit.key, message("the sign is one of ≥ > = < ≤ 定性"))
    return value


def _reordered(working: Working, orders: Sequence[Reorder]) -> tuple[Working, list[Noted]]:
    noted: list[Noted] = []
    rows = list(working.rows)
    indicators = dict(zip(working.rows, working.form.indicators, strict=True))
    for order in orders:
        if order.act == "insert":
            if not order.row.isalnum() or len(order.row) > 40 or order.row == FORM:
                raise BadEdit(order.row, "", message("a new row needs an id of its own"))
            if order.row in indicators:
                continue
            indicators[order.row] = Indicator(name="")
            rows.insert(_place(rows, order.before), order.row)
            noted.append(Noted(order.row, "+", None, order.origin))
            continue
        if order.row not in indicators and order.act == "delete":
            continue
        if order.row not in indicators:
            raise BadEdit(order.row, "", message("this row was taken out in the meantime"))
        rows.remove(order.row)
        if order.act == "delete":
            gone = indicators.pop(order.row)
            noted.append(Noted(order.row, "-", gone.model_dump_json(), None))
        else:
            rows.insert(_place(rows, order.before), order.row)
            noted.append(Noted(order.row, "order", None, order.before))
    if not noted:
        return working, noted
    moved = {old: rows.index(row) for old, row in enumerate(working.rows) if row in indicators}
    form = working.form.model_copy(update={"indicators": tuple(indicators[row] for row in rows)})
    return Working(form, _moved(working.source, moved), tuple(rows)), noted


def _place(rows: Sequence[str], before: str | None) -> int:
    """Where a row goes; at the end when the row after it was taken out in the meantime."""
    return rows.index(before) if before in rows else len(rows)


def _moved(source: Source, places: Mapping[int, int]) -> Source:
    """The source with the paths of its rows as they stand now."""

    def path(old: str) -> str | None:
        parts = old.split("/", 2)
        if parts[0] != "indicators" or len(parts) < 2:
            return old
        new = places.get(int(parts[1]))
        return None if new is None else "/".join(("indicators", str(new), *parts[2:]))

    def kept(old: Mapping[str, Any]) -> dict[str, Any]:
        return {new: value for key, value in old.items() if (new := path(key)) is not None}

    return Source(kept(source.places), kept(source.printed), kept(source.joins))


def _without(source: Source, paths: set[str]) -> Source:
    """The source without what it said of fields that were typed anew."""

    def kept(old: Mapping[str, Any]) -> dict[str, Any]:
        return {path: value for path, value in old.items() if path not in paths}

    return Source(source.places, kept(source.printed), kept(source.joins))
