"""The JSON Schema of `hengliang review --format json`."""

from hengliang.report.schema_words import COUNT, MAYBE_TEXT, TEXT, Schema

_MAYBE_COUNT: Schema = {"type": ["integer", "null"], "minimum": 0}
_SEVERITY: Schema = {"enum": ["error", "warning", "advice"]}


def review_schema() -> Schema:
    """The schema, draft 2020-12. Objects may get further fields in later versions of the same layout."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:hengliang:schema:review",
        "title": "Review 审核结果",
        "description": "What the rules say of one or more forms. 规则对一份或多份绩效目标表的审核结果。",
        **_object(
            {
                "hengliang": _object({"version": TEXT, "layout": {"const": 1}}),
                "language": {"enum": ["zh_Hans", "en"]},
                "profile": _object({"name": TEXT, "valid_from": TEXT}),
                "rules": _list("Rule"),
                "forms": _list("Form"),
                "duplicates": _list("Duplicates"),
                "unreadable": _list("Unreadable"),
                "counts": _ref("Counts"),
            }
        ),
        "$defs": {
            name: definition | {"description": about} for name, (about, definition) in _records().items()
        },
    }


def _records() -> dict[str, tuple[str, Schema]]:
    finding = {
        "code": TEXT,
        "severity": _SEVERITY,
        "message": TEXT,
        "observed": TEXT,
        "expected": MAYBE_TEXT,
        "spots": _list("Spot"),
        "fix": _maybe("Fix"),
        "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
    }
    suppression = {"code": TEXT, "place": TEXT, "reason": TEXT, "by": TEXT, "until": MAYBE_TEXT}
    return {
        "Rule": (
            "A rule that ran. 参与审核的规则。",
            _object(
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
            _object(
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
                    "findings": _list("Finding"),
                    "undecidable": _list("Undecidable"),
                    "not_applicable": {
                        "type": "array",
                        "items": _object({"code": TEXT, "reason": TEXT}),
                    },
                    "passed": {"type": "array", "items": TEXT},
                    "suppressed": _list("SuppressedFinding"),
                    "known": _list("Finding"),
                    "unused_suppressions": _list("Suppression"),
                    "counts": _ref("Counts"),
                }
            ),
        ),
        "Finding": ("What a rule objects to. 一条审核发现。", _object(finding)),
        "SuppressedFinding": (
            "A finding overruled with a reason. 经说明理由予以忽略的发现。",
            _object(finding | {"suppression": _ref("Suppression")}),
        ),
        "Suppression": ("Who overruled a rule, where and why. 忽略记录。", _object(suppression)),
        "Undecidable": (
            "A check that could not be decided. 无法判定的检查。",
            _object({"code": TEXT, "reason": TEXT, "spots": _list("Spot")}),
        ),
        "Spot": (
            "A field and the characters meant, from 0; null for the whole field. 所指栏目及字符范围。",
            _object(
                {
                    "path": TEXT,
                    "label": TEXT,
                    "text": MAYBE_TEXT,
                    "start": _MAYBE_COUNT,
                    "end": _MAYBE_COUNT,
                    "place": _maybe("Place"),
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
            _object(
                {
                    "safe": {"type": "boolean"},
                    "message": TEXT,
                    "edits": {
                        "type": "array",
                        "items": _object({"path": TEXT, "old": MAYBE_TEXT, "new": MAYBE_TEXT}),
                    },
                }
            ),
        ),
        "Duplicates": (
            "Indicators on several forms with the same or nearly the same name. 多份表上相同或相近的指标。",
            _object({"name": TEXT, "same": {"type": "boolean"}, "members": _list("Duplicate")}),
        ),
        "Duplicate": (
            "One of them; `likeness` to the group's name in percent. 其中一项；likeness 为名称相似度（%）。",
            _object(
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
            _object({"file": TEXT, "reason": TEXT, "remedy": TEXT}),
        ),
        "Counts": (
            "How many there are of each kind. 各类数量。",
            _object(
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


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _list(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


def _maybe(name: str) -> Schema:
    return {"anyOf": [_ref(name), {"type": "null"}]}
