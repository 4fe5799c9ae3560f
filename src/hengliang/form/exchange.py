"""The exchange JSON: forms and readings as plain JSON, without loss, and back.

A form is one object with the field names of `form.model`; numbers are plain decimal strings, what is absent
is `null`. Beside the model's fields an indicator shows `target_value`, its typed target, which is computed
and ignored when read. A reading is `{"documents", "forms", "not_understood", "coverage"}`, each form with its
`source`. The schemas are `schema.form_schema` and `schema.reading_schema`.

Reading is strict: an unknown field, a number that is no decimal string or a wrong type raises ExchangeError,
which names the path (`indicators/3/points`). Fields that are left out are absent.
"""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from hengliang.base.message import Message, message
from hengliang.base.place import Box, Place
from hengliang.form.errors import Damaged
from hengliang.form.model import Form
from hengliang.form.schema import NUMBER_PATTERN
from hengliang.form.source import NotUnderstood, ReadForm, Reading, Source
from hengliang.form.value import DateValue, NumberValue, value_of

_Json = dict[str, Any]
_NUMBER = re.compile(NUMBER_PATTERN)
_EXACT_FIELDS = {
    "tasks": ("amount", "fiscal", "other"),
    "money_rows": ("initial", "budget", "executed", "expected", "rate", "points", "score"),
    "indicators": ("points", "score"),
    "totals": ("points", "score"),
}


class ExchangeError(ValueError):
    """JSON that is no form. `path` names the field (`indicators/3/points`), `reason` says what is wrong."""

    def __init__(self, path: str, reason: Message) -> None:
        super().__init__(f"{path or '/'}: {reason}")
        self.path = path
        self.reason = reason

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.path, self.reason)


def form_to_json(form: Form, source: Source | None = None) -> _Json:
    """The form as a JSON object, with its `source` when one is given."""
    data = form.model_dump(mode="json")
    for row in data["indicators"]:
        row["target_value"] = _target_value(row)
        if row["midterm"] is not None:
            row["midterm"]["target_value"] = _target_value(row["midterm"])
    if source is not None:
        data["source"] = _source_to_json(source)
    return data


