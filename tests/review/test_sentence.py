"""Scoring sentences taken apart: steps, lines, amounts, and where they stand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.review.sentence import read_sentence, with_phrase


@pytest.mark.parametrize(
    ("text", "way", "size", "unit", "then", "points"),
    [
        ("未完成一家扣0.05分", "short", "1", "家", "loss", "0.05"),
        ("每降低1%扣1分", "short", "1", "%", "loss", "1"),
        ("每超过5个百分点扣0.5分，扣完为止", "over", "5", "个百分点", "loss", "0.5"),
        ("每延迟一年扣2分", "late", "1", "年", "loss", "2"),
        ("违反规定每起扣5分", "each", "1", "起", "loss", "5"),
        ("发现一处错误扣2分，扣完30分为止", "each", "1", "处", "loss", "2"),
        ("每少0.1万亩扣1分", "short", "0.1", "万亩", "loss", "1"),
        ("每有 1 人扣 0。5 分", "each", "1", "人", "loss", "0.5"),
        ("每宣传一次得0.5分", "each", "1", "次", "gain", "0.5"),
        ("每增加10万元加0.5分", "over", "10", "万元", "bonus", "0.5"),
        ("每缺一项扣半分", "short", "1", "项", "loss", "0.5"),
    ],
)
def test_a_step(text: str, way: str, size: str, unit: str, then: str, points: str) -> None:
    (step,) = read_sentence(text).steps
    assert (step.way, step.size, step.unit, step.then) == (way, Decimal(size), unit, then)
    assert step.amount is not None
    assert step.amount.number == Decimal(points)


@pytest.mark.parametrize(
    "text", ["1个月以内完成得5分", "第1项不合格扣2分", "2023年1月完成得5分", "一般计3分", "完成一项目标"]
)
def test_no_step(text: str) -> None:
    assert read_sentence(text).steps == ()


def test_a_step_that_the_cut_took() -> None:
    sentence = read_sentence("年内完成计5分，每超过1个月…", cut=True)
    (step,) = sentence.steps
    assert (step.way, step.unit, step.then, step.amount) == ("over", "个月", "open", None)
    assert [amount.number for amount in sentence.gains] == [5]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("达到90%以上得满分", ["least"]),
        ("结案率≥90%得2分，低于60%不得分", ["least", "below"]),
        ("未达到90%的扣1分", ["below"]),
        ("公示不得少于7天，得5分", ["least"]),
        ("控制在5%以内得满分，超过5%不得分", ["most", "above"]),
        ("80%-90%得8分", ["band"]),
        ("完成率100%计满分", ["at"]),
        ("2023年完成得2分", []),
        ("评分低于60分不合格", []),
    ],
)
def test_lines(text: str, sides: list[str]) -> None:
    assert [line.side for line in read_sentence(text).lines] == sides


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("结案率达到90%以上计2分，每降低1%扣0.2分", "90"),
        ("未达到90%任务每降低1%扣1分", "90"),
        ("100%计满分,每低于5%扣2分,扣完为止。", "100"),
        ("≥90%得10分，80%–90%得8分，60%–80%得5分，低于60%不得分", "90"),
        ("达到85%以上，每降低1%扣0.5分", "85"),
        ("每下降10%扣2分，低于80%不得分", None),
        ("按完成比例计分，低于60%不得分", None),
        ("低于80%不得分", "80"),
        ("每降低1%扣1分", None),
    ],
)
def test_line_of_full_marks(text: str, line: str | None) -> None:
    found = read_sentence(text).full_line
    assert (found.number if found else None) == (Decimal(line) if line else None)


@pytest.mark.parametrize(
    ("text", "gains", "losses", "levels"),
    [
        ("显著计6分，一般计3分，较差不计分", [6, 3], [], 3),
        ("未建立的扣 4 分，不完善的扣 2 分", [], [4, 2], 3),
        ("不科学、不合理的扣8分", [], [8], 2),
        ("有报告,得6分;无则不得分", [6], [], 2),
        ("优秀得8-10分，良好得6-8分", [10, 8], [], 2),
        ("完成得满分，未完成不得分", [], [], 2),
        ("最高得6分，专家评审高于80分的得5分", [5], [], 1),
    ],
)
def test_amounts_at_once(text: str, gains: list[int], losses: list[int], levels: int) -> None:
    sentence = read_sentence(text)
    assert [amount.number for amount in sentence.gains] == gains
    assert [amount.number for amount in sentence.losses] == losses
    assert sentence.levels == levels


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("每少一家扣1分，扣完为止", {"floor"}),
        ("按完成比例计算得分,满分为止.", {"ratio", "capped"}),
        ("执行率*该指标分值,最高不得超过分值上限。", {"ratio", "capped"}),
        ("得分=完成数/计划数×分值", {"ratio"}),
        ("未完成的不得分", {"zero"}),
        ("发现一户未纳入的此分值扣完", {"zero"}),
        ("达不到要求不给分", {"zero"}),
        ("完成年度目标即得该项指标总分值", {"full"}),
        ("较大事故一票否决", {"veto"}),
        ("项目通过相关组织的验收", set()),
        ("不折不扣地完成，考核加分不封顶", set()),
    ],
)
def test_fixed_phrases(text: str, facts: set[str]) -> None:
    sentence = read_sentence(text)
    names = ("floor", "capped", "ratio", "zero", "full", "veto")
    assert {name for name in names if getattr(sentence, name)} == facts


@pytest.mark.parametrize(
    ("text", "cut", "vague", "lost"),
    [
        ("每有一项不满足，则扣除相应…", True, 1, False),
        ("未按进度完成扣0…", True, 0, True),
        ("未达到90%任务每降低1%扣0.…", True, 0, True),
        ("发现问题酌情扣分", False, 1, False),
        ("未完成的按比例扣分", False, 0, False),
        ("持平不扣分", False, 0, False),
        ("好、中、差,分别扣0、3、5分", False, 0, False),
    ],
)
def test_deductions_without_amount(text: str, cut: bool, vague: int, lost: bool) -> None:
    sentence = read_sentence(text, cut)
    assert (len(sentence.vague_losses), sentence.lost_amount) == (vague, lost)


@pytest.mark.parametrize("text", ["每增加1件投诉扣1分", "不加分", "名额叠加的不重复加分"])
def test_no_bonus(text: str) -> None:
    assert read_sentence(text).bonuses == ()


@pytest.mark.parametrize(
    ("text", "longer"),
    [
        ("每少一家扣1分", "每少一家扣1分，扣完为止"),
        ("每少一家扣1分。", "每少一家扣1分，扣完为止。"),
        ("每少一家扣1分；", "每少一家扣1分，扣完为止"),
    ],
)
def test_a_phrase_at_the_end(text: str, longer: str) -> None:
    assert with_phrase(text, "扣完为止") == longer


PIECES = st.sampled_from(
    [
        "每",
        "少",
        "超过",
        "延迟",
        "一",
        "1",
        "2.5",
        "家",
        "%",
        "个月",
        "扣",
        "得",
        "计",
        "加",
        "分",
        "满分",
        "不得分",
        "按比例",
        "达到",
        "低于",
        "以上",
        "-",
        "、",
        "，",
        "；",
        "。",
        "…",
        "最高",
        "扣完为止",
        "0",
        "未",
        "的",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60), st.booleans())
def test_spans_lie_in_the_text_and_hold_what_they_say(text: str, cut: bool) -> None:
    sentence = read_sentence(text, cut)
    for step in sentence.steps:
        assert 0 <= step.start < step.end <= len(text)
        assert text[step.start] in "每1一１" or step.size == 1
    for line in sentence.lines:
        assert 0 <= line.start <= line.number_start < line.number_end <= line.end <= len(text)
        assert Decimal(text[line.number_start : line.number_end]) == line.number
    for amount in (*sentence.gains, *sentence.losses, *sentence.caps):
        assert 0 <= amount.start < amount.end <= len(text)
        assert text[amount.start : amount.end].strip() == text[amount.start : amount.end]
    for span in (*sentence.bonuses, *sentence.vague_losses):
        assert 0 <= span.start < span.end <= len(text)
    assert sentence.levels >= 0
    assert isinstance(sentence.is_graded, bool)
    assert sentence.full_line is None or sentence.full_line in sentence.lines


@given(st.lists(PIECES, max_size=30).map("".join))
def test_wide_punctuation_reads_like_narrow(text: str) -> None:
    narrow = text.translate(str.maketrans("，；", ",;"))
    wide, plain = read_sentence(text), read_sentence(narrow)
    assert wide._replace(text="") == plain._replace(text="")
