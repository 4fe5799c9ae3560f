"""Writes of the library: proposing, deciding, writing anew, collecting; each with its audit entry."""

import tomllib
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from hengliang.base.message import message
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused, may
from hengliang.web.audit.actions import record
from hengliang.web.declarations.actions_moves import Missing
from hengliang.web.declarations.models import Declaration
from hengliang.web.library import policies
from hengliang.web.library.content import FIELDS, Content, content_from, content_of, content_of_row
from hengliang.web.library.models import Edition, Entry
from hengliang.web.library.search import index
from hengliang.web.library.uses import rows_of
from hengliang.web.workflow.roles import Permission

_SYSTEM = "system"


def seeds() -> list[Content]:
    """The common indicators that come with the application (seed.toml)."""
    text = files("hengliang.web.library").joinpath("seed.toml").read_text("utf-8")
    return [content_from(one) for one in tomllib.loads(text)["entries"]]


@transaction.atomic
def plant(actor: Person | None) -> int:
    """Takes those common indicators into the library whose name it does not have; accepted. Gives their
    number."""
    if actor is not None and not may(actor, Permission.REVIEW_FINANCE):
        raise Refused(message("Your roles do not permit this here."))
    wanted = seeds()
    known = known_keys(key for one in wanted for key in one.keys)
    fresh = [one for one in wanted if one.keys[0] not in known]
    who = actor.username if actor else _SYSTEM
    now = timezone.now()
    made = [
        Entry(key=one.keys[0], state=Entry.State.ACCEPTED, origin=Entry.Origin.REGULATION, proposed_by=who,
              decided_by=who, decided_at=now)
        for one in fresh
    ]  # fmt: skip
    _created(made)
    _first(list(zip(made, fresh, strict=True)), who)
    if fresh:
        record(actor, "library.plant", "library", entries=len(fresh))
    return len(fresh)


def known_keys(keys: Iterable[str]) -> set[str]:
    """Those of some names that entries have for their own, retired entries too."""
    return set(Entry.objects.filter(key__in=set(keys)).values_list("key", flat=True))


def _first(made: Sequence[tuple[Entry, Content]], who: str) -> None:
    """The first editions of entries."""
    editions = [_edition(entry, 1, content, who) for entry, content in made]
    Edition.objects.bulk_create(editions)
    for edition in editions:
        edition.entry.edition = edition  # pyright: ignore[reportAttributeAccessIssue]
    Entry.objects.bulk_update([one.entry for one in editions], ["edition"])
    index(editions)


def _edition(entry: Entry, number: int, content: Content, who: str, why: str = "") -> Edition:
    texts = content._asdict() | {"names": list(content.names)}
    return Edition(entry=entry, number=number, made_by=who, why=why, **texts)


@transaction.atomic
def write(actor: Person, content: Content) -> Entry:
    """A new entry in the words of a finance reviewer, proposed. Raises `Refused`."""
    if not may(actor, Permission.REVIEW_FINANCE):
        raise Refused(message("Only finance reviewers write entries; others propose rows of approved forms."))
    made = _proposed(actor, content, origin=Entry.Origin.OFFICE, keeper=policies.keeper_of(actor))
    _noted(actor, "library.propose", made)
    return made


@transaction.atomic
def collect(actor: Person, declaration: Declaration, row: str) -> Entry:
    """Proposes a row of a form in force for the library. Raises `Refused`, content.BadContent."""
    organisation = declaration.organisation
    if not any(may(actor, one, organisation) for one in policies.PROPOSERS):
        raise Refused(message("Your roles do not permit this here."))
    version = declaration.approved
    indicator = rows_of(version).get(row) if version is not None else None
    if version is None or indicator is None:
        raise Refused(message("Only rows of a form in force are collected."))
    content = content_of_row(indicator, f"{declaration.round.fiscal_year}年度 {declaration}")
    keeper = declaration.round.organisation
    made = _proposed(actor, content, origin=Entry.Origin.FORM, keeper=keeper, version=version, row=row)
    _noted(actor, "library.propose", made, declaration=declaration.pk, version=version.number, row=row)
    return made


def _proposed(actor: Person, content: Content, **fields: Any) -> Entry:
    made = Entry(key=content.keys[0], proposed_by=actor.username, **fields)
    _saved(made, content)
    _first([(made, content)], actor.username)
    return made


def _saved(entry: Entry, content: Content) -> None:
    """Writes an entry; `Refused` when another one has its name."""
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError as error:
        if content.keys[0] not in known_keys(content.keys[:1]):
            raise
        reason = message("The library has an entry of this name: {name}", name=content.name)
        raise Refused(reason) from error


