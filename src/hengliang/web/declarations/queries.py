"""Reads of declarations."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import reach
from hengliang.web.accounts.queries import organisations_in_reach
from hengliang.web.accounts.reader import whole
from hengliang.web.declarations import policies
from hengliang.web.declarations.draft import Working, opened
from hengliang.web.declarations.findings import working_of
from hengliang.web.declarations.models import Change, Declaration, Draft, Round, Step, Upload, Version
from hengliang.web.workflow.moves import MOVES
from hengliang.web.workflow.roles import Permission
from hengliang.web.workflow.states import EDITABLE, State


def declarations_in_reach(person: Person, permission: Permission = Permission.VIEW) -> QuerySet[Declaration]:
    """The declarations of the organisations that a person reaches, newest year first."""
    return (
        Declaration.objects.filter(reach(person, permission))
        .select_related("organisation", "round", "draft")
        .defer("draft__content")
        .order_by("-round__fiscal_year", "organisation__path", "project", "pk")
    )


def declaration(person: Person, pk: int) -> Declaration:
    """One declaration. Raises Http404 when there is none, `Refused` when it is not within reach."""
    found = Declaration.objects.filter(pk=pk).select_related("organisation", "round", "approved").first()
    if found is None:
        raise Http404
    policies.require_view(person, found)
    return found


def draft(found: Declaration) -> Draft:
    """The draft of a declaration."""
    return Draft.objects.get(declaration=found)


def counter(found: Declaration) -> int:
    """How many saves the draft of a declaration has seen: what an editor says its changes are based on."""
    return Draft.objects.values_list("counter", flat=True).get(declaration=found)


def saver(found: Declaration) -> str:
    """The full name of who saved the draft last."""
    username = draft(found).saved_by
    return names_of([username]).get(username, username)


def open_rounds(organisation: Organisation) -> QuerySet[Round]:
    """The rounds that an organisation may declare in."""
    codes = organisation.path.rstrip("/").split("/")
    paths = ["/".join(codes[: depth + 1]) + "/" for depth in range(len(codes))]
    return Round.objects.filter(organisation__path__in=paths, open=True).order_by("-fiscal_year", "pk")


def rounds_in_reach(person: Person) -> QuerySet[Round]:
    """The rounds of the organisations that a person reaches, and those above that they declare in, newest
    year first."""
    paths = organisations_in_reach(person).order_by().values_list("path", flat=True)
    above = {path[: at + 1] for path in paths for at, char in enumerate(path) if char == "/"}
    return (
        Round.objects.filter(organisation__path__in=above)
        .select_related("organisation")
        .order_by("-fiscal_year", "organisation__path", "pk")
    )


def years_in_reach(person: Person) -> list[int]:
    """The fiscal years that a person has declarations or rounds in, newest first; this year when none."""
    known = declarations_in_reach(person).order_by().values_list("round__fiscal_year", flat=True).distinct()
    return sorted(set(known), reverse=True) or [timezone.localdate().year]


def versions(found: Declaration) -> QuerySet[Version]:
    """The versions of a declaration, newest first."""
    return Version.objects.filter(declaration=found).order_by("-number")


def latest_number(found: Declaration) -> int | None:
    """The number of the newest version of a declaration; None before it was first handed on."""
    return versions(found).values_list("number", flat=True).first()


def steps(found: Declaration) -> list[dict[str, Any]]:
    """The moves that a declaration made, newest first, with their words."""
    rows = Step.objects.filter(declaration=found).select_related("version").order_by("-at", "-pk")
    return [{"step": step, "label": MOVES[step.move].label} for step in rows]


def handed_in(found: Declaration) -> Working:
    """What a form said when it was last handed in; what it says now while it was not."""
    latest = None
    if State(found.state) in EDITABLE:
        latest = Version.objects.filter(declaration=found).exclude(why="replaced").order_by("-number").first()
    return opened(latest.content, latest.rows or None) if latest else working_of(found)


def version(found: Declaration, number: int) -> Version:
    """A version by its number. Raises Http404."""
    one = Version.objects.filter(declaration=found, number=number).first()
    if one is None:
        raise Http404
    return one


def last_reason(found: Declaration, move: str) -> Step | None:
    """The newest step of a kind: who asked for an adjustment, and why."""
    return Step.objects.filter(declaration=found, move=move).order_by("-at", "-pk").first()


def cell_history(found: Declaration, row: str, key: str = "") -> QuerySet[Change]:
    """The changes of a cell, or (empty key) of a row, newest first."""
    changes = Change.objects.filter(declaration=found, row=row)
    return (changes.filter(key=key) if key else changes).order_by("-counter", "-pk")


def names_of(usernames: Iterable[str]) -> dict[str, str]:
    """The full names of people by their sign-in names."""
    return dict(Person.objects.filter(username__in=set(usernames)).values_list("username", "full_name"))


def upload(person: Person, pk: int) -> Upload:
    """A file that was handed in. Raises Http404 when there is none or somebody else handed it in."""
    found = (
        Upload.objects.filter(pk=pk, person=person)
        .select_related(
            "round", "organisation", "declaration", "declaration__organisation", "declaration__round"
        )
        .first()
    )
    if found is None:
        raise Http404
    return found


def place_of_reading(given: Mapping[str, Any]) -> tuple[Round, Organisation, Declaration | None]:
    """Where a file that was handed in belongs; what a person may do there is asked when it is kept."""
    declaration = None
    if given["declaration"] is not None:
        declaration = Declaration.objects.select_related("organisation", "round").get(pk=given["declaration"])
    return (
        Round.objects.get(pk=given["round"]),
        Organisation.objects.get(pk=given["organisation"]),
        declaration,
    )


class Start(NamedTuple):
    """A round in which an organisation may begin a form, what it has there, what it declared the year
    before."""

    round: Round
    organisation: Organisation
    here: tuple[Declaration, ...]
    earlier: tuple[Declaration, ...]


def starts(person: Person) -> list[Start]:
    """Where a person may begin a form now, newest year first."""
    found: list[Start] = []
    for organisation in organisations_in_reach(person, Permission.EDIT):
        own = list(
            Declaration.objects.filter(organisation=organisation)
            .select_related("round", "organisation", "approved")
            .order_by("-round__fiscal_year", "project")
        )
        for round_ in open_rounds(organisation):
            here = tuple(one for one in own if one.round.pk == round_.pk)
            taken = {one.project for one in here}
            years = [one.round.fiscal_year for one in own if one.round.fiscal_year < round_.fiscal_year]
            last = max(years, default=0)
            earlier = (one for one in own if one.round.fiscal_year == last and one.project not in taken)
            found.append(Start(round_, organisation, here, tuple(earlier)))
    return sorted(found, key=lambda one: -one.round.fiscal_year)


def start(person: Person, round_pk: int, organisation_pk: int) -> Start:
    """One of `starts`. Raises Http404."""
    for one in starts(person):
        if (one.round.pk, one.organisation.pk) == (round_pk, organisation_pk):
            return one
    raise Http404


def uploads(found: Declaration) -> QuerySet[Upload]:
    """The files that were taken into a form, newest first."""
    return (
        Upload.objects.filter(declaration=found, taken__isnull=False)
        .select_related("person", "before")
        .defer("content", "before__content")
        .order_by("-at", "-pk")
    )


def just_taken(found: Declaration, pk: str) -> Upload | None:
    """The file that took the place of the draft, as long as nothing was saved since."""
    number = whole(pk)
    one = None if number is None else uploads(found).filter(pk=number).first()
    return one if one and one.before is not None and one.after == counter(found) else None


def round_(person: Person, pk: int) -> Round:
    """A round that a person manages. Raises Http404."""
    found = (
        Round.objects.filter(reach(person, Permission.MANAGE_ROUNDS), pk=pk)
        .select_related("organisation")
        .first()
    )
    if found is None:
        raise Http404
    return found