def form_from_json(data: object, path: str = "") -> Form:
    """The form that a JSON object is. Raises ExchangeError."""
    plain = dict(_object(data, path))
    plain.pop("source", None)
    if isinstance(plain.get("indicators"), list):
        plain["indicators"] = [_without_value(row) for row in plain["indicators"]]
    _check_numbers(plain, path)
    try:
        return Form.model_validate_json(json.dumps(plain), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ExchangeError(_join(path, *map(str, first["loc"])), _reason(first)) from None


def to_exchange(*readings: Reading, language: str = "zh_Hans") -> _Json:
    """What was read from one or more documents, as one JSON object; sentences in `language`."""
    used = sum(reading.used for reading in readings)
    left = sum(len(reading.not_understood) for reading in readings)
    return {
        "documents": [
            {
                "file": reading.file,
                "format": reading.format,
                "used": reading.used,
                "remarks": [remark.say(language) for remark in reading.remarks],
            }
            for reading in readings
        ],
        "forms": [
            {
                **form_to_json(form),
                "source": {"file": reading.file, "format": reading.format, **_source_to_json(source)},
            }
            for reading in readings
            for form, source in reading.forms
        ],
        "not_understood": [
            {"text": item.text, "place": str(item.place), "reason": item.reason.say(language)}
            for reading in readings
            for item in reading.not_understood
        ],
        "coverage": round(used / (used + left), 4) if used + left else 0.0,
    }


def from_exchange(data: object, file: str) -> Reading:
    """The reading that a JSON object is: one form, or an object with `forms`. Raises ExchangeError.

    Places are those that the JSON gives; a form without places stands in `file` as a whole.
    """
    top = _object(data, "")
    if "forms" not in top:
        return Reading(
            file, "json", (ReadForm(form_from_json(top), _source_from_json(top, "", file)),), (), 1
        )
    forms = tuple(
        ReadForm(form_from_json(item, f"forms/{index}"), _source_from_json(item, f"forms/{index}", file))
        for index, item in enumerate(_list(top["forms"], "forms"))
    )
    left = tuple(
        _not_understood(item, f"not_understood/{index}")
        for index, item in enumerate(_list(top.get("not_understood", []), "not_understood"))
    )
    documents = [
        _object(item, f"documents/{index}")
        for index, item in enumerate(_list(top.get("documents", []), "documents"))
    ]
    used = sum(_count(item.get("used"), f"documents/{index}/used") for index, item in enumerate(documents))
    remarks = tuple(message(str(text)) for item in documents for text in item.get("remarks", ()))
    return Reading(file, "json", forms, left, used or len(forms), remarks)


def read_exchange(path: Path) -> Reading:
    """The reading in a file of exchange JSON (UTF-8). Raises Damaged when it is none."""
    try:
        return from_exchange(json.loads(path.read_bytes()), str(path))
    except ExchangeError as error:
        where = (
            message("{path}: {reason}", path=error.path, reason=error.reason) if error.path else error.reason
        )
        raise Damaged(
            str(path), where, message("correct the field; the schema is: hengliang schema form")
        ) from None
    except (ValueError, RecursionError) as error:
        reason = message("it is no JSON: {detail}", detail=str(error) or type(error).__name__)
        raise Damaged(
            str(path), reason, message("write it as UTF-8 JSON, as `hengliang read --json` does")
        ) from None


def _target_value(row: _Json) -> _Json | None:
    value = value_of(row["operator"], row["target"], row["unit"])
    match value:
        case None:
            return None
        case NumberValue(number, unit):
            symbol = unit.symbol if unit else None
            dimension = unit.dimension.value if unit else None
            return {"type": "number", "number": format(number, "f"), "unit": symbol, "dimension": dimension}
        case DateValue(year, month, day):
            return {"type": "date", "year": year, "month": month, "day": day}
        case _:
            return {"type": "text"}


def _without_value(row: object) -> object:
    if not isinstance(row, Mapping):
        return row
    plain = {key: value for key, value in cast("Mapping[str, object]", row).items() if key != "target_value"}
    if "midterm" in plain:
        plain["midterm"] = _without_value(plain["midterm"])
    return plain


def _check_numbers(form: _Json, path: str) -> None:
    """Numbers must be decimal strings: a JSON number has been a binary float in somebody's hands."""
    money = form.get("money")
    tables = (
        (("tasks",), form.get("tasks"), _EXACT_FIELDS["tasks"]),
        (("money", "rows"), _get(money, "rows"), _EXACT_FIELDS["money_rows"]),
        (("indicators",), form.get("indicators"), _EXACT_FIELDS["indicators"]),
        (("totals",), form.get("totals"), _EXACT_FIELDS["totals"]),
    )
    for steps, table, fields in tables:
        rows = cast("list[object]", table) if isinstance(table, list) else [table]
        for index, row in enumerate(rows):
            place = (*steps, str(index)) if isinstance(table, list) else steps
            for field in fields:
                value = _get(row, field)
                if value is not None and not (isinstance(value, str) and _NUMBER.fullmatch(value)):
                    reason = message(
                        '{value} is no plain decimal string such as "12.50"',
                        value=json.dumps(value, ensure_ascii=False),
                    )
                    raise ExchangeError(_join(path, *place, field), reason)


_WRONG_TYPE = {
    "string_type": message("here must stand a text"),
    "int_type": message("here must stand a whole number"),
    "tuple_type": message("here must stand a list"),
    "model_type": message("here must stand an object"),
    "missing": message("this field is required and missing"),
    "extra_forbidden": message("the form has no field of this name"),
}


def _reason(error: ErrorDetails) -> Message:
    kind, context = error["type"], error.get("ctx", {})
    if kind in ("literal_error", "enum"):
        choices = " ".join(re.findall(r"'([^']*)'", str(context["expected"])))
        return message("it must be one of {choices}", choices=choices)
    if kind in ("greater_than_equal", "less_than_equal"):
        return message("it lies outside the limit {limit}", limit=context.get("ge", context.get("le")))
    return _WRONG_TYPE.get(kind) or message("it is not valid here: {detail}", detail=error["msg"])


def _source_to_json(source: Source) -> _Json:
    return {
        "places": {path: str(place) for path, place in source.places.items()},
        "printed": dict(source.printed),
        "joins": {path: list(joins) for path, joins in source.joins.items()},
    }


def _source_from_json(form: object, path: str, file: str) -> Source:
    data = _object(_object(form, path).get("source") or {}, f"{path}/source")
    places = _object(data.get("places", {}), f"{path}/source/places")
    printed = _object(data.get("printed", {}), f"{path}/source/printed")
    joins = _object(data.get("joins", {}), f"{path}/source/joins")
    return Source(
        {field: place_from_text(str(text)) for field, text in places.items()} or {"": Place(file)},
        {field: str(text) for field, text in printed.items()},
        {
            field: tuple(
                _count(number, f"{path}/source/joins/{field}")
                for number in _list(numbers, f"{path}/source/joins/{field}")
            )
            for field, numbers in joins.items()
        },
    )


_CELL = re.compile(r"(.*):([^:]*)!([A-Z]{1,7})([1-9]\d{0,6})", re.DOTALL)
_TABLE = re.compile(r"t(\d{1,9})")
_LINE = re.compile(r"(.*):(\d{1,9}):(\d{1,9})", re.DOTALL)
_PAGE = re.compile(r"(.*):p(\d{1,9})(?:\((-?\d{1,9}),(-?\d{1,9})\))?", re.DOTALL)


def place_from_text(text: str) -> Place:
    """The place that `str(place)` wrote. Of a box on a page only the corner is known."""
    if match := _CELL.fullmatch(text):
        file, sheet, letters, row = match.groups()
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        if table := _TABLE.fullmatch(sheet):
            return Place(file, table=int(table[1]), row=int(row), column=column)
        return Place(file, sheet=sheet, row=int(row), column=column)
    if match := _LINE.fullmatch(text):
        return Place(match[1], line=int(match[2]), column=int(match[3]))
    if match := _PAGE.fullmatch(text):
        corner = (float(match[3]), float(match[4])) if match[3] is not None else None
        return Place(match[1], page=int(match[2]), box=Box(*corner, *corner) if corner else None)
    return Place(text)


def _not_understood(item: object, path: str) -> NotUnderstood:
    data = _object(item, path)
    return NotUnderstood(
        str(data.get("text", "")),
        place_from_text(str(data.get("place", ""))),
        message(str(data.get("reason", ""))),
    )


def _get(record: object, field: str) -> object:
    return cast("Mapping[str, object]", record).get(field) if isinstance(record, Mapping) else None


def _object(value: object, path: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ExchangeError(path, message("here must stand an object"))
    return cast("Mapping[str, Any]", value)


def _list(value: object, path: str) -> Sequence[object]:
    if not isinstance(value, list):
        raise ExchangeError(path, message("here must stand a list"))
    return cast("Sequence[object]", value)


def _count(value: object, path: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ExchangeError(path, message("here must stand a whole number that is not negative"))
    return value


def _join(*parts: str) -> str:
    return "/".join(part for part in parts if part)
