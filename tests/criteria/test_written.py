"""Sentences written for the language, with scores worked out by hand: nothing may be read wrongly."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from hengliang.base.profile import load_profile
from hengliang.criteria.given import GivenError
from hengliang.criteria.read import CriterionReading, read_criterion

WRITTEN = Path(__file__).parent.parent / "samples" / "criteria" / "written.jsonl"
SENTENCES: list[dict[str, Any]] = [
    json.loads(line) for line in WRITTEN.read_text(encoding="utf-8").splitlines()
]
PROFILE = load_profile("national-2015")


def read(row: dict[str, Any]) -> CriterionReading:
    return read_criterion(
        row["text"], Decimal(row["points"]), row["operator"], row["target"], row["unit"], PROFILE
    )


@pytest.mark.parametrize("row", SENTENCES, ids=lambda row: row["text"][:24])
def test_no_sentence_is_read_wrongly(row: dict[str, Any]) -> None:
    reading = read(row)
    for case in row["cases"]:
        try:
            score = reading.score_at(case["given"])
        except GivenError:
            continue
        assert score is None or score.low <= Decimal(case["score"]) <= score.high, case


@pytest.mark.parametrize("row", SENTENCES, ids=lambda row: row["text"][:24])
def test_the_canonical_sentence_says_the_same(row: dict[str, Any]) -> None:
    reading = read(row)
    if reading.canonical is None:
        return
    again = read_criterion(reading.canonical, reading.points, None, None, None, PROFILE)
    assert again.tree is not None, reading.canonical
    assert again.curves == reading.curves, reading.canonical


def test_most_are_read() -> None:
    scored = 0
    for row in SENTENCES:
        reading = read(row)
        try:
            scores = [reading.score_at(case["given"]) for case in row["cases"]]
        except GivenError:
            continue
        scored += all(score is not None and score.is_certain for score in scores)
    assert scored > len(SENTENCES) * 0.75
