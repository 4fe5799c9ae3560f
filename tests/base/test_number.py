from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.number import (
    Quantity,
    find_quantities,
    plain,
    read_number,
    read_numeral,
    read_quantity,
    round_half_up,
    write_numeral,
)
from hengliang.base.text import narrow

NUMBERS = st.decimals(min_value=-(10**15), max_value=10**15, allow_nan=False, allow_infinity=False, places=4)
WIDE = str.maketrans("0123456789.-,", "０１２３４５６７８９．－，")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("60", "60"),
        (" 97.30 ", "97.30"),
        ("１２．５", "12.5"),
        ("387,664.62", "387664.62"),
        ("1，200", "1200"),
        ("-5", "-5"),
        ("−5.0", "-5.0"),
        ("+3", "3"),
        ("0.00", "0.00"),
    ],
)
def test_read_number(text: str, number: str) -> None:
    found = read_number(text)
    assert found is not None
    assert plain(found) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "95%",
        "1:500",
        "1：500",
        "50-60",
        "1,20",
        "1,2345",
        "1.2.3",
        ".5",
        "5.",
        "1e5",
        "十二",
        "٣",
        "NaN",
        "1 2",
        "9" * 65,
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert read_number(text) is None


@given(NUMBERS)
def test_a_written_number_is_read_back(number: Decimal) -> None:
    assert read_number(plain(number)) == number
    assert read_number(plain(number).translate(WIDE)) == number
    grouped = f"{number:,f}"
    assert read_number(grouped) == number
    assert read_number(grouped.translate(WIDE)) == number
    found = read_number(plain(number))
    assert found is not None
    assert plain(found) == plain(number)


@given(st.text())
def test_a_number_is_made_of_the_digits_printed(text: str) -> None:
    number = read_number(text)
    if number is not None:
        printed = "".join(char for char in narrow(text) if char in "0123456789.")
        assert Decimal(printed) == number.copy_abs()


@pytest.mark.parametrize(
    ("number", "places", "rounded"),
    [("2.345", 2, "2.35"), ("2.3449", 2, "2.34"), ("-0.5", 0, "-1"), ("89.995", 2, "90.00"), ("5", 1, "5.0")],
)
def test_round_half_up(number: str, places: int, rounded: str) -> None:
    assert plain(round_half_up(Decimal(number), places)) == rounded


def test_rounding_is_not_bound_by_the_precision_of_the_context() -> None:
    assert plain(round_half_up(Decimal("1" * 40 + ".005"))) == "1" * 40 + ".01"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十二", 12),
        ("一十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("三千五百", 3500),
        ("两万", 20000),
        ("一万零五百", 10500),
        ("一亿零三", 100000003),
        ("十亿零五百万", 1005000000),
        ("二〇二三", 2023),
        ("壹佰贰拾叁", 123),
        ("零", 0),
    ],
)
def test_read_numeral(text: str, number: int) -> None:
    assert read_numeral(text) == number


def test_numeral_with_places() -> None:
    assert read_numeral("十二点零五") == Decimal("12.05")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "百",
        "一百五",
        "三千五",
        "一二",
        "十十",
        "万",
        "百姓",
        "三百二",
        "千万",
        "一点",
        "12",
        "一零",
        "亿万",
        "十二点",
    ],
)
def test_numerals_of_two_readings_are_none(text: str) -> None:
    assert read_numeral(text) is None


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_a_written_numeral_is_read_back(number: int) -> None:
    assert read_numeral(write_numeral(number)) == number


@pytest.mark.parametrize("number", [-1, 10**12])
def test_numerals_have_bounds(number: int) -> None:
    with pytest.raises(ValueError, match="between"):
        write_numeral(number)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("200万", "200", "万"),
        ("1.2 万亩", "1.2", "万亩"),
        ("46万元", "46", "万元"),
        ("９５％", "95", "%"),
        ("95百分比", "95", "百分比"),
        ("300元/亩", "300", "元/亩"),
        ("百分之九十五", "95", "%"),
        ("百分之0", "0", "%"),
        ("千分之三", "3", "‰"),
        ("两次", "2", "次"),
        ("三个月", "3", "个月"),
        ("1,093.50万元", "1093.50", "万元"),
        ("12", "12", None),
        ("-3.5%", "-3.5", "%"),
    ],
)
def test_read_quantity(text: str, number: str, unit: str | None) -> None:
    found = read_quantity(text)
    assert found is not None
    assert (plain(found.number), found.unit) == (number, unit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "每亩300元",
        "300余人",
        "50-60人",
        "1:500",
        "十二月",
        "三类",
        "二期",
        "十分",
        "一流",
        "百分之百分",
        "约50人",
        "第5次",
        "5G",
        "万元",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert read_quantity(text) is None


@given(
    NUMBERS,
    st.sampled_from(
        ["", "%", "‰", "万元", "亩", "万人次", "元/亩", "次/年", "个工作日", "台（套）", "m²", "万"]
    ),
)
def test_a_written_quantity_is_read_back(number: Decimal, unit: str) -> None:
    assert read_quantity(plain(number) + unit) == Quantity(number, unit or None)


def test_find_quantities() -> None:
    text = "2023年建设100处，投资1.2万元/处，1：500地形图，按GB50300验收，50-60人，合格率９５％以上"
    found = find_quantities(text)
    assert [(plain(one.quantity.number), one.quantity.unit, text[one.start : one.end]) for one in found] == [
        ("2023", "年", "2023年"),
        ("100", "处", "100处"),
        ("1.2", "万元/处", "1.2万元/处"),
        ("95", "%", "９５％"),
    ]


@given(st.text(alphabet="0123456789.,，:：-%万元亩处A 第~"))
def test_found_quantities_stand_where_they_say(text: str) -> None:
    end = 0
    for one in find_quantities(text):
        assert end <= one.start < one.end <= len(text)
        end = one.end
        assert read_quantity(text[one.start : one.end]) == one.quantity
