"""The audit of self-evaluations as plain data, as `report.audit_schema` describes it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hengliang import __version__
from hengliang.base.number import plain
from hengliang.form.errors import UnreadableFile
from hengliang.report.records import unreadable_record
from hengliang.score.allowed import Candidate
from hengliang.score.audit import Finding, Verdict, counted
from hengliang.score.audit_sums import Audit

VERSION = 1
Record = dict[str, Any]


def piece(audited: Audit, file: str, number: int, language: str) -> str:
    """One self-evaluation as a JSON object."""
    form = audited.form
    record: Record = {
        "file": file,
        "number": number,
        "organisation": form.organisation,
        "project": form.project,
        "fiscal_year": form.fiscal_year,
        "profile": audited.profile,
        "rows": [
            {
                "number": row.index + 1,
                "name": row.indicator.name,
                "operator": row.indicator.operator,
                "target": row.indicator.target,
                "unit": row.indicator.unit,
                "actual": row.indicator.actual,
                "points": _exact(row.indicator.points),
                **_finding(row.finding, language),
            }
            for row in audited.rows
        ],
        "sums": [{"figure": one.figure, **_finding(one.finding, language)} for one in audited.sums],
        "counts": _counts(counted(audited.findings)),
    }
    return json.dumps(record, ensure_ascii=False, indent=1)


def whole(
    pieces: Iterable[str],
    counts: Callable[[], Mapping[Verdict, int]],
    unreadable: Sequence[UnreadableFile],
    language: str,
) -> Iterator[str]:
    """The document in parts; `counts` is asked, and `unreadable` looked at, when all pieces are there."""
    head = {"hengliang": {"version": __version__, "layout": VERSION}, "language": language}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ',\n "forms": ['
    for at, text in enumerate(pieces):
        yield (",\n" if at else "\n") + text
    tail = {
        "unreadable": [unreadable_record(error, language) for error in unreadable],
        "counts": _counts(counts()),
    }
    yield "\n ],\n " + json.dumps(tail, ensure_ascii=False)[1:] + "\n"


def _counts(counts: Mapping[Verdict, int]) -> Record:
    return {verdict.value: counts.get(verdict, 0) for verdict in Verdict}


def _finding(finding: Finding, language: str) -> Record:
    return {
        "verdict": finding.verdict.value,
        "printed": _exact(finding.printed),
        "reason": finding.reason.say(language),
        "by": finding.by.method if finding.by is not None else None,
        "candidates": [_candidate(one, language) for one in finding.candidates],
    }


def _candidate(one: Candidate, language: str) -> Record:
    return {
        "method": one.method,
        "name": one.name.say(language),
        "side": one.side,
        "low": _fraction(one.low),
        "high": _fraction(one.high),
        "steps": [step.text.say(language) for step in one.steps],
    }


def _exact(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _fraction(number: Fraction) -> str:
    """Points before rounding, to four places."""
    return plain(Decimal(round(number * 10000)) / 10000)
