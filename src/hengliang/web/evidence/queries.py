"""Reads of evidence: ledgers, loads, batches and their records."""

from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, Max, QuerySet
from django.http import Http404

from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.definition import Ledger
from hengliang.measure.store import Batch, Store
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import require
from hengliang.web.evidence.models import Load
from hengliang.web.workflow.roles import Permission


def store_folder(organisation: Organisation) -> Path:
    """The store of the batches of one organisation: what others loaded is never read with it."""
    return Path(settings.RECORD_STORE) / organisation.code


def ledger(name: str) -> Ledger:
    """A ledger by name. Raises Http404."""
    found = all_ledgers().get(name)
    if found is None:
        raise Http404
    return found


def all_by_name() -> list[Ledger]:
    """All ledgers, by name."""
    return [found for _, found in sorted(all_ledgers().items())]


def loads(organisation: Organisation, year: int, name: str = "") -> QuerySet[Load]:
    """What was handed in, newest first."""
    found = Load.objects.filter(organisation=organisation, year=year).select_related("file", "errors")
    return (found.filter(ledger=name) if name else found).order_by("-at", "-pk")


def load(person: Person, pk: int) -> Load:
    """One load within reach. Raises Http404, `Refused`."""
    found = Load.objects.filter(pk=pk).select_related("organisation", "file", "errors", "job__person").first()
    if found is None:
        raise Http404
    require(person, Permission.VIEW, found.organisation)
    return found


class Held(NamedTuple):
    """A ledger with what an organisation has in it for a year."""

    ledger: Ledger
    loads: int
    latest: Any


def ledgers(organisation: Organisation | None, year: int) -> list[Held]:
    """All ledgers, those with records first, then by name."""
    counts: dict[str, dict[str, Any]] = {}
    if organisation is not None:
        rows = Load.objects.filter(organisation=organisation, year=year, outcome=Load.Outcome.LOADED)
        for row in rows.values("ledger").annotate(count=Count("pk"), latest=Max("at")):
            counts[row["ledger"]] = row
    held = [
        Held(each, counts.get(name, {}).get("count", 0), counts.get(name, {}).get("latest"))
        for name, each in all_ledgers().items()
    ]
    return sorted(held, key=lambda one: (one.loads == 0, one.ledger.zh))


def batch(found: Load) -> Batch:
    """The batch that a load made. Raises Http404 where it made none, `StoreError` where it is lost."""
    if not found.batch:
        raise Http404
    store = Store(store_folder(found.organisation))
    return store.held(found.ledger, found.year, found.organisation.code, found.batch)
