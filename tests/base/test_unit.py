import tomllib
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.unit import Dimension, convert, convertible, exact_decimal, unit_at, unit_of

DATA = tomllib.loads((files("hengliang") / "base" / "units.toml").read_text(encoding="utf-8"))
SIMPLE = [
    symbol
    for dimension in Dimension
    for part in (DATA.get(dimension.value, {}), DATA.get(dimension.value, {}).get("months", {}))
    for symbol in (*part.get("units", {}), *part.get("words", []))
]
FIGURES = st.decimals(min_value=0, max_value=10**12, places=3, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("text", "dimension", "base"),
    [
        ("家", Dimension.COUNT, "家"),
        ("人次", Dimension.COUNT, "人次"),
        ("万人次", Dimension.COUNT, "人次"),
        ("万", Dimension.COUNT, ""),
        ("%", Dimension.RATIO, "%"),
        ("‰", Dimension.RATIO, "%"),
        ("个百分点", Dimension.POINTS, "个百分点"),
        ("分", Dimension.SCORE, "分"),
        ("亿元", Dimension.MONEY, "元"),
        ("美元", Dimension.MONEY, "美元"),
        ("万亩", Dimension.AREA, "亩"),
        ("km²", Dimension.AREA, "亩"),
        ("公里", Dimension.LENGTH, "米"),
        ("公斤", Dimension.MASS, "千克"),
        ("万立方米", Dimension.VOLUME, "立方米"),
        ("个月", Dimension.DURATION, "个月"),
        ("工作日", Dimension.DURATION, "工作日"),
        ("小时", Dimension.DURATION, "秒"),
        ("万千瓦时", Dimension.ENERGY, "千瓦时"),
        ("千瓦", Dimension.POWER, "千瓦"),
        ("℃", Dimension.OTHER, "℃"),
        ("元/亩", Dimension.MONEY_RATE, "元/亩"),
        ("万元/处", Dimension.MONEY_RATE, "元/处"),
        ("次/年", Dimension.RATE, "次/个月"),
        ("元/人·年", Dimension.MONEY_RATE, "元/人·个月"),
    ],
)
def test_dimension_and_base(text: str, dimension: Dimension, base: str) -> None:
    unit = unit_of(text)
    assert unit is not None
    assert (unit.symbol, unit.dimension, unit.base) == (text, dimension, base)


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("百分比", "%"),
        ("％", "%"),
        ("㎡", "m²"),
        ("万㎡", "万m²"),
        ("万kwh", "万kWh"),
        ("万人（次）", "万人次"),
        ("KM", "km"),
        ("个工作日", "工作日"),
        ("台（套）", "台套"),
        ("场(次)", "场次"),
        ("人/次", "人次"),
        ("（万元）", "万元"),
        ("元每亩", "元/亩"),
        ("元／人／年", "元/人·年"),
        (" 万 元 ", "万元"),
        ("个村", "个村"),
    ],
)
def test_spellings_of_one_unit(text: str, symbol: str) -> None:
    unit = unit_of(text)
    assert unit is not None
    assert unit.symbol == symbol


@pytest.mark.parametrize(
    "text", [None, "", "/", "无", "60", "有效推进", "万%", "元/", "/亩", "个高兴", "元/有效", "亩" * 30]
)
def test_what_is_no_unit(text: str | None) -> None:
    assert unit_of(text) is None


@pytest.mark.parametrize(
    ("text", "canonical"),
    [("月", "个月"), ("个月", "个月"), ("万方", "万立方米"), ("次/月", "次/月"), ("家", "家")],
)
def test_what_should_be_written(text: str, canonical: str) -> None:
    unit = unit_of(text)
    assert unit is not None
    assert unit.canonical == canonical


