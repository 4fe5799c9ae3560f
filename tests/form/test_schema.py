"""The published schemas are valid, and name every field in both languages."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from hengliang.form import model
from hengliang.form.schema import field_words, form_schema, reading_schema

RECORDS = [
    record
    for record in vars(model).values()
    if isinstance(record, type) and issubclass(record, model.Record) and record is not model.Record
]


@pytest.mark.parametrize("schema", [form_schema(), reading_schema()], ids=("form", "reading"))
def test_schema_is_valid(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_field_of_the_model_has_words(record: type[model.Record]) -> None:
    extra = {"target_value"} if "target" in record.model_fields else set[str]()
    assert set(field_words()[record.__name__]) == set(record.model_fields) | extra


def properties(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from schema.get("properties", {}).items()
    for record in schema.get("$defs", {}).values():
        yield from record.get("properties", {}).items()


@pytest.mark.parametrize("schema", [form_schema(), reading_schema()], ids=("form", "reading"))
def test_every_property_is_named_in_english_and_chinese(schema: dict[str, Any]) -> None:
    for name, entry in properties(schema):
        for key in ("title", "description"):
            assert re.search(r"[A-Za-z]{3}", entry[key]), (name, key)
            assert re.search(r"[一-龥]", entry[key]), (name, key)


def test_numbers_are_decimal_strings() -> None:
    points = form_schema()["$defs"]["Indicator"]["properties"]["points"]
    validator = Draft202012Validator(points)
    assert [validator.is_valid(value) for value in ("12.50", "-3", None)] == [True, True, True]
    assert [validator.is_valid(value) for value in (12.5, "1e3", "3分", "")] == [False] * 4
