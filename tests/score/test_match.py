"""Stated values find their indicators, and whatever is not certain is told instead of guessed."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.profile import load_profile
from hengliang.form.model import Form
from hengliang.form.stated import Stated, StatedRow
from hengliang.score.match import Matched, Way, match
from hengliang.score.policy import policy_of
from hengliang.score.row import Scorer
from tests.factories import form, indicator

PROFILE = load_profile("national-2015")
SCORER = Scorer(PROFILE, policy_of(PROFILE), 2026)
FORM = form(
    indicator("开展绿色矿山核查"),
    indicator("地下水常规监测", level2="成本指标"),
    indicator("“多测合一”成果（年度）质量检查"),
    indicator("地下水常规监测", level1="效益指标", level2="生态效益指标"),
    indicator("2026年度储量动态监管（储量…", truncated=("name",)),
    indicator("公众满意度"),
)


def matched(*rows: StatedRow, of: Form = FORM) -> Matched:
    return match(of, Stated("a.csv", rows), SCORER)


def row(
    name: str | None = None, number: int | None = None, actual: str | None = "1", **rest: Any
) -> StatedRow:
    return StatedRow("a.csv:1", number, name, actual=actual, **rest)


@pytest.mark.parametrize(
    ("stated", "index", "way"),
    [
        (row("公众满意度"), 5, Way.NAME),
        (row(number=6), 5, Way.NUMBER),
        (row("公众 满意度：", 6), 5, Way.PLAIN),
        (row("多测合一成果质量检查"), 2, Way.PLAIN),
        (row("2026年度储量动态监管（储量统计）"), 4, Way.PLAIN),
        (row("开展绿色矿山…"), 0, Way.CUT),
        (row("地下水常规监测", level2="成本"), 1, Way.NAME),
        (row("地下水常规监测", number=4), 3, Way.NAME),
    ],
)
def test_an_indicator_is_found(stated: StatedRow, index: int, way: Way) -> None:
    found = matched(stated)
    assert [(one.index, one.way) for one in found.found] == [(index, way)]
    assert [*found.actuals] == [index]
    assert not found.lost


@pytest.mark.parametrize(
    "stated",
    [
        row("地下水常规监测"),
        row("地下水常规监测", number=1),
        row("开展矿山核查"),
        row("开展…"),
        row(number=7),
        row("开展绿色矿山…", number=3),
    ],
)
def test_what_is_not_certain_is_left_out_with_a_reason(stated: StatedRow) -> None:
    found = matched(stated)
    assert not found.actuals
    assert [lost.row for lost in found.lost] == [stated]
    assert found.lost[0].reason.say("zh_Hans") != found.lost[0].reason.say("en")


def test_a_whole_name_wins_over_a_number_and_that_is_told() -> None:
    found = matched(row("公众满意度", number=1))
    assert [*found.actuals] == [5]
    assert len(found.found[0].remarks) == 1


def test_two_values_for_one_indicator_are_both_left_out() -> None:
    assert not matched(row("公众满意度", actual="1"), row(number=6, actual="2")).actuals
    assert [*matched(row("公众满意度"), row(number=6)).actuals] == [5]


def test_a_row_that_states_nothing_reports_nothing() -> None:
    found = matched(row("公众满意度", actual=None))
    assert len(found.found) == 1
    assert not found.actuals
    assert not found.lost


def test_another_target_is_told() -> None:
    assert len(matched(row("公众满意度", target="≥70家")).found[0].remarks) == 1
    assert not matched(row("公众满意度", target="≥60.0家")).found[0].remarks


def test_a_unit_of_the_file_goes_with_its_bare_number() -> None:
    money = form(indicator("支出", operator="≤", target="2", unit="亿元"))
    assert matched(row("支出", actual="19000", unit="万元"), of=money).actuals[0].text == "19000万元"
    assert matched(row("支出", actual="1.9", unit="亿元"), of=money).actuals[0].text == "1.9"


def test_not_applicable_is_said_by_the_column_or_the_value() -> None:
    assert not matched(row("公众满意度", actual="不适用")).actuals[5].applicable
    assert not matched(StatedRow("a", name="公众满意度", applicable=False)).actuals[5].applicable


def test_only_facts_that_a_sentence_asks_for_are_taken() -> None:
    asking = form(indicator("巡查", criterion="每发生一起事故扣1分，未整改的扣2分", points=Decimal(10)))
    stated = StatedRow("a", name="巡查", facts={"事故": "1", "责任科室": "法规科"})
    found = matched(stated, of=asking)
    assert dict(found.actuals[0].facts) == {"事故": "1"}
    assert dict(found.unasked) == {"责任科室": 1}


@given(st.lists(st.sampled_from(range(len(FORM.indicators))), max_size=6), st.booleans())
def test_every_row_is_either_found_or_told(places: list[int], numbered: bool) -> None:
    stated = [row(FORM.indicators[at].name, at + 1 if numbered else None) for at in places]
    found = matched(*stated)
    told = [one.row for one in found.found] + [one.row for one in found.lost]
    assert all(each in told for each in stated)
    assert set(found.actuals) <= {one.index for one in found.found}
