"""The JSON Schema of `hengliang audit --json`."""

from hengliang.report.schema_words import (
    COUNT,
    MAYBE_POINTS,
    MAYBE_TEXT,
    NUMBER,
    POINTS,
    TEXT,
    Schema,
    list_of,
    record,
    ref,
    schema_of,
)


def audit_schema() -> Schema:
    """The schema, draft 2020-12."""
    return schema_of(
        "audit",
        "Audit 自评复核结果",
        "Published self-evaluations recomputed. 对已填写的自评表逐项复算的结果。",
        {
            "forms": list_of("Form"),
            "unreadable": list_of("Unreadable"),
            "counts": ref("Counts"),
        },
        _records(),
    )


def _records() -> dict[str, tuple[str, Schema]]:
    finding = {
        "verdict": {"enum": ["agrees", "differs", "undecided"]},
        "printed": MAYBE_POINTS,
        "reason": TEXT,
        "by": MAYBE_TEXT,
        "candidates": list_of("Candidate"),
    }
    return {
        "Form": (
            "One self-evaluation. 一份自评表。",
            record(
                {
                    "file": TEXT,
                    "number": NUMBER,
                    "organisation": MAYBE_TEXT,
                    "project": MAYBE_TEXT,
                    "fiscal_year": {"type": ["integer", "null"]},
                    "profile": TEXT,
                    "rows": list_of("Row"),
                    "sums": list_of("Sum"),
                    "counts": ref("Counts"),
                }
            ),
        ),
        "Row": (
            "One indicator: whether its printed score follows from its row. 一项指标的得分是否与本行相符。",
            record(
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
            record({"figure": {"enum": ["execution", "rate", "points", "score", "grade"]}, **finding}),
        ),
        "Candidate": (
            "What one method gives; side is the sign taken where none is printed. 按一种方法应得的分数。",
            record(
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
            record({"file": TEXT, "reason": TEXT, "remedy": TEXT}),
        ),
        "Counts": (
            "How many figures of each verdict. 各类结论的数量。",
            record(dict.fromkeys(("agrees", "differs", "undecided"), COUNT)),
        ),
    }
