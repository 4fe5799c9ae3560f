"""Numbers of the database on pages: as somebody wrote them, never as powers of ten."""

from decimal import Decimal

import pytest

from hengliang.web.evaluation.scoring import as_written
from hengliang.web.evaluation.shown import runs
from hengliang.web.evaluation.templatetags.written import written


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Decimal("12345.670000"), "12345.67"),
        (Decimal("100.0000"), "100"),
        (Decimal("0.000000"), "0"),
        (None, ""),
        ("", ""),
    ],
)
def test_a_number(number: object, text: str) -> None:
    assert written(number) == text


def test_numbers_that_follow_one_another_are_one_run() -> None:
    assert runs([1, 2, 3, 5, 7, 8]) == ["1–3", "5", "7–8"]
    assert runs([4]) == ["4"]
    assert runs([]) == []


def test_money_is_printed_without_the_places_of_its_column() -> None:
    for number, text in (("12345.670000", "12345.67"), ("5.0000", "5.00"), ("1.234000", "1.234")):
        assert str(as_written(Decimal(number))) == text
