"""Actual values beside their targets."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.profile import load_profile
from hengliang.form.model import Indicator
from hengliang.form.reached import Direction, TextGrade, convert, in_unit, text_grade
from hengliang.review.attained import Reached, direction, figure, gives_reason, is_blank, reached, with_unit
from hengliang.review.row import Row

PROFILE = load_profile("national-2015")


def row(**fields: object) -> Row:
    return Row(0, Indicator.model_validate({"name": "核查数量", **fields}))


@pytest.mark.parametrize(
    ("fields", "way"),
    [
        ({"operator": "≥"}, Direction.UP),
        ({"operator": "<"}, Direction.DOWN),
        ({"operator": "="}, Direction.EXACT),
        ({"operator": "定性"}, None),
        ({"unit": "家"}, Direction.UP),
        ({"name": "公用经费控制率", "unit": "%"}, Direction.DOWN),
        ({"level2": "成本指标", "unit": "万元"}, Direction.DOWN),
        ({"level2": "时效指标", "unit": "工作日"}, Direction.DOWN),
        ({"level2": "时效指标", "name": "按期完成率", "unit": "%"}, Direction.UP),
        ({"level2": "经济效益指标", "unit": "万元"}, Direction.UP),
    ],
)
def test_direction(fields: dict[str, object], way: Direction | None) -> None:
    assert direction(row(target="10", **fields), PROFILE) is way


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("57", "家", "57"),
        ("≥90%", "%", "90"),
        ("1.2亿元", "万元", "12000"),
        ("3,820.5", "万元", "3820.5"),
        ("2公顷", "亩", "30"),
        ("20万元", None, None),
        ("300余人", "人", None),
        ("完成2次培训,1份报告", "次", None),
        ("5人", "家", None),
        ("完成", "家", None),
    ],
)
def test_amount_in_the_unit_of_the_row(text: str, unit: str | None, number: str | None) -> None:
    assert in_unit(text, unit) == (Decimal(number) if number else None)


def test_reached_compares_numbers() -> None:
    half = reached(row(operator="≥", target="60", unit="家"), "30", PROFILE)
    assert half == Reached(Direction.UP, True, Decimal(60), Decimal(30))
    assert half is not None and half.percent == 50


@pytest.mark.parametrize(
    ("operator", "target", "actual", "short"),
    [
        ("≥", "60", "60", False),
        (">", "60", "60", False),
        ("≤", "60", "60", False),
        ("≤", "60", "60.01", True),
        ("=", "60", "61", False),
        ("=", "60", "59", True),
        ("=", "0", "1", True),
        ("≤", "11月底", "11月30日", False),
        ("≤", "11月底", "12月1日", True),
        ("≤", "2023年11月底", "2024年1月", True),
    ],
)
def test_short_of_the_target(operator: str, target: str, actual: str, short: bool) -> None:
    result = reached(row(operator=operator, target=target), actual, PROFILE)
    assert result is not None
    assert result.short is short


def test_nothing_to_compare() -> None:
    assert reached(row(operator="≥", target="60"), None, PROFILE) is None
    assert reached(row(operator="定性", target="有效"), "有效", PROFILE) is None
    assert reached(row(target="显著提升"), "60", PROFILE) is None
    assert reached(row(operator="≥", target="60", unit="家"), "过半", PROFILE) is None


def test_percent_of_a_target_of_nothing() -> None:
    none = reached(row(operator="=", target="0", unit="起"), "2", PROFILE)
    assert none is not None and none.percent is None


amounts = st.decimals(min_value=0, max_value=10**9, places=4)


@given(amounts, st.sampled_from([("元", "万元"), ("亩", "公顷"), ("万亩", "亩"), ("米", "公里")]))
def test_conversion_there_and_back(number: Decimal, pair: tuple[str, str]) -> None:
    there = convert(number, *pair)
    assert there is not None
    back = convert(there, *reversed(pair))
    assert back is not None
    assert abs(back - number) <= Decimal("1e-12") * max(number, Decimal(1))


@given(amounts, amounts)
def test_up_and_down_never_both_fall_short(target: Decimal, actual: Decimal) -> None:
    both = [reached(row(operator=sign, target=f"{target:f}"), f"{actual:f}", PROFILE) for sign in ("≥", "≤")]
    assert [one.short for one in both if one] == [actual < target, actual > target]


@pytest.mark.parametrize(
    ("words", "grade"),
    [
        ("达成预期指标", TextGrade.MET),
        ("部分达成年度指标并具有一定效果", TextGrade.PARTLY),
        ("未达成年度指标且效果较差", TextGrade.MISSED),
        ("未完成。", TextGrade.MISSED),
        ("完成", TextGrade.MET),
        ("完成80%", None),
        ("完成部分任务", None),
        ("有效", None),
        (None, None),
    ],
)
def test_grade_named_by_words(words: str | None, grade: TextGrade | None) -> None:
    assert text_grade(words, PROFILE) is grade


@pytest.mark.parametrize("text", [None, "", " ", "无", "无。", "/", "——", "无偏差"])
def test_blank(text: str | None) -> None:
    assert is_blank(text, PROFILE)


def test_a_reason_is_more_than_points() -> None:
    assert not gives_reason(row(remark="3分"), PROFILE)
    assert not gives_reason(row(reason="无", remark=None), PROFILE)
    assert gives_reason(row(remark="省级新标准"), PROFILE)
    assert gives_reason(row(basis="计划标准"), PROFILE)


@pytest.mark.parametrize(
    ("number", "text"),
    [("100.00", "100"), ("0", "0"), ("2.345", "2.35"), ("1E+3", "1000"), ("-1.50", "-1.5")],
)
def test_figure(number: str, text: str) -> None:
    assert figure(Decimal(number)) == text


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_figure_of_any_number(number: Decimal) -> None:
    assert Decimal(figure(number)).is_finite()


def test_number_with_unit_in_both_languages() -> None:
    said = with_unit("98", "%")
    assert not isinstance(said, str)
    assert (said.say("en"), said.say("zh_Hans")) == ("98 %", "98%")
    assert with_unit("98", None) == "98"
