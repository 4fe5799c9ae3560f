"""The statistics of a survey: exact shares, intervals, merging."""

from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.measure.metrics.satisfaction import (
    Stratum,
    merge,
    root,
    variance,
    weighted_share,
    wilson_interval,
)


def stratum(name: str, people: int, valid: int, satisfied: int, kind: str = "R") -> Stratum:
    return Stratum((name,), kind, people, valid, satisfied)


def test_weights_are_shares_of_the_population() -> None:
    strata = [stratum("a", 3, 4, 1), stratum("b", 1, 2, 2)]
    assert weighted_share(strata) == Fraction(3, 4) * Fraction(1, 4) + Fraction(1, 4)
    assert variance(strata) == Fraction(9, 16) * Fraction(3, 16) / 3


def test_one_answer_has_no_variance() -> None:
    with pytest.raises(ZeroDivisionError):
        variance([stratum("a", 3, 1, 1)])


def test_small_strata_join_the_next_larger_of_their_kind() -> None:
    strata = [
        stratum("a", 1, 5, 1),
        stratum("b", 2, 200, 2),
        stratum("c", 4, 29, 3),
        stratum("d", 8, 3, 3, "E"),
    ]
    joined = merge(strata, 30)
    assert [(each.names, each.population, each.valid, each.satisfied) for each in joined] == [
        (("b",), 2, 200, 2), (("a", "c"), 5, 34, 4), (("d",), 8, 3, 3),
    ]  # fmt: skip


def test_all_too_small_become_one() -> None:
    assert [each.names for each in merge([stratum(name, 1, 2, 1) for name in "abc"], 30)] == [("c", "a", "b")]
    assert merge([stratum("a", 1, 30, 1), stratum("b", 1, 30, 1)], 30)[0].names == ("a",)


@given(
    st.lists(st.tuples(st.integers(1, 99), st.integers(0, 60)), min_size=1, max_size=6), st.integers(0, 60)
)
def test_merging_loses_nobody(counts: list[tuple[int, int]], least: int) -> None:
    strata = [stratum(str(at), people, valid, valid // 2) for at, (people, valid) in enumerate(counts)]
    joined = merge(strata, least)
    for total in ("population", "valid", "satisfied"):
        assert sum(getattr(each, total) for each in joined) == sum(getattr(each, total) for each in strata)
    assert sorted(name for each in joined for name in each.names) == sorted(
        str(at) for at in range(len(counts))
    )
    assert len(joined) == 1 or all(each.valid >= least for each in joined)


@given(st.integers(1, 5000), st.data())
def test_wilson_by_floating_point(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    low, high = wilson_interval(part, whole)
    tiny = Fraction(1, 10**40)
    assert -tiny <= low <= Fraction(part, whole) + tiny
    assert Fraction(part, whole) - tiny <= high <= 1 + tiny
    p, z = part / whole, 1.96
    middle, width = p + z * z / 2 / whole, z * sqrt(p * (1 - p) / whole + z * z / 4 / whole**2)
    assert float(low) == pytest.approx((middle - width) / (1 + z * z / whole), abs=1e-9)
    assert float(high) == pytest.approx((middle + width) / (1 + z * z / whole), abs=1e-9)


@given(st.fractions(min_value=0, max_value=10**6))
def test_roots_are_right_to_forty_digits(square: Fraction) -> None:
    assert abs(root(square) ** 2 - square) <= Fraction(1, 10**40) * max(1, square)
