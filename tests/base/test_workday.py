"""Working days by the holidays that a profile knows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.profile import load_profile
from hengliang.base.workday import is_known, working_days

PROFILE = load_profile("national-2015")
DAYS = st.dates(date(2021, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("earlier", "later", "days"),
    [
        (date(2024, 9, 30), date(2024, 10, 8), 1),
        (date(2024, 9, 27), date(2024, 9, 30), 2),
        (date(2025, 1, 24), date(2025, 2, 10), 6 + 1),
        (date(2023, 6, 21), date(2023, 6, 26), 2),
        (date(2025, 3, 3), date(2025, 3, 10), 5),
        (date(2025, 3, 3), date(2025, 3, 3), 0),
        (date(2025, 3, 3), date(2025, 3, 1), 0),
    ],
)
def test_holidays_and_shifted_days(earlier: date, later: date, days: int) -> None:
    assert working_days(earlier, later, PROFILE) == days


@pytest.mark.parametrize(("year", "days"), [(2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_a_whole_year(year: int, days: int) -> None:
    assert working_days(date(year - 1, 12, 31), date(year, 12, 31), PROFILE) == days


def test_years_without_a_calendar_count_weekdays() -> None:
    assert working_days(date(2030, 9, 27), date(2030, 10, 4), PROFILE) == 5
    assert not is_known(date(2030, 9, 27), date(2030, 10, 4), PROFILE)
    assert is_known(date(2024, 12, 30), date(2025, 1, 3), PROFILE)


def test_a_slip_in_a_year_is_refused() -> None:
    assert working_days(date(202, 1, 1), date(2025, 1, 1), PROFILE) is None


@given(DAYS, DAYS, DAYS)
def test_stretches_add_up(one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))
    parts = [working_days(first, middle, PROFILE), working_days(middle, last, PROFILE)]
    assert sum(part or 0 for part in parts) == working_days(first, last, PROFILE)


@given(DAYS)
def test_a_day_is_worked_or_not(day: date) -> None:
    assert working_days(day - timedelta(1), day, PROFILE) in (0, 1)
