"""Windows of rounds, of every year or of one."""

from datetime import date

import pytest

from hengliang.measure.period import fiscal_year
from hengliang.measure.windows import windows


def test_windows_are_in_their_order_and_of_the_year() -> None:
    given = {"windows_POST": ["10-01", "12-31"], "windows_PRE": ("01-01", "02-29"), "radius": 3}
    assert [*windows(given, fiscal_year(2023)).items()] == [
        ("PRE", (date(2023, 1, 1), date(2023, 2, 28))), ("POST", (date(2023, 10, 1), date(2023, 12, 31))),
    ]  # fmt: skip
    assert windows(given, fiscal_year(2024))["PRE"] == (date(2024, 1, 1), date(2024, 2, 29))


def test_days_of_one_year() -> None:
    found = windows({"windows_IN": ["2023-04-01", "2023-09-30"]}, fiscal_year(2024))
    assert found == {"IN": (date(2023, 4, 1), date(2023, 9, 30))}


def test_what_is_no_day() -> None:
    with pytest.raises(ValueError, match="month"):
        windows({"windows_IN": ["2023-13-01", "2023-09-30"]}, fiscal_year(2023))
