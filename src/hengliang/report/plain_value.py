"""A measured value as JSON has it: numbers that people are judged by as text, so that nothing rounds them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast


def plain_value(value: object, whole_as_text: bool = False) -> Any:
    """Decimals and dates as text, lists and mappings part by part; whole numbers as they are, or as text."""
    if isinstance(value, Mapping):
        items = cast("Mapping[str, object]", value).items()
        return {str(name): plain_value(each, whole_as_text) for name, each in items}
    if isinstance(value, list | tuple):
        return [plain_value(each, whole_as_text) for each in cast("list[object]", value)]
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int) and not whole_as_text:
        return value
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
