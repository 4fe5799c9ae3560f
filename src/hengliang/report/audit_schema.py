"""The JSON Schema of `hengliang audit --json`."""

from typing import Any

_Schema = dict[str, Any]
_TEXT: _Schema = {"type": "string"}
_MAYBE_TEXT: _Schema = {"type": ["string", "null"]}
_COUNT: _Schema = {"type": "integer", "minimum": 0}
_NUMBER: _Schema = {"type": "integer", "minimum": 1}
_POINTS: _Schema = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
_MAYBE_POINTS: _Schema = {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+)?$"}


def audit_schema() -> _Schema:
    """The schema, draft 2020-12. Objects may get further fields in later versions of the same layout."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:hengliang:schema:audit",
        "title": "Audit 自评复核结果",
        "description": "Published self-evaluations recomputed. 对已填写的自评表逐项复算的结果。",
        **_object(
            {
                "hengliang": _object({"version": _TEXT, "layout": {"const": 1}}),
                "language": {"enum": ["zh_Hans", "en"]},
                "forms": _list("Form"),
                "unreadable": _list("Unreadable"),
                "counts": {"$ref": "#/$defs/Counts"},
            }
        ),
        "$defs": {
            name: definition | {"description": about} for name, (about, definition) in _records().items()
        },
    }


def _records() -> dict[str, tuple[str, _Schema]]:
    finding = {
        "verdict": {"enum": ["agrees", "differs", "undecided"]},
        "printed": _MAYBE_POINTS,
        "reason": _TEXT,
        "by": _MAYBE_TEXT,
        "candidates": _list("Candidate"),
    }
    return {
        "Form": (
            "One self-evaluation. 一份自评表。",
            _object(
                {
                    "file": _TEXT,
                    "number": _NUMBER,
                    "organisation": _MAYBE_TEXT,
                    "project": _MAYBE_TEXT,
                    "fiscal_year": {"type": ["integer", "null"]},
                    "profile": _TEXT,
                    "rows": _list("Row"),
                    "sums": _list("Sum"),
                    "counts": {"$ref": "#/$defs/Counts"},
                }
            ),
        ),
        "Row": (
            "One indicator: whether its printed score follows from its row. 一项指标的得分是否与本行相符。",
            _object(
                {
                    "number": _NUMBER,
                    "name": _TEXT,
                    **dict.fromkeys(("operator", "target", "unit", "actual"), _MAYBE_TEXT),
                    "points": _MAYBE_POINTS,
                    **finding,
                }
            ),
        ),
        "Sum": (
            "A figure beside the rows: execution of the budget, sums, grade. 预算执行、合计与等级。",
            _object({"figure": {"enum": ["execution", "rate", "points", "score", "grade"]}, **finding}),
        ),
        "Candidate": (
            "What one method gives; side is the sign taken where none is printed. 按一种方法应得的分数。",
            _object(
                {
                    "method": _TEXT,
                    "name": _TEXT,
                    "side": _MAYBE_TEXT,
                    "low": _POINTS,
                    "high": _POINTS,
                    "steps": {"type": "array", "items": _TEXT},
                }
            ),
        ),
        "Unreadable": (
            "A file that could not be read. 无法读取的文件。",
            _object({"file": _TEXT, "reason": _TEXT, "remedy": _TEXT}),
        ),
        "Counts": (
            "How many figures of each verdict. 各类结论的数量。",
            _object(dict.fromkeys(("agrees", "differs", "undecided"), _COUNT)),
        ),
    }


def _object(properties: _Schema) -> _Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(name: str) -> _Schema:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}
