"""The JSON Schema of `hengliang review --format json`."""

from hengliang.report.schema_words import (
    COUNT,
    MAYBE_TEXT,
    TEXT,
    Schema,
    list_of,
    maybe,
    record,
    ref,
    schema_of,
)

_MAYBE_COUNT: Schema = {"type": ["integer", "null"], "minimum": 0}
_SEVERITY: Schema = {"enum": ["error", "warning", "advice"]}


def review_schema() -> Schema:
    """The schema, draft 2020-12."""
    return schema_of(
        "review",
        "Review 审核结果",
        "What the rules say of one or more forms. 规则对一份或多份绩效目标表的审核结果。",
        {
            "profile": record({"name": TEXT, "valid_from": TEXT}),
            "rules": list_of("Rule"),
            "forms": list_of("Form"),
            "duplicates": list_of("Duplicates"),
            "unreadable": list_of("Unreadable"),
            "counts": ref("Counts"),
        },
        _records(),
    )


def _records() -> dict[str, tuple[str, Schema]]:
    finding = {
        "code": TEXT,
        "severity": _SEVERITY,
        "message": TEXT,
        "observed": TEXT,
        "expected": MAYBE_TEXT,
        "spots": list_of("Spot"),
        "fix": maybe("Fix"),
        "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
    }
    suppression = {"code": TEXT, "place": TEXT, "reason": TEXT, "by": TEXT, "until": MAYBE_TEXT}
    return {
        "Rule": (
            "A rule that ran. 参与审核的规则。",
            record(
                {
                    "code": TEXT,
                    "name": TEXT,
                    "title": TEXT,
                    "severity": _SEVERITY,
                    "basis": {"type": "array", "items": TEXT},
                    "reads": {"type": "array", "items": TEXT},
                    "fix": {"enum": ["safe", "proposal", "none"]},
                    "since": TEXT,
                    "status": {"enum": ["preview", "stable", "deprecated"]},
                }
            ),
        ),
        "Form": (
            "One reviewed form; `digest` is the SHA-256 of its contents. 一份被审核的表。",
            record(
                {
                    "file": TEXT,
                    "number": {"type": "integer", "minimum": 1},
                    "organisation": MAYBE_TEXT,
                    "project": MAYBE_TEXT,
                    "fiscal_year": {"type": ["integer", "null"]},
                    "kind": {"enum": ["department", "project"]},
                    "purpose": {"enum": ["declaration", "monitoring", "self_evaluation"]},
                    "indicators": COUNT,
                    "digest": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
                    "profile": TEXT,
                    "findings": list_of("Finding"),
                    "undecidable": list_of("Undecidable"),
                    "not_applicable": {
                        "type": "array",
                        "items": record({"code": TEXT, "reason": TEXT}),
                    },
                    "passed": {"type": "array", "items": TEXT},
                    "suppressed": list_of("SuppressedFinding"),
                    "known": list_of("Finding"),
                    "unused_suppressions": list_of("Suppression"),
                    "counts": ref("Counts"),
                }
            ),
        ),
        "Finding": ("What a rule objects to. 一条审核发现。", record(finding)),
        "SuppressedFinding": (
            "A finding overruled with a reason. 经说明理由予以忽略的发现。",
            record(finding | {"suppression": ref("Suppression")}),
        ),
        "Suppression": ("Who overruled a rule, where and why. 忽略记录。", record(suppression)),
        "Undecidable": (
            "A check that could not be decided. 无法判定的检查。",
            record({"code": TEXT, "reason": TEXT, "spots": list_of("Spot")}),
        ),
        "Spot": (
            "A field and the characters meant, from 0; null for the whole field. 所指栏目及字符范围。",
            record(
                {
                    "path": TEXT,
                    "label": TEXT,
                    "text": MAYBE_TEXT,
                    "start": _MAYBE_COUNT,
                    "end": _MAYBE_COUNT,
                    "place": maybe("Place"),
                }
            ),
        ),
        "Place": (
            "Where the field stood in the document, counted from 1; `at` in short. 栏目在文件中的位置。",
            {
                "type": "object",
                "properties": {
                    "at": TEXT,
                    "file": TEXT,
                    "sheet": TEXT,
                    **dict.fromkeys(("table", "row", "column", "line", "page"), COUNT),
                    "box": {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4},
                },
                "required": ["at", "file"],
            },
        ),
        "Fix": (
            "A mend; a safe one changes no promise. 修改建议；safe 为不改变承诺内容的修改。",
            record(
                {
                    "safe": {"type": "boolean"},
                    "message": TEXT,
                    "edits": {
                        "type": "array",
                        "items": record({"path": TEXT, "old": MAYBE_TEXT, "new": MAYBE_TEXT}),
                    },
                }
            ),
        ),
        "Duplicates": (
            "Indicators on several forms with the same or nearly the same name. 多份表上相同或相近的指标。",
            record({"name": TEXT, "same": {"type": "boolean"}, "members": list_of("Duplicate")}),
        ),
        "Duplicate": (
            "One of them; `likeness` to the group's name in percent. 其中一项；likeness 为名称相似度（%）。",
            record(
                {
                    "form": TEXT,
                    "path": TEXT,
                    "name": TEXT,
                    "likeness": COUNT,
                    "cut": {"type": "boolean"},
                }
            ),
        ),
        "Unreadable": (
            "A file that could not be read. 无法读取的文件。",
            record({"file": TEXT, "reason": TEXT, "remedy": TEXT}),
        ),
        "Counts": (
            "How many there are of each kind. 各类数量。",
            record(
                dict.fromkeys(
                    (
                        "errors",
                        "warnings",
                        "advice",
                        "undecidable",
                        "safe_fixes",
                        "proposals",
                        "suppressed",
                        "known",
                    ),
                    COUNT,
                )
            ),
        ),
    }
