"""Writes of drafts: begun, saved cell by cell, replaced. Each is one transaction with its audit entry."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from hengliang.base.canonical import digest_of
from hengliang.base.message import message
from hengliang.form.field import text_at
from hengliang.form.model import Form, Kind, Purpose
from hengliang.form.source import NO_SOURCE, Source
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import Refused, require
from hengliang.web.audit.actions import record
from hengliang.web.declarations import policies
from hengliang.web.declarations.draft import (
    BLOCKS,
    FORM,
    LISTS,
    Edit,
    Reorder,
    Working,
    edited,
    new_row,
    opened,
    stored,
    whole_text,
)
from hengliang.web.declarations.findings import Placed, findings_of, save_counted
from hengliang.web.declarations.models import Change, Declaration, Draft, Round
from hengliang.web.declarations.versions import keep, locked
from hengliang.web.workflow.roles import Permission


class Conflict(NamedTuple):
    """A cell that somebody else changed since the page was loaded."""

    row: str
    key: str
    mine: str | None
    theirs: str | None
    by: str
    at: Any


class Conflicts(Exception):  # noqa: N818
    """Nothing was saved: cells were changed on both sides. `counter` is where the draft stands now."""

    def __init__(self, conflicts: list[Conflict], counter: int) -> None:
        super().__init__(f"{len(conflicts)} cells were changed by somebody else")
        self.conflicts, self.counter = conflicts, counter


@transaction.atomic
def begin(
    actor: Person | None,
    round_: Round,
    organisation: Organisation,
    *,
    project: str = "",
    form: Form | None = None,
    source: Source = NO_SOURCE,
    file: str = "",
) -> Declaration:
    """A new declaration with a draft: empty, or with what was read from a file."""
    if actor is not None:
        require(actor, Permission.EDIT, organisation)
    if not round_.open:
        raise Refused(message("The round is closed."))
    kind = Kind.PROJECT if project else Kind.DEPARTMENT
    if form is None:
        form = Form(
            kind=kind,
            purpose=Purpose.DECLARATION,
            organisation=organisation.name,
            project=project or None,
            fiscal_year=round_.fiscal_year,
        )
    working = Working(form, source, tuple(new_row() for _ in form.indicators))
    try:
        with transaction.atomic():
            made = Declaration.objects.create(
                round=round_,
                organisation=organisation,
                kind=kind.value,
                project=project,
                state_since=timezone.now(),
            )
    except IntegrityError as error:
        raise Refused(
            message("There is such a form in this round already; open it and go on there.")
        ) from error
    draft = Draft(
        declaration=made,
        content=stored(working),
        rows=list(working.rows),
        saved_by=actor.username if actor else "system",
    )
    save_counted(draft, working)
    record(actor, "declaration.begin", f"declaration:{made.pk}", str(made), organisation.code, file=file)
    return made


class Saved(NamedTuple):
    """A draft after a save, as the working copy that it holds, with all findings on it."""

    draft: Draft
    working: Working
    placed: list[Placed]


@transaction.atomic
def save(
    actor: Person,
    declaration: Declaration,
    base: int,
    edits: Sequence[Edit],
    orders: Sequence[Reorder] = (),
    strict: bool = False,
) -> Saved:
    """Saves changed cells and rows into the draft.

    `base` is the counter that the editor last saw. Changes that others made in other cells since then stay;
    a cell that was changed on both sides, to different texts, saves nothing and raises `Conflicts`; with
    `strict` any change since then does. Raises
    `BadEdit` when a text does not fit and `Refused` when the form may not be edited.
    """
    draft = locked(declaration)
    policies.require_edit(actor, draft.declaration)
    working = opened(draft.content, draft.rows)
    if base != draft.counter:
        conflicts = _conflicts(draft, working, base, edits)
        if conflicts or strict:
            raise Conflicts(conflicts, draft.counter)
    after, noted = edited(working, edits, orders)
    if not noted:
        return Saved(draft, working, findings_of(draft.declaration, working))
    draft.content, draft.rows = stored(after), list(after.rows)
    draft.counter += 1
    draft.saved_by = actor.username
    placed = save_counted(draft, after)
    first = {(one.row, one.key): one.before for one in reversed(noted)}
    merged = {(one.row, one.key): one for one in noted}
    Change.objects.bulk_create(
        Change(
            declaration=declaration,
            counter=draft.counter,
            row=one.row,
            key=one.key,
            before=first[one.row, one.key],
            after=one.after,
            person=actor.username,
        )
        for one in merged.values()
    )
    record(
        actor,
        "declaration.save",
        f"declaration:{declaration.pk}",
        str(draft.declaration),
        draft.declaration.organisation.code,
        counter=draft.counter,
        cells=[f"{one.row}/{one.key}" for one in merged.values()],
    )
    return Saved(draft, after, placed)


def _conflicts(draft: Draft, working: Working, base: int, edits: Sequence[Edit]) -> list[Conflict]:
    """The cells of `edits` that somebody else changed after `base` to another text."""
    if base > draft.counter:
        raise Refused(message("The page is newer than the draft; load it again."))
    wanted = {(edit.row, edit.key): edit.value or None for edit in edits}
    found: dict[tuple[str, str], Conflict] = {}
    later = Change.objects.filter(declaration=draft.declaration, counter__gt=base).order_by("counter", "pk")
    for change in later:
        for row, key in wanted:
            if not _touches(change, row, key):
                continue
            theirs = _stands(working, row, key)
            if theirs == wanted[row, key] and change.key != "-":
                found.pop((row, key), None)
            else:
                found[row, key] = Conflict(row, key, wanted[row, key], theirs, change.person, change.at)
    return list(found.values())


def _touches(change: Change, row: str, key: str) -> bool:
    """Whether a change may have changed a cell: itself, its row, the whole form, or outside the table a list
    that it is an item of."""
    if change.key == "*":
        return True
    if change.row != row:
        return False
    if change.key in ("-", key):
        return True
    return row == FORM and (key.startswith(f"{change.key}/") or change.key.startswith(f"{key}/"))


def _stands(working: Working, row: str, key: str) -> str | None:
    """What stands in a cell now; None when it is empty or its row is gone."""
    if row == FORM and key in (*LISTS, *BLOCKS):
        return whole_text(working.form, key) or None
    if row != FORM and row not in working.rows:
        return None
    return text_at(working.form, working.path(row, key)) or None


@transaction.atomic
def replace(
    actor: Person,
    declaration: Declaration,
    form: Form,
    source: Source,
    base: int,
    why: str,
    rows: Sequence[str] = (),
    **detail: str,
) -> Draft:
    """Puts another form in the place of the draft: one read from a file, an earlier version, a mended one.

    What the draft said is kept as a version. `rows` are the ids of its rows, where they are known.
    """
    draft = locked(declaration)
    policies.require_edit(actor, draft.declaration)
    if base != draft.counter:
        raise Conflicts([], draft.counter)
    old = opened(draft.content, draft.rows)
    keep(actor, draft, "replaced")
    ids = rows or [*old.rows[: len(form.indicators)], *(new_row() for _ in form.indicators[len(old.rows) :])]
    now = Working(form, source, tuple(ids))
    draft.content, draft.rows = stored(now), list(now.rows)
    draft.counter += 1
    draft.saved_by = actor.username
    save_counted(draft, now)
    Change.objects.create(
        declaration=declaration,
        counter=draft.counter,
        row="form",
        key="*",
        before=digest_of(stored(old)),
        after=digest_of(draft.content),
        person=actor.username,
    )
    record(
        actor,
        f"declaration.{why}",
        f"declaration:{declaration.pk}",
        str(draft.declaration),
        draft.declaration.organisation.code,
        counter=draft.counter,
        **detail,
    )
    return draft
