"""The small words that all schemas of reports are made of."""

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "integer", "minimum": 1}
POINTS: Schema = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
MAYBE_POINTS: Schema = {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+)?$"}
