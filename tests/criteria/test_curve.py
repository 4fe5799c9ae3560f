"""The curve against a slow oracle that works point by point."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.criteria.curve import Curve, CurveError, Interval, Piece, Stair, flat

NUMBERS = st.fractions(min_value=-30, max_value=30, max_denominator=8)
SIZES = st.fractions(min_value=Fraction(1, 4), max_value=6, max_denominator=4)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
    ends = draw(st.sampled_from(("both", "low", "high", "none")))
    found = Interval(
        low if ends in ("both", "low") else None,
        draw(st.booleans()),
        high if ends in ("both", "high") else None,
        draw(st.booleans()),
    )
    return Interval(low, True, high, True) if found.is_empty else found


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    """Two pieces that meet at one number: a line, and a staircase away from it."""
    edge, size = draw(NUMBERS), draw(SIZES)
    way = draw(st.sampled_from((1, -1)))
    stair = Stair(edge, size * way, draw(NUMBERS), up=draw(st.booleans()))
    closed = draw(st.booleans())
    left = Interval(high=edge, high_closed=not closed)
    right = Interval(low=edge, low_closed=closed)
    beyond, other = (right, left) if way > 0 else (left, right)
    pieces = [Piece(beyond, draw(NUMBERS), stair=stair), Piece(other, draw(NUMBERS), draw(NUMBERS))]
    return Curve(tuple(pieces if way < 0 else reversed(pieces)))


@given(curves(), NUMBERS, NUMBERS, NUMBERS)
def test_a_bound_holds_everywhere_and_changes_nothing_else(
    curve: Curve, at: Fraction, one: Fraction, two: Fraction
) -> None:
    low, high = min(one, two), max(one, two)
    value = curve.at(at)
    assert value is not None
    assert curve.clamped(low, high).at(at) == min(max(value, low), high)


@given(curves(), NUMBERS, NUMBERS)
def test_what_is_needed_is_where_it_is_reached(curve: Curve, at: Fraction, points: Fraction) -> None:
    value = curve.at(at)
    assert value is not None
    assert any(at in interval for interval in curve.at_least(points)) == (value >= points)
    assert any(at in interval for interval in curve.at_most(points)) == (value <= points)


@given(curves(), curves(), NUMBERS)
def test_a_sum_is_the_sum_at_every_number(one: Curve, two: Curve, at: Fraction) -> None:
    try:
        total = one.plus(two)
    except CurveError:
        return
    assert total.at(at) == (one.at(at) or 0) + (two.at(at) or 0)


@given(curves(), intervals(), NUMBERS, NUMBERS)
def test_one_curve_lies_over_another(curve: Curve, interval: Interval, level: Fraction, at: Fraction) -> None:
    expected = level if at in interval else curve.at(at)
    assert flat(level, interval).over(curve).at(at) == expected


@given(intervals(), NUMBERS)
def test_a_number_is_in_an_interval_or_in_the_rest_of_it(interval: Interval, at: Fraction) -> None:
    assert [at in interval, *(at in part for part in interval.rest())].count(True) == 1


def test_a_staircase_is_one_piece_and_its_cliffs_are_the_jumps_between_pieces() -> None:
    steps = Curve(
        (
            Piece(
                Interval(high=Fraction(90), high_closed=True),
                Fraction(0),
                stair=Stair(Fraction(90), Fraction(-1), Fraction(-1)),
            ),
        )
    )
    curve = steps.over(flat(Fraction(0))).plus(flat(Fraction(3))).clamped(Fraction(0), Fraction(3))
    assert [curve.at(Fraction(number)) for number in (91, 90, 89, 88, 87, 80)] == [3, 3, 2, 1, 0, 0]
    assert curve.at(Fraction("89.01")) == 3
    assert curve.direction == "up"
    assert curve.at_least(Fraction(2)) == (Interval(Fraction(88), False, None, False),)
    assert curve.lowest == 0
    assert curve.highest == 3


def test_pieces_do_not_overlap() -> None:
    with pytest.raises(CurveError):
        Curve(
            (
                Piece(Interval(high=Fraction(5), high_closed=True), Fraction(0)),
                Piece(Interval(low=Fraction(5), low_closed=True), Fraction(1)),
            )
        )
