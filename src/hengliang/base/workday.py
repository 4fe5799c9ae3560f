"""Working days (工作日) by the days off that a profile knows.

Source: the yearly notice of the State Council's General Office on public holidays, as `calendar.off` and
`calendar.worked` of the profile.
"""

from datetime import date, timedelta
from functools import cache

from hengliang.base.profile import Profile

_SATURDAY = 5
_MOST_DAYS = 20000
"""Longer than any delay; a slip in a year must not take minutes."""


def working_days(earlier: date, later: date, profile: Profile) -> int | None:
    """Working days after `earlier` until `later`, that one included; 0 when it is not later.

    None for a stretch of more than fifty years. Years without a calendar count Monday to Friday:
    `is_known` tells.
    """
    days = (later - earlier).days
    if days > _MOST_DAYS:
        return None
    return sum(_is_worked(earlier + timedelta(step), profile) for step in range(1, days + 1))


def is_known(earlier: date, later: date, profile: Profile) -> bool:
    """Whether the profile has the calendar of every year between the two days."""
    years = profile.table("calendar.off")
    return all(str(year) in years for year in range(earlier.year, later.year + 1))


def _is_worked(day: date, profile: Profile) -> bool:
    off, worked = _year(day.year, profile)
    return day in worked or (day.weekday() < _SATURDAY and day not in off)


@cache
def _year(year: int, profile: Profile) -> tuple[frozenset[date], frozenset[date]]:
    """The days off and the weekend days worked of one year; none where the profile does not know it."""
    if str(year) not in profile.table("calendar.off"):
        return frozenset(), frozenset()
    off: set[date] = set()
    for stretch in profile.words(f"calendar.off.{year}"):
        first, last = (date.fromisoformat(f"{year}-{end}") for end in stretch.split("/"))
        off.update(first + timedelta(step) for step in range((last - first).days + 1))
    worked = {date.fromisoformat(f"{year}-{day}") for day in profile.words(f"calendar.worked.{year}")}
    return frozenset(off), frozenset(worked)
