"""What is said of one form in the end: the review, less what was overruled or known before."""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from hengliang.base.finding import Finding, NotApplicable, Severity, Undecidable
from hengliang.form.model import Form
from hengliang.form.source import Source
from hengliang.review.baseline import fingerprint
from hengliang.review.run import Review
from hengliang.review.suppress import Suppressed, Suppression, suppress


class Counts(NamedTuple):
    """How many there are of each kind."""

    errors: int = 0
    warnings: int = 0
    advice: int = 0
    undecidable: int = 0
    safe_fixes: int = 0
    proposals: int = 0
    suppressed: int = 0
    known: int = 0


def total(counts: Iterable[Counts]) -> Counts:
    """The counts of many forms together."""
    return Counts(*(sum(column) for column in zip(Counts(), *counts, strict=True)))


class Verdict(NamedTuple):
    """One reviewed form.

    `findings` are those that count. `suppressed` were overruled with a reason, `known` stand in the baseline.
    `number` is the form's place among the forms of its file, from 1.
    """

    file: str
    number: int
    form: Form
    source: Source
    profile: str
    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    known: tuple[Finding, ...]
    undecidable: tuple[Undecidable, ...]
    not_applicable: tuple[NotApplicable, ...]
    passed: tuple[str, ...]
    unused: tuple[Suppression, ...] = ()

    @property
    def counts(self) -> Counts:
        """How many there are of each kind. Fixes are those of findings that count."""
        severities = [finding.severity for finding in self.findings]
        fixes = [finding.fix for finding in self.findings if finding.fix]
        return Counts(
            errors=severities.count(Severity.ERROR),
            warnings=severities.count(Severity.WARNING),
            advice=severities.count(Severity.ADVICE),
            undecidable=len(self.undecidable),
            safe_fixes=sum(fix.safe for fix in fixes),
            proposals=sum(not fix.safe for fix in fixes),
            suppressed=len(self.suppressed),
            known=len(self.known),
        )


def judge(
    file: str,
    number: int,
    form: Form,
    source: Source,
    profile: str,
    review: Review,
    suppressions: Sequence[Suppression] = (),
    baseline: Collection[str] = (),
) -> Verdict:
    """The verdict on a reviewed form under `suppressions` that hold, and fingerprints of known findings."""
    sifted = suppress(form, review.findings, suppressions)
    new: list[Finding] = []
    known: list[Finding] = []
    for finding in sifted.kept:
        is_known = bool(baseline) and fingerprint(form, finding) in baseline
        (known if is_known else new).append(finding)
    return Verdict(
        file,
        number,
        form,
        source,
        profile,
        tuple(new),
        sifted.suppressed,
        tuple(known),
        review.undecidable,
        review.not_applicable,
        review.passed,
        sifted.unused,
    )


def digest(form: Form) -> str:
    """The SHA-256 of a form's contents, by which a checked version is known again.

    It is that of the form as JSON in ASCII, keys sorted, without blanks. Empty fields do not enter, so that a
    field added to the model later leaves it as it is.
    """
    contents = form.model_dump(exclude_defaults=True)
    canonical = json.dumps(contents, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def _plain(number: Decimal) -> str:
    return format(number, "f")
