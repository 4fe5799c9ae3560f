"""Widths on the screen: Chinese takes two columns, marks none, and nothing moves the cursor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.report.width import fit, pad, visible, width, wrap

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60) | st.text(
    "甲乙，。ab …", max_size=60
)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("abc", 3),
        ("指标值", 6),
        ("１２", 4),
        ("≥95%", 4),
        ("e\u0301", 1),
        ("", 0),
        ("a\u200bb", 2),
        ("…", 1),
        ("“甲”", 4),
    ],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


@given(st.text(max_size=40))
def test_visible_keeps_the_number_of_characters(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not set(shown) & set("\n\r\t\x1b\x00\x07\u202e\u2028")
    shown.encode("utf-8")


def test_visible_leaves_plain_text_alone() -> None:
    assert visible("指标值 ≥ 95 %") == "指标值 ≥ 95 %"
    assert visible("甲\n乙") == "甲↵乙"


@given(TEXTS, st.integers(4, 40), st.integers(0, 60))
def test_fit_never_takes_more(text: str, columns: int, start: int) -> None:
    shown, skipped = fit(text, columns, min(start, len(text)))
    assert width(shown) <= columns
    plain = shown.removeprefix("…") if skipped else shown
    begin = skipped + (1 if skipped else 0)
    assert text.startswith(plain.removesuffix("…") if shown != text else plain, begin)


@given(TEXTS, st.integers(8, 40))
def test_what_is_asked_for_is_shown(text: str, columns: int) -> None:
    start = len(text) // 2
    shown, skipped = fit(text, columns, start)
    if text and width(text[start]):
        assert 0 <= start - skipped < len(shown)
        assert shown[start - skipped] in (text[start], "…")


def test_pad() -> None:
    assert pad("指标", 6) == "指标  "


@given(TEXTS, st.integers(4, 40))
def test_wrap_loses_nothing_but_blanks(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_wrap_breaks_between_chinese_characters_but_not_before_a_stop() -> None:
    assert wrap("甲乙丙丁，戊", 8) == ["甲乙丙", "丁，戊"]
    assert wrap("one two three", 8) == ["one two", "three"]
    assert wrap("", 8) == [""]
