"""Values of typed files as the text that a person would fill in."""

from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any


def as_text(value: Any) -> str | None:
    """A value as text; None for what is missing. Lists are joined by ；, whole numbers have no point."""
    match value:
        case None:
            return None
        case bool():
            return "Y" if value else "N"
        case float():
            if not isfinite(value):
                return None
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case Decimal():
            return f"{value:f}"
        case datetime() | date():
            return value.isoformat()
        case list() | tuple():
            parts: list[Any] = list(value)  # pyright: ignore[reportUnknownArgumentType]
            return "；".join(text for part in parts if (text := as_text(part)) is not None) or None
        case _:
            return str(value).strip() or None
