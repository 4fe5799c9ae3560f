"""Functions of the expression language: each over rows of a table."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from hengliang.measure.expression import expression
from hengliang.measure.period import fiscal_year
from tests.measure.loading import table

TYPES = {
    "id": "text",
    "a": "date",
    "b": "date",
    "c": "date",
    "t": "text",
    "n": "decimal",
    "e": "decimal",
    "k": "int",
}


def holds(text: str, **values: str) -> object:
    """What an expression makes of one row."""
    made = table("t", TYPES, [["1", *(values.get(name) for name in list(TYPES)[1:])]])
    frame = made.frame.select(x=expression(text).build(fiscal_year(2023), {"steps": ("20:3", "40:5")}))
    return frame.collect().rows()[0][0]


def test_in_order_passes_over_what_is_missing() -> None:
    assert holds("in_order(a, b, c)", a="2023-01-01", c="2023-01-01")
    assert not holds("in_order(a, b, c)", a="2023-01-02", c="2023-01-01")
    assert holds("in_order(a, b, c)")


def test_near_is_exact() -> None:
    assert holds("near(n, e, 0.05)", n="0.03", e="-0.04")
    assert not holds("near(n, e, 0.05)", n="0.03", e="0.0401")
    assert not holds("near(n, e, 0.05)", n="-38000000", e="0")
    assert holds("near(n, e, 0.05)", n="0.03") is None


def test_distance_is_shown_in_millimetres() -> None:
    assert holds("distance(n, e)", n="0.15", e="0.2") == 0.25


@pytest.mark.parametrize(
    ("day", "period", "after"),
    [
        ("2023-02-01", "2023-01", True), ("2023-01-31", "2023-01", False), ("2024-01-01", "2023-12", True),
        ("2023-04-01", "2023-Q1", True), ("2023-03-31", "2023-Q1", False), ("2023-07-01", "2023-H1", True),
        ("2023-12-31", "2023", False), ("2024-01-01", "2023", True), ("2024-01-01", "一季度", None),
    ],
)  # fmt: skip
def test_after_a_period(day: str, period: str, after: bool | None) -> None:
    assert holds("after_period(a, t)", a=day, t=period) is after


def test_a_year_later_in_leap_years() -> None:
    assert holds("b <= years_after(a, 1)", a="2024-02-29", b="2025-02-28")
    assert not holds("b <= years_after(a, 1)", a="2024-02-29", b="2025-03-01")


def test_steps_of_a_table() -> None:
    assert [holds("steps(k, p.steps)", k=k) for k in ("1", "20", "21", "40", "41")] == [3, 3, 5, 5, None]


def test_texts() -> None:
    assert holds("prefix(t, 4)", t="430422") == "4304"
    assert holds("of_fy(t)", t="2023-Q1")
    assert not holds("of_fy(t)", t="2022-12")


TENTHS = some.integers(-100_000, 100_000).map(lambda each: Decimal(each) / 10_000)


@settings(max_examples=40, deadline=None)
@given(TENTHS, TENTHS, some.integers(0, 20_000).map(lambda each: Decimal(each) / 10_000))
def test_near_agrees_with_exact_arithmetic(north: Decimal, east: Decimal, limit: Decimal) -> None:
    exact = Fraction(north) ** 2 + Fraction(east) ** 2 <= Fraction(limit) ** 2
    assert holds(f"near(n, e, {limit})", n=str(north), e=str(east)) is exact
