"""Numbered duties and goals, in the styles that offices use."""

import pytest

from hengliang.form.understand.items import split_items


@pytest.mark.parametrize(
    "text",
    [
        "1、修路。2、架桥。",
        "1.修路。2.架桥。",
        "1)修路。2)架桥。",
        "1）修路；2）架桥。",
        "（1）修路。（2）架桥。",
        "一、修路。\n二、架桥。",
        "一.修路。二.架桥。",
        "①修路。②架桥。",
        "目标1：修路。目标2：架桥。",
    ],
)
def test_styles(text: str) -> None:
    assert [item.text.rstrip("。；") for item in split_items(text)] == ["修路", "架桥"]


def test_a_year_behind_the_number_is_no_decimal() -> None:
    assert [item.text for item in split_items("1.2023年修路。2.2024年架桥。")] == [
        "2023年修路。",
        "2024年架桥。",
    ]


def test_a_figure_inside_a_sentence_opens_nothing() -> None:
    assert [item.text for item in split_items("完成造林1.2万亩，抚育3）万亩。")] == [
        "完成造林1.2万亩，抚育3）万亩。"
    ]
