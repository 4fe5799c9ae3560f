"""What the editor's grid shows: columns, rows, and the marks of findings, as plain values."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from hengliang.form.field import text_at
from hengliang.form.model import OPERATORS
from hengliang.web.declarations.draft import FORM, TEXT_FIELDS, Working
from hengliang.web.declarations.findings import Placed

COLUMNS = ("level1", "level2", "name", "operator", "target", "unit", "points")
"""The columns of the grid; the long texts are edited beside it."""


def columns() -> list[dict[str, Any]]:
    """The columns as the grid takes them."""
    return [
        {"key": "level1", "label": _("Level 1"), "kind": "text", "width": 90, "merge": True},
        {"key": "level2", "label": _("Level 2"), "kind": "text", "width": 110, "merge": True},
        {"key": "name", "label": _("Indicator"), "kind": "text", "width": 280},
        {"key": "operator", "label": _("Sign"), "kind": "choice", "width": 64, "choices": list(OPERATORS)},
        {"key": "target", "label": _("Target"), "kind": "text", "width": 110},
        {"key": "unit", "label": _("Unit"), "kind": "text", "width": 70},
        {"key": "points", "label": _("Points"), "kind": "number", "width": 64},
        {"key": "explanation", "label": _("Explanation"), "kind": "long", "width": 220},
        {"key": "criterion", "label": _("Scoring criterion"), "kind": "long", "width": 260},
        {"key": "remark", "label": _("Remark"), "kind": "long", "width": 120},
    ]


def rows(working: Working, placed: Iterable[Placed], language: str) -> list[dict[str, Any]]:
    """The rows with their cells and marks. A finding that was set aside leaves no mark."""
    marks = marks_of(placed, language)
    return [
        {
            "id": row,
            "cells": {key: text_at(working.form, working.path(row, key)) or "" for key in TEXT_FIELDS},
            "marks": marks.get(row, {}),
            "cut": list(working.form.indicators[index].truncated),
        }
        for index, row in enumerate(working.rows)
    ]


def marks_of(placed: Iterable[Placed], language: str) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """The marks of open findings by row and field; what concerns a row as a whole marks its name."""
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


def sums(working: Working) -> list[dict[str, Any]]:
    """The points by level 1 in the order of the form, and their total; rows without points are counted."""
    by_level: dict[str, Decimal] = {}
    missing = 0
    level = ""
    for row in working.form.indicators:
        level = row.level1 or level
        by_level.setdefault(level, Decimal(0))
        if row.points is None:
            missing += 1
        else:
            by_level[level] += row.points
    total = sum(by_level.values(), Decimal(0))
    parts = [{"label": name or _("No level"), "points": points} for name, points in by_level.items()]
    return [*parts, {"label": _("Total"), "points": total, "missing": missing, "total": True}]
