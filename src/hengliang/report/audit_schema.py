"""The JSON Schema of `hengliang audit --json`."""

from hengliang.report.schema_words import COUNT, MAYBE_POINTS, MAYBE_TEXT, NUMBER, POINTS, TEXT, Schema


def audit_schema() -> Schema:
    """The schema, draft 2020-12. Objects may get further fields in later versions of the same layout."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:hengliang:schema:audit",
        "title": "Audit 自评复核结果",
        "description": "Published self-evaluations recomputed. 对已填写的自评表逐项复算的结果。",
        **_object(
            {
                "hengliang": _object({"version": TEXT, "layout": {"const": 1}}),
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


def _records() -> dict[str, tuple[str, Schema]]:
    finding = {
        "verdict": {"enum": ["agrees", "differs", "undecided"]},
        "printed": MAYBE_POINTS,
        "reason": TEXT,
        "by": MAYBE_TEXT,
        "candidates": _list("Candidate"),
    }
    return {
        "Form": (
            "One self-evaluation. 一份自评表。",
            _object(
                {
                    "file": TEXT,
                    "number": NUMBER,
                    "organisation": MAYBE_TEXT,
                    "project": MAYBE_TEXT,
                    "fiscal_year": {"type": ["integer", "null"]},
                    "profile": TEXT,
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
                    "number": NUMBER,
                    "name": TEXT,
                    **dict.fromkeys(("operator", "target", "unit", "actual"), MAYBE_TEXT),
                    "points": MAYBE_POINTS,
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
                    "method": TEXT,
                    "name": TEXT,
                    "side": MAYBE_TEXT,
                    "low": POINTS,
                    "high": POINTS,
                    "steps": {"type": "array", "items": TEXT},
                }
            ),
        ),
        "Unreadable": (
            "A file that could not be read. 无法读取的文件。",
            _object({"file": TEXT, "reason": TEXT, "remedy": TEXT}),
        ),
        "Counts": (
            "How many figures of each verdict. 各类结论的数量。",
            _object(dict.fromkeys(("agrees", "differs", "undecided"), COUNT)),
        ),
    }


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(name: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}
