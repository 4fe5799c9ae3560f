"""The numbers in front of list items."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.review.marks import Mark, read_mark


@pytest.mark.parametrize(
    ("text", "number", "next_one"),
    [
        ("1、", 1, "2、"),
        ("（一）", 1, "（二）"),
        ("(9)", 9, "(10)"),
        ("十九、", 19, "二十、"),
        ("九、", 9, "十、"),
        ("十、", 10, "十一、"),
        ("二十一、", 21, "二十二、"),
        ("①", 1, "②"),
        ("⒑", 10, "⒒"),
        ("㈠", 1, "㈡"),
        ("㈩", 10, "11"),
        ("Ⅲ.", 3, "Ⅳ."),
        ("目标3：", 3, "目标4："),
        ("第二，", 2, "第三，"),
        ("３．", 3, "4．"),
    ],
)
def test_read_and_written_anew(text: str, number: int, next_one: str) -> None:
    mark = read_mark(text)
    assert mark is not None
    assert mark.number == number
    assert mark.written(number + 1) == next_one


@pytest.mark.parametrize("text", ["", "★", "——", "目标："])
def test_no_number(text: str) -> None:
    assert read_mark(text) is None


def test_levels_are_told_apart_by_script_and_what_stands_before() -> None:
    one, dotted, inner = read_mark("1、"), read_mark("2."), read_mark("（1）")
    assert isinstance(one, Mark) and isinstance(dotted, Mark) and isinstance(inner, Mark)
    assert one.style == dotted.style != inner.style


@given(st.integers(1, 99), st.sampled_from(["1、", "（一）", "目标1："]))
def test_what_is_written_is_read(number: int, pattern: str) -> None:
    mark = read_mark(pattern)
    assert mark is not None
    again = read_mark(mark.written(number))
    assert again is not None and again.number == number and again.style == mark.style
