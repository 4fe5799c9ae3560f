"""A reading and the scores asked of it as plain data, ready to be written as JSON.

Amounts are decimal strings; one without end, which only a slope or a share can be, is a fraction: `10/3`.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from hengliang.base.number import plain
from hengliang.base.profile import Profile
from hengliang.base.unit import exact_decimal
from hengliang.criteria.canonical import english
from hengliang.criteria.curve import Interval, Piece
from hengliang.criteria.evaluate import Score
from hengliang.criteria.explain import steps_of
from hengliang.criteria.given import GivenError
from hengliang.criteria.methods import MethodCurve
from hengliang.criteria.printed import Span
from hengliang.criteria.question import Question, QuestionError, fact_in
from hengliang.criteria.read import CriterionReading, Note
from hengliang.criteria.scored import NoScore, Scorable, meaning_of, scored, words_of
from hengliang.criteria.table import Row, is_same, points_said, rows_of, starts_from, where_said
from hengliang.criteria.variable import Kind, Variable


def answer(question: Question, profile: Profile, language: str) -> dict[str, Any]:
    """The answer to a question: status, what is asked, assumptions, pieces and scores."""
    return as_json(question.read(profile), question.given, language)


def as_json(reading: CriterionReading, given: Sequence[Any], language: str) -> dict[str, Any]:
    """What a reading says, and a score for each fact in `given`; see docs/reference/criteria-json.md."""
    tree = reading.tree
    return {
        "status": reading.status.value,
        "text": reading.text,
        "points": None if reading.points is None else plain(reading.points),
        "variable": variable_json(reading, language),
        "assumptions": [each.say(language) for each in reading.assumptions],
        "unread": [_note(reading, note, language) for note in reading.unread],
        "open": [_note(reading, note, language) for note in reading.open],
        "verdicts": [_note(reading, note, language) for note in reading.verdicts],
        "fallback": reading.fallback,
        "canonical": reading.canonical,
        "canonical_english": english(tree) if tree is not None else None,
        "base": amount(starts_from(reading)),
        "pieces": [_row(row, language) for row in rows_of(reading)],
        "scores": [score_json(reading, fact, language) for fact in given],
        "offer": None if reading.offer is None else _offer(reading.offer, given, language),
    }


def _offer(offer: MethodCurve, given: Sequence[Any], language: str) -> dict[str, Any]:
    """The method of the profile for a sentence without arithmetic, to be used if its owner agrees."""
    return {
        "method": offer.method.code,
        "name": offer.method.name.say(language),
        "says": offer.method.statement.say(language),
        "source": offer.method.source,
        "mark": offer.method.mark,
        "canonical": offer.canonical,
        "variable": variable_json(offer, language),
        "scores": [score_json(offer, fact, language) for fact in given],
    }


def variable_json(reading: Scorable, language: str) -> dict[str, Any]:
    """What is asked: one variable, or `several` with the list of them; nulls where nothing is read."""
    variables = reading.variables
    if not variables:
        return {"kind": None, "unit": None, "meaning": None}
    if len(variables) == 1:
        return _variable(reading, variables[0], language)
    each = [_variable(reading, variable, language) for variable in variables]
    units = {variable.unit for variable in variables}
    meaning = "；".join(variable.name or meaning_of(variable).say(language) for variable in variables)
    return {
        "kind": "several",
        "unit": units.pop() if len(units) == 1 else "",
        "meaning": meaning,
        "variables": each,
    }


def _variable(reading: Scorable, variable: Variable, language: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        "kind": variable.kind.value,
        "unit": variable.unit,
        "meaning": meaning_of(variable).say(language),
        "name": variable.name,
    }
    if variable.kind is Kind.GRADE and reading.tree is not None:
        said["words"] = words_of(reading.tree, variable)
    if variable.ratio is not None:
        said["ratio"] = [*variable.ratio]
    return said


def score_json(reading: Scorable, given: Any, language: str) -> dict[str, Any]:
    """The score for one fact: `score`, or `low` and `high`, with the steps; or `error`, why there is none."""
    if isinstance(reading, CriterionReading) and reading.tree is None and (reading.scale or reading.vetoes):
        return _grade(reading, given, language)
    score = scored(reading, given)
    if isinstance(score, NoScore):
        return {"given": given, "error": score.reason.say(language)}
    return {"given": given, **_points(score), "steps": _steps(score, reading, language)}


def _grade(reading: CriterionReading, given: Any, language: str) -> dict[str, Any]:
    """The grade word of a sentence that gives grades or vetoes and no points; null where it names none."""
    try:
        return {"given": given, "grade": reading.grade_at(fact_in(given))}
    except (GivenError, QuestionError) as error:
        return {"given": given, "error": error.reason.say(language)}


def _points(score: Score) -> dict[str, str]:
    if score.is_certain:
        return {"score": plain(score.low)}
    return {"low": plain(score.low), "high": plain(score.high)}


def _steps(score: Score, reading: Scorable, language: str) -> list[dict[str, Any]]:
    if score.outcome is None:
        return []
    return [
        {
            "text": step.text.say(language),
            "low": amount(step.low),
            "high": amount(step.high),
            "words": [_words(reading, span) for span in step.spans]
            if isinstance(reading, CriterionReading)
            else [],
        }
        for step in steps_of(score.outcome)
    ]


def _note(reading: CriterionReading, note: Note, language: str) -> dict[str, Any]:
    return {
        "words": _words(reading, note.span),
        "start": note.span.start,
        "end": note.span.end,
        "reason": note.reason.say(language),
    }


def _words(reading: CriterionReading, span: Span) -> str:
    return reading.text[span.start : span.end]


def _row(row: Row, language: str) -> dict[str, Any]:
    said: dict[str, Any] = {"variable": row.variable.name, "role": row.role}
    if isinstance(row.where, Interval):
        said |= {
            "from": None if row.where.low is None else amount(row.where.low),
            "from_included": row.where.low_closed,
            "to": None if row.where.high is None else amount(row.where.high),
            "to_included": row.where.high_closed,
        }
    else:
        said["word"] = row.where
    if is_same(row.low, row.high):
        said["points"] = _function(row.low)
    else:
        said |= {"low": _function(row.low), "high": _function(row.high)}
    return said | {"where": where_said(row).say(language), "says": points_said(row).say(language)}


def _function(piece: Piece) -> dict[str, Any]:
    said: dict[str, Any] = {"start": amount(piece.start)}
    if piece.slope:
        said["slope"] = amount(piece.slope)
    if piece.inverse:
        said["inverse"] = amount(piece.inverse)
    if piece.stair is not None:
        stair = piece.stair
        said["stair"] = {
            "origin": amount(stair.origin),
            "size": amount(stair.size),
            "rise": amount(stair.rise),
            "begun_counts": stair.up,
        }
    return said


def amount(value: Fraction) -> str:
    """`value` as a decimal string; as a fraction where the decimals have no end."""
    exact = exact_decimal(value)
    if exact is None:
        return f"{value.numerator}/{value.denominator}"
    text = plain(exact)
    return text.rstrip("0").rstrip(".") if "." in text else text
