"""The fields of a form by their paths: `fiscal_year`, `goals/5`, `indicators/3/target`."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from pydantic import BaseModel, ValidationError

from hengliang.form.model import Form


class NoSuchField(ValueError):  # noqa: N818
    """A path that names no field of the form, or a value that its field cannot hold."""


def value_at(form: Form, path: str) -> object:
    """What stands at `path`; the form itself for "". None for whatever the form does not have."""
    value: object = form
    for part in path.split("/") if path else ():
        if isinstance(value, BaseModel):
            value = getattr(value, part, None)
        elif isinstance(value, tuple) and part.isdigit():
            items = cast("tuple[object, ...]", value)
            value = items[int(part)] if int(part) < len(items) else None
        else:
            return None
    return value


def text_at(form: Form, path: str) -> str | None:
    """The text of one field as the form writes it; None when it is empty or no single value."""
    return text_of(value_at(form, path))


def text_of(value: object) -> str | None:
    """The text of a field's value as the form writes it; None when it is empty or no single value."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value) if isinstance(value, str | int) else None


def with_texts(form: Form, texts: Mapping[str, str | None]) -> Form:
    """`form` with other texts at some paths. Raises NoSuchField when a path or a text does not fit."""
    data = form.model_dump()
    for path, text in texts.items():
        _put(data, path, text)
    try:
        return Form.model_validate(data)
    except ValidationError as error:
        raise NoSuchField(f"{error.errors()[0]['loc']}: {error.errors()[0]['msg']}") from error


def _put(data: dict[str, Any], path: str, text: str | None) -> None:
    *way, last = path.split("/")
    holder: object = data
    for part in way:
        holder = _opened(holder, part, path)
    _set(holder, last, text, path)


def _opened(holder: object, part: str, path: str) -> object:
    """What `part` of a dumped form leads to, open to change: a tuple becomes a list, a missing record {}."""
    if not isinstance(holder, dict):
        return _item(holder, part, path)
    record = cast("dict[str, object]", holder)
    inner = record.get(part)
    if inner is None:
        inner = dict[str, object]()
    elif isinstance(inner, tuple):
        inner = list(cast("tuple[object, ...]", inner))
    record[part] = inner
    return inner


def _item(holder: object, part: str, path: str) -> object:
    items = cast("list[object]", holder) if isinstance(holder, list) else []
    if not part.isdigit() or int(part) >= len(items):
        raise NoSuchField(path)
    return items[int(part)]


def _set(holder: object, part: str, value: object, path: str) -> None:
    if isinstance(holder, dict):
        cast("dict[str, object]", holder)[part] = value
    else:
        _item(holder, part, path)  # raises where there is none
        cast("list[object]", holder)[int(part)] = value
