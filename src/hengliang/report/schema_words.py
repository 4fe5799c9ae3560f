"""The small words that all schemas of reports are made of."""

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "integer", "minimum": 1}
POINTS: Schema = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
MAYBE_POINTS: Schema = {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+)?$"}
TEXTS: Schema = {"type": "array", "items": TEXT}


def record(properties: Schema) -> Schema:
    """An object that has all these properties."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def ref(name: str) -> Schema:
    """A definition of the same schema."""
    return {"$ref": f"#/$defs/{name}"}


def list_of(name: str) -> Schema:
    """Several of a definition."""
    return {"type": "array", "items": ref(name)}


def maybe(name: str) -> Schema:
    """A definition, or null."""
    return {"anyOf": [ref(name), {"type": "null"}]}


def schema_of(
    name: str, title: str, about: str, properties: Schema, records: Mapping[str, tuple[str, Schema]]
) -> Schema:
    """The schema of a report; `records` are its definitions by name, each with what it is.

    Objects may get further fields in later versions of the same layout.
    """
    head: Schema = {
        "hengliang": record({"version": TEXT, "layout": {"const": 1}}),
        "language": {"enum": ["zh_Hans", "en"]},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:hengliang:schema:{name}",
        "title": title,
        "description": about,
        **record({**head, **properties}),
        "$defs": {name: definition | {"description": said} for name, (said, definition) in records.items()},
    }
