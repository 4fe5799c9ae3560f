"""What an actual value says of what a sentence asks: worked out and told, or asked for, never guessed."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from hengliang.base.profile import load_profile
from hengliang.criteria.read import read_criterion
from hengliang.form.actual import Actual
from hengliang.score.facts import Facts, known_facts
from tests.factories import indicator

PROFILE = load_profile("national-2015")


def facts(
    sentence: str, actual: str | None, year: int = 2023, stated: dict[str, str] | None = None, **fields: Any
) -> Facts:
    """The facts of a sentence in a row of 60 家 with 10 points."""
    row = indicator("核查情况", criterion=sentence, **{"points": Decimal(10), **fields})
    reading = read_criterion(sentence, row.points, row.operator, row.target, row.unit, PROFILE)
    assert reading.tree is not None, reading
    return known_facts(reading.tree, row, Actual(actual, stated or {}), year, PROFILE)


def only(found: Facts) -> Fraction | str | None:
    """The one fact that is known; None when it must be asked."""
    assert len(found.known) + len(found.questions) == 1
    return next(iter(found.known.values()), None)


PERCENT: dict[str, Any] = {"target": "90", "unit": "%"}
DATED: dict[str, Any] = {"operator": "≤", "target": "2023-11-30", "unit": None}
WORDS: dict[str, Any] = {"operator": "定性", "target": "有序推进", "unit": None}


@pytest.mark.parametrize(
    ("sentence", "actual", "fields", "fact"),
    [
        ("每少1家扣0.5分", "57", {}, Fraction(57)),
        ("每少1家扣0.5分", "57家", {}, Fraction(57)),
        ("每少1家扣0.5分", "57处", {}, None),
        ("每少1家扣0.5分", "完成了大部分", {}, None),
        ("每少1亿元扣1分", "12000万元", {"target": "2", "unit": "亿元"}, Fraction(6, 5)),
        ("低于90%的，每低1个百分点扣1分", "88%", PERCENT, Fraction(88)),
        ("低于90%的，每低1个百分点扣1分", "88", PERCENT, Fraction(88)),
        ("完成率低于90%的，每低1个百分点扣1分", "57", {}, Fraction(95)),
        ("完成率低于90%的，每低1个百分点扣1分", "95%", {}, Fraction(95)),
        ("每少1家扣0.5分", "95%", {}, Fraction(57)),
        ("完成任务得满分，否则不得分", "60", {}, "是"),
        ("完成任务得满分，否则不得分", "59", {}, "否"),
        ("完成任务得满分，否则不得分", "是", {}, "是"),
        ("通过验收得满分，否则不得分", "否", WORDS, "否"),
        ("发生安全事故不得分", "是", WORDS, None),
        ("每延迟1个月扣1分", "2023-12-31", DATED, Fraction(1)),
        ("每延迟1个月扣1分", "2023-12-29", DATED, Fraction(0)),
        ("每延迟1个月扣1分", "2023-11-30", DATED, Fraction(0)),
        ("每延迟1天扣1分", "2023年12月2日", DATED, Fraction(2)),
        ("每延迟1个工作日扣1分", "2023-12-04", DATED, Fraction(2)),
        ("每延迟1个月扣1分", "2个月", DATED, Fraction(2)),
        ("每延迟1个月扣1分", "尽快", DATED, None),
        ("每发生1次扣1分", "3", {"operator": "≤", "target": "0", "unit": "次"}, Fraction(3)),
        ("每发生1次扣1分", "57", {}, None),
        ("优得10分，良得8分，差得0分", "良", WORDS, "良"),
    ],
)
def test_what_follows_from_an_actual_value(
    sentence: str, actual: str, fields: dict[str, Any], fact: Fraction | str | None
) -> None:
    assert only(facts(sentence, actual, **fields)) == fact


def test_what_was_worked_out_is_said() -> None:
    assert facts("完成率低于90%的，每低1个百分点扣1分", "57").assumptions[0].say("en") == (
        "degree of completion: actual 57家 ÷ target 60家 = 95%"
    )
    assert "2023-12-31" in facts("每延迟1个月扣1分", "2023-12-31", **DATED).assumptions[0].say("en")


@pytest.mark.parametrize(
    ("target", "actual", "fact", "said"),
    [
        ("2023-09-28", "2023-10-07", Fraction(1), "announced"),
        ("2035-09-28", "2035-10-02", Fraction(2), "Monday"),
    ],
)
def test_working_days_say_which_calendar(target: str, actual: str, fact: Fraction, said: str) -> None:
    found = facts("每延迟1个工作日扣1分", actual, operator="≤", target=target, unit=None)
    assert only(found) == fact
    assert said in found.assumptions[-1].say("en")


def test_a_day_without_a_due_day_says_nothing_of_a_delay() -> None:
    found = facts("每延迟1个月扣1分", "2023-12-31", operator="定性", target="完成", unit=None)
    assert only(found) is None


def test_a_deadline_in_the_explanation_counts() -> None:
    found = facts(
        "每延迟1个月扣1分", "2024-02-15", operator="≥", target="1", unit="年", explanation="2023年年底完成"
    )
    assert only(found) == 1


@pytest.mark.parametrize(
    ("stated", "known"),
    [
        ({"事故": "1", "整改": "是"}, 2),
        ({"发生事故": "2"}, 1),
        ({"事故": "很多", "整改": "是"}, 0),
    ],
)
def test_further_facts_answer_by_their_names(stated: dict[str, str], known: int) -> None:
    found = facts("每发生1起事故扣1分，未整改的扣2分", None, stated=stated, **WORDS)
    assert len(found.known) == known
    assert len(found.known) + len([one for one in found.questions if "?" in one.text]) == 2


def test_nothing_stated_asks_for_everything() -> None:
    found = facts("每发生1起事故扣1分，未整改的扣2分", None)
    assert not found.known
    assert len(found.questions) == 2
