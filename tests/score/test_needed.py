"""The value that is named as needed earns the points, and nothing less does."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.profile import load_profile
from hengliang.criteria.curve import Interval
from hengliang.form.actual import Actual
from hengliang.score.compare import differences
from hengliang.score.needed import (
    Needed,
    costliest,
    goal_of_grade,
    goal_of_total,
    needed_for_full,
    needed_for_row,
    needed_for_total,
)
from hengliang.score.policy import policy_of
from hengliang.score.row import Scorer
from hengliang.score.run import score
from hengliang.score.sheet import ScoreSheet
from tests.factories import form, indicator

PROFILE = load_profile("national-2015").replaced({"evaluation.execution_beside": "0"})
"""Without a part for the execution of the budget, which these small forms say nothing of."""
POLICY = policy_of(PROFILE)
SCORER = Scorer(PROFILE, POLICY, 2026)


def sheet(*rows: tuple[str | None, str | None], **fields: Any) -> ScoreSheet:
    """Rows of 60 家 with 10 points: a sentence and an actual value each."""
    made = [
        indicator(f"核查{at}", criterion=one, **{"points": "10", **fields})
        for at, (one, _) in enumerate(rows)
    ]
    known = {at: Actual(actual) for at, (_, actual) in enumerate(rows) if actual is not None}
    return score(form(*made), known, PROFILE)


def needed(sentence: str | None, points: str, actual: str | None = None, **fields: Any) -> Needed:
    return needed_for_row(sheet((sentence, actual), **fields).rows[0], Decimal(points), SCORER)


def number(low: str | None, low_closed: bool, high: str | None, high_closed: bool) -> Interval:
    return Interval(
        None if low is None else Fraction(low),
        low_closed,
        None if high is None else Fraction(high),
        high_closed,
    )


PERCENT: dict[str, Any] = {"unit": "%", "target": "90"}
WORDS: dict[str, Any] = {"operator": "定性", "target": "完成", "unit": None}


@pytest.mark.parametrize(
    ("sentence", "points", "fields", "where"),
    [
        ("每少1家扣0.5分", "10", {}, number("60", True, None, False)),
        ("每少1家扣0.5分", "9.5", {}, number("59", True, None, False)),
        ("每少1家扣0.5分", "0", {}, number(None, False, None, False)),
        ("低于90%的，每低1个百分点扣1分", "10", PERCENT, number("89", False, None, False)),
        (None, "5", PERCENT, number("45", True, None, False)),
        (None, "5", {**PERCENT, "operator": "≤"}, number(None, False, "135", True)),
        ("每发生1次扣2分", "7", WORDS, number("0", True, "1", True)),
        ("每延迟1个月扣2分", "8", WORDS, number("0", True, "2", False)),
    ],
)
def test_a_number_is_named_with_its_ends(
    sentence: str | None, points: str, fields: dict[str, Any], where: Interval
) -> None:
    found = needed(sentence, points, **fields)
    assert [way.surely for way in found.ways] == [(where,)]


@pytest.mark.parametrize(
    ("sentence", "points", "words"),
    [
        ("通过验收得满分，否则不得分", "10", ("是",)),
        ("优得10分，良得8分，差得0分", "8", ("优", "良")),
        ("发生事故的扣4分", "7", ("是",)),
    ],
)
def test_words_are_named_too(sentence: str, points: str, words: tuple[str, ...]) -> None:
    assert needed(sentence, points, **WORDS).ways[0].surely == words


def test_what_cannot_be_reached_is_said() -> None:
    found = needed("每少1家扣0.5分", "11")
    assert not found.ways
    assert found.reason is not None
    assert found.reason.say("en") == "cannot be reached: the most is 10.00 points"
    assert needed("完成可研、实施方案、绩效目…", "5").reason is not None


def test_a_sentence_that_leaves_points_open_says_what_is_sure_and_what_is_not() -> None:
    way = needed("结案率达到90%以上计10分，每…", "10", **PERCENT).ways[0]
    assert way.surely == (number("90", True, None, False),)
    assert way.perhaps != way.surely


def test_other_facts_stay_as_they_are_or_are_taken_at_their_best() -> None:
    sentence = "每发生1起事故扣1分，未整改的扣2分"
    row = indicator("巡查", criterion=sentence, points="10", **WORDS)
    made = score(form(row), {0: Actual(None, {"事故": "1", "整改": "是"})}, PROFILE).rows[0]
    ways = {way.variable.kind.value: way for way in needed_for_row(made, Decimal(9), SCORER).ways}
    assert ways["count"].surely == (number("0", True, "1", True),)
    assert not ways["count"].at_best
    unknown = needed(sentence, "9", **WORDS)
    assert all(way.at_best or len(unknown.ways) == 2 for way in unknown.ways)


@given(
    st.sampled_from(["每少1家扣0.5分", "按完成比例得分", "每少3家扣1分，最多扣4分", None]),
    st.integers(0, 100),
    st.integers(0, 70),
)
def test_exactly_the_named_values_earn_the_points(sentence: str | None, tenths: int, value: int) -> None:
    points = Decimal(tenths) / 10
    found = needed(sentence, str(points))
    made = score(form(indicator("核查", criterion=sentence, points="10")), {0: Actual(str(value))}, PROFILE)
    earned = (made.rows[0].low or Decimal(0)) >= points
    named = any(
        Fraction(value) in where for way in found.ways for where in way.surely if isinstance(where, Interval)
    )
    # Points are rounded half up, so that a value just below may still come to them.
    close = (made.rows[0].low or Decimal(0)) - points < Decimal("0.01")
    assert named == earned or (earned and not named and close)


def test_a_grade_and_a_total_have_a_goal_in_points_of_the_sheet() -> None:
    made = sheet(("每少1家扣0.5分", "50"), ("每少1家扣0.5分", "60"), points="47.5")
    assert made.total.of == 95
    assert goal_of_grade(made, "优", POLICY) == Decimal("85.50")
    assert goal_of_total(made, Decimal(100), POLICY) == Decimal("95.00")
    assert goal_of_grade(made, "甲", POLICY) is None


@given(st.integers(1, 12000), st.integers(0, 100))
def test_the_goal_is_the_least_total_that_counts(of: int, points: int) -> None:
    from hengliang.score.grade import scaled

    made = sheet(("每少1家扣0.5分", "60"), points=str(Decimal(of) / 100))
    goal = goal_of_total(made, Decimal(points), POLICY)
    assert scaled(goal, made.total.of, POLICY) >= points
    assert goal == 0 or scaled(goal - Decimal("0.01"), made.total.of, POLICY) < points


def test_what_a_total_needs() -> None:
    made = sheet(("每少1家扣0.5分", "50"), ("每少1家扣0.5分", "56"), (None, None))
    found = needed_for_total(made, Decimal(20), PROFILE)
    assert (found.low, found.high, found.gap, found.most) == (
        Decimal(13),
        Decimal(23),
        Decimal(7),
        Decimal(30),
    )
    assert found.fewest == (2,)
    by_row = {one.row.index: one for one in found.alone}
    assert by_row[2].ways[0].surely == (number("42", True, None, False),)
    assert not by_row[1].ways
    assert needed_for_total(made, Decimal(31), PROFILE).fewest == ()
    assert needed_for_total(made, Decimal(13), PROFILE).gap == 0


def test_full_marks_and_what_costs_most() -> None:
    made = sheet(("每少1家扣0.5分", "50"), ("每少1家扣0.5分", "60"), ("每少1家扣0.5分", "52"))
    assert [one.has for one in needed_for_full(made, PROFILE)] == [False, True, False]
    assert [row.index for row in costliest(made)] == [0, 2]


def test_profiles_differ_only_where_they_do() -> None:
    passing = PROFILE.replaced({"criteria.fallback.more": "G2"})
    rows = form(indicator("甲", points="10"), indicator("乙", points="10", criterion="每少1家扣0.5分"))
    known = {0: Actual("54"), 1: Actual("54")}
    found = differences([score(rows, known, PROFILE), score(rows, known, passing)])
    assert [one.index for one in found] == [0]
    assert [row.low for row in found[0].rows] == [Decimal("9.00"), Decimal("7.50")]
    assert found[0].spread == Decimal("1.50")
