"""The answer to a question as data: every key, every kind of fact, and nothing raised."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from hengliang.base.profile import load_profile
from hengliang.criteria.as_json import amount, answer
from hengliang.criteria.question import Question, QuestionError, fact_in, question_of
from hengliang.criteria.schema import criterion_schema

PROFILE = load_profile("national-2015")
VECTORS = Path(__file__).parent.parent / "samples" / "criteria" / "vectors.jsonl"
SENTENCES = [json.loads(line) for line in VECTORS.read_text(encoding="utf-8").splitlines()]
SCHEMA = Draft202012Validator(criterion_schema())
KEYS = {"status", "variable", "assumptions", "unread", "canonical", "pieces", "scores"}


def ask(text: str, *facts: Any, language: str = "en", **around: Any) -> dict[str, Any]:
    return answer(question_of({"text": text, "given": list(facts), **around}), PROFILE, language)


@pytest.mark.parametrize("vector", SENTENCES, ids=lambda vector: vector["text"][:24])
def test_every_shape_of_the_vectors_is_answered(vector: dict[str, Any]) -> None:
    cases = [*vector.get("cases", []), *vector.get("ranges", [])]
    found = answer(question_of({**vector, "given": [case["given"] for case in cases]}), PROFILE, "zh_Hans")
    assert found.keys() >= KEYS
    SCHEMA.validate(found)
    assert found.keys() <= criterion_schema()["$defs"]["Answer"]["properties"].keys()
    assert json.loads(json.dumps(found)) == found
    assert [score["given"] for score in found["scores"]] == [case["given"] for case in cases]
    for score in found["scores"]:
        kinds = [{"score"}, {"low", "high"}, {"error"}]
        assert score.keys() - {"given", "steps"} in kinds
        for key in {"score", "low", "high"} & score.keys():
            assert str(Decimal(score[key]).quantize(Decimal("0.01"))) == score[key]
    assert {"kind", "unit", "meaning"} <= found["variable"].keys()


def test_one_number() -> None:
    found = ask("每少1家扣0.5分，扣完为止", "57", points="3", operator="≥", target="60", unit="家")
    assert found["status"] == "exact"
    assert found["variable"]["kind"] == "value"
    assert found["variable"]["unit"] == "家"
    assert [(piece["from"], piece["to"]) for piece in found["pieces"]] == [
        (None, "53"),
        ("53", "60"),
        ("60", None),
    ]
    assert found["pieces"][1]["points"] == {
        "start": "3",
        "stair": {"origin": "60", "size": "-1", "rise": "-0.5", "begun_counts": False},
    }
    assert found["scores"][0]["score"] == "1.50"
    assert found["scores"][0]["steps"][1]["words"] == ["每少1家扣0.5分"]


def test_what_is_open_lies_between_two_numbers() -> None:
    found = ask("90%以上得5分，80%-90%得3分，80%以下酌情扣分", 85, "79.5%", points=5)
    assert found["status"] == "bounded"
    assert found["scores"][0]["score"] == "3.00"
    assert (found["scores"][1]["low"], found["scores"][1]["high"]) == ("0.00", "5.00")
    assert found["pieces"][0]["low"] == {"start": "0"}
    assert found["pieces"][0]["high"] == {"start": "5"}
    assert found["open"][0]["words"] == "扣分"


def test_several_facts() -> None:
    found = ask("每发现1起扣1分，扣完为止；未建立制度扣2分", {"发现": 2, "未建立制度": "否"}, points=5)
    assert found["variable"]["kind"] == "several"
    assert [each["kind"] for each in found["variable"]["variables"]] == ["count", "met"]
    assert found["scores"][0]["score"] == "3.00"
    assert {piece["role"] for piece in found["pieces"]} == {"adds"}


def test_words_and_gates() -> None:
    grades = ask("好得5分，中得3分，差得0分", "中", points=5)
    assert grades["variable"]["words"] == ["好", "中", "其他"]
    assert grades["scores"][0]["score"] == "3.00"
    gate = ask("发生安全事故不得分", True, points=5)
    assert {piece["word"]: piece["points"] for piece in gate["pieces"]} == {
        "是": {"start": "5"},
        "否": {"start": "0"},
    }
    assert gate["scores"][0]["score"] == "5.00"


def test_a_sentence_that_is_unread() -> None:
    found = ask("视情况考虑", "1")
    assert found["status"] == "unread"
    assert found["variable"] == {"kind": None, "unit": None, "meaning": None}
    assert found["canonical"] is None
    assert found["pieces"] == []
    assert found["unread"][0]["words"] == "视情况考虑"
    assert "error" in found["scores"][0]


def test_a_fact_that_does_not_fit_is_told_what_is_asked() -> None:
    found = ask("每少1家扣0.5分", "多", points="3", operator=">=", target="60家")
    assert found["scores"][0]["error"].endswith("asked is: the measured value of the indicator (家)")


def test_two_dates() -> None:
    found = ask("年内完成计5分，每超过1个月扣1分", ["2023-12-31", "2024-02-29"], points=5)
    if found["variable"]["kind"] == "delay":
        assert found["scores"][0]["score"] == "3.00"
    assert fact_in(["2023-12-31", "2024-02-29"]) == {"应完成": "2023-12-31", "完成": "2024-02-29"}


@pytest.mark.parametrize(
    ("around", "expected"),
    [
        ({"points": "5分", "target": "≥95%"}, (Decimal(5), "≥", "95", "%")),
        ({"points": 5, "operator": ">=", "target": 60, "unit": "家"}, (Decimal(5), "≥", "60", "家")),
        ({"operator": "不低于", "target": "1,200"}, (None, "≥", "1200", None)),
        ({"operator": "定性", "target": "明显改善"}, (None, "定性", "明显改善", None)),
        ({"target": ""}, (None, None, None, None)),
    ],
)
def test_the_indicator_around_a_sentence(around: dict[str, Any], expected: tuple[Any, ...]) -> None:
    asked = question_of({"text": "每少1家扣0.5分", **around})
    assert (asked.points, asked.operator, asked.target, asked.unit) == expected


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"text": " "},
        {"text": 3},
        {"text": "扣1分", "points": "many"},
        {"text": "扣1分", "points": -1},
        {"text": "扣1分", "operator": "about"},
        {"text": "扣1分", "target": [1]},
        {"text": "扣1分", "given": ["1"] * 10_001},
    ],
)
def test_what_is_no_question(data: dict[str, Any]) -> None:
    with pytest.raises(QuestionError):
        question_of(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@given(facts=st.lists(JSON, max_size=4), text=st.sampled_from([vector["text"] for vector in SENTENCES]))
@settings(deadline=None, max_examples=150)
def test_whatever_is_stated_is_answered(facts: list[Any], text: str) -> None:
    found = answer(Question(text, Decimal(5), given=tuple(facts)), PROFILE, "en")
    assert len(found["scores"]) == len(facts)


def test_amounts_are_exact() -> None:
    assert [amount(Fraction(*each)) for each in ((10, 4), (10, 3), (-1, 8), (300, 1))] == [
        "2.5",
        "10/3",
        "-0.125",
        "300",
    ]
