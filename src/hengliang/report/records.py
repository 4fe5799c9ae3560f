"""What a review says, as plain records: the content of all reports that programs read."""

from typing import Any, NamedTuple

from hengliang.base.finding import Finding, Fix, Undecidable
from hengliang.base.message import Message
from hengliang.base.place import Place, Spot
from hengliang.form.errors import UnreadableFile
from hengliang.form.field import text_at
from hengliang.report.labels import place_label
from hengliang.review.baseline import fingerprint
from hengliang.review.rule import Rule
from hengliang.review.suppress import Suppression
from hengliang.review.verdict import Counts, Verdict, digest

Record = dict[str, Any]


class Rest(NamedTuple):
    """What is said beside the forms, once all files are done."""

    counts: Counts
    unreadable: tuple[UnreadableFile, ...] = ()
    duplicates: tuple[Record, ...] = ()


def rule_record(rule: Rule, language: str) -> Record:
    """What a rule is, without its page."""
    return {
        "code": rule.code,
        "name": rule.name,
        "title": rule.en if language == "en" else rule.zh,
        "severity": rule.severity.value,
        "basis": list(rule.basis),
        "reads": list(rule.reads),
        "fix": rule.fix,
        "since": rule.since,
        "status": rule.status,
    }


def form_record(verdict: Verdict, language: str) -> Record:
    """One reviewed form with everything said of it; sentences in `language`."""
    form = verdict.form
    return {
        "file": verdict.file,
        "number": verdict.number,
        "organisation": form.organisation,
        "project": form.project,
        "fiscal_year": form.fiscal_year,
        "kind": form.kind.value,
        "purpose": form.purpose.value,
        "indicators": len(form.indicators),
        "digest": f"sha256:{digest(form)}",
        "profile": verdict.profile,
        "findings": [finding_record(verdict, finding, language) for finding in verdict.findings],
        "undecidable": [_undecidable_record(verdict, one, language) for one in verdict.undecidable],
        "not_applicable": [
            {"code": one.code, "reason": one.reason.say(language)} for one in verdict.not_applicable
        ],
        "passed": list(verdict.passed),
        "suppressed": [
            {
                **finding_record(verdict, one.finding, language),
                "suppression": suppression_record(one.suppression),
            }
            for one in verdict.suppressed
        ],
        "known": [finding_record(verdict, finding, language) for finding in verdict.known],
        "unused_suppressions": [suppression_record(one) for one in verdict.unused],
        "counts": verdict.counts._asdict(),
    }


def finding_record(verdict: Verdict, finding: Finding, language: str) -> Record:
    """One finding with its places and its fix."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message.say(language),
        "observed": finding.observed,
        "expected": _said(finding.expected, language),
        "spots": [spot_record(verdict, spot, language) for spot in finding.spots],
        "fix": _fix_record(finding.fix, language),
        "fingerprint": fingerprint(verdict.form, finding),
    }


def spot_record(verdict: Verdict, spot: Spot, language: str) -> Record:
    """A field of the form, the characters meant, and where it stood in the document."""
    place = verdict.source.place_of(spot.path)
    return {
        "path": spot.path,
        "label": place_label(verdict.form, spot.path, language),
        "text": text_at(verdict.form, spot.path),
        "start": spot.start,
        "end": spot.end,
        "place": _place_record(place) if place else None,
    }


def suppression_record(entry: Suppression) -> Record:
    """A suppression with its reason."""
    until = entry.until.isoformat() if entry.until else None
    return {"code": entry.code, "place": entry.place, "reason": entry.reason, "by": entry.by, "until": until}


def unreadable_record(error: UnreadableFile, language: str) -> Record:
    """A file that could not be read, why, and what to do."""
    return {"file": error.file, "reason": error.reason.say(language), "remedy": error.remedy.say(language)}


def _undecidable_record(verdict: Verdict, one: Undecidable, language: str) -> Record:
    spots = [spot_record(verdict, spot, language) for spot in one.spots]
    return {"code": one.code, "reason": one.reason.say(language), "spots": spots}


def _fix_record(fix: Fix | None, language: str) -> Record | None:
    if fix is None:
        return None
    edits = [edit._asdict() for edit in fix.edits]
    return {"safe": fix.safe, "message": fix.say.say(language), "edits": edits}


def _place_record(place: Place) -> Record:
    known = {name: value for name, value in place._asdict().items() if value is not None}
    if place.box is not None:
        known["box"] = list(place.box)
    return {"at": place.within, **known}


def _said(said: Message | None, language: str) -> str | None:
    return None if said is None else said.say(language)
