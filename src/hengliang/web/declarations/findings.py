"""The findings on a working copy, with those that were set aside."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from hengliang.base.finding import Finding, Severity
from hengliang.base.profile import load_profile
from hengliang.form.field import text_at
from hengliang.form.model import Form
from hengliang.review.run import Review, review
from hengliang.web.declarations.draft import Working, opened_text
from hengliang.web.declarations.models import Declaration, Draft, Overruling
from hengliang.web.declarations.reports import reports_on


class Placed(NamedTuple):
    """A finding with the row and field of the working copy it is about, and the reason if set aside."""

    finding: Finding
    row: str
    key: str
    overruled: Overruling | None = None


def working_and_counter(declaration: Declaration) -> tuple[Working, int]:
    """The working copy of a declaration, and how many saves its draft has seen."""
    kept = Draft.objects.filter(declaration=declaration)
    text, rows, counter = kept.values_list(Cast("content", TextField()), "rows", "counter").get()
    return opened_text(text, rows), counter


def working_of(declaration: Declaration) -> Working:
    """The working copy of a declaration."""
    return working_and_counter(declaration)[0]


def previous_forms(declaration: Declaration) -> tuple[Form, ...]:
    """The approved forms of the same organisation (and project) for earlier years, newest first, and the
    reports on them."""
    earlier = list(earlier_declarations(declaration)[:3])
    known = reports_on(earlier)
    forms: list[Form] = []
    for one in earlier:
        forms.append(approved_form(one))
        if one.pk in known:
            forms.append(known[one.pk].form)
    return tuple(forms)


def approved_form(earlier: Declaration) -> Form:
    """The form in force of one of `earlier_declarations`."""
    text: str = earlier.approved_text  # pyright: ignore[reportAttributeAccessIssue]
    return dated(opened_text(text, ()).form, earlier)


def earlier_declarations(declaration: Declaration) -> QuerySet[Declaration]:
    """Those of the same organisation (and project) for earlier years that were approved, newest first, each
    with the JSON of the version in force as a text, which is cheaper to know again than to read."""
    return (
        Declaration.objects.filter(
            organisation=declaration.organisation,
            kind=declaration.kind,
            project=declaration.project,
            round__fiscal_year__lt=declaration.round.fiscal_year,
            approved__isnull=False,
        )
        .select_related("organisation", "round")
        .annotate(approved_text=Cast("approved__content", TextField()))
        .order_by("-round__fiscal_year", "-pk")
    )


def dated(form: Form, declaration: Declaration) -> Form:
    """The form with its year: a printed form may leave it out, the round it was declared in has one."""
    if form.fiscal_year is not None:
        return form
    return form.model_copy(update={"fiscal_year": declaration.round.fiscal_year})


def reviewed(working: Working, profile: str, previous: Sequence[Form] = ()) -> Review:
    """What the rules say of a working copy. The answer for the same text is remembered."""
    return _reviewed(_Key(working, profile, tuple(previous)))


class _Key:
    """A working copy that equals another of the same text, profile and earlier forms."""

    def __init__(self, working: Working, profile: str, previous: tuple[Form, ...]) -> None:
        self.working, self.profile, self.previous = working, profile, previous
        earlier = (sha256(form.model_dump_json().encode()).digest() for form in previous)
        self.same = (profile, working.digest, *earlier)

    def __hash__(self) -> int:
        return hash(self.same)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.same == other.same


@lru_cache(maxsize=256)
def _reviewed(key: _Key) -> Review:
    return review(key.working.form, load_profile(key.profile), key.working.source, key.previous)


@lru_cache(maxsize=256)
def _placed(key: _Key, rows: tuple[str, ...]) -> tuple[Placed, ...]:
    """The findings on a working copy with these ids of its rows."""
    working = key.working._replace(rows=rows)
    return tuple(
        [Placed(one, *working.split(one.spots[0].path)) for one in _reviewed(key).findings],
    )


def findings_of(declaration: Declaration, working: Working | None = None) -> list[Placed]:
    """All findings on the working copy, those set aside included, in the order of the rules."""
    working = working or working_of(declaration)
    key = _Key(working, declaration.round.profile, previous_forms(declaration))
    placed = list(_placed(key, working.rows))
    aside = {(one.code, one.row, one.path): one for one in Overruling.objects.filter(declaration=declaration)}
    for at, one in enumerate(placed if aside else ()):
        overruled = aside.get((one.finding.code, one.row, one.key))
        if overruled and overruled.text == (text_at(working.form, one.finding.spots[0].path) or ""):
            placed[at] = one._replace(overruled=overruled)
    return placed


def open_findings(declaration: Declaration, working: Working | None = None) -> list[Placed]:
    """The findings that nobody set aside."""
    return [placed for placed in findings_of(declaration, working) if placed.overruled is None]


Counted = Callable[[Declaration], None]
_counted: list[Counted] = []


def when_counted(act: Counted) -> Counted:
    """Registers what else is written down when the findings of a form are counted; part of the same act."""
    _counted.append(act)
    return act


def save_counted(draft: Draft, working: Working) -> list[Placed]:
    """Saves a draft, which `working` is, with how many open findings of each severity it has; gives all
    findings back. Part of the act that changed it."""
    placed = findings_of(draft.declaration, working)
    draft.errors, draft.warnings, draft.advice = _counts(placed)
    draft.save()
    _tell_counted(draft.declaration)
    return placed


def count_open(declaration: Declaration) -> None:
    """Writes down how many open findings of each severity the draft has now; part of the act that set some
    aside."""
    errors, warnings, advice = _counts(findings_of(declaration))
    Draft.objects.filter(declaration=declaration).update(errors=errors, warnings=warnings, advice=advice)
    _tell_counted(declaration)


def _counts(placed: Sequence[Placed]) -> tuple[int, int, int]:
    """How many open errors, warnings and pieces of advice there are."""
    counts = Counter(one.finding.severity for one in placed if one.overruled is None)
    return counts[Severity.ERROR], counts[Severity.WARNING], counts[Severity.ADVICE]


def _tell_counted(declaration: Declaration) -> None:
    for act in _counted:
        act(declaration)
