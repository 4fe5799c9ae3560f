import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.text import clean, compact, display_width, folded, is_cut, narrow, remembered


@pytest.mark.parametrize(
    ("printed", "narrowed"),
    [
        ("１００％", "100%"),
        ("≥９５．５％", "≥95.5%"),
        ("ＡＢｃ／亩", "ABc/亩"),
        ("－５～＋５", "-5~+5"),
        ("（一）完成，含；是：“好”。", "（一）完成，含；是：“好”。"),
        ("1：500", "1：500"),
    ],
)
def test_narrow_changes_figures_and_leaves_chinese_punctuation(printed: str, narrowed: str) -> None:
    assert narrow(printed) == narrowed


def test_blanks_of_every_kind_are_squeezed() -> None:
    printed = "\ufeff 完成\u3000\u3000造林\xa0\n\t5\u200b00　亩\x07 "
    assert clean(printed) == "完成 造林 500 亩"
    assert compact(printed) == "完成造林500亩"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“多测合一”", '"多测合一"'),
        ("1—7月", "1-7月"),
        ("１：５００", "1:500"),
        ("项目（工程）", "项目(工程)"),
        ("服务 对象\n满意度", "服务对象满意度"),
        ("面积㎡", "面积m2"),
    ],
)
def test_folded_makes_spellings_equal(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_folded_keeps_what_differs() -> None:
    assert folded("一类") != folded("-类")
    assert folded("95%") != folded("9.5%")


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("退化林修复…", True),
        ("退化林修复……", True),
        ("退化林修复⋯ ", True),
        ("退化林修复...", True),
        ("退化林修复..", True),
        ("退化林修复.", False),
        ("…退化林修复", False),
        ("退化林修复。。", False),
        ("", False),
    ],
)
def test_is_cut(text: str, cut: bool) -> None:
    assert is_cut(text) is cut


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("衡量", 4), ("≥95%", 4), ("（一）", 6), ("e\u0301", 1), ("a\u200bb", 2), ("", 0)],
)
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    for normalise in (narrow, clean, compact, folded):
        assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_narrow_keeps_positions(text: str) -> None:
    assert len(narrow(text)) == len(text)


@given(st.text(), st.text())
def test_width_adds_up(text: str, other: str) -> None:
    assert display_width(text + other) == display_width(text) + display_width(other)


def test_long_texts_are_answered_but_not_kept() -> None:
    asked: list[int] = []

    @remembered(longest=3)
    def length(text: str) -> int:
        asked.append(len(text))
        return len(text)

    assert [length("abc"), length("abc"), length("abcd"), length("abcd")] == [3, 3, 4, 4]
    assert asked == [3, 4, 4]
