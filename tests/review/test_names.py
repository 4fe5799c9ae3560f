"""Names that people read as the same are the same; near names are told from parallel and narrower ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.profile import load_profile
from hengliang.review.names import (
    content_of,
    fund_in,
    is_measure,
    is_near,
    likeness,
    near_pairs,
    plain_name,
    without_tail,
)

PROFILE = load_profile("national-2015")
PERCENT = 70


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("教师 培训人次", "教师培训人次"),
        ("1：500地形图", "1:500地形图"),
        ("ＰＭ2.5浓度", "pm2.5浓度"),
        ("★造林面积", "造林面积"),
    ],
)
def test_plain_names_are_equal(one: str, other: str) -> None:
    assert plain_name(one) == plain_name(other)


def test_plain_names_of_other_words_differ() -> None:
    assert plain_name("学生满意度") != plain_name("家长满意度")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("奖补资金兑付率(%)", "奖补资金兑付率"),
        ("任务完成时限（月）", "任务完成时限"),
        ("资金支付完成率100%", "资金支付完成率"),
        ("受益人数1000人", "受益人数"),
        ("造林面积（≥1.2万亩）：", "造林面积"),
        ("1：500地形图更新", "1：500地形图更新"),
        ("123", "123"),
    ],
)
def test_tails_are_dropped(name: str, short: str) -> None:
    assert without_tail(name) == short


def test_measures_and_funds() -> None:
    assert is_measure("验收合格率(%)", PROFILE)
    assert not is_measure("测绘成果质量", PROFILE)
    assert not is_measure("界桩核查", PROFILE)
    assert fund_in("规划编制经费", PROFILE) == (4, 6)
    assert fund_in("居民消费", PROFILE) is None
    assert fund_in("资金到位率", PROFILE) is None


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("建设农村公路安全防护设施", "120公里安全防护设施农村公路", True),
        ("春季学期资助学生人数", "秋季学期资助学生人数", False),
        ("群众救助人数", "困难群众救助人数", False),
        ("农村公路养护里程", "农村公路养护经费", False),
        ("2022年培训教师人次", "2023年度培训教师人次", True),
        ("造林面积", "病虫害防治面积", False),
    ],
)
def test_near_names(one: str, other: str, near: bool) -> None:
    first, second = content_of(one, PROFILE), content_of(other, PROFILE)
    assert is_near(first, second, PERCENT) is near
    assert is_near(second, first, PERCENT) is near


NAMES = st.lists(st.text("培训教师学生人数春秋季资助", min_size=1, max_size=8), max_size=12)


@given(NAMES)
def test_near_pairs_are_those_that_are_near(names: list[str]) -> None:
    contents = [content_of(name, PROFILE) for name in names]
    pairs = near_pairs(tuple(names), PROFILE)
    assert all(one < other and is_near(contents[one], contents[other], PERCENT) for one, other in pairs)
    first = {content.words: index for index, content in reversed(list(enumerate(contents)))}
    leading = sorted(first.values())
    expected = {
        (one, other)
        for one in leading
        for other in leading
        if one < other and is_near(contents[one], contents[other], PERCENT)
    }
    assert expected <= set(pairs)


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    first, second = content_of(one, PROFILE), content_of(other, PROFILE)
    assert 0 <= likeness(first, second) == likeness(second, first) <= 100


@pytest.mark.parametrize("name", ["费", "资金", "经费"])
def test_a_fund_that_is_the_whole_name_lies_in_it(name: str) -> None:
    assert fund_in(name, PROFILE) == (0, len(name))
