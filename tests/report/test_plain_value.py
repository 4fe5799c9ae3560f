"""Measured values for JSON: nothing that people are judged by becomes a binary number."""

from datetime import date
from decimal import Decimal

from hengliang.report.plain_value import plain_value

VALUE = {"share": Decimal("1E+2"), "rows": 3, "days": (date(2023, 6, 30), None), "held": True}


def test_decimals_and_dates_are_text_and_whole_numbers_stay() -> None:
    assert plain_value(VALUE) == {"share": "100", "rows": 3, "days": ["2023-06-30", None], "held": True}


def test_whole_numbers_may_be_text_too() -> None:
    made = plain_value(VALUE, whole_as_text=True)
    assert made == {"share": "100", "rows": "3", "days": ["2023-06-30", None], "held": True}
