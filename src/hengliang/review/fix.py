"""Mending a form by the fixes that findings offer.

Safe fixes change no promise and are applied until nothing is left to mend. Proposals are left alone: the
declaring unit decides. A fix is applied whole or not at all, and only while the text it was made for still
stands.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from hengliang.base.finding import Edit, Finding, Fix
from hengliang.base.message import Message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.form.field import NoSuchField, text_at, with_texts
from hengliang.form.model import Form
from hengliang.form.source import NO_SOURCE, Source
from hengliang.review.rule import Rule
from hengliang.review.run import Review, review
from hengliang.review.verdict import digest


class Applied(NamedTuple):
    """A fix that was applied: the rule, what it says, and the edits that changed something.

    A fix without edits mends how the form was laid out; writing the form anew does it.
    """

    code: str
    say: Message
    edits: tuple[Edit, ...]


class Fixed(NamedTuple):
    """A mended form with what still holds of its source, what was applied, and what is left to find."""

    form: Form
    source: Source
    applied: tuple[Applied, ...]
    review: Review


def fix_form(
    form: Form,
    profile: Profile,
    source: Source = NO_SOURCE,
    previous: Sequence[Form] = (),
    rules: Sequence[Rule] | None = None,
    accept: Callable[[Form, Finding], bool] = lambda form, finding: True,
) -> Fixed:
    """`form` with all safe fixes of `rules`, repeated until nothing changes or an earlier form comes back.

    `accept` says whether a finding's fix is wanted: a suppressed finding's is not.
    """
    applied: list[Applied] = []
    seen = {digest(form)}
    laid_out: set[tuple[str, tuple[Spot, ...]]] = set()
    while True:
        found = review(form, profile, source, previous, rules)
        wanted = [finding for finding in found.findings if accept(form, finding)]
        layout = [one for one in wanted if _is_layout(one.fix) and (one.code, one.spots) not in laid_out]
        mended, now = apply_safe(form, wanted)
        if digest(mended) in seen and not layout:
            return Fixed(form, source, tuple(applied), found)
        seen.add(digest(mended))
        laid_out.update((finding.code, finding.spots) for finding in layout)
        applied += now
        applied += (Applied(one.code, one.fix.say, ()) for one in layout if one.fix)
        edited = {edit.path for one in now for edit in one.edits}
        source = _without(source, edited.union(spot.path for finding in layout for spot in finding.spots))
        form = mended


def apply_safe(form: Form, findings: Sequence[Finding]) -> tuple[Form, list[Applied]]:
    """`form` after one round of the safe fixes of `findings`, and which of them were applied.

    Of two fixes for one field the first wins; the other no longer fits and waits for the next round.
    """
    wanted: list[Applied] = []
    texts: dict[str, str | None] = {}
    for finding in findings:
        if not finding.fix or not finding.fix.safe:
            continue
        edits = real_edits(finding.fix)
        if edits and all(text_at(form, edit.path) == edit.old and edit.path not in texts for edit in edits):
            wanted.append(Applied(finding.code, finding.fix.say, edits))
            texts.update((edit.path, edit.new) for edit in edits)
    if not wanted:
        return form, wanted
    try:
        return with_texts(form, texts), wanted
    except NoSuchField:
        return _one_by_one(form, wanted)


def _one_by_one(form: Form, wanted: Sequence[Applied]) -> tuple[Form, list[Applied]]:
    """Some fix asks for what its field cannot hold: the others are applied without it."""
    applied: list[Applied] = []
    for one in wanted:
        try:
            form = with_texts(form, {edit.path: edit.new for edit in one.edits})
        except NoSuchField:
            continue
        applied.append(one)
    return form, applied


def real_edits(fix: Fix) -> tuple[Edit, ...]:
    """The edits of a fix that change something."""
    return tuple(edit for edit in fix.edits if edit.old != edit.new)


def _is_layout(fix: Fix | None) -> bool:
    return fix is not None and fix.safe and not real_edits(fix)


def _without(source: Source, paths: set[str]) -> Source:
    """`source` without the printed text and the joined lines of fields whose text is another now."""
    return source._replace(
        printed={path: text for path, text in source.printed.items() if path not in paths},
        joins={path: ends for path, ends in source.joins.items() if path not in paths},
    )