@transaction.atomic
def decide(actor: Person, entry: Entry, state: Entry.State, reason: str = "") -> Entry:
    """Accepts an entry, or retires it with a reason; an entry that was retired may be accepted again."""
    entry = locked(entry)
    policies.require_keep(actor, entry)
    if entry.state == state or state == Entry.State.PROPOSED:
        raise Refused(message("The entry stands so already; load the page again."))
    if state == Entry.State.RETIRED and not reason.strip():
        raise Missing([message("A reason is needed.")])
    entry.state, entry.decided_by, entry.decided_at = state, actor.username, timezone.now()
    entry.reason = reason.strip() if state == Entry.State.RETIRED else ""
    entry.save()
    _noted(actor, "library.accept" if state == Entry.State.ACCEPTED else "library.retire", entry,
           reason=entry.reason)  # fmt: skip
    return entry


@transaction.atomic
def revise(actor: Person, entry: Entry, content: Content, why: str, base: int) -> Edition:
    """A further edition of an entry. `base` is the number of the edition that the page showed: when somebody
    else wrote one in between, nothing is changed and `Refused` says so."""
    entry = locked(entry)
    policies.require_keep(actor, entry)
    now = entry.edition
    assert now is not None
    if now.number != base:
        raise Refused(message("Somebody changed the entry in the meantime; look at it, then try again."))
    before = content_of(now)
    if content == before:
        return now
    made = _edition(entry, now.number + 1, content, actor.username, why.strip())
    made.save()
    entry.edition, entry.key = made, content.keys[0]  # pyright: ignore[reportAttributeAccessIssue]
    _saved(entry, content)
    index([made])
    changed = [name for name in FIELDS if getattr(content, name) != getattr(before, name)]
    _noted(actor, "library.revise", entry, edition=made.number, fields=changed, why=made.why)
    return made


class Taken(NamedTuple):
    """What came of a file: the numbers of entries proposed, changed, left as they are."""

    fresh: int
    changed: int
    same: int


@transaction.atomic
def take_in(actor: Person, contents: Sequence[Content], file: str) -> Taken:
    """Takes the entries of a file: unknown names are proposed, known ones get a further edition where they
    say something else. Nothing is taken when one of them may not be changed, or when somebody else wrote one
    at the same moment (`Refused`)."""
    if not may(actor, Permission.REVIEW_FINANCE):
        raise Refused(message("Your roles do not permit this here."))
    wanted = {one.keys[0]: one for one in contents}
    found = Entry.objects.select_related("edition", "keeper").filter(key__in=wanted)
    known = {one.key: one for one in found}
    fresh: list[tuple[Entry, Content]] = []
    other: list[tuple[Entry, Content, int]] = []
    keeper = policies.keeper_of(actor)
    for key, content in wanted.items():
        entry = known.get(key)
        if entry is None or entry.edition is None:
            made = Entry(key=key, origin=Entry.Origin.OFFICE, keeper=keeper, proposed_by=actor.username)
            fresh.append((made, content))
        elif content_of(entry.edition) != content:
            other.append((entry, content, entry.edition.number))
    _created([entry for entry, _ in fresh])
    _first(fresh, actor.username)
    # All are held before the first is noted: who waits for the log must not hold what is needed here.
    _hold([entry for entry, _, _ in other])
    for entry, content, base in other:
        revise(actor, entry, content, file, base)
    taken = Taken(len(fresh), len(other), len(wanted) - len(fresh) - len(other))
    record(actor, "library.take_in", "library", file, **taken._asdict())
    return taken


def _created(entries: Sequence[Entry]) -> None:
    """Writes new entries; `Refused` when somebody wrote one of their names at the same moment. They are
    written in the order of their keys, so that two who write the same ones never wait for each other."""
    try:
        with transaction.atomic():
            Entry.objects.bulk_create(sorted(entries, key=lambda one: one.key))
    except IntegrityError as error:
        if not known_keys(one.key for one in entries):
            raise
        raise Refused(
            message("Somebody wrote entries of the same names at the same moment; try again.")
        ) from error


def _hold(entries: Sequence[Entry]) -> None:
    """Holds entries against other writers until the end of the transaction."""
    wanted = [one.pk for one in entries]
    list(Entry.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=wanted).order_by("pk"))


def locked(entry: Entry) -> Entry:
    """The entry, held against other writers until the end of the transaction."""
    return Entry.objects.select_for_update(of=("self",), no_key=True).get(pk=entry.pk)


def _noted(actor: Person, event: str, entry: Entry, **detail: Any) -> None:
    name = entry.edition.name if entry.edition else ""
    keeper = entry.keeper.code if entry.keeper else ""
    record(actor, event, f"entry:{entry.pk}", name, keeper, **detail)
