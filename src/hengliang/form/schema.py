"""The JSON Schema of the exchange JSON (draft 2020-12), with every field named in English and Chinese."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, cast

from hengliang.form.model import Form

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NUMBER_PATTERN = r"^-?[0-9]+(\.[0-9]+)?$"
"""A plain decimal string: how numbers are written in the exchange JSON."""

_Schema = dict[str, Any]


class FieldWords(NamedTuple):
    """A field in words: its name, and what it holds."""

    en: str
    zh: str
    about_en: str
    about_zh: str


@cache
def field_words() -> Mapping[str, Mapping[str, FieldWords]]:
    """The words for every field, by record (`Indicator`) and field name (`criterion`)."""
    data = tomllib.loads((files("hengliang.form") / "fields.toml").read_text(encoding="utf-8"))
    return {
        record: {name: FieldWords(*words) for name, words in fields.items()}
        for record, fields in cast("dict[str, dict[str, list[str]]]", data).items()
    }


def form_schema() -> _Schema:
    """The schema of one form object of the exchange JSON.

    Fields may be left out (but for `kind`, `purpose` and names); what is written always has them all.
    """
    schema: _Schema = Form.model_json_schema()
    records: dict[str, _Schema] = schema.pop("$defs")
    form = {key: value for key, value in schema.items() if key in ("type", "properties", "required")}
    form["additionalProperties"] = False
    for name, record in [("Form", form), *records.items()]:
        if "properties" in record:
            _dress(name, record)
    for name in ("Indicator", "Target"):
        records[name]["properties"]["target_value"] = _named(name, "target_value", _nullable("TargetValue"))
    records["TargetValue"] = _target_value()
    records["Source"] = _source()
    form["properties"]["source"] = {
        "title": "Source 出处",
        "description": "Where the contents came from. 内容的出处。",
        "$ref": "#/$defs/Source",
    }
    return {
        "$schema": DIALECT,
        "$id": "urn:hengliang:schema:form",
        "title": "Form 绩效目标表",
        "description": "A performance-target form: declaration, monitoring or self-evaluation, of a "
        "department or of a project. 绩效目标申报表、监控表或自评表（部门整体或项目）。",
        **form,
        "$defs": dict(sorted(records.items())),
    }


def reading_schema() -> _Schema:
    """The schema of what `hengliang read --json` prints: the forms of one or more documents."""
    form = form_schema()
    records = form.pop("$defs")
    del form["$schema"], form["$id"]
    document = _object(
        {
            "file": _named("Source", "file", {"type": "string"}),
            "format": _named("Source", "format", {"type": "string"}),
            "used": {"type": "integer", "minimum": 0},
            "remarks": {"type": "array", "items": {"type": "string"}},
        }
    )
    not_understood = _object(
        {name: _named("NotUnderstood", name, {"type": "string"}) for name in ("text", "place", "reason")}
    )
    properties = {
        "documents": {"type": "array", "items": document},
        "forms": {"type": "array", "items": {"$ref": "#/$defs/Form"}},
        "not_understood": {"type": "array", "items": not_understood},
        "coverage": {"type": "number", "minimum": 0, "maximum": 1},
    }
    return {
        "$schema": DIALECT,
        "$id": "urn:hengliang:schema:reading",
        "title": "Reading 读取结果",
        "description": "What was read from one or more documents. 从一个或多个文件中读出的内容。",
        **_object({name: _named("Reading", name, value) for name, value in properties.items()}, ("forms",)),
        "$defs": dict(sorted({**records, "Form": form}.items())),
    }


def _dress(name: str, record: _Schema) -> None:
    """Gives the fields of a record their words, and numbers the pattern of plain decimal strings."""
    record.pop("description", None)
    record.pop("title", None)
    properties: dict[str, _Schema] = record["properties"]
    for field, schema in properties.items():
        plain = {
            key: value for key, value in schema.items() if key not in ("title", "description", "default")
        }
        properties[field] = _named(name, field, _exact(plain))


def _exact(schema: _Schema) -> _Schema:
    """A pydantic decimal takes numbers and strings; the exchange JSON has strings only: no digit is lost."""
    choices: list[_Schema] = schema.get("anyOf", [])
    if {"type": "number"} not in choices:
        return schema
    return {"type": ["string", "null"], "pattern": NUMBER_PATTERN}


def _named(record: str, field: str, schema: _Schema) -> _Schema:
    words = field_words()[record][field]
    about = f"{words.about_en} {words.about_zh}"
    return {"title": f"{words.en} {words.zh}", "description": about, **schema}


def _nullable(record: str) -> _Schema:
    return {"anyOf": [{"$ref": f"#/$defs/{record}"}, {"type": "null"}]}


def _object(properties: Mapping[str, _Schema], required: tuple[str, ...] | None = None) -> _Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties if required is None else required),
        "additionalProperties": False,
    }


def _target_value() -> _Schema:
    text: _Schema = {"type": ["string", "null"]}
    part: _Schema = {"type": ["integer", "null"]}
    return {
        "title": "Typed target 指标值（解析）",
        "description": "A number with unit and dimension, a date or deadline, or text. 数值、日期或文字。",
        "oneOf": [
            _object(
                {
                    "type": {"const": "number"},
                    "number": {"type": "string", "pattern": NUMBER_PATTERN},
                    "unit": text,
                    "dimension": text,
                }
            ),
            _object({"type": {"const": "date"}, "year": part, "month": part, "day": part}),
            _object({"type": {"const": "text"}}),
        ],
    }


def _source() -> _Schema:
    texts: _Schema = {"type": "object", "additionalProperties": {"type": "string"}}
    counts: _Schema = {
        "type": "object",
        "additionalProperties": {"type": "array", "items": {"type": "integer", "minimum": 0}},
    }
    properties = {
        "file": {"type": ["string", "null"]},
        "format": {"type": ["string", "null"]},
        "places": texts,
        "printed": texts,
        "joins": counts,
    }
    return _object({name: _named("Source", name, value) for name, value in properties.items()}, ())
