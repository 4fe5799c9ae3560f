"""Reads a file of actual values (实际完成值): a table in any container, JSON, or a form with its own column.

A table has one head with a column of actual values and one that names the indicator (序号, 三级指标 or both).
Further columns are facts, called as their heads are; a row with a name in the column 补充事实 states that
fact in its column of actual values. JSON is a list of objects, or one with the list `actuals`:

    [{"name": "…" or "index": 3, "actual": "57", "unit": "家", "facts": {"…": "…"},
      "applicable": true, "note": "…"}]

`index` is the number of the indicator, counted from 1. Every non-empty cell is used or listed with a reason.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import cast

from hengliang.base.message import Message, message
from hengliang.base.place import Place
from hengliang.base.text import compact, narrow
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.open import open_document
from hengliang.form.document import Cell, Document, Table
from hengliang.form.errors import Damaged, UnknownFormat
from hengliang.form.exchange import read_exchange
from hengliang.form.source import NotUnderstood, Reading
from hengliang.form.stated import Stated, StatedRow
from hengliang.form.understand.forms import understand

_STANDARD = Limits()
_HEAD_ROWS = 4
"""So many rows of titles may stand over the head of a table of actual values."""
_OF_FORMS = frozenset(("points", "score"))


def read_actuals(path: Path | str, limits: Limits = _STANDARD) -> Stated:
    """What the file at `path` states. Raises UnreadableFile with the reason and the remedy."""
    path = Path(path)
    if path.suffix.lower() == ".json":
        return _from_json(path, limits)
    document = open_document(path, limits)
    tables = [(block, _head(block)) for block in document.blocks if isinstance(block, Table)]
    found = [(table, head) for table, head in tables if head is not None]
    if found and not any(head.is_of_form for _, head in found):
        return _from_tables(document, found)
    reading = understand(document)
    if any(row.actual is not None for form, _ in reading.forms for row in form.indicators):
        return _from_forms(reading)
    if found:
        return _from_tables(document, found)
    raise UnknownFormat(
        str(path),
        message("there is no column of actual values in it"),
        message("`hengliang score FORM --template actuals.xlsx` writes a file to fill in"),
    )


@dataclass(frozen=True, slots=True)
class _Head:
    """Which column of a table says what. `facts` are columns with the names of facts as heads."""

    row: int
    columns: Mapping[str, int]
    facts: Mapping[int, str]
    is_of_form: bool


@cache
def _words() -> Mapping[str, str]:
    data = _data()["heads"]
    return {word.lower(): kind for kind, words in data.items() for word in words.split()}


@cache
def _answers(kind: str) -> frozenset[str]:
    return frozenset(_data()["answers"][kind].split())


@cache
def _data() -> dict[str, dict[str, str]]:
    text = (files("hengliang.form") / "actuals.toml").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, str]]", tomllib.loads(text))


_ASIDE = re.compile(r"[（(\[【][^（()）\]】]*[）)\]】]|[*＊:：/、.\s_]")


def _kind(text: str) -> str | None:
    """What a head means: one of the kinds of `actuals.toml`, or None."""
    return _words().get(_ASIDE.sub("", narrow(text)).lower())


def _head(table: Table) -> _Head | None:
    for index, row in enumerate(table.rows[:_HEAD_ROWS]):
        cells = {at: cell.text for at, cell in enumerate(row) if cell is not None and cell.text.strip()}
        columns: dict[str, int] = {}
        others: dict[int, str] = {}
        for at, text in cells.items():
            kind = _kind(text)
            if kind is None or kind in columns:
                others[at] = compact(text)
            else:
                columns[kind] = at
        if "actual" in columns and ("name" in columns or "number" in columns):
            return _Head(index, columns, others, bool(_OF_FORMS & columns.keys()))
    return None


def _from_tables(document: Document, tables: Sequence[tuple[Table, _Head]]) -> Stated:
    made = _Made(document.file)
    known = {id(table): head for table, head in tables}
    for block in document.blocks:
        if not isinstance(block, Table):
            made.leave(block.text, block.place, message("a line outside of the table of actual values"))
        elif (head := known.get(id(block))) is not None:
            _take_table(block, head, made)
        else:
            for cell in block.cells():
                made.leave(cell.text, block.place(cell), message("the table has no column of actual values"))
    return made.done(document.remarks)


@dataclass(slots=True)
class _Made:
    """What has been taken so far."""

    file: str
    rows: list[StatedRow] = field(default_factory=list[StatedRow])
    used: int = 0
    left: list[NotUnderstood] = field(default_factory=list[NotUnderstood])

    def leave(self, text: str, place: Place, reason: Message) -> None:
        """Lists a text that was not used."""
        if text.strip():
            self.left.append(NotUnderstood(text, place, reason))

    def done(self, remarks: tuple[Message, ...] = (), is_form: bool = False) -> Stated:
        """All of it."""
        return Stated(self.file, tuple(_joined(self.rows)), self.used, tuple(self.left), remarks, is_form)


def _take_table(table: Table, head: _Head, made: _Made) -> None:
    for index, row in enumerate(table.rows):
        own = [
            cell for at, cell in enumerate(row) if cell is not None and (cell.row, cell.column) == (index, at)
        ]
        if index < head.row:
            for cell in own:
                made.leave(cell.text, table.place(cell), message("it stands over the table of actual values"))
        elif index == head.row:
            made.used += sum(1 for cell in own if cell.text.strip())
        elif any(cell is not None and cell.text.strip() for cell in row):
            _take_row(table, head, row, own, made)


def _take_row(
    table: Table, head: _Head, row: Sequence[Cell | None], own: Sequence[Cell], made: _Made
) -> None:
    texts = {kind: _text(row, at) for kind, at in head.columns.items()}
    number, name = _number(texts.get("number")), texts.get("name")
    if number is None and name is None:
        for cell in own:
            made.leave(cell.text, table.place(cell), message("the row names no indicator"))
        return
    anchor = next(cell for at in (head.columns["actual"], *range(len(row))) if (cell := row[at]) is not None)
    facts = {name: text for at, name in head.facts.items() if (text := _text(row, at)) is not None}
    actual, fact = texts.get("actual"), texts.get("fact")
    if fact is not None:
        facts, actual = ({**facts, fact: actual} if actual is not None else facts), None
    applicable = _applies(texts, table, head, row, made)
    made.rows.append(
        StatedRow(
            str(table.place(anchor)), number, name, texts.get("level1"), texts.get("level2"),
            texts.get("target"), actual, texts.get("unit"), applicable, texts.get("note"), facts,
        )
    )  # fmt: skip
    if number is None and texts.get("number") is not None:
        cell = row[head.columns["number"]]
        if cell is not None:
            made.leave(cell.text, table.place(cell), message("this is no number of an indicator"))
    used = {*head.columns.values(), *head.facts}
    for cell in own:
        if cell.column in used or cell.column_span > 1:
            made.used += bool(cell.text.strip())
        else:
            made.leave(cell.text, table.place(cell), message("its column has no head"))


def _text(row: Sequence[Cell | None], at: int) -> str | None:
    cell = row[at] if at < len(row) else None
    return compact(cell.text) or None if cell is not None else None


def _number(text: str | None) -> int | None:
    plain = (text or "").rstrip(".．、)）").lstrip("(（")
    return int(plain) if plain.isdecimal() and 0 < int(plain) < 10_000 else None


def _applies(
    texts: Mapping[str, str | None], table: Table, head: _Head, row: Sequence[Cell | None], made: _Made
) -> bool:
    """Whether the indicator applies; an answer that is neither yes nor no is listed and changes nothing."""
    for kind, yes_means in (("skipped", False), ("applicable", True)):
        said = texts.get(kind)
        if said is None:
            continue
        plain = said.lower()
        if kind == "applicable" and plain in ("适用", "不适用"):
            return plain == "适用"
        if plain in _answers("yes"):
            return yes_means
        if plain not in _answers("no"):
            cell = row[head.columns[kind]]
            if cell is not None:
                made.leave(cell.text, table.place(cell), message("this is neither yes nor no"))
                made.used -= 1
        else:
            return not yes_means
    return True


def _joined(rows: Sequence[StatedRow]) -> Iterator[StatedRow]:
    """Rows that follow each other and only add facts to the same indicator become one."""
    last: StatedRow | None = None
    for row in rows:
        if last is not None and _same(last, row) and (row.actual is None or last.actual is None):
            last = replace(
                last, facts={**last.facts, **row.facts}, actual=last.actual or row.actual,
                unit=last.unit or row.unit, note=last.note or row.note, target=last.target or row.target,
                applicable=last.applicable and row.applicable,
                where=last.where if last.actual is not None or row.actual is None else row.where,
            )  # fmt: skip
            continue
        if last is not None:
            yield last
        last = row
    if last is not None:
        yield last


def _same(one: StatedRow, other: StatedRow) -> bool:
    if not (other.facts or one.facts) or any(
        one.facts[name] != text for name, text in other.facts.items() if name in one.facts
    ):
        return False
    return (one.number, one.name, one.level2) == (other.number, other.name, other.level2)


def _from_forms(reading: Reading) -> Stated:
    made = _Made(reading.file)
    for form, source in reading.forms:
        for index, row in enumerate(form.indicators):
            place = source.place_of(f"indicators/{index}/actual") or Place(reading.file)
            unit = row.unit if row.actual is not None and row.actual.replace(".", "").isdecimal() else None
            made.rows.append(
                StatedRow(
                    str(place), None, row.name, row.level1, row.level2, row.target, row.actual, unit,
                    note=row.reason,
                )
            )  # fmt: skip
    made.used = reading.used
    made.left = [*reading.not_understood]
    return made.done(reading.remarks, is_form=True)


def _from_json(path: Path, limits: Limits) -> Stated:
    file = str(path)
    data = _json(path, limits)
    if isinstance(data, dict):
        record = cast("dict[str, object]", data)
        if "forms" in record or "indicators" in record:
            return _from_forms(read_exchange(path))
        data = record.get("actuals")
    if not isinstance(data, list):
        raise _bad(file, "", message("this is no list of actual values"))
    made = _Made(file)
    for index, item in enumerate(cast("list[object]", data)):
        made.rows.append(_json_row(file, f"[{index}]", item))
    made.used = len(made.rows)
    return made.done()


def _json(path: Path, limits: Limits) -> object:
    from hengliang.form.containers import refusal

    try:
        if path.stat().st_size > limits.file_bytes:
            raise refusal.too_many_bytes(str(path), path.stat().st_size, limits.file_bytes)
        return json.loads(path.read_bytes().decode("utf-8-sig"), parse_float=str, parse_int=str)
    except FileNotFoundError as error:
        raise refusal.missing(str(path)) from error
    except PermissionError as error:
        raise refusal.not_permitted(str(path)) from error
    except (ValueError, RecursionError) as error:
        raise Damaged(
            str(path), message("it is no JSON: {why}", why=str(error)), message("mend it or write it anew")
        ) from error


_FIELDS = (
    "name",
    "index",
    "level1",
    "level2",
    "target",
    "actual",
    "unit",
    "facts",
    "applicable",
    "note",
    "hint",
)
"""`hint` is what a template says should be entered; it is not read."""


def _json_row(file: str, at: str, item: object) -> StatedRow:
    if not isinstance(item, dict):
        raise _bad(file, at, message("this is no object"))
    record = cast("dict[str, object]", item)
    for key in record:
        if key not in _FIELDS:
            raise _bad(file, f"{at}/{key}", message("no field is called so"))
    texts = {
        key: _plain(file, f"{at}/{key}", record.get(key))
        for key in _FIELDS
        if key not in ("facts", "applicable", "hint")
    }
    number = _number(texts["index"])
    if texts["index"] is not None and number is None:
        raise _bad(file, f"{at}/index", message("this is no number of an indicator"))
    if number is None and texts["name"] is None:
        raise _bad(file, at, message("the row names no indicator"))
    stated: object = record.get("facts") or {}
    if not isinstance(stated, dict):
        raise _bad(file, f"{at}/facts", message("this is no object"))
    facts = {
        name: text
        for name, value in cast("dict[str, object]", stated).items()
        if (text := _plain(file, f"{at}/facts/{name}", value)) is not None
    }
    applies = record.get("applicable")
    if applies not in (None, True, False):
        raise _bad(file, f"{at}/applicable", message("this is neither true nor false"))
    return StatedRow(
        f"{file}:{at}", number, texts["name"], texts["level1"], texts["level2"], texts["target"],
        texts["actual"], texts["unit"], applies is not False, texts["note"], facts,
    )  # fmt: skip


def _plain(file: str, at: str, value: object) -> str | None:
    """A JSON value as text; numbers keep the figures they are written with."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return compact(value) or None
    raise _bad(file, at, message("this is neither a text nor a number"))


def _bad(file: str, at: str, reason: Message) -> Damaged:
    return Damaged(
        file,
        message("{path}: {reason}", path=at or "/", reason=reason),
        message("write it as the page on scoring shows"),
    )
