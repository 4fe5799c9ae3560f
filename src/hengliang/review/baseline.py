"""Findings that were there before: a baseline (基线), so that only new findings fail.

A finding is known again by its fingerprint: rule, organisation, the words of the place, and what was
observed. Rows may change their order and forms their file.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast

from hengliang.base.finding import Finding
from hengliang.base.message import message
from hengliang.form.errors import Damaged
from hengliang.form.field import text_at
from hengliang.form.model import Form

VERSION = 1

Entry = dict[str, object]
"""Code and places of a known finding, for people; only the fingerprint counts."""


def fingerprint(form: Form, finding: Finding) -> str:
    """A finding's fingerprint, 16 hexadecimal digits, the same wherever its row stands."""
    places = sorted(_identity(form, spot.path) for spot in finding.spots)
    parts = (finding.code, form.organisation or "", form.project or "", *places, finding.observed)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def _identity(form: Form, path: str) -> str:
    """A place by its words instead of its number."""
    head, _, rest = path.partition("/")
    number, _, field = rest.partition("/")
    if head == "indicators" and number.isdigit() and int(number) < len(form.indicators):
        row = form.indicators[int(number)]
        return "\x1e".join((head, row.level1 or "", row.level2 or "", row.name, field))
    return f"{head}\x1e{text_at(form, path) or ''}" if number.isdigit() else path


def entries(form: Form, findings: Iterable[Finding]) -> dict[str, Entry]:
    """The lines of a baseline for one form's findings, by fingerprint."""
    return {
        fingerprint(form, finding): {"code": finding.code, "places": [spot.path for spot in finding.spots]}
        for finding in findings
    }


def baseline_text(known: Mapping[str, Entry]) -> str:
    """A baseline file, sorted by fingerprint."""
    return (
        json.dumps({"hengliang_baseline": VERSION, "findings": dict(sorted(known.items()))}, indent=1) + "\n"
    )


def read_baseline(path: Path) -> frozenset[str]:
    """The fingerprints of a baseline file. Raises Damaged when it is none."""
    try:
        data: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _no_baseline(path, str(error)) from error
    if not isinstance(data, dict):
        raise _no_baseline(path, "no JSON object")
    entries = cast("dict[str, object]", data)
    findings = entries.get("findings")
    if entries.get("hengliang_baseline") != VERSION or not isinstance(findings, dict):
        raise _no_baseline(path, f"hengliang_baseline is not {VERSION}")
    return frozenset(cast("dict[str, object]", findings))


def _no_baseline(path: Path, why: str) -> Damaged:
    return Damaged(
        str(path),
        message("this is no baseline of findings ({why})", why=why),
        message("write one with --write-baseline"),
    )
