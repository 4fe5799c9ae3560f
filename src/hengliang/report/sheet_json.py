"""A score sheet as plain data, as `report.sheet_schema` describes it. Points are decimal strings."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hengliang import __version__
from hengliang.base.message import Message
from hengliang.base.number import plain
from hengliang.criteria.curve import Interval
from hengliang.criteria.explain import Step
from hengliang.criteria.scored import meaning_of
from hengliang.criteria.table import stretch_said
from hengliang.criteria.variable import Variable
from hengliang.form.actual import Actual
from hengliang.form.model import Form
from hengliang.report.sheet_text import Given
from hengliang.score.compare import Difference, differences
from hengliang.score.needed import Enough, Needed, TotalNeeded
from hengliang.score.sheet import ExecutionScore, RowScore, ScoreSheet

VERSION = 1
"""The version of the layout; a field is never taken away or given another meaning without a new one."""
Record = dict[str, Any]


def whole(
    sheets: Sequence[ScoreSheet],
    file: str,
    number: int,
    given: Given | None,
    needed: Record | None,
    language: str,
) -> str:
    """The document: one sheet for each profile, where they differ, and what was asked beside it."""
    data: Record = {
        "hengliang": {"version": __version__, "layout": VERSION},
        "language": language,
        "form": _form(sheets[0].form, file, number),
        "actuals": given_record(given, language) if given is not None else None,
        "sheets": [sheet_record(sheet, language) for sheet in sheets],
        "differences": [_difference(one, sheets) for one in differences(sheets)],
        "needed": needed,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _form(form: Form, file: str, number: int) -> Record:
    return {
        "file": file,
        "number": number,
        "organisation": form.organisation,
        "project": form.project,
        "fiscal_year": form.fiscal_year,
        "kind": form.kind.value,
        "purpose": form.purpose.value,
        "indicators": len(form.indicators),
    }


def sheet_record(sheet: ScoreSheet, language: str) -> Record:
    """One sheet: rows, execution of the budget, total and grade."""
    total, grade = sheet.total, sheet.grade
    return {
        "profile": sheet.profile,
        "rows": [row_record(row, language) for row in sheet.rows],
        "execution": _execution(sheet.execution, language) if sheet.execution is not None else None,
        "total": {
            "low": _exact(total.low), "high": _exact(total.high), "of": _exact(total.of),
            "certain": total.is_certain, "bounded": total.bounded, "missing": total.missing,
        },
        "grade": None if grade is None else {
            "name": grade.name, "possible": [*grade.possible],
            "low": _exact(grade.low), "high": _exact(grade.high),
        },
        "assumptions": _said(sheet.assumptions, language),
    }  # fmt: skip


def row_record(row: RowScore, language: str) -> Record:
    """One row with everything that led to its points."""
    indicator = row.indicator
    return {
        "number": row.index + 1,
        "level1": indicator.level1,
        "level2": indicator.level2,
        "name": indicator.name,
        "operator": indicator.operator,
        "target": indicator.target,
        "unit": indicator.unit,
        "criterion": indicator.criterion,
        "points": _exact(row.points),
        "weight": _exact(row.weight),
        "state": row.state.value,
        "low": _exact(row.low),
        "high": _exact(row.high),
        "lost": _exact(row.loss),
        "actual": _actual(row.actual, language) if row.actual is not None else None,
        "reading": row.reading.status.value if row.reading is not None else None,
        "canonical": row.reading.canonical if row.reading is not None else None,
        "method": row.method,
        "steps": [_step(step, language) for step in row.steps],
        "assumptions": _said(row.assumptions, language),
        "questions": _said(row.questions, language),
        "remarks": _said(row.remarks, language),
        "offer": None if row.offer is None else {
            "method": row.offer.method, "name": row.offer.name.say(language),
            "low": _exact(row.offer.low), "high": _exact(row.offer.high),
        },
    }  # fmt: skip


def _actual(actual: Actual, language: str) -> Record:
    return {
        "text": actual.text,
        "facts": dict(actual.facts),
        "origin": actual.origin.value,
        "where": actual.where,
        "applicable": actual.applicable,
        "note": actual.noted(language),
    }


def _step(step: Step, language: str) -> Record:
    return {"text": step.text.say(language), "spans": [[span.start, span.end] for span in step.spans]}


def _execution(part: ExecutionScore, language: str) -> Record:
    return {
        "points": _exact(part.points),
        "method": part.method,
        "budget": _exact(part.budget),
        "executed": _exact(part.executed),
        "rate": _exact(part.rate),
        "low": _exact(part.low),
        "high": _exact(part.high),
        "steps": [_step(step, language) for step in part.steps],
        "assumptions": _said(part.assumptions, language),
        "remarks": _said(part.remarks, language),
    }


def _difference(one: Difference, sheets: Sequence[ScoreSheet]) -> Record:
    return {
        "number": one.index + 1,
        "name": one.rows[0].indicator.name,
        "scores": [
            {
                "profile": sheet.profile,
                "state": row.state.value,
                "low": _exact(row.low),
                "high": _exact(row.high),
            }
            for sheet, row in zip(sheets, one.rows, strict=True)
        ],
    }


def given_record(given: Given, language: str) -> Record:
    """A file of actual values: how its rows were matched, and what was not used."""
    stated = given.stated
    return {
        "file": stated.file,
        "matched": [
            {
                "number": found.index + 1,
                "where": found.row.where,
                "name": found.row.name,
                "way": found.way.value,
                "remarks": _said(found.remarks, language),
            }
            for found in given.matched.found
        ],
        "unmatched": [
            {
                "where": lost.row.where,
                "number": lost.row.number,
                "name": lost.row.name,
                "actual": lost.row.actual,
                "facts": dict(lost.row.facts),
                "reason": lost.reason.say(language),
            }
            for lost in given.matched.lost
        ],
        "unasked": dict(given.matched.unasked),
        "not_used": [
            {"text": cell.text, "where": str(cell.place), "reason": cell.reason.say(language)}
            for cell in stated.not_used
        ],
    }


def needed_record(rows: Sequence[Needed], total: TotalNeeded | None, goal: str, language: str) -> Record:
    """What must be reached: for rows, and for the total where that was asked."""
    return {
        "goal": goal,
        "rows": [_needed(one, language) for one in rows],
        "total": None if total is None else {
            "goal": _exact(total.goal), "low": _exact(total.low), "high": _exact(total.high),
            "most": _exact(total.most), "gap": _exact(total.gap),
            "reachable": total.most >= total.goal,
            "fewest": [index + 1 for index in total.fewest],
        },
    }  # fmt: skip


def _needed(one: Needed, language: str) -> Record:
    return {
        "number": one.row.index + 1,
        "name": one.row.indicator.name,
        "points": _exact(one.points),
        "has": one.has,
        "ways": [_way(way, language) for way in one.ways],
        "reason": one.reason.say(language) if one.reason is not None else None,
    }


def _way(way: Enough, language: str) -> Record:
    return {
        "kind": way.variable.kind.value,
        "name": way.variable.name,
        "meaning": meaning_of(way.variable).say(language),
        "unit": way.variable.unit,
        "surely": [_stretch(way.variable, where, language) for where in way.surely],
        "perhaps": [_stretch(way.variable, where, language) for where in way.perhaps],
        "others_at_best": way.at_best,
    }


def _stretch(variable: Variable, where: Interval | str, language: str) -> Record:
    said = stretch_said(variable, where).say(language)
    if isinstance(where, str):
        return {"said": said, "word": where}
    return {
        "said": said,
        "from": None if where.low is None else _fraction(where.low.numerator, where.low.denominator),
        "from_closed": where.low_closed,
        "to": None if where.high is None else _fraction(where.high.numerator, where.high.denominator),
        "to_closed": where.high_closed,
    }


def _fraction(above: int, below: int) -> str:
    """A decimal string; a number without end is a fraction: `100/3`."""
    rest = below
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return plain(Decimal(above) / Decimal(below)) if rest == 1 else f"{above}/{below}"


def _said(messages: Sequence[Message], language: str) -> list[str]:
    return [one.say(language) for one in messages]


def _exact(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"
