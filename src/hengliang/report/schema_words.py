"""The small words that all schemas of reports are made of."""

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
