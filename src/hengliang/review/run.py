"""Review one form: every rule looks at it, none stops the others."""

from collections.abc import Sequence
from typing import NamedTuple

from hengliang.base.finding import Finding, NotApplicable, Undecidable
from hengliang.base.profile import Profile
from hengliang.form.model import Form
from hengliang.form.source import NO_SOURCE, Source
from hengliang.review.catalogue import all_rules
from hengliang.review.rule import Context, Rule


class Review(NamedTuple):
    """What the rules said of one form. Every rule that ran is in exactly one state per place:
    a rule without a finding, an undecided place or a reason not to apply has passed."""

    findings: tuple[Finding, ...]
    undecidable: tuple[Undecidable, ...]
    not_applicable: tuple[NotApplicable, ...]
    passed: tuple[str, ...]
    """Codes of the rules that ran and found nothing."""


def review(
    form: Form,
    profile: Profile,
    source: Source = NO_SOURCE,
    previous: Sequence[Form] = (),
    rules: Sequence[Rule] | None = None,
) -> Review:
    """What `rules` (all when None) say of `form` under `profile`.

    `source` gives places and joined lines; `previous` the same organisation's forms of earlier years.
    """
    context = Context(form, profile, source, tuple(previous))
    findings: list[Finding] = []
    undecidable: list[Undecidable] = []
    not_applicable: list[NotApplicable] = []
    passed: list[str] = []
    for rule in all_rules() if rules is None else rules:
        outcomes = list(rule.run(context))
        if not outcomes:
            passed.append(rule.code)
            continue
        for outcome in outcomes:
            if isinstance(outcome, Finding):
                findings.append(outcome)
            elif isinstance(outcome, Undecidable):
                undecidable.append(outcome)
            else:
                not_applicable.append(outcome)
    return Review(tuple(findings), tuple(undecidable), tuple(not_applicable), tuple(passed))
