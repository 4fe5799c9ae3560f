"""Writes of declarations. Each act is one transaction with its audit entry in it."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from hengliang.base.canonical import digest_of
from hengliang.base.message import Message, message
from hengliang.form.field import text_at
from hengliang.form.model import Form, Kind, Purpose
from hengliang.form.source import NO_SOURCE, Source
from hengliang.web.accounts.actions import tell
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import Refused, require
from hengliang.web.accounts.queries import people_with
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
from hengliang.web.declarations.findings import count_open
from hengliang.web.declarations.models import Change, Declaration, Draft, Round, Step, Version
from hengliang.web.workflow.moves import MOVES, Move
from hengliang.web.workflow.roles import Permission
from hengliang.web.workflow.states import SHOWN


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


class Missing(Exception):  # noqa: N818
    """A move whose needs are not met, with what is missing."""

    def __init__(self, needs: list[Message]) -> None:
        super().__init__("; ".join(need.say("en") for need in needs))
        self.needs = needs


@transaction.atomic
def open_round(
    actor: Person | None,
    organisation: Organisation,
    *,
    name: str,
    fiscal_year: int,
    profile: str,
    **deadlines: Any,
) -> Round:
    """A new round for all organisations below `organisation`."""
    if actor is not None:
        require(actor, Permission.MANAGE_ROUNDS, organisation)
    made = Round.objects.create(
        organisation=organisation, name=name, fiscal_year=fiscal_year, profile=profile, **deadlines
    )
    record(
        actor,
        "round.open",
        f"round:{made.pk}",
        name,
        organisation.code,
        fiscal_year=fiscal_year,
        profile=profile,
    )
    return made


@transaction.atomic
def set_round_open(actor: Person, round_: Round, is_open: bool) -> None:
    """Closes a round for new forms, or opens it again."""
    require(actor, Permission.MANAGE_ROUNDS, round_.organisation)
    Round.objects.filter(pk=round_.pk).update(open=is_open)
    event = "round.reopen" if is_open else "round.close"
    record(actor, event, f"round:{round_.pk}", round_.name, round_.organisation.code)


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
    if Declaration.objects.filter(round=round_, organisation=organisation, project=project).exists():
        raise Refused(message("There is such a form in this round already; open it and go on there."))
    if form is None:
        form = Form(
            kind=kind,
            purpose=Purpose.DECLARATION,
            organisation=organisation.name,
            project=project or None,
            fiscal_year=round_.fiscal_year,
        )
    working = Working(form, source, tuple(new_row() for _ in form.indicators))
    made = Declaration.objects.create(
        round=round_, organisation=organisation, kind=kind.value, project=project, state_since=timezone.now()
    )
    Draft.objects.create(
        declaration=made,
        content=stored(working),
        rows=list(working.rows),
        saved_by=actor.username if actor else "system",
    )
    count_open(made)
    record(actor, "declaration.begin", f"declaration:{made.pk}", str(made), organisation.code, file=file)
    return made


@transaction.atomic
def save(
    actor: Person,
    declaration: Declaration,
    base: int,
    edits: Sequence[Edit],
    orders: Sequence[Reorder] = (),
    strict: bool = False,
) -> Draft:
    """Saves changed cells and rows into the draft and gives it back.

    `base` is the counter that the editor last saw. Changes that others made in other cells since then stay;
    a cell that was changed on both sides, to different texts, saves nothing and raises `Conflicts`; with
    `strict` any change since then does. Raises
    `BadEdit` when a text does not fit and `Refused` when the form may not be edited.
    """
    draft = _locked(declaration)
    policies.require_edit(actor, draft.declaration)
    working = opened(draft.content, draft.rows)
    if base != draft.counter:
        conflicts = _conflicts(draft, working, base, edits)
        if conflicts or strict:
            raise Conflicts(conflicts, draft.counter)
    after, noted = edited(working, edits, orders)
    if not noted:
        return draft
    draft.content, draft.rows = stored(after), list(after.rows)
    draft.counter += 1
    draft.saved_by = actor.username
    draft.save()
    count_open(draft.declaration)
    merged = {(one.row, one.key): one for one in noted}
    Change.objects.bulk_create(
        Change(
            declaration=declaration,
            counter=draft.counter,
            row=one.row,
            key=one.key,
            before=next(first.before for first in noted if (first.row, first.key) == (one.row, one.key)),
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
    return draft


def _conflicts(draft: Draft, working: Working, base: int, edits: Sequence[Edit]) -> list[Conflict]:
    """The cells of `edits` that somebody else changed after `base` to another text."""
    if base > draft.counter:
        raise Refused(message("The page is newer than the draft; load it again."))
    wanted = {(edit.row, edit.key): edit.value or None for edit in edits}
    found: dict[tuple[str, str], Conflict] = {}
    later = Change.objects.filter(declaration=draft.declaration, counter__gt=base).order_by("counter", "pk")
    for change in later:
        cell = (change.row, change.key)
        if change.key in ("-", "*"):
            for row, key in wanted:
                theirs = _stands(working, row, key)
                is_touched = row == change.row if change.key == "-" else theirs != wanted[row, key]
                if is_touched:
                    found[row, key] = Conflict(row, key, wanted[row, key], theirs, change.person, change.at)
        elif cell in wanted and (change.after or None) != wanted[cell]:
            found[cell] = Conflict(*cell, wanted[cell], change.after, change.person, change.at)
        else:
            found.pop(cell, None)
    return list(found.values())


def _stands(working: Working, row: str, key: str) -> str | None:
    """What stands in a cell now; None when it is empty or its row is gone."""
    if row == FORM and key in (*LISTS, *BLOCKS):
        return whole_text(working.form, key) or None
    if row != FORM and row not in working.rows:
        return None
    return text_at(working.form, working.path(row, key)) or None


def _locked(declaration: Declaration) -> Draft:
    """The draft, held against other writers until the end of the transaction."""
    draft = Draft.objects.select_for_update(of=("self",)).get(declaration=declaration.pk)
    draft.declaration = Declaration.objects.select_related("organisation", "round").get(pk=declaration.pk)
    return draft


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
    draft = _locked(declaration)
    policies.require_edit(actor, draft.declaration)
    if base != draft.counter:
        raise Conflicts([], draft.counter)
    old = opened(draft.content, draft.rows)
    _keep(actor, draft, "replaced")
    ids = rows or [*old.rows[: len(form.indicators)], *(new_row() for _ in form.indicators[len(old.rows) :])]
    draft.content, draft.rows = stored(Working(form, source, tuple(ids))), list(ids)
    draft.counter += 1
    draft.saved_by = actor.username
    draft.save()
    Change.objects.create(
        declaration=declaration,
        counter=draft.counter,
        row="form",
        key="*",
        before=digest_of(stored(old)),
        after=digest_of(draft.content),
        person=actor.username,
    )
    count_open(draft.declaration)
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


@transaction.atomic
def move(actor: Person, declaration: Declaration, name: str, reason: str = "") -> Step:
    """Makes a move of the table. Raises `Refused` when it is not allowed, `Missing` when a need is unmet.

    Handing on (to the head, to the department, to finance) makes a version of the draft when it says
    something new; approval stamps the version in force.
    """
    made = MOVES[name]
    draft = _locked(declaration)
    now = draft.declaration
    now = (
        Declaration.objects.select_for_update(of=("self",))
        .select_related("organisation", "round")
        .get(pk=now.pk)
    )
    if (not_allowed := policies.why_not(actor, now, made)) is not None:
        raise Refused(not_allowed)
    if made.reason and not reason.strip():
        raise Missing([message("A reason is needed.")])
    if missing := policies.unmet(now, made):
        raise Missing(missing)
    version = _version(actor, now, draft, made)
    source = now.state
    now.state, now.state_since = made.target.value, timezone.now()
    if made.name in ("approve", "approve_adjustment"):
        now.approved = version  # pyright: ignore[reportAttributeAccessIssue]
    if made.name in ("give_up_adjustment", "refuse_adjustment") and now.approved:
        _restore(draft, now.approved, actor)
    now.save()
    step = Step.objects.create(
        declaration=now,
        move=name,
        source=source,
        target=now.state,
        version=version,
        person=actor.username,
        person_name=actor.full_name,
        reason=reason.strip(),
    )
    record(
        actor,
        made.event,
        f"declaration:{now.pk}",
        str(now),
        now.organisation.code,
        source=source,
        target=now.state,
        version=version.number if version else None,
        digest=version.digest if version else None,
        reason=reason.strip(),
    )
    for act in AFTER.get(name, ()):
        act(actor, now)
    told = [person for person in people_with(made.told, now.organisation) if person.pk != actor.pk]
    tell(
        told,
        made.event,
        message("{name}: {who} moved it to the state “{state}”.", name=str(now), who=actor.full_name,
                state=SHOWN[made.target].word),
        f"/declarations/{now.pk}/",
    )  # fmt: skip
    return step


After = Callable[[Person, Declaration], None]

AFTER: dict[str, list[After]] = {}
"""What else happens with a move, in its transaction: higher apps seal a score sheet, close a stage."""


def after(name: str) -> Callable[[After], After]:
    """Registers what else happens with a move."""

    def add(act: After) -> After:
        AFTER.setdefault(name, []).append(act)
        return act

    return add


_MAKES_VERSION = frozenset(("prepare", "submit", "submit_adjustment", "approve", "approve_adjustment"))


def _version(actor: Person, declaration: Declaration, draft: Draft, made: Move) -> Version | None:
    if made.name in _MAKES_VERSION:
        return _keep(actor, draft, made.name)
    return Version.objects.filter(declaration=declaration).order_by("-number").first()


def _keep(actor: Person, draft: Draft, why: str) -> Version:
    """The newest version, after one was made of the draft if that says something else."""
    declaration = draft.declaration
    latest = Version.objects.filter(declaration=declaration).order_by("-number").first()
    now = digest_of(draft.content)
    if latest is not None and latest.digest == now:
        return latest
    since = Change.objects.filter(declaration=declaration)
    if latest is not None:
        since = since.filter(at__gt=latest.made_at)
    return Version.objects.create(
        declaration=declaration,
        number=latest.number + 1 if latest else 1,
        content=draft.content,
        rows=draft.rows,
        digest=now,
        why=why,
        made_by=actor.username,
        writers=sorted(set(since.values_list("person", flat=True))),
    )


def _restore(draft: Draft, version: Version, actor: Person) -> None:
    """Puts the version in force back into the draft."""
    working = opened(version.content, version.rows or None)
    draft.content, draft.rows = version.content, list(working.rows)
    draft.counter += 1
    draft.saved_by = actor.username
    draft.save()
    Change.objects.create(
        declaration=draft.declaration,
        counter=draft.counter,
        row="form",
        key="*",
        after=version.digest,
        person=actor.username,
    )
    count_open(draft.declaration)
