"""Windows of the year in which a round of work must happen: `windows_PRE = ["01-01", "03-31"]`.

Days of every year, or of one year (`2023-01-01`); both ends are included.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from hengliang.measure.period import Period

Window = tuple[date, date]


def windows(parameters: Mapping[str, Any], period: Period) -> dict[str, Window]:
    """The windows of the rounds, by the names of the rounds, in order. Raises ValueError for no dates."""
    found: dict[str, Window] = {}
    for name, value in parameters.items():
        if name.startswith("windows_") and isinstance(value, list | tuple):
            first, last = (_day(str(text), period.end.year) for text in cast("list[object]", value))
            found[name.removeprefix("windows_")] = (first, last)
    return dict(sorted(found.items(), key=lambda each: each[1]))


def _day(text: str, year: int) -> date:
    if len(text) > len("01-01"):
        return date.fromisoformat(text)
    month, day = (int(part) for part in text.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))
