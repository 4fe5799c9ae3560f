"""Any text is read without a crash and in bounded time."""

from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengliang.base.profile import load_profile
from hengliang.criteria.read import Status, read_criterion

PROFILE = load_profile("national-2015")
PARTS = [
    "每",
    "降低",
    "超过",
    "少",
    "延迟",
    "1%",
    "5个百分点",
    "一家",
    "2项",
    "1个月",
    "90%",
    "100%",
    "以上",
    "以下",
    "（含）",
    "以内",
    "达到",
    "低于",
    "不少于",
    "扣1分",
    "扣0.5分",
    "得5分",
    "得满分",
    "不得分",
    "加2分",
    "，",
    "；",
    "。",
    "、",
    "的",
    "完成率",
    "未完成",
    "否则",
    "扣完为止",
    "最多扣3分",
    "最高得5分",
    "按比例得分",
    "酌情",
    "…",
    "一票否决",
    "分别",
    "第一次",
    "×",
    "÷",
    "=",
    "分值",
    "(",
    ")",
    "不足1%按1%计",
    "无计划",
    "发生事故",
    "好、中、差",
    "扣0、3、5分",
    "1-3分",
    "80%-90%",
    "其中",
    "如",
]
read_criterion("不得分", None, None, None, None, PROFILE)  # Building the parser once is no part of a reading.
LIMIT = 0.05
"""Seconds for one sentence on a quiet machine; a busy one is given the double."""


def read(text: str) -> None:
    for _ in range(3):
        started = process_time()
        reading = read_criterion(text, Decimal(5), "≥", "100", "%", PROFILE)
        taken = process_time() - started
        # A busy machine may stop once, but not each time.
        if taken < 2 * LIMIT:
            break
    assert taken < 2 * LIMIT
    assert (reading.status is Status.UNREAD) == bool(reading.unread)
    for note in (*reading.unread, *reading.open):
        assert 0 <= note.span.start <= note.span.end <= len(text)
    for variable in reading.variables:
        assert variable.name is not None


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join))
def test_sentences_put_together_at_random(text: str) -> None:
    read(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    read(text)


@pytest.mark.parametrize(
    "text",
    [
        "每" * 600,
        "1、" * 300,
        "扣" * 600,
        "一" * 600,
        "(" * 600,
        "每1%扣1分" * 60,
        "9" * 600,
        "1%得5分得满分",
    ],
)
def test_hostile_repetition(text: str) -> None:
    read(text)
