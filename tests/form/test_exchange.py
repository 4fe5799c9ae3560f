"""The exchange JSON holds a form without loss, and refuses what is no form with the path of the field."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from hengliang.base.message import message
from hengliang.base.place import Box, Place
from hengliang.form.errors import Damaged
from hengliang.form.exchange import (
    ExchangeError,
    form_from_json,
    form_to_json,
    from_exchange,
    place_from_text,
    read_exchange,
    to_exchange,
)
from hengliang.form.model import Form, Indicator, Kind, Money, MoneyRow, Purpose
from hengliang.form.schema import form_schema, reading_schema
from hengliang.form.source import NotUnderstood, ReadForm, Reading, Source
from tests.form.strategies import any_forms, printed_forms

FORM = Form(
    kind=Kind.DEPARTMENT,
    purpose=Purpose.DECLARATION,
    organisation="衡阳市自然资源和规划局",
    money=Money(unit="万元", rows=(MoneyRow(name="年度资金总额", budget=Decimal("2300.00")),)),
    indicators=(
        Indicator(
            level1="产出指标",
            level2="数量指标",
            name="开展绿色矿山核查",
            operator="≥",
            target="60",
            unit="家",
            points=Decimal(3),
            points_in="column",
        ),
    ),
)
SOURCE = Source(
    {"indicators/0/target": Place("form.xlsx", sheet="Sheet1", row=5, column=3)},
    {"indicators/0/target": "≥60家"},
    {"goals/0": (3, 9)},
)
READING = Reading(
    "form.xlsx",
    "xlsx",
    (ReadForm(FORM, SOURCE),),
    (
        NotUnderstood(
            "附件2", Place("form.xlsx", sheet="Sheet1", row=1, column=1), message("outside any table")
        ),
    ),
    99,
    (message("the level cells were filled downwards"),),
)


@given(any_forms())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_form_comes_back_equal(form: Form) -> None:
    assert form_from_json(json.loads(json.dumps(form_to_json(form)))) == form


@given(printed_forms())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_follows_the_schema(form: Form) -> None:
    validator = Draft202012Validator(form_schema(), format_checker=None)
    assert [error.message for error in validator.iter_errors(form_to_json(form, SOURCE))] == []


@given(any_forms())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_numbers_keep_their_digits(form: Form) -> None:
    def digits(of: Form) -> list[str]:
        return [format(row.points, "f") for row in of.indicators if row.points is not None]

    assert digits(form_from_json(form_to_json(form))) == digits(form)


def test_field_names_are_those_of_the_exchange() -> None:
    row = form_to_json(FORM)["indicators"][0]
    assert row["operator"] == "≥"
    assert row["target"] == "60"
    assert row["points"] == "3"
    assert row["actual"] is None
    assert row["truncated"] == []
    assert row["target_value"] == {"type": "number", "number": "60", "unit": "家", "dimension": "count"}
    assert form_to_json(FORM)["money"]["rows"][0]["budget"] == "2300.00"


def test_words_have_a_typed_value_and_nothing_has_none() -> None:
    words = FORM.model_copy(
        update={
            "indicators": (Indicator(name="甲", operator="定性", target="有效推进"), Indicator(name="乙"))
        }
    )
    values = [row["target_value"] for row in form_to_json(words)["indicators"]]
    assert values == [{"type": "text"}, None]


def test_computed_values_are_ignored_when_read() -> None:
    data = form_to_json(FORM)
    data["indicators"][0]["target_value"] = {
        "type": "number",
        "number": "61",
        "unit": None,
        "dimension": None,
    }
    assert form_from_json(data) == FORM


def test_fields_may_be_left_out() -> None:
    form = form_from_json({"kind": "project", "purpose": "self_evaluation", "indicators": [{"name": "甲"}]})
    assert form == Form(
        kind=Kind.PROJECT, purpose=Purpose.SELF_EVALUATION, indicators=(Indicator(name="甲"),)
    )


@pytest.mark.parametrize(
    ("change", "path", "reason"),
    [
        ({"indicators": [{"name": "甲", "points": 3}]}, "indicators/0/points", "3 is no plain decimal"),
        ({"indicators": [{"name": "甲", "points": "3分"}]}, "indicators/0/points", "3分"),
        ({"indicators": [{"name": "甲", "points": "1e3"}]}, "indicators/0/points", "1e3"),
        ({"indicators": [{"name": "甲", "points": "NaN"}]}, "indicators/0/points", "NaN"),
        ({"indicators": [{"name": "甲", "operator": ">="}]}, "indicators/0/operator", "one of"),
        ({"indicators": [{"name": "甲", "colour": "red"}]}, "indicators/0/colour", "no field"),
        ({"indicators": [{"target": "60"}]}, "indicators/0/name", "required"),
        ({"indicators": ["甲"]}, "indicators/0", "object"),
        ({"indicators": {"name": "甲"}}, "indicators", "list"),
        ({"money": {"rows": [{"name": "甲", "rate": 99.9}]}}, "money/rows/0/rate", "99.9"),
        ({"totals": {"score": True}}, "totals/score", "true"),
        ({"kind": "office"}, "kind", "one of"),
        ({"fiscal_year": "2023"}, "fiscal_year", "whole number"),
        ({"fiscal_year": 3023}, "fiscal_year", "limit 2100"),
        ({"duties": [3]}, "duties/0", "text"),
        ({"title": "\ud800"}, "", "valid"),
    ],
)
def test_what_is_no_form_is_refused_with_its_path(change: dict[str, Any], path: str, reason: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        form_from_json({"kind": "department", "purpose": "declaration", **change})
    assert caught.value.path == path
    assert reason in str(caught.value.reason)


def test_a_reading_keeps_forms_places_and_what_was_not_understood() -> None:
    data = to_exchange(READING, language="en")
    assert data["coverage"] == 0.99
    assert data["not_understood"] == [
        {"text": "附件2", "place": "form.xlsx:Sheet1!A1", "reason": "outside any table"}
    ]
    assert data["forms"][0]["source"]["places"] == {"indicators/0/target": "form.xlsx:Sheet1!C5"}
    assert [error.message for error in Draft202012Validator(reading_schema()).iter_errors(data)] == []
    back = from_exchange(json.loads(json.dumps(data)), "reading.json")
    assert back.forms == READING.forms
    assert back.not_understood == READING.not_understood
    assert (back.used, back.format) == (99, "json")


def test_readings_of_several_files_are_one_object() -> None:
    data = to_exchange(READING, READING._replace(file="other.xlsx", not_understood=()))
    assert [document["file"] for document in data["documents"]] == ["form.xlsx", "other.xlsx"]
    assert len(data["forms"]) == 2
    assert data["coverage"] == round(198 / 199, 4)


def test_nothing_read_covers_nothing() -> None:
    data = to_exchange(Reading("a.txt", "txt", (), (), 0))
    assert (data["forms"], data["coverage"]) == ([], 0.0)


def test_a_file_of_one_form_is_read(tmp_path: Path) -> None:
    path = tmp_path / "form.json"
    path.write_text(json.dumps(form_to_json(FORM), ensure_ascii=False), encoding="utf-8")
    reading = read_exchange(path)
    assert [form for form, _ in reading.forms] == [FORM]
    assert reading.forms[0].source.place_of("indicators/0/name") == Place(str(path))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b"[" * 100_000,
        b'{"forms": 3}',
        b'{"forms": [3]}',
        b'{"forms": [], "documents": [{"used": -1}]}',
        b'{"kind": "department"}',
        b'{"kind": "department", "purpose": "declaration", "source": {"joins": {"a": ["b"]}}}',
        b'{"kind": "department", "purpose": "declaration", "source": 3}',
        b'{"kind": 1e999, "purpose": NaN}',
    ],
)
def test_a_file_that_is_no_exchange_json_gets_one_clear_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "form.json"
    path.write_bytes(content)
    with pytest.raises(Damaged) as caught:
        read_exchange(path)
    assert str(caught.value.reason)
    assert str(caught.value.remedy)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                (
                    *Form.model_fields,
                    *Indicator.model_fields,
                    "forms",
                    "source",
                    "places",
                    "rows",
                    "documents",
                )
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(json_values)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_hostile_json_is_refused_and_nothing_else(data: object) -> None:
    for whole in (data, {"kind": "project", "purpose": "declaration", "money": data, "indicators": data}):
        try:
            from_exchange(whole, "form.json")
        except ExchangeError as error:
            assert str(error)


@given(
    st.builds(Place, st.text(max_size=8))
    | st.builds(
        Place,
        st.text(max_size=8),
        sheet=st.text(st.characters(exclude_characters=":!"), min_size=1, max_size=5),
        row=st.integers(1, 999),
        column=st.integers(1, 999),
    )
    | st.builds(
        Place,
        st.text(max_size=8),
        table=st.integers(1, 9),
        row=st.integers(1, 999),
        column=st.integers(1, 999),
    )
    | st.builds(Place, st.text(max_size=8), line=st.integers(1, 999), column=st.integers(1, 999))
    | st.builds(
        Place,
        st.text(max_size=8),
        page=st.integers(1, 99),
        box=st.none() | st.builds(Box, *[st.floats(-900, 900)] * 4),
    )
)
def test_places_are_read_as_written(place: Place) -> None:
    assert str(place_from_text(str(place))) == str(place)
