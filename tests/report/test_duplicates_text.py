"""Indicators on several forms: the largest groups first, few of each unless all are asked for."""

from hengliang.base.profile import load_profile
from hengliang.report.duplicates_text import record, render
from hengliang.report.ink import Ink
from hengliang.review.duplicates import duplicates
from tests.factories import form, indicator

PROFILE = load_profile("national-2015")
NAMES = ("地下水资源常规监测", "公众满意度", "不动产系统迁移")


def _groups(forms: int):
    return duplicates(((f"{number}.xlsx", form(*map(indicator, NAMES))) for number in range(forms)), PROFILE)


def test_few_are_shown() -> None:
    text = render(_groups(5), "en", 100, Ink(False))
    assert text.startswith("Indicators that stand on several forms: 3\n")
    assert (
        "  公众满意度  5 forms, the same name\n    0.xlsx #2\n    1.xlsx #2\n    2.xlsx #2\n    and 2 more\n"
        in text
    )
    assert render(_groups(5), "zh_Hans", 100, Ink(False), verbose=True).count(".xlsx #2") == 5


def test_no_group_no_words() -> None:
    assert render((), "en", 100, Ink(False)) == ""


def test_near_names_show_how_near() -> None:
    forms = [
        ("a.xlsx", form(indicator("绿色矿山核查数量"))),
        ("b.xlsx", form(indicator("绿色矿山现场核查数量"))),
    ]
    (group,) = duplicates(forms, PROFILE)
    text = render([group], "en", 100, Ink(False))
    assert "nearly the same name" in text
    assert "%)" in text
    assert record(group)["same"] is False
    assert [member["path"] for member in record(group)["members"]] == ["indicators/0/name"] * 2
