"""The score sheet keeps its promises whatever a form and its actual values say."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang import api
from hengliang.base.profile import load_profile
from hengliang.form.actual import Actual, Origin
from hengliang.form.model import Form, Indicator, Money, MoneyRow
from hengliang.score.policy import policy_of
from hengliang.score.run import score, weights_of
from hengliang.score.sheet import RowScore, ScoreSheet, State
from tests.cli.calling import EXAMPLE
from tests.factories import form, indicator

PROFILE = load_profile("national-2015")
SENTENCES = (
    None,
    "未完成一家扣0.05分",
    "每少1家扣0.5分，扣完为止",
    "完成得满分，否则不得分",
    "按完成比例得分",
    "视情况酌情扣分",
    "完成可研、实施方案、绩效目…",
    "完成率低于60%不得分，其余按比例得分",
    "每超过1家扣0.2分，最多扣1分",
)
TEXTS = ("0", "12", "57家", "60", "61.5", "98%", "完成", "是", "否", "有序推进", "2026-06-30", "")


@st.composite
def rows(draw: st.DrawFn) -> Indicator:
    """An indicator as forms have them: with or without sign, sentence and points."""
    level2 = draw(st.sampled_from(["数量指标", "质量指标", "成本指标"]))
    return indicator(
        draw(st.sampled_from(["核查家数", "整改家数", "抽查家数"])),
        level1=draw(st.sampled_from(["产出指标", "效益指标"])),
        level2=level2,
        operator=draw(st.sampled_from(["≥", "≤", "=", ">", None])),
        criterion=draw(st.sampled_from(SENTENCES)),
        points=draw(st.one_of(st.none(), st.decimals(0, 20, places=1))),
    )


actuals = st.builds(
    Actual,
    st.one_of(st.none(), st.sampled_from(TEXTS)),
    applicable=st.sampled_from([True, True, True, False]),
)


@st.composite
def scored(draw: st.DrawFn) -> ScoreSheet:
    """A form of some rows, scored."""
    made = draw(st.lists(rows(), min_size=1, max_size=6))
    given_actuals = {at: draw(actuals) for at in range(len(made)) if draw(st.booleans())}
    return score(form(*made), given_actuals, PROFILE)


@given(scored())
def test_points_lie_between_nothing_and_all(sheet: ScoreSheet) -> None:
    for row in sheet.rows:
        if row.low is not None and row.high is not None and row.weight is not None:
            assert 0 <= row.low <= row.high <= row.weight
            assert (row.low == row.high) == (row.state is State.SCORED)
        else:
            assert row.state in (State.NOT_REPORTED, State.NOT_APPLICABLE, State.NO_POINTS)


@given(scored())
def test_what_was_not_reported_is_never_0(sheet: ScoreSheet) -> None:
    for row in sheet.rows:
        stated = row.actual is not None and row.actual.is_reported
        if not stated and row.state is not State.NOT_APPLICABLE:
            assert row.low is None
            assert row.high is None
    missing = [row for row in sheet.rows if row.state is State.NOT_REPORTED]
    assert sheet.total.missing == len(missing) + (sheet.execution is not None)
    assert sheet.total.high - sheet.total.low >= sum(
        (row.weight or Decimal(0) for row in missing), Decimal(0)
    )


@given(scored())
def test_totals_are_the_sums_of_rounded_rows(sheet: ScoreSheet) -> None:
    counting = [row for row in sheet.rows if row.weight is not None and row.state is not State.NOT_APPLICABLE]
    part = sheet.execution.points if sheet.execution is not None else Decimal(0)
    assert sheet.total.of == sum((row.weight or Decimal(0) for row in counting), part)
    assert sheet.total.low == sum((row.low or Decimal(0) for row in counting), Decimal(0))
    assert sheet.total.high == sum(
        ((row.high if row.high is not None else row.weight) or Decimal(0) for row in counting), part
    )


@given(scored())
def test_an_interval_says_what_to_ask_or_why(sheet: ScoreSheet) -> None:
    for row in sheet.rows:
        if row.state is State.BOUNDED:
            assert row.questions or row.assumptions


@given(st.lists(rows(), min_size=1, max_size=8), st.data())
def test_points_of_rows_that_do_not_apply_go_to_the_others_without_a_rest(
    made: list[Indicator], data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.sampled_from(range(len(made)))))
    policy = policy_of(PROFILE)
    known = {at: Actual(None, applicable=False) for at in gone}
    before = sum((row.points for row in made if row.points), Decimal(0))
    takers = [at for at, row in enumerate(made) if row.points and at not in gone]
    weights = weights_of(made, known, policy)
    assert not set(weights) & gone
    if takers:
        after = sum((weights.get(at, Fraction(made[at].points or 0)) for at in takers), Fraction(0))
        assert after == Fraction(before)
        assert all(weight >= (made[at].points or 0) for at, weight in weights.items())


@given(st.sampled_from(["每少1家扣0.5分", "按完成比例得分", None]), st.integers(0, 80), st.integers(0, 80))
def test_more_never_earns_less_where_more_is_better(sentence: str | None, one: int, other: int) -> None:
    rows = form(indicator("核查", criterion=sentence, points="10"))
    low, high = (
        score(rows, {0: Actual(str(each))}, PROFILE).rows[0].low or Decimal(0)
        for each in sorted((one, other))
    )
    assert low <= high


@given(scored(), st.sampled_from(["national-2021", "hunan"]))
def test_another_profile_changes_points_and_nothing_else(sheet: ScoreSheet, name: str) -> None:
    known = {row.index: row.actual for row in sheet.rows if row.actual is not None}
    other = score(sheet.form, known, load_profile(name))
    for mine, theirs in zip(sheet.rows, other.rows, strict=True):
        assert (mine.index, mine.indicator, mine.actual, mine.points, mine.weight) == (
            theirs.index, theirs.indicator, theirs.actual, theirs.points, theirs.weight,
        )  # fmt: skip


def _only(sentence: str | None, actual: str, **fields: Any) -> RowScore:
    return score(form(indicator("核查", criterion=sentence, **fields)), {0: Actual(actual)}, PROFILE).rows[0]


def test_points_are_rounded_once_half_up() -> None:
    assert _only("按完成比例得分", "1", target="3", points="1").low == Decimal("0.33")
    assert _only("按完成比例得分", "5", target="1000", points="1").low == Decimal("0.01")
    assert _only("按完成比例得分", "4", target="1000", points="1").low == Decimal("0.00")


def test_without_a_sentence_the_profiles_method_is_named() -> None:
    row = _only(None, "54", points="10")
    assert (row.method, row.low) == ("X1", Decimal("9.00"))
    assert "X1" in row.assumptions[0].say("zh_Hans")
    assert _only(None, "54", points="10", operator=None).assumptions[1].say("en") == (
        "no sign is printed beside the target: read as ≥"
    )


def test_a_target_exceeded_by_far_is_told() -> None:
    assert "130.00%" in _only(None, "78", points="10").remarks[0].say("en")
    assert not _only(None, "77", points="10").remarks


@pytest.mark.parametrize(
    ("money", "points", "low"),
    [
        (MoneyRow(name="年度资金总额", budget=Decimal(200), executed=Decimal(150)), "90", "7.50"),
        (MoneyRow(name="年度资金总额", budget=Decimal(200), executed=Decimal(250)), "90", "10.00"),
        (MoneyRow(name="年度资金总额", budget=Decimal(0), executed=Decimal(0)), "90", "0.00"),
        (MoneyRow(name="年度资金总额", budget=Decimal(200)), "90", None),
        (
            MoneyRow(name="年度资金总额", points=Decimal(20), budget=Decimal(4), executed=Decimal(1)),
            "80",
            "5.00",
        ),
    ],
)
def test_the_execution_of_the_budget(money: MoneyRow, points: str, low: str | None) -> None:
    sheet = score(form(indicator("核查", points=points), money=Money(rows=(money,))), {}, PROFILE)
    assert sheet.execution is not None
    assert sheet.execution.low == (None if low is None else Decimal(low))
    assert sheet.total.missing == 1 + (low is None)


def test_a_form_whose_indicators_come_to_100_leaves_no_room_for_execution() -> None:
    row = MoneyRow(name="年度资金总额", budget=Decimal(200), executed=Decimal(150))
    assert (
        score(form(indicator("核查", points="100"), money=Money(rows=(row,))), {}, PROFILE).execution is None
    )


def test_the_forms_own_actual_values_are_taken_when_none_are_given() -> None:
    rows = (indicator("核查", actual="57", points="10"), indicator("整改", actual="不适用", points="10"))
    sheet = score(form(*rows), None, PROFILE)
    assert [row.state for row in sheet.rows] == [State.SCORED, State.NOT_APPLICABLE]
    assert sheet.rows[0].actual is not None
    assert sheet.rows[0].actual.origin is Origin.FORM
    assert sheet.total.of == 20 + 10


@pytest.fixture(scope="module")
def example() -> Form:
    """The worked example."""
    return api.read(EXAMPLE).forms[0].form


@pytest.mark.parametrize(
    ("number", "actual", "low", "high"),
    [
        (1, "57", "2.85", "2.85"),
        (1, "0", "0.00", "0.00"),
        (3, "48", "9.60", "9.60"),
        (4, "98%", "1.00", "1.00"),
        (4, "98.5%", "2.00", "2.00"),
        (6, "90%", "2.00", "2.00"),
        (8, "2023-12-31", "5.00", "5.00"),
        (8, "2024-02-15", "0.00", "5.00"),
        (10, "102%", "1.00", "1.00"),
        (15, "有序推进", "0.00", "8.00"),
        (22, "100%", "3.00", "3.00"),
        (22, "99%", "0.00", "0.00"),
        (24, "88%", "1.00", "1.00"),
        (25, "90%", "3.00", "3.00"),
    ],
)
def test_rows_of_the_worked_example(example: Form, number: int, actual: str, low: str, high: str) -> None:
    row = score(example, {number - 1: Actual(actual)}, PROFILE).rows[number - 1]
    assert (row.low, row.high) == (Decimal(low), Decimal(high))
