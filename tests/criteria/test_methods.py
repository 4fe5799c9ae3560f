"""The methods of guides and practice: worked values, what they need, and when they are offered."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengliang.base.profile import load_profile
from hengliang.criteria.methods import (
    MethodError,
    fallback_code,
    fits_grade,
    is_over,
    method_codes,
    method_curve,
)
from hengliang.criteria.read import Status, read_criterion

PROFILE = load_profile("national-2015")
GUIDE = load_profile("national-2021")


@pytest.mark.parametrize(
    ("code", "operator", "target", "given", "low", "high"),
    [
        ("G1", "≥", "100", "100", "10.00", "10.00"),
        ("G1", "≥", "100", "99", "0.00", "0.00"),
        ("G1", ">", "100", "100", "0.00", "0.00"),
        ("G1", None, None, "是", "10.00", "10.00"),
        ("G2", "≥", "100", "59", "0.00", "0.00"),
        ("G2", "≥", "100", "60", "0.00", "0.00"),
        ("G2", "≥", "100", "70", "2.50", "2.50"),
        ("G2", "≥", "100", "90", "7.50", "7.50"),
        ("G2", "≥", "100", "100", "10.00", "10.00"),
        ("G2", "≥", "100", "130", "10.00", "10.00"),
        ("G3", None, None, "100", "10.00", "10.00"),
        ("G3", None, None, "99.99", "7.00", "7.00"),
        ("G3", None, None, "80", "7.00", "7.00"),
        ("G3", None, None, "60", "5.00", "5.00"),
        ("G3", None, None, "59.99", "0.00", "0.00"),
        ("G3", None, None, "101", "0.00", "10.00"),
        ("G4", "定性", None, "达成预期指标", "8.00", "10.00"),
        ("G4", "定性", None, "部分达成", "6.00", "8.00"),
        ("G4", "定性", None, "未达成", "0.00", "6.00"),
        ("G5", "≥", "90", "90", "10.00", "10.00"),
        ("G5", "≥", "90", "89.9", "8.00", "8.00"),
        ("G5", "≥", "90", "60", "5.00", "5.00"),
        ("G5", "≥", "90", "0", "0.00", "0.00"),
        ("X1", "≥", "100", "59", "5.90", "5.90"),
        ("X1", ">", "3", "1", "3.33", "3.33"),
        ("X1", "≥", "100", "250", "10.00", "10.00"),
        ("X2", "≤", "100", "100", "10.00", "10.00"),
        ("X2", "≤", "100", "150", "5.00", "5.00"),
        ("X2", "<", "100", "200", "0.00", "0.00"),
        ("X3", "≤", "100", "125", "8.00", "8.00"),
        ("X3", "≤", "100", "0", "10.00", "10.00"),
        ("X4", "=", "0", "0", "10.00", "10.00"),
        ("X4", "=", "0", "1", "0.00", "0.00"),
        ("X4", "=", "12", "15", "10.00", "10.00"),
        ("X5", "=", "0", "0", "10.00", "10.00"),
        ("X5", "≤", "0", "0.1", "0.00", "0.00"),
        ("X7", None, None, "87.56", "8.76", "8.76"),
        ("X7", None, None, "110", "10.00", "10.00"),
        ("X8", "≥", "60", "57", "8.50", "8.50"),
        ("X9", "≥", "90", "87.4", "9.00", "9.00"),
        ("X10", "≤", "100", "103", "8.50", "8.50"),
        ("X11", None, None, "3", "8.50", "8.50"),
        ("X12", None, None, "否", "0.00", "0.00"),
    ],
)
def test_worked_values(
    code: str, operator: str | None, target: str | None, given: str, low: str, high: str
) -> None:
    number = Decimal(target) if target is not None else None
    curve = method_curve(code, Decimal(10), operator, number, "", PROFILE, step=Decimal("0.5"))
    score = curve.score_at(given)
    assert (str(score.low), str(score.high)) == (low, high)
    assert curve.steps_at(given)
    assert curve.canonical.endswith("。")
    assert "{" not in str(curve.method.statement)
    assert curve.method.statement.say("zh_Hans") != str(curve.method.statement)


def test_every_method_says_where_it_comes_from() -> None:
    for code in method_codes():
        operator = "≤" if code in ("X2", "X3") else "≥"
        curve = method_curve(code, Decimal(7), operator, Decimal(50), "个", PROFILE, step=Decimal(1))
        assert curve.method.source
        assert curve.method.mark in ("S", "R", "D")
        assert curve.method.name.say("zh_Hans") != str(curve.method.name)
        assert curve.variables


@pytest.mark.parametrize(
    ("code", "points", "operator", "target", "step"),
    [
        ("X99", "10", "≥", "100", None),
        ("X1", "0", "≥", "100", None),
        ("X1", "10", "≥", None, None),
        ("X1", "10", "≥", "0", None),
        ("X1", "10", "≤", "100", None),
        ("G2", "10", "<", "100", None),
        ("X2", "10", "≥", "100", None),
        ("X8", "10", "≥", "100", None),
        ("X11", "10", None, None, "0"),
    ],
)
def test_what_a_method_cannot_do(
    code: str, points: str, operator: str | None, target: str | None, step: str | None
) -> None:
    with pytest.raises(MethodError):
        method_curve(
            code,
            Decimal(points),
            operator,
            Decimal(target) if target else None,
            "",
            PROFILE,
            step=Decimal(step) if step else None,
        )


@pytest.mark.parametrize(
    ("operator", "target", "national", "guide"),
    [
        ("≥", 100, "X1", "G2"),
        ("≤", 5, "X2", "X2"),
        ("≤", 0, "X5", "X5"),
        ("=", 0, "X5", "X5"),
        ("=", 3, "X4", "X4"),
        ("定性", None, "G4", "G4"),
        (None, None, "G1", "G1"),
        ("≥", 0, "G1", "G1"),
    ],
)
def test_the_profile_chooses(operator: str | None, target: int | None, national: str, guide: str) -> None:
    number = Fraction(target) if target is not None else None
    assert fallback_code(operator, number, PROFILE) == national
    assert fallback_code(operator, number, GUIDE) == guide


def test_place_in_the_form() -> None:
    assert fallback_code("≥", Fraction(90), PROFILE, "satisfaction") == "G5"
    assert fallback_code("≥", Fraction(100), PROFILE, "execution") == "X7"
    assert fallback_code("≥", Fraction(100), GUIDE, "execution") == "G3"


@settings(max_examples=200, deadline=None)
@given(
    target=st.integers(min_value=1, max_value=500),
    share=st.fractions(min_value=0, max_value=2),
    points=st.integers(min_value=1, max_value=30),
)
def test_the_pass_line_never_gives_more_than_the_proportion(
    target: int, share: Fraction, points: int
) -> None:
    with_line = method_curve("G2", Decimal(points), "≥", Decimal(target), "", PROFILE).curves
    plain = method_curve("X1", Decimal(points), "≥", Decimal(target), "", PROFILE).curves
    assert with_line is not None
    assert plain is not None
    one, other = with_line.low.at(share * target), plain.low.at(share * target)
    assert one is not None
    assert other is not None
    assert 0 <= one <= other <= points


@pytest.mark.parametrize(
    ("word", "typed", "fits"),
    [
        ("达成", "10", True),
        ("达成", "8", True),
        ("达成", "7.99", False),
        ("部分达成", "8", False),
        ("部分达成", "7.99", True),
        ("未达成", "6", False),
        ("未达成", "0", True),
        ("优", "9", None),
    ],
)
def test_points_typed_for_a_grade(word: str, typed: str, fits: bool | None) -> None:
    assert fits_grade(word, Decimal(typed), Decimal(10), PROFILE) is fits


def test_far_above_the_target() -> None:
    assert is_over(Decimal(130), Decimal(100), "≥", PROFILE)
    assert not is_over(Decimal("129.9"), Decimal(100), "≥", PROFILE)
    assert not is_over(Decimal(200), Decimal(100), "≤", PROFILE)


@pytest.mark.parametrize("sentence", ["", "  ", "项目通过相关组织的验收", "规划合理，具有可操作性，能…"])
def test_beside_the_interval(sentence: str) -> None:
    reading = read_criterion(sentence, Decimal(5), "≥", "100", "%", PROFILE)
    assert reading.status is Status.BOUNDED
    score = reading.score_at("50")
    assert score is not None
    assert (score.low, score.high) == (Decimal("0.00"), Decimal("5.00"))
    assert reading.fallback == "X1"
    assert reading.offer is not None
    offered = reading.offer.score_at("50")
    assert offered.low == offered.high == Decimal("2.50")


def test_a_sentence_with_arithmetic_offers_no_method() -> None:
    assert read_criterion("每降低1%扣1分", Decimal(5), "≥", "100", "%", PROFILE).offer is None
