"""Making the package of a public copy in the background."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from hengliang.base.message import message
from hengliang.base.profile import load_profile
from hengliang.form.actual import Origin
from hengliang.form.exchange import form_to_json
from hengliang.measure.binding import Binding, BindingError, bindings_for
from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.period import fiscal_year
from hengliang.report.package.facts import json_bytes
from hengliang.report.package.publish import NotPublishable, Published, publish
from hengliang.report.package.signature import UnusableKeyError, signer_of
from hengliang.web.accounts.models import Person
from hengliang.web.evaluation.models import Sheet
from hengliang.web.evaluation.scoring import form_in_force, is_as_sealed, sealed_facts, with_money
from hengliang.web.evidence.damage import failing, require_whole
from hengliang.web.evidence.queries import store_folder
from hengliang.web.jobs.work import Failure, Last, Progress, work
from hengliang.web.publication.actions import keep_package
from hengliang.web.publication.models import PublicCopy


def _page(result: Any) -> str:
    return reverse("copy", args=[result["copy"]])


@work("publication.package", message("Making the package for everybody to check"), _page)
def package(person: Person, given: dict[str, Any], progress: Progress) -> Last:
    """Makes the package of a copy from the sealed self-evaluation, and holds its points against it."""
    copy = PublicCopy.objects.select_related(
        "declaration__organisation", "declaration__round", "declaration__approved", "sheet__measuring"
    ).get(pk=given["copy"])
    progress(0, 2)
    if copy.sheet is None:
        raise Failure(message("There is no sealed self-evaluation to publish."))
    try:
        with failing():
            made = _published(copy, copy.sheet)
    except (NotPublishable, BindingError, UnusableKeyError) as error:
        raise Failure(error.said) from error
    if not is_as_sealed(made.contents.sheet, copy.sheet):
        raise Failure(message("The records no longer give the points that were sealed."))
    progress(1, 2)

    def keep() -> dict[str, Any]:
        keep_package(person, copy.pk, made.data)
        return {"copy": copy.pk}

    return Last(keep)


def _published(copy: PublicCopy, sealed: Sheet) -> Published:
    """The package that `hengliang publish` makes, from the batches that were measured and what was stated."""
    declaration, measuring = copy.declaration, sealed.measuring
    facts = sealed_facts(sealed)
    form = form_in_force(declaration)
    year, ledgers = declaration.round.fiscal_year, all_ledgers()
    binding = bindings_for(form, ledgers, None) if measuring is not None else None
    store = store_folder(declaration.organisation)
    store.mkdir(parents=True, exist_ok=True)
    require_whole(declaration.organisation, year)
    return publish(
        with_money(form, facts.spent),
        json_bytes(form_to_json(form)),
        binding or Binding(organisation=form.organisation or "", fiscal_year=year),
        store,
        fiscal_year(year, as_of=None if measuring is None else measuring.as_of),
        ledgers,
        load_profile(declaration.round.profile),
        signer_of(settings.PUBLISHING_KEY) if settings.PUBLISHING_KEY else None,
        {at: one for at, one in facts.actuals.items() if one.origin is not Origin.MEASURED},
        None if measuring is None else measuring.batches,
    )
