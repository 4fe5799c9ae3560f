"""Goals and duties fall into phrases, each one task or one result, at its own characters."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.profile import load_profile
from hengliang.form.phrases import phrases_of

PROFILE = load_profile("national-2015")


def texts(goal: str) -> list[str]:
    return [phrase.text for phrase in phrases_of(goal, PROFILE)]


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        ("新建学校3所，培训教师500人。", ["新建学校3所", "培训教师500人"]),
        ("以更高的标准办好教育。新建学校3所。", ["新建学校3所"]),
        ("以更高的标准办好教育。", ["以更高的标准办好教育"]),
        ("以旧换新补贴发放到位，家电下乡。", ["以旧换新补贴发放到位", "家电下乡"]),
        ("围绕中心工作，到2025年新建学校3所。", ["到2025年新建学校3所"]),
        ("推动总体规划、村庄规划落地。", ["推动总体规划", "村庄规划落地"]),
        ("推进教育改革、医疗改革。", ["推进教育改革", "医疗改革"]),
        ("加强供水、排水管网改造。", ["加强供水、排水管网改造"]),
        ("有序推进入市、出让工作。", ["有序推进入市、出让工作"]),
        ("建设一批大平层、商业公寓、精品住宅等项目。", ["建设一批大平层、商业公寓、精品住宅等项目"]),
        ("落实“办证大厅、服务窗口”要求。", ["落实“办证大厅、服务窗口”要求"]),
        ("完成1处灌区改造和2个水价改革项目。", ["完成1处灌区改造", "2个水价改革项目"]),
        ("做好新闻宣传和媒体融合工作。", ["做好新闻宣传和媒体融合工作"]),
        ("发放补贴10,000元；办结率98%！", ["发放补贴10,000元", "办结率98%"]),
        (" 　新建学校3所 。 ", ["新建学校3所"]),
        ("", []),
        ("。，；", []),
    ],
)
def test_phrases(goal: str, expected: list[str]) -> None:
    assert texts(goal) == expected


@given(st.text("以新建学校3所，。、；等和“”（）推进规划土地:, \n0123456789", max_size=80))
def test_phrases_stand_where_they_say_and_in_order(goal: str) -> None:
    phrases = phrases_of(goal, PROFILE)
    assert all(goal[phrase.start : phrase.end] == phrase.text for phrase in phrases)
    assert all(one.end <= other.start for one, other in pairwise(phrases))
    assert all(before.end <= after.start for before, after in pairwise(phrases))
    assert all(phrase.text.strip() == phrase.text and phrase.text for phrase in phrases)
