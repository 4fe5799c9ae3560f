"""A review as a table, one line per finding, for spreadsheets."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hengliang.base.csv_file import csv_text
from hengliang.base.finding import Finding
from hengliang.base.message import message
from hengliang.form.field import text_at
from hengliang.report.basis import basis_line
from hengliang.report.labels import place_label
from hengliang.report.severity import fix_word, severity_word
from hengliang.review.catalogue import rule_by_code
from hengliang.review.verdict import Verdict

HEADS = (
    message("File"),
    message("Organisation"),
    message("Place in the file"),
    message("Severity"),
    message("Code"),
    message("Rule"),
    message("Place on the form"),
    message("Text"),
    message("Finding"),
    message("Observed"),
    message("Expected"),
    message("Remedy"),
    message("Kind of fix"),
    message("Basis"),
)
"""The heads of the columns, in the order of `Line`."""


class Line(NamedTuple):
    """One finding in words."""

    file: str
    organisation: str
    place: str
    severity: str
    code: str
    rule: str
    where: str
    text: str
    message: str
    observed: str
    expected: str
    remedy: str
    fix: str
    basis: str


def lines(verdict: Verdict, language: str) -> Iterator[Line]:
    """The findings of one form that count, as they stand."""
    for finding in verdict.findings:
        yield line(verdict, finding, language)


def line(verdict: Verdict, finding: Finding, language: str) -> Line:
    """One finding in words."""
    path = finding.spots[0].path
    place = verdict.source.place_of(path)
    rule = rule_by_code().get(finding.code)
    fix = fix_word(finding.fix)
    return Line(
        file=verdict.file,
        organisation=verdict.form.organisation or "",
        place=place.within if place else "",
        severity=severity_word(finding.severity).say(language),
        code=finding.code,
        rule=(rule.en if language == "en" else rule.zh) if rule else "",
        where=place_label(verdict.form, path, language),
        text=text_at(verdict.form, path) or "",
        message=finding.message.say(language),
        observed=finding.observed,
        expected=finding.expected.say(language) if finding.expected else "",
        remedy=finding.fix.say.say(language) if finding.fix else "",
        fix=fix.say(language) if fix else "",
        basis=basis_line(rule, language) if rule else "",
    )


def piece(verdict: Verdict, language: str) -> str:
    """The findings of one form as lines of CSV."""
    return csv_text(lines(verdict, language))


def whole(pieces: Iterable[str], language: str) -> Iterator[str]:
    """The table in parts, with its head."""
    yield csv_text([[head.say(language) for head in HEADS]])
    yield from pieces
