"""Reads of the library."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count, Min, QuerySet
from django.http import Http404

from hengliang.api import DEFAULT_PROFILE
from hengliang.base.profile import load_profile
from hengliang.form.model import Form, Indicator, Kind, Purpose
from hengliang.review.duplicates import duplicates as groups_of
from hengliang.review.names import content_of as compared
from hengliang.review.names import likeness
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import reach
from hengliang.web.declarations import policies as declarations
from hengliang.web.declarations.models import Declaration
from hengliang.web.library.content import content_of
from hengliang.web.library.models import IN_FORCE, Edition, Entry, Use
from hengliang.web.library.search import ranked
from hengliang.web.workflow.roles import Permission
from hengliang.web.workflow.states import EDITABLE

_ALIKE = 50
"""From so many percent on, two names are shown beside each other as perhaps the same."""
_MOST_ALIKE = 8
_MOST_USES = 50
_MOST_CANDIDATES = 200


def found(words: str = "", state: str = "", origin: str = "", **facets: str) -> list[int]:
    """The numbers of the entries that are asked for: with words the best first, without them by level and
    name."""
    wanted = {"state": state, "origin": origin} | {f"edition__{name}": one for name, one in facets.items()}
    kept = (
        Entry.objects.filter(edition__isnull=False, **{name: one for name, one in wanted.items() if one})
        .order_by("edition__level1", "edition__level2", "edition__name", "pk")
        .values_list("pk", flat=True)
    )
    if not words.strip():
        return list(kept)
    known = set(kept)
    return [pk for pk in ranked(words) if pk in known]


def entries(numbers: Sequence[int]) -> list[Entry]:
    """The entries of some numbers, in their order."""
    read = Entry.objects.select_related("edition", "keeper").in_bulk(list(numbers))
    return [read[pk] for pk in numbers]


def facet(name: str) -> list[str]:
    """The values that a field has in the library, in the order of the alphabet."""
    values = Entry.objects.values_list(f"edition__{name}", flat=True).order_by(f"edition__{name}")
    return [value for value in values.distinct() if value]


def waiting() -> int:
    """How many entries wait for a decision."""
    return Entry.objects.filter(state=Entry.State.PROPOSED).count()


def entry(pk: int) -> Entry:
    """An entry. Raises Http404."""
    found = Entry.objects.select_related("edition", "keeper", "version__declaration__organisation",
                                         "version__declaration__round").filter(pk=pk).first()  # fmt: skip
    if found is None or found.edition is None:
        raise Http404
    return found


def editions(found: Entry) -> list[Edition]:
    """The editions of an entry, newest first."""
    return list(Edition.objects.filter(entry=found).order_by("-number"))


def said(found: Entry) -> Edition:
    """The edition of an entry that holds now."""
    assert found.edition is not None
    return found.edition


def use_counts(found: Sequence[Entry]) -> dict[int, int]:
    """How many declarations have an indicator of the name, or of another name, of each entry in the version
    that is in force."""
    keys = {one.pk: content_of(said(one)).keys for one in found}
    wanted = {key for own in keys.values() for key in own}
    users: dict[str, set[int]] = {}
    rows = Use.objects.filter(IN_FORCE, key__in=wanted).values_list("key", "declaration").distinct()
    for key, declaration in rows:
        users.setdefault(key, set()).add(declaration)
    return {pk: len(set().union(*(users.get(key, ()) for key in own))) for pk, own in keys.items()}


class Users(NamedTuple):
    """Where an entry is in use among the forms that a person reaches: the first places, newest year first,
    how many there are, and in how many forms."""

    first: list[Use]
    places: int
    reached: int


def users(person: Person, found: Entry) -> Users:
    """Where an entry is in use among the forms that a person reaches."""
    within = Use.objects.filter(
        IN_FORCE,
        reach(person, Permission.VIEW, "declaration__organisation__path"),
        key__in=content_of(said(found)).keys,
    )
    counted = within.aggregate(places=Count("pk"), reached=Count("declaration", distinct=True))
    first = within.select_related("declaration__organisation", "declaration__round").order_by(
        "-declaration__round__fiscal_year", "declaration__organisation__path", "pk"
    )
    return Users(list(first[:_MOST_USES]), **counted)


class Alike(NamedTuple):
    """An entry with nearly the same name, and how much of it is the same, in percent."""

    entry: Entry
    edition: Edition
    percent: int


def alike(name: str, apart_from: int | None = None) -> list[Alike]:
    """The entries whose names are most like a name."""
    profile = load_profile(DEFAULT_PROFILE)
    mine = compared(name, profile)
    candidates = [pk for pk in ranked(name)[:200] if pk != apart_from]
    best = [
        Alike(one, said(one), likeness(mine, compared(said(one).name, profile)))
        for one in Entry.objects.filter(pk__in=candidates).select_related("edition")
    ]
    kept = [one for one in best if one.percent >= _ALIKE]
    return sorted(kept, key=lambda one: (-one.percent, one.entry.pk))[:_MOST_ALIKE]


def near_duplicates() -> list[list[Alike]]:
    """The groups of entries whose names are nearly the same, as the review of forms compares them."""
    found = list(Entry.objects.exclude(state=Entry.State.RETIRED).select_related("edition").order_by("pk"))
    rows = tuple(Indicator(name=said(one).name) for one in found)
    form = Form(kind=Kind.PROJECT, purpose=Purpose.DECLARATION, indicators=rows)
    return [
        [Alike(found[one.row], said(found[one.row]), one.likeness) for one in group.members]
        for group in groups_of([("", form)], load_profile(DEFAULT_PROFILE))
    ]


class Candidate(NamedTuple):
    """A name that forms in force use and the library does not have: on how many forms, and one of them."""

    name: str
    forms: int
    use: Use


def candidates(person: Person, words: str = "") -> list[Candidate]:
    """What may be collected out of the forms that a person reaches, the most used first."""
    within = Use.objects.filter(IN_FORCE, reach(person, Permission.VIEW, "declaration__organisation__path"))
    if words:
        within = within.filter(name__icontains=words)
    known = {key for one in Entry.objects.select_related("edition") for key in content_of(said(one)).keys}
    counted = (
        within.values("key")
        .annotate(forms=Count("declaration", distinct=True), first=Min("pk"))
        .order_by("-forms", "key")
    )
    fresh = [row for row in counted if row["key"] not in known][:_MOST_CANDIDATES]
    examples = Use.objects.select_related("declaration__organisation", "declaration__round").in_bulk(
        [row["first"] for row in fresh]
    )
    return [Candidate(one.name, row["forms"], one) for row in fresh if (one := examples[row["first"]])]


def drafts(person: Person) -> QuerySet[Declaration]:
    """The declarations that a person may put rows into now, newest year first."""
    return (
        Declaration.objects.filter(
            reach(person, Permission.EDIT), state__in=[state.value for state in EDITABLE]
        )
        .select_related("organisation", "round")
        .order_by("-round__fiscal_year", "pk")
    )


def may_open(person: Person, found: Entry) -> bool:
    """Whether a person may open the form that an entry was collected from."""
    return found.version is not None and declarations.may_view(person, found.version.declaration)
