"""When a form was filled in, and up to which month it reports."""

import re
from datetime import date
from functools import lru_cache

from hengliang.base.period import read_date
from hengliang.form.model import Form


def signed_on(form: Form) -> date | None:
    """The day of 填报日期; None when there is none that names a whole day."""
    return _day(form.signoff.date) if form.signoff and form.signoff.date else None


@lru_cache(maxsize=4096)
def _day(text: str) -> date | None:
    when = read_date(text)
    return when.last_day() if when is not None and when.day is not None else None


_NUMBER = re.compile(r"\d+")


@lru_cache(maxsize=256)
def last_month(months: str | None) -> int | None:
    """The last month that a monitoring table covers: 7 for `1-7`; None when it is not stated."""
    numbers = [int(number) for number in _NUMBER.findall(months or "")]
    return numbers[-1] if numbers and 1 <= numbers[-1] <= 12 else None
