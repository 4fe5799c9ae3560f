"""Grades have no gaps between them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.profile import load_profile
from hengliang.score.grade import grade_name, grade_of
from hengliang.score.policy import policy_of
from hengliang.score.sheet import Total

POLICY = policy_of(load_profile("national-2015"))


@pytest.mark.parametrize(
    ("points", "grade"),
    [("100", "优"), ("90", "优"), ("89.995", "优"), ("89.994", "良"), ("89.5", "良"), ("80", "良"),
     ("79.99", "中"), ("60", "中"), ("59.99", "差"), ("0", "差")],
)  # fmt: skip
def test_the_lower_edge_belongs_to_the_better_grade_after_rounding(points: str, grade: str) -> None:
    found = grade_of(Total(Decimal(points), Decimal(points), Decimal(100)), POLICY)
    assert found is not None
    assert found.name == grade


@given(st.decimals(0, 100, places=3), st.decimals(0, 100, places=3), st.integers(1, 120))
def test_an_interval_has_all_grades_between_its_ends(one: Decimal, other: Decimal, of: int) -> None:
    low, high = sorted((one * of / 100, other * of / 100))
    found = grade_of(Total(low, high, Decimal(of)), POLICY)
    assert found is not None
    names = [name for name, _ in POLICY.grades]
    assert found.possible[0] == grade_name(found.high, POLICY)
    assert found.possible[-1] == grade_name(found.low, POLICY)
    first = names.index(found.possible[0])
    assert [*found.possible] == names[first : first + len(found.possible)]


def test_no_points_no_grade() -> None:
    assert grade_of(Total(Decimal(0), Decimal(0), Decimal(0)), POLICY) is None


def test_a_total_of_other_points_is_scaled() -> None:
    found = grade_of(Total(Decimal("85.50"), Decimal("85.50"), Decimal(95)), POLICY)
    assert found is not None
    assert (found.name, found.low) == ("优", Decimal("90.00"))