@pytest.mark.parametrize("symbol", SIMPLE)
def test_every_unit_of_the_table_is_known_by_its_symbol(symbol: str) -> None:
    unit = unit_of(symbol)
    assert unit is not None
    assert unit.symbol == symbol
    base = unit_of(unit.base)
    assert base is not None
    assert base.dimension == unit.dimension
    assert base.scale == 1
    canonical = unit_of(unit.canonical)
    assert canonical is not None
    assert canonical.canonical == unit.canonical
    assert canonical.scale == unit.scale


@pytest.mark.parametrize("spelling", DATA["aliases"])
def test_every_spelling_of_the_table_is_a_unit(spelling: str) -> None:
    assert unit_of(spelling) == unit_of(DATA["aliases"][spelling])


@pytest.mark.parametrize(
    ("number", "unit", "other", "result"),
    [
        ("5", "万元", "元", "50000"),
        ("80000", "元", "万元", "8"),
        ("2.6", "亿元", "万元", "26000"),
        ("1.5", "公顷", "亩", "22.5"),
        ("1", "km²", "公顷", "100"),
        ("2", "年", "个月", "24"),
        ("3", "季度", "月", "9"),
        ("2", "天", "小时", "48"),
        ("5", "‰", "%", "0.5"),
        ("2", "倍", "%", "200"),
        ("3", "次/月", "次/年", "36"),
        ("15", "元/公顷", "元/亩", "1"),
        ("1", "万千瓦时", "kWh", "10000"),
    ],
)
def test_convert(number: str, unit: str, other: str, result: str) -> None:
    one, two = unit_of(unit), unit_of(other)
    assert one is not None
    assert two is not None
    assert exact_decimal(convert(Decimal(number), one, two)) == Decimal(result)


@pytest.mark.parametrize(
    ("unit", "other"),
    [
        ("人", "名"),
        ("元", "美元"),
        ("%", "个百分点"),
        ("年", "天"),
        ("工作日", "天"),
        ("元/亩", "元"),
        ("次/年", "人/年"),
    ],
)
def test_what_does_not_measure_the_same(unit: str, other: str) -> None:
    one, two = unit_of(unit), unit_of(other)
    assert one is not None
    assert two is not None
    assert not convertible(one, two)
    with pytest.raises(ValueError, match="cannot be written"):
        convert(Decimal(1), one, two)


def test_a_result_without_end_is_no_decimal() -> None:
    mu, square_metre = unit_of("亩"), unit_of("平方米")
    assert mu is not None
    assert square_metre is not None
    result = convert(Decimal(1), mu, square_metre)
    assert result == Fraction(2000, 3)
    assert exact_decimal(result) is None


@given(FIGURES, st.sampled_from(SIMPLE), st.sampled_from(SIMPLE))
def test_conversion_there_and_back_is_exact(number: Decimal, symbol: str, other_symbol: str) -> None:
    unit, other = unit_of(symbol), unit_of(other_symbol)
    assert unit is not None
    assert other is not None
    if convertible(unit, other):
        there = convert(number, unit, other)
        assert there * other.scale == Fraction(number) * unit.scale
        written = exact_decimal(there)
        if written is not None:
            assert Fraction(written) == there
            assert convert(written, other, unit) == Fraction(number)


@given(st.fractions(max_denominator=10**6))
def test_exact_decimal(number: Fraction) -> None:
    written = exact_decimal(number)
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        assert written is not None
        assert Fraction(written) == number
    else:
        assert written is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("万亩以上", "万亩"),
        ("平方公里", "平方公里"),
        ("%（含）", "%"),
        ("元/亩左右", "元/亩"),
        ("场（次）", "场（次）"),
        ("个工作日内", "个工作日"),
        ("个百分点", "个百分点"),
        ("min", "min"),
        ("mx", ""),
        ("完成", ""),
        ("", ""),
    ],
)
def test_unit_at(text: str, unit: str) -> None:
    assert unit_at(text) == unit
    assert unit_at("12" + text, 2) == unit


@given(st.text())
def test_a_unit_found_in_a_text_is_a_unit(text: str) -> None:
    found = unit_at(text)
    assert text.startswith(found)
    assert not found or unit_of(found) is not None
