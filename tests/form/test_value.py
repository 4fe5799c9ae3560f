from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.unit import unit_of
from hengliang.form.value import DateValue, NumberValue, TextValue, value_of


def test_a_number_has_its_unit() -> None:
    assert value_of("≥", "1.2", "万亩") == NumberValue(Decimal("1.2"), unit_of("万亩"))
    assert value_of(None, "-5", "%") == NumberValue(Decimal(-5), unit_of("%"))


def test_a_number_without_a_known_unit() -> None:
    assert value_of("≥", "5", None) == NumberValue(Decimal(5), None)
    assert value_of("≥", "5", "棚") == NumberValue(Decimal(5), None)


@pytest.mark.parametrize(
    ("target", "value"),
    [
        ("12月底", DateValue(None, 12, 31)),
        ("2023年12月31日", DateValue(2023, 12, 31)),
        ("2023年12月底完成", DateValue(2023, 12, 31)),
        ("2020年10月完成", DateValue(2020, 10, None)),
        ("2023-06-30", DateValue(2023, 6, 30)),
        ("第三季度", DateValue(None, 9, None)),
        ("2023年", DateValue(2023, None, None)),
    ],
)
def test_dates(target: str, value: DateValue) -> None:
    assert value_of("≤", target, None) == value


def test_a_number_of_years_that_is_a_year() -> None:
    assert value_of("≤", "2023", "年") == DateValue(2023, None, None)
    assert value_of("≤", "3", "年") == NumberValue(Decimal(3), unit_of("年"))
    assert value_of("≤", "2023", "元") == NumberValue(Decimal(2023), unit_of("元"))


@pytest.mark.parametrize("target", ["有效推进", "85-90%", "每季度末", "完成2次培训,1份报告", "长" * 200])
def test_words(target: str) -> None:
    assert value_of("定性", target, "%") == TextValue(target)


def test_nothing_is_no_value() -> None:
    assert value_of("≥", None, "%") is None


def test_the_last_day_of_a_date() -> None:
    assert DateValue(None, 12, 31).last_day(2023) == date(2023, 12, 31)
    assert DateValue(2020, 10, None).last_day(2023) == date(2020, 10, 31)
    assert DateValue(None, 6, 30).last_day(None) is None


@given(st.text(), st.one_of(st.none(), st.text(max_size=8)))
def test_every_target_has_a_value(target: str, unit: str | None) -> None:
    assert value_of(None, target, unit) is not None
