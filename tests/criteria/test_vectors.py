"""Real sentences: what is read must be right; what is not read must be said."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from hengliang.base.profile import load_profile
from hengliang.criteria.given import GivenError
from hengliang.criteria.read import CriterionReading, Status, read_criterion

VECTORS = Path(__file__).parent.parent / "samples" / "criteria" / "vectors.jsonl"
SENTENCES = [json.loads(line) for line in VECTORS.read_text(encoding="utf-8").splitlines()]
PROFILE = load_profile("national-2015")


def read(vector: dict[str, Any]) -> CriterionReading:
    points = Decimal(vector["points"]) if vector.get("points") else None
    return read_criterion(
        vector["text"], points, vector.get("operator"), vector.get("target"), vector.get("unit"), PROFILE
    )


def right_scores(vector: dict[str, Any]) -> dict[str, set[str]]:
    right: dict[str, set[str]] = {}
    for case in [*vector.get("cases", []), *vector.get("also_ok", [])]:
        right.setdefault(json.dumps(case["given"]), set()).add(case["score"])
    return right


@pytest.mark.parametrize("vector", SENTENCES, ids=lambda vector: vector["text"][:24])
def test_no_sentence_is_read_wrongly(vector: dict[str, Any]) -> None:
    reading = read(vector)
    for given, scores in right_scores(vector).items():
        try:
            score = reading.score_at(json.loads(given))
        except GivenError:
            continue
        if score is not None:
            assert any(score.low <= Decimal(right) <= score.high for right in scores), (given, scores, score)


@pytest.mark.parametrize(
    "vector", [vector for vector in SENTENCES if vector.get("ranges")], ids=lambda vector: vector["text"][:24]
)
def test_open_amounts_stay_within_their_range(vector: dict[str, Any]) -> None:
    reading = read(vector)
    for case in vector["ranges"]:
        score = reading.score_at(case["given"])
        assert score is None or Decimal(case["from"]) <= score.low <= score.high <= Decimal(case["to"])


@pytest.mark.parametrize(
    "vector",
    [vector for vector in SENTENCES if vector["expect"] == "unreadable"],
    ids=lambda vector: vector["text"][:24],
)
def test_descriptions_are_not_made_into_arithmetic(vector: dict[str, Any]) -> None:
    assert read(vector).status in (Status.BOUNDED, Status.UNREAD)


def test_most_sentences_with_arithmetic_are_read() -> None:
    passed = [
        vector
        for vector in SENTENCES
        if vector.get("cases")
        and all(_is_right(vector, read(vector), case["given"]) for case in vector["cases"])
    ]
    assert len(passed) >= 110


def _is_right(vector: dict[str, Any], reading: CriterionReading, given: Any) -> bool:
    try:
        score = reading.score_at(given)
    except GivenError:
        return False
    return (
        score is not None and score.is_certain and str(score.low) in right_scores(vector)[json.dumps(given)]
    )


@pytest.mark.parametrize("vector", SENTENCES, ids=lambda vector: vector["text"][:24])
def test_the_canonical_sentence_says_the_same(vector: dict[str, Any]) -> None:
    reading = read(vector)
    if reading.canonical is None:
        return
    again = read_criterion(reading.canonical, reading.points, None, None, None, PROFILE)
    assert again.tree is not None, reading.canonical
    assert again.curves == reading.curves
    assert len(again.variables) == len(reading.variables)
