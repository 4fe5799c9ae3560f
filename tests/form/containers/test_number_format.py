"""Numbers as a person sees them in a cell."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.form.containers.number_format import BUILT_IN, GENERAL, shown

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("stored", "code", "expected"),
    [
        ("0.95", "0%", "95%"),
        ("0.99970000000000003", "0.00%", "99.97%"),
        ("0.99970000000000003", GENERAL, "0.9997"),
        ("0.30000000000000004", GENERAL, "0.3"),
        ("2300", "#,##0.00", "2,300.00"),
        ("1234567.891", "#,##0.0", "1,234,567.9"),
        ("1234.5", "#,###.00", "1,234.50"),
        ("5", "0.##", "5"),
        ("5.5", "0.##", "5.5"),
        ("0.5", "#.00", ".50"),
        ("2.5", "0", "3"),
        ("1234567", "0.0,", "1234.6"),
        ("1234567", "#,##0,", "1,235"),
        ("-5.126", "0.00", "-5.13"),
        ("-5", "0.00_);(0.00)", "(5.00)"),
        ("0", "#,##0;-#,##0;-", "-"),
        ("0", ACCOUNTING, "-"),
        ("12", ACCOUNTING, "12.00"),
        ("5", '0"个"', "5个"),
        ("5", '"≥"0"%"', "≥5%"),
        ("5", r"\≥0\%", "≥5%"),
        ("1", "000", "001"),
        ("123456", "000-0000", "012-3456"),
        ("1234", "[$¥-804]#,##0.00", "¥1,234.00"),
        ("3", "[>=2]0;[Red]-0", "3"),
        ("12345", "0.00E+00", "1.23E+04"),
        ("100", "G/通用格式", "100"),
        ("100", 'G/通用格式"元"', "100元"),
        ("0.5", "# ?/?", "0.5"),
        ("5", ";;;", ""),
        ("1E-3", GENERAL, "0.001"),
        ("12345678900", GENERAL, "12345678900"),
        ("abc", "0", "abc"),
        ("1E+400", "0", "1E+400"),
    ],
)
def test_numbers(stored: str, code: str, expected: str) -> None:
    assert shown(stored, code) == expected


@pytest.mark.parametrize(
    ("stored", "code", "expected"),
    [
        ("44927", BUILT_IN[14], "2023/1/1"),
        ("44927", 'yyyy"年"m"月"d"日";@', "2023年1月1日"),
        ("44927.5", "yyyy-mm-dd hh:mm:ss", "2023-01-01 12:00:00"),
        ("44927.5625", "h:mm AM/PM", "1:30 PM"),
        ("44927.5625", '上午/下午h"时"mm"分"', "下午1时30分"),
        ("44927", "aaaa", "星期日"),
        ("44927", "d-mmm-yy", "1-Jan-23"),
        ("44927", '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二三年一月一日"),
        ("1.5", "[h]:mm", "36:00"),
        ("0.0625", "mm:ss", "30:00"),
        ("1", "yyyy/m/d", "1900/1/1"),
        ("61", "yyyy/m/d", "1900/3/1"),
        ("99999999", "yyyy", "99999999"),
        ("-1", "yyyy", "-1"),
    ],
)
def test_dates(stored: str, code: str, expected: str) -> None:
    assert shown(stored, code) == expected


def test_dates_count_from_1904_where_the_workbook_says_so() -> None:
    assert shown("43465", "yyyy/m/d", True) == "2023/1/1"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_general_keeps_the_number(number: Decimal) -> None:
    assert Decimal(shown(str(number), GENERAL)) == number


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_grouping_and_decimals_change_no_digit(hundredths: int, places: int) -> None:
    number = Decimal(hundredths).scaleb(-places)
    code = "#,##0" + ("." + "0" * places if places else "")
    assert Decimal(shown(str(number), code).replace(",", "")) == number


@given(st.text(max_size=12), st.text(alphabet='0#?.,%E+-/"\\_*[]$@;ymdhs年月日 gG', max_size=24))
def test_any_format_shows_something(stored: str, code: str) -> None:
    assert isinstance(shown(stored, code), str)
    assert isinstance(shown("44927.25", code), str)
