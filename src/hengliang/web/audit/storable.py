"""What a database can hold as text: PostgreSQL takes no NUL, and none takes half of a character."""

import json
from typing import Any


def loads(content: str | bytes) -> Any:
    """Reads JSON that can be kept. Raises ValueError for other content, and for texts and numbers in it that
    no database can hold."""
    data = json.loads(content, parse_constant=_no_number)
    _check(data)
    return data


def _no_number(name: str) -> None:
    raise ValueError(name)


def _check(data: Any) -> None:
    if isinstance(data, str):
        if "\0" in data:
            raise ValueError("NUL")
        data.encode()
    elif isinstance(data, dict):
        for name, value in data.items():
            _check(name)
            _check(value)
    elif isinstance(data, list):
        for value in data:
            _check(value)
