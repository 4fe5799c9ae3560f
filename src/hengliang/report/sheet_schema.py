"""The JSON Schema of `hengliang score --json`."""

from hengliang.report.schema_words import (
    COUNT,
    MAYBE_POINTS,
    MAYBE_TEXT,
    NUMBER,
    POINTS,
    TEXT,
    TEXTS,
    Schema,
    list_of,
    maybe,
    record,
    ref,
    schema_of,
)

_FLAG: Schema = {"type": "boolean"}
_EDGE: Schema = {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+|/\d+)?$"}
_STATES = ["scored", "bounded", "not_reported", "not_applicable", "no_points"]


def sheet_schema() -> Schema:
    """The schema, draft 2020-12."""
    return schema_of(
        "score",
        "Score sheet 评分结果",
        "The points of a form's indicators with the reasons for them. 绩效指标得分及其理由。",
        {
            "form": ref("Form"),
            "actuals": maybe("Actuals"),
            "sheets": list_of("Sheet"),
            "differences": list_of("Difference"),
            "needed": maybe("Needed"),
        },
        _records(),
    )


def _records() -> dict[str, tuple[str, Schema]]:
    return {**_of_sheets(), **_of_actuals(), **_of_needs()}


def _of_sheets() -> dict[str, tuple[str, Schema]]:
    ends = {"low": MAYBE_POINTS, "high": MAYBE_POINTS}
    return {
        "Form": (
            "The form that was scored. 被评分的表。",
            record(
                {
                    "file": TEXT,
                    "number": NUMBER,
                    "organisation": MAYBE_TEXT,
                    "project": MAYBE_TEXT,
                    "fiscal_year": {"type": ["integer", "null"]},
                    "kind": {"enum": ["department", "project"]},
                    "purpose": {"enum": ["declaration", "monitoring", "self_evaluation"]},
                    "indicators": COUNT,
                }
            ),
        ),
        "Sheet": (
            "The scores under one profile. 一个规则集下的评分。",
            record(
                {
                    "profile": TEXT,
                    "rows": list_of("Row"),
                    "execution": maybe("Execution"),
                    "total": ref("Total"),
                    "grade": maybe("Grade"),
                    "assumptions": TEXTS,
                }
            ),
        ),
        "Row": (
            "One indicator; low and high are its points, null where nothing was scored. 一项指标的得分。",
            record(
                {
                    "number": NUMBER,
                    **dict.fromkeys(("level1", "level2"), MAYBE_TEXT),
                    "name": TEXT,
                    **dict.fromkeys(("operator", "target", "unit", "criterion"), MAYBE_TEXT),
                    "points": MAYBE_POINTS,
                    "weight": MAYBE_POINTS,
                    "state": {"enum": _STATES},
                    **ends,
                    "lost": MAYBE_POINTS,
                    "actual": maybe("Actual"),
                    "reading": {"enum": ["exact", "assumed", "bounded", "unread", None]},
                    "canonical": MAYBE_TEXT,
                    "method": MAYBE_TEXT,
                    "steps": list_of("Step"),
                    "assumptions": TEXTS,
                    "questions": TEXTS,
                    "remarks": TEXTS,
                    "offer": maybe("Offer"),
                }
            ),
        ),
        "Actual": (
            "The actual value and where it came from. 实际完成值及其来源。",
            record(
                {
                    "text": MAYBE_TEXT,
                    "facts": {"type": "object", "additionalProperties": TEXT},
                    "origin": {"enum": ["typed", "form", "measured"]},
                    "where": MAYBE_TEXT,
                    "applicable": _FLAG,
                    "note": MAYBE_TEXT,
                }
            ),
        ),
        "Step": (
            "One step of the arithmetic; spans are characters of the sentence, from 0. 计算步骤及对应字符。",
            record(
                {
                    "text": TEXT,
                    "spans": {
                        "type": "array",
                        "items": {"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2},
                    },
                }
            ),
        ),
        "Offer": (
            "What a method of the profile would give instead of an interval. 按规则集方法的参考得分。",
            record({"method": TEXT, "name": TEXT, "low": POINTS, "high": POINTS}),
        ),
        "Execution": (
            "The part for the execution of the budget. 预算执行率得分。",
            record(
                {
                    "points": POINTS,
                    "method": TEXT,
                    **dict.fromkeys(("budget", "executed", "rate"), MAYBE_POINTS),
                    **ends,
                    "steps": list_of("Step"),
                    "assumptions": TEXTS,
                    "remarks": TEXTS,
                }
            ),
        ),
        "Total": (
            "The sum; what was not reported counts from 0 to its full marks. 总分区间。",
            record(
                {
                    **dict.fromkeys(("low", "high", "of"), POINTS),
                    "certain": _FLAG,
                    **dict.fromkeys(("bounded", "missing"), COUNT),
                }
            ),
        ),
        "Grade": (
            "The grade, or those that are possible; low and high in points of 100. 等级。",
            record({"name": MAYBE_TEXT, "possible": TEXTS, "low": POINTS, "high": POINTS}),
        ),
        "Difference": (
            "A row that the profiles score differently. 不同规则集得分不同的指标。",
            record({"number": NUMBER, "name": TEXT, "scores": list_of("ProfileScore")}),
        ),
        "ProfileScore": (
            "Its points under one profile. 在一个规则集下的得分。",
            record({"profile": TEXT, "state": {"enum": _STATES}, **ends}),
        ),
    }


def _of_actuals() -> dict[str, tuple[str, Schema]]:
    return {
        "Actuals": (
            "A file of actual values: what was matched and what was not used. 实际完成值文件的匹配情况。",
            record(
                {
                    "file": TEXT,
                    "matched": list_of("Matched"),
                    "unmatched": list_of("Unmatched"),
                    "unasked": {"type": "object", "additionalProperties": COUNT},
                    "not_used": list_of("NotUsed"),
                }
            ),
        ),
        "Matched": (
            "A row of the file and its indicator. 文件中的一行及对应指标。",
            record(
                {
                    "number": NUMBER,
                    "where": TEXT,
                    "name": MAYBE_TEXT,
                    "way": {"enum": ["name", "plain", "cut", "number"]},
                    "remarks": TEXTS,
                }
            ),
        ),
        "Unmatched": (
            "A row that was not used, and why. 没有用上的行及原因。",
            record(
                {
                    "where": TEXT,
                    "number": {"type": ["integer", "null"]},
                    "name": MAYBE_TEXT,
                    "actual": MAYBE_TEXT,
                    "facts": {"type": "object", "additionalProperties": TEXT},
                    "reason": TEXT,
                }
            ),
        ),
        "NotUsed": (
            "A cell that was not used, and why. 没有用上的单元格及原因。",
            record({"text": TEXT, "where": TEXT, "reason": TEXT}),
        ),
    }


def _of_needs() -> dict[str, tuple[str, Schema]]:
    return {
        "Needed": (
            "What must be reached for the goal of --need. 达到目标所需。",
            record({"goal": TEXT, "rows": list_of("NeededRow"), "total": maybe("NeededTotal")}),
        ),
        "NeededRow": (
            "What one row needs, all others staying as they are. 单项所需。",
            record(
                {
                    "number": NUMBER,
                    "name": TEXT,
                    "points": POINTS,
                    "has": _FLAG,
                    "ways": list_of("Enough"),
                    "reason": MAYBE_TEXT,
                }
            ),
        ),
        "Enough": (
            "What one fact must be: surely, or perhaps where the sentence is open. 某项事实须达到的范围。",
            record(
                {
                    "kind": {"enum": ["value", "rate", "ratio", "count", "delay", "met", "grade"]},
                    "name": TEXT,
                    "meaning": TEXT,
                    "unit": TEXT,
                    "surely": list_of("Stretch"),
                    "perhaps": list_of("Stretch"),
                    "others_at_best": _FLAG,
                }
            ),
        ),
        "Stretch": (
            "A stretch of numbers with its ends, or a word. 数值区间或文字。",
            {
                "type": "object",
                "properties": {
                    "said": TEXT,
                    "word": TEXT,
                    "from": _EDGE,
                    "from_closed": _FLAG,
                    "to": _EDGE,
                    "to_closed": _FLAG,
                },
                "required": ["said"],
            },
        ),
        "NeededTotal": (
            "What the total needs, in points of the sheet. 总分所需。",
            record(
                {
                    **dict.fromkeys(("goal", "low", "high", "most", "gap"), POINTS),
                    "reachable": _FLAG,
                    "fewest": {"type": "array", "items": NUMBER},
                }
            ),
        ),
    }
