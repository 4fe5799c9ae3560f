"""What mending changes, as a unified diff of fields, and what is proposed."""

from hengliang.base.finding import Edit
from hengliang.base.message import message
from hengliang.report.changes import diff, mended_text, proposal_text
from hengliang.report.ink import Ink
from hengliang.review.fix import Applied
from tests.factories import form, indicator
from tests.report.reviewed import reviewed

SAY = message("write it properly")


def test_diff_names_fields_and_rules() -> None:
    before = form(indicator("甲", remark="3分", points=None), goals=("一。。",))
    after = form(indicator("甲", points="3"), goals=("一。",))
    applied = [
        Applied("T01", SAY, (Edit("goals/0", "一。。", "一。"),)),
        Applied(
            "W02", SAY, (Edit("indicators/0/remark", "3分", None), Edit("indicators/0/points", None, "3"))
        ),
        Applied("T03", SAY, ()),
    ]
    assert diff(before, after, applied, ("a.txt", "a.fixed.xlsx"), "zh_Hans", Ink(False)) == (
        "--- a.txt\n"
        "+++ a.fixed.xlsx\n"
        "@@ 年度总体目标 1 @@ T01\n"
        "-一。。\n"
        "+一。\n"
        "@@ 指标1 甲 · 备注 @@ W02\n"
        "-3分\n"
        "@@ 指标1 甲 · 分值 @@ W02\n"
        "+3\n"
    )


def test_no_change_no_diff() -> None:
    assert diff(form(), form(), [], ("a", "b"), "en", Ink(False)) == ""


def test_proposals_show_old_and_new() -> None:
    text = proposal_text(reviewed(), "zh_Hans", Ink(False))
    assert text.startswith(
        "form.txt: V98 指标2 界桩定位核查 · 指标值：decide on it\n      指标值类型: 定性 → =\n"
    )
    assert "T98" not in text


def test_what_was_mended_is_counted_by_rule() -> None:
    applied = [Applied("W02", SAY, ()), Applied("T01", SAY, ()), Applied("W02", SAY, ())]
    assert mended_text(applied, "b.xlsx", "en") == "3 mended (T01×1 W02×2), written to b.xlsx\n"
    assert mended_text([], "b.xlsx", "en") == "Nothing could be mended safely.\n"
