"""Forecasts hold what was worked out by hand, and never say more than the months show."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hengliang.score import phased
from hengliang.score.forecast import Forecast, NoForecast, adds_up, forecast, outlook

_AMOUNTS = st.fractions(min_value=0, max_value=10_000, max_denominator=100)


@st.composite
def plans(draw: st.DrawFn) -> phased.Shares:
    steps = draw(st.lists(st.integers(0, 20), min_size=12, max_size=12))
    assume(sum(steps))
    return phased.monthly([Fraction(step) for step in steps])


@st.composite
def series(draw: st.DrawFn) -> dict[int, Fraction]:
    """Amounts that grow."""
    months = sorted(draw(st.sets(st.integers(1, 12), min_size=1)))
    steps = draw(st.lists(_AMOUNTS, min_size=len(months), max_size=len(months)))
    return {month: sum(steps[: at + 1], Fraction(0)) for at, month in enumerate(months)}


def _whole(*values: int) -> dict[int, Fraction]:
    return {month: Fraction(value) for month, value in enumerate(values, 1)}


def test_by_hand() -> None:
    # 5, 3 and 7 a month under an even plan: nine months are left.
    found = forecast(_whole(5, 8, 15), phased.even(), adding=True)
    assert isinstance(found, Forecast)
    assert (found.low, found.likely, found.high) == (15 + 9 * 3, 60, 15 + 9 * 7)
    # By quarters: 10, 30 and 20 of four parts; one is left.
    quarters = {3: Fraction(10), 6: Fraction(40), 9: Fraction(60)}
    found = forecast(quarters, phased.quarterly(), adding=True)
    assert isinstance(found, Forecast)
    assert (found.low, found.likely, found.high) == (70, 80, 90)
    found = forecast(_whole(90, 97, 95, 96), phased.even(), adding=False)
    assert isinstance(found, Forecast)
    assert (found.low, found.likely, found.high) == (95, 96, 97)


@pytest.mark.parametrize(
    ("reached", "plan", "adding"),
    [
        ({}, phased.even(), True),
        (_whole(5, 8), phased.even(), True),
        (_whole(5, 8, 15, 20), phased.milestone(12), True),
        (_whole(0, 0, 0, 5), phased.milestone(4), True),
        (_whole(90, 91), phased.even(), False),
        (_whole(-5, 1, 2, 3), phased.even(), True),
    ],
)
def test_too_little_gives_no_forecast(
    reached: dict[int, Fraction], plan: phased.Shares, adding: bool
) -> None:
    assert isinstance(forecast(reached, plan, adding), NoForecast)


@given(series(), plans())
def test_an_amount_ends_within_its_range_and_above_what_is_done(
    reached: dict[int, Fraction], plan: phased.Shares
) -> None:
    found = forecast(reached, plan, adding=True)
    if isinstance(found, Forecast):
        assert reached[max(reached)] <= found.low <= found.likely <= found.high


@given(plans(), _AMOUNTS.filter(bool), st.integers(1, 12))
def test_whoever_keeps_the_plan_is_told_so(plan: phased.Shares, target: Fraction, until: int) -> None:
    found = forecast({month: plan[month - 1] * target for month in range(1, until + 1)}, plan, adding=True)
    if isinstance(found, Forecast):
        assert (found.low, found.likely, found.high) == (target, target, target)
        assert outlook(found, "≥", target) == "reached"
        assert outlook(found, ">", target) == "missed"


@given(series(), plans(), st.fractions(min_value="1/100", max_value=100))
def test_the_unit_makes_no_difference(
    reached: dict[int, Fraction], plan: phased.Shares, factor: Fraction
) -> None:
    one = forecast(reached, plan, adding=True)
    other = forecast({month: value * factor for month, value in reached.items()}, plan, adding=True)
    assert type(one) is type(other)
    if isinstance(one, Forecast) and isinstance(other, Forecast):
        assert [one.low * factor, one.likely * factor, one.high * factor] == [
            other.low,
            other.likely,
            other.high,
        ]


@given(series(), plans(), st.booleans())
def test_december_is_no_forecast(reached: dict[int, Fraction], plan: phased.Shares, adding: bool) -> None:
    found = forecast({**reached, 12: Fraction(7)}, plan, adding)
    assert isinstance(found, Forecast)
    assert found.low == found.likely == found.high == 7


@given(st.lists(_AMOUNTS, min_size=12, max_size=12))
def test_plans_never_fall_and_end_at_the_whole(values: list[Fraction]) -> None:
    assume(sum(values))
    plan = phased.monthly(values)
    assert list(plan) == sorted(plan)
    assert plan[-1] == 1
    assert plan[0] >= 0
    assert phased.cumulative([share * 7 for share in plan]) == plan


def test_plans_as_people_paste_them() -> None:
    even = "\t".join(f"{round(100 * month / 12, 4)}%" for month in range(1, 13))
    amounts = "7\t核查\t" + "\t".join(str(5 * month) for month in range(1, 13))
    found = phased.pasted(f"序号\t指标\t1月\n{even}\n\n{amounts}\n", 25, by_month=False)
    assert set(found) == {1, 7}
    assert found[7] == phased.even()
    by_month = phased.pasted("\t".join(["5"] * 12), 25, by_month=True)
    assert by_month[1] == phased.even()
    for bad in ("", "1\t2", "\t".join("121212121212"), "99\tx\t" + "\t".join(["1"] * 12)):
        with pytest.raises(phased.NoPlan):
            phased.pasted(bad, 25, by_month=False)


def test_a_season_of_another_year() -> None:
    plan = phased.seasonal({6: Fraction(10), 12: Fraction(40)})
    assert plan == (0, 0, 0, 0, 0, *[Fraction(1, 4)] * 6, 1)
    with pytest.raises(phased.NoPlan):
        phased.seasonal({6: Fraction(10)})


def test_a_rate_of_months_in_which_nothing_was_due_says_nothing() -> None:
    reached = _whole(50, 50, 50, 50)
    found = forecast(reached, phased.milestone(12), adding=False)
    assert isinstance(found, NoForecast)
    assert "due" in str(found.reason)
    assert isinstance(forecast(reached, phased.milestone(3), adding=False), NoForecast)
    found = forecast(reached, phased.milestone(2), adding=False)
    assert isinstance(found, Forecast)
    assert found.likely == 50
    assert phased.due(phased.quarterly(), adding=False) == phased.milestone(3)
    assert phased.due(phased.quarterly(), adding=True) == phased.quarterly()


def test_what_adds_up() -> None:
    assert all(adds_up(unit) for unit in ("家", "万元", "亩", "公里"))
    assert not any(adds_up(unit) for unit in ("%", "分", "天", None, ""))


def test_outlooks() -> None:
    between = Forecast(Fraction(50), Fraction(60), Fraction(70), 7, "pace", ())
    assert outlook(between, "≥", Fraction(50)) == "reached"
    assert outlook(between, "≥", Fraction(65)) == "perhaps"
    assert outlook(between, "≥", Fraction(71)) == "missed"
    assert outlook(between, "≤", Fraction(70)) == "reached"
    assert outlook(between, "<", Fraction(70)) == "perhaps"
    assert outlook(between, "≤", Fraction(49)) == "missed"
    assert outlook(between, "=", Fraction(60)) == "perhaps"
    assert outlook(between, None, None) == "open"
