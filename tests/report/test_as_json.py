"""The JSON keeps to its published schema, and says the same whatever way it is put together."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from hengliang.base.message import message
from hengliang.base.profile import load_profile
from hengliang.form.errors import Damaged
from hengliang.report.as_json import piece, proposals, whole
from hengliang.report.changes import proposal_records
from hengliang.report.records import Rest
from hengliang.report.schema import review_schema
from hengliang.review.catalogue import all_rules
from hengliang.review.verdict import Counts, total
from tests.report.reviewed import PLACES, reviewed

PROFILE = load_profile("national-2015")


def _document(*languages: str, unreadable: tuple[Damaged, ...] = ()) -> Any:
    verdicts = [reviewed(PLACES, "form.xlsx") for _ in languages]
    rest = Rest(total(verdict.counts for verdict in verdicts), unreadable)
    pieces = (piece(verdict, language) for verdict, language in zip(verdicts, languages, strict=True))
    return json.loads("".join(whole(pieces, PROFILE, all_rules(), "en", lambda: rest)))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(review_schema())


@pytest.mark.parametrize("languages", [(), ("en",), ("en", "zh_Hans")])
def test_documents_keep_to_the_schema(languages: tuple[str, ...]) -> None:
    error = Damaged("bad.pdf", message("it is broken"), message("save it anew"))
    document = _document(*languages, unreadable=(error,))
    Draft202012Validator(review_schema()).validate(document)
    assert len(document["forms"]) == len(languages)
    assert document["unreadable"] == [{"file": "bad.pdf", "reason": "it is broken", "remedy": "save it anew"}]


def test_the_schema_knows_every_field() -> None:
    """Nothing is written that the schema does not describe."""
    schema = review_schema()
    record = _document("en")["forms"][0]
    assert schema["$defs"]["Form"]["properties"].keys() == record.keys()
    assert schema["$defs"]["Finding"]["properties"].keys() == record["findings"][0].keys()
    assert schema["$defs"]["Spot"]["properties"].keys() == record["findings"][0]["spots"][0].keys()
    assert schema["$defs"]["Counts"]["properties"].keys() == set(Counts._fields)
    assert schema["$defs"]["Rule"]["properties"].keys() == _document()["rules"][0].keys()


def test_a_finding_has_place_characters_and_fix() -> None:
    record = _document("zh_Hans")["forms"][0]
    number = next(one for one in record["findings"] if one["code"] == "V98")
    assert number["spots"][0]["place"] == {
        "at": "申报表!E9",
        "file": "form.xlsx",
        "sheet": "申报表",
        "row": 9,
        "column": 5,
    }
    assert number["spots"][0]["label"] == "指标2 界桩定位核查 · 指标值"
    assert number["fix"]["edits"] == [{"path": "indicators/1/operator", "old": "定性", "new": "="}]
    doubled = next(one for one in record["findings"] if one["code"] == "T98")
    assert (doubled["spots"][0]["start"], doubled["spots"][0]["end"]) == (16, 18)
    assert record["digest"].startswith("sha256:")
    assert record["suppressed"][0]["suppression"]["reason"] == "名称无误"
    assert record["counts"]["errors"] == 3


def test_proposals_are_a_list() -> None:
    records = [json.dumps(one, ensure_ascii=False) for one in proposal_records(reviewed(), "en")]
    made = json.loads("".join(proposals([",".join(records), ""])))
    assert [one["code"] for one in made["proposals"]] == ["V98", "V98"]
    assert json.loads("".join(proposals([]))) == {"proposals": []}
