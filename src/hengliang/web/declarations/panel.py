"""The panel beside the grid: what there is to know of one row, as plain values for its template."""

import json
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.base.finding import Fix, Severity
from hengliang.base.profile import load_profile
from hengliang.criteria.canonical import english
from hengliang.criteria.read import CriterionReading, Note, Status, read_criterion
from hengliang.form.field import text_at
from hengliang.form.model import Indicator
from hengliang.report.basis import basis_lines
from hengliang.report.criterion_text import SHAPES, questions, status_name, status_word
from hengliang.report.curve_picture import picture
from hengliang.report.explanation import sentence_parts
from hengliang.report.severity import severity_word
from hengliang.review.catalogue import rule_by_code
from hengliang.review.fix import real_edits
from hengliang.web.declarations.draft import TEXT_FIELDS, Working
from hengliang.web.declarations.findings import Placed

TONES = {Severity.ERROR: "bad", Severity.WARNING: "watch", Severity.ADVICE: "plain"}
_READ = {Status.EXACT: "good", Status.ASSUMED: "good", Status.BOUNDED: "watch", Status.UNREAD: "bad"}
_PART_TONES = {"read": "read", "open": "watch", "unread": "bad", "": ""}


class Pictured(NamedTuple):
    """A picture for light and for dark screens, as addresses that carry it."""

    light: str
    dark: str
    says: str


def reading_of(row: Indicator, profile: str) -> CriterionReading:
    """How the scoring sentence of a row is read."""
    loaded = load_profile(profile)
    return read_criterion(row.criterion or "", row.points, row.operator, row.target, row.unit, loaded)


def shown_reading(row: Indicator, profile: str, language: str) -> dict[str, Any]:
    """The reading of a scoring sentence: status, sentence in plain words, what was assumed and what is open,
    the curve with the target marked."""
    reading = reading_of(row, profile)
    plain = "" if reading.tree is None else english(reading.tree) if language == "en" else reading.canonical
    notes = [(_("Assumed"), [one.say(language) for one in reading.assumptions])]
    notes += [(_("Not read"), [_quoted(reading, one, language) for one in reading.unread])]
    notes += [(_("Left open"), [_quoted(reading, one, language) for one in reading.open])]
    notes += [(_("Apart from the points"), [_quoted(reading, one, language) for one in reading.verdicts])]
    notes += [(_("To be asked"), [one.say(language) for one in questions(reading)])]
    return {
        "tone": _READ[reading.status],
        "shape": SHAPES[reading.status],
        "word": status_name(reading.status).say(language),
        "says": status_word(reading.status).say(language),
        "plain": plain or "",
        "parts": [{"text": text, "tone": _PART_TONES[mark]} for text, mark in sentence_parts(reading)],
        "notes": [{"label": label, "texts": texts} for label, texts in notes if texts],
        "picture": _pictured(reading, row, plain or "", language),
        "empty": not (row.criterion or "").strip(),
    }


def _quoted(reading: CriterionReading, note: Note, language: str) -> str:
    words = reading.text[note.span.start : note.span.end]
    said = note.reason.say(language)
    return f"“{words}”: {said}" if words and words != reading.text else said


def _pictured(reading: CriterionReading, row: Indicator, plain: str, language: str) -> Pictured | None:
    if reading.tree is None:
        return None
    given = (row.target,) if row.target and reading.curves is not None and len(reading.variables) == 1 else ()
    drawn = [picture(reading, given, language, title=row.name, dark=dark) for dark in (False, True)]
    light, dark = (f"data:image/svg+xml,{quote(one)}" for one in drawn)
    return Pictured(light, dark, plain)


def rule_name(code: str, language: str) -> str:
    """What a rule objects to; nothing for one that is no more."""
    rule = rule_by_code().get(code)
    return "" if rule is None else rule.en if language == "en" else rule.zh


def shown_finding(
    one: Placed, working: Working, declaration: int, language: str, may_set_aside: bool, may_edit: bool
) -> dict[str, Any]:
    """A finding as the pages show it, with what the reader may do about it."""
    finding = one.finding
    about = urlencode({"code": finding.code, "row": one.row, "key": one.key})
    rule = rule_by_code().get(finding.code)
    spot = finding.spots[0]
    text = text_at(working.form, spot.path) or ""
    words = text[spot.start : spot.end] if spot.start is not None and spot.end is not None else ""
    return {
        "code": finding.code,
        "name": rule_name(finding.code, language),
        "tone": TONES[finding.severity],
        "severity": severity_word(finding.severity).say(language),
        "text": finding.message.say(language),
        "words": words,
        "expected": finding.expected.say(language) if finding.expected else "",
        "basis": basis_lines(rule, language) if rule else [],
        "fix": _fix(finding.fix, working, language) if may_edit and finding.fix else None,
        "fix_says": finding.fix.say.say(language) if finding.fix else "",
        "safe": finding.fix is not None and finding.fix.safe,
        "row": one.row,
        "key": one.key,
        "path": spot.path,
        "aside_url": f"{reverse('finding-aside', args=[declaration])}?{about}" if may_set_aside else "",
        "overruled": one.overruled,
    }


def _fix(fix: Fix, working: Working, language: str) -> dict[str, Any] | None:
    """What a fix would change, as the grid's own changes, so that it can be undone there; None when it is
    about something else than the rows of the table."""
    changes: list[dict[str, str]] = []
    for edit in real_edits(fix):
        row, key = working.split(edit.path)
        if row not in working.rows or key not in TEXT_FIELDS:
            return None
        changes.append({"row": row, "key": key, "value": edit.new or ""})
    if not changes:
        return None
    return {"safe": fix.safe, "label": fix.say.say(language), "json": json.dumps(changes, ensure_ascii=False)}
