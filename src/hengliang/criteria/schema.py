"""The JSON Schema of what `hengliang criteria --json` prints for one sentence."""

from typing import Any

_Schema = dict[str, Any]
_TEXT: _Schema = {"type": "string"}
_MAYBE_TEXT: _Schema = {"type": ["string", "null"]}
_POINTS: _Schema = {"type": "string", "pattern": r"^-?\d+\.\d{2}$"}
_AMOUNT: _Schema = {"type": "string", "pattern": r"^-?\d+(\.\d+|/\d+)?$"}
_MAYBE_AMOUNT: _Schema = {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+|/\d+)?$"}
_WHETHER: _Schema = {"type": "boolean"}
_KINDS = ["value", "rate", "ratio", "count", "delay", "met", "grade"]
_ID: _Schema = {"description": "With --file: the id of the line. 用 --file 时为该行的 id。"}


def criterion_schema() -> _Schema:
    """The schema, draft 2020-12: an answer, or with --file the error of a line that is no question."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:hengliang:schema:criteria",
        "title": "Criterion 评分标准的读法",
        "description": "What a scoring sentence says, and scores. 一条评分标准的读法和计分。",
        "oneOf": [{"$ref": "#/$defs/Answer"}, {"$ref": "#/$defs/BadLine"}],
        "$defs": {name: made | {"description": about} for name, (about, made) in _records().items()},
    }


def _records() -> dict[str, tuple[str, _Schema]]:
    return {
        "Answer": ("The reading of a sentence. 评分标准的读法。", _object(_answer(), {"id": _ID})),
        "BadLine": (
            "A line that is no question. 无法处理的行。",
            _object({"id": _ID, "line": {"type": "integer", "minimum": 1}, "error": _TEXT}),
        ),
        "Variable": ("What is asked. 需要提供的情况。", _variable()),
        "Note": (
            "Words of the sentence, their place, and what is said of them. 评分标准中的文字、位置和说明。",
            _object({"words": _TEXT, "start": _count(), "end": _count(), "reason": _TEXT}),
        ),
        "Piece": ("Points on a stretch of numbers, or for a word. 一段数值或一个档次的得分。", _piece()),
        "Function": (
            "start + slope × number + rise × steps, or start + inverse ÷ number. 得分的算式。",
            _object({"start": _AMOUNT}, {"slope": _AMOUNT, "inverse": _AMOUNT, "stair": _ref("Stair")}),
        ),
        "Stair": (
            "Steps of `size` from `origin` on, `rise` points each. 从 origin 起逐级加减。",
            _object({"origin": _AMOUNT, "size": _AMOUNT, "rise": _AMOUNT, "begun_counts": _WHETHER}),
        ),
        "Score": ("The points for one fact. 一项实际情况的得分。", _score()),
        "Step": (
            "A step of the score, and the words behind it. 计分的一步及其依据的文字。",
            _object({"text": _TEXT, "low": _AMOUNT, "high": _AMOUNT, "words": _texts()}),
        ),
        "Offer": (
            "A method for a sentence without arithmetic. 没有算法的评分标准可采用的方法，不是其本身的得分。",
            _object(
                {
                    "method": _TEXT,
                    "name": _TEXT,
                    "says": _TEXT,
                    "source": _TEXT,
                    "mark": {"enum": ["S", "R", "D"]},
                    "canonical": _TEXT,
                    "variable": _ref("Variable"),
                    "scores": _list("Score"),
                }
            ),
        ),
    }


def _answer() -> _Schema:
    return {
        "status": {"enum": ["exact", "assumed", "bounded", "unread"]},
        "text": _TEXT,
        "points": _MAYBE_AMOUNT,
        "variable": _ref("Variable"),
        "assumptions": _texts(),
        "unread": _list("Note"),
        "open": _list("Note"),
        "verdicts": _list("Note"),
        "fallback": _MAYBE_TEXT,
        "canonical": _MAYBE_TEXT,
        "canonical_english": _MAYBE_TEXT,
        "base": _AMOUNT,
        "pieces": _list("Piece"),
        "scores": _list("Score"),
        "offer": {"oneOf": [_ref("Offer"), {"type": "null"}]},
    }


def _variable() -> _Schema:
    return _object(
        {"kind": {"enum": [*_KINDS, "several", None]}, "unit": _MAYBE_TEXT, "meaning": _MAYBE_TEXT},
        {"name": _TEXT, "words": _texts(), "ratio": _texts(), "variables": _list("Variable")},
    )


def _piece() -> _Schema:
    stretch = {
        "from": _MAYBE_AMOUNT, "from_included": _WHETHER, "to": _MAYBE_AMOUNT, "to_included": _WHETHER,
    }  # fmt: skip
    points = {"points": _ref("Function"), "low": _ref("Function"), "high": _ref("Function")}
    always = {
        "variable": _TEXT,
        "role": {"enum": ["score", "adds", "decides"]},
        "where": _TEXT,
        "says": _TEXT,
    }
    return _object(always, {**stretch, "word": _TEXT, **points})


def _score() -> _Schema:
    said = {"score": _POINTS, "low": _POINTS, "high": _POINTS, "error": _TEXT, "steps": _list("Step")}
    made = _object({"given": {}}, said)
    alone = [{"required": names} for names in (["score"], ["low", "high"], ["error"])]
    return made | {"oneOf": alone}


def _object(always: _Schema, sometimes: _Schema | None = None) -> _Schema:
    required = [name for name in always if name != "id"]
    return {"type": "object", "properties": {**always, **(sometimes or {})}, "required": required}


def _count() -> _Schema:
    return {"type": "integer", "minimum": 0}


def _texts() -> _Schema:
    return {"type": "array", "items": _TEXT}


def _list(name: str) -> _Schema:
    return {"type": "array", "items": _ref(name)}


def _ref(name: str) -> _Schema:
    return {"$ref": f"#/$defs/{name}"}
