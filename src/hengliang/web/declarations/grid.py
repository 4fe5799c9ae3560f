"""What the editor's grid shows: columns, rows, and the marks of findings, as plain values."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from hengliang.base.profile import load_profile
from hengliang.form.field import text_of
from hengliang.form.model import OPERATORS, Indicator
from hengliang.review.points import execution_points, is_execution
from hengliang.web.declarations.draft import FORM, TEXT_FIELDS, Working
from hengliang.web.declarations.findings import Placed
from hengliang.web.declarations.models import Comment

LONG = ("explanation", "criterion", "remark", "basis", "evidence")
"""The fields of a row that are edited beside the grid."""


def columns() -> list[dict[str, Any]]:
    """The columns as the grid takes them."""
    names = field_names()
    return [
        {"key": "level1", "label": _("Level 1"), "kind": "text", "width": 72, "merge": True},
        {"key": "level2", "label": _("Level 2"), "kind": "text", "width": 92, "merge": True},
        {"key": "name", "label": names["name"], "kind": "text"},
        {
            "key": "operator",
            "label": names["operator"],
            "kind": "choice",
            "width": 56,
            "choices": ["", *OPERATORS],
        },
        {"key": "target", "label": names["target"], "kind": "mixed", "width": 96},
        {"key": "unit", "label": names["unit"], "kind": "text", "width": 64},
        {"key": "points", "label": names["points"], "kind": "number", "width": 52},
    ]


def field_names() -> dict[str, str]:
    """The names of the fields of a row, as the grid and its panel call them."""
    return {
        "level1": _("Level 1"),
        "level2": _("Level 2"),
        "name": _("Indicator"),
        "operator": _("Sign"),
        "target": _("Target"),
        "unit": _("Unit"),
        "points": _("Points"),
        "explanation": _("Explanation"),
        "criterion": _("Scoring criterion"),
        "remark": _("Remark"),
        "basis": _("Why this target"),
        "evidence": _("Source of data"),
    }


def long_fields(row: Indicator) -> list[dict[str, Any]]:
    """The long texts of a row with their names; those that few forms have only when they say something."""
    names = field_names()
    return [
        {"key": key, "label": names[key], "text": getattr(row, key) or "", "cut": key in row.truncated}
        for key in LONG
        if key in ("explanation", "criterion", "remark") or getattr(row, key)
    ]


def rows(
    working: Working, placed: Iterable[Placed], asked: Iterable[Comment], language: str
) -> list[dict[str, Any]]:
    """The rows with their cells and marks: of open findings and of comments that are not settled."""
    marks = marks_of(placed, language)
    for one in asked:
        mark = {
            "severity": "warning",
            "code": _("Comment"),
            "message": f"{one.author.full_name}: {one.text}",
            "words": None,
        }
        marks.setdefault(one.row, {}).setdefault(one.key or "name", []).append(mark)
    return [
        {
            "id": row,
            "cells": {key: text_of(getattr(indicator, key)) or "" for key in TEXT_FIELDS},
            "marks": marks.get(row, {}),
            "cut": list(indicator.truncated),
        }
        for row, indicator in zip(working.rows, working.form.indicators, strict=True)
    ]


def marks_of(placed: Iterable[Placed], language: str) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """The marks of findings that were not set aside, by row and field; what concerns a row as a whole marks
    its name."""
    marks: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for one in placed:
        if one.overruled is not None:
            continue
        finding = one.finding
        spot = finding.spots[0]
        key = one.key or ("name" if one.row != FORM else "")
        marks.setdefault(one.row, {}).setdefault(key, []).append(
            {
                "severity": finding.severity.value,
                "code": finding.code,
                "message": finding.message.say(language),
                "words": [spot.start, spot.end] if spot.start is not None else None,
            }
        )
    return marks


def points(working: Working, profile: str) -> dict[str, Any]:
    """The points by level 1 and level 2 in the order of the form, and their sum against what is expected:
    100, or 90 while the execution of the budget has its own 10 beside them."""
    rows = working.form.indicators
    loaded = load_profile(profile)
    level1, level2 = "", ""
    tree: dict[str, dict[str, Decimal]] = {}
    without = 0
    for row in rows:
        if row.level1 and row.level1 != level1:
            level1, level2 = row.level1, ""
        level2 = row.level2 or level2
        below = tree.setdefault(level1, {})
        below[level2] = below.get(level2, Decimal(0)) + (row.points or 0)
        without += row.points is None
    total = sum((part for below in tree.values() for part in below.values()), Decimal(0))
    whole = loaded.number("weights.sum_with_execution")
    executed = execution_points(working.form)
    expected = loaded.number("weights.sum") if executed is None else whole - executed
    if any(is_execution(row.name, loaded) for row in rows):
        expected = whole
    return {
        "sum": _plain(total),
        "expected": _plain(expected),
        "agrees": total == expected,
        "without": without,
        "levels": [
            {
                "label": name or _("No level"),
                "points": _plain(sum(below.values(), Decimal(0))),
                "percent": _percent(sum(below.values(), Decimal(0)), total),
                "below": [
                    {"label": inner or _("No level"), "points": _plain(part)} for inner, part in below.items()
                ],
            }
            for name, below in tree.items()
        ],
    }


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _percent(part: Decimal, total: Decimal) -> int:
    return int(part * 100 / total) if total else 0
