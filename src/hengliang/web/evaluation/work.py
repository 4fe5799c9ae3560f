"""Measuring in the background."""

from datetime import date
from typing import Any

from django.urls import reverse

from hengliang.base.message import message
from hengliang.measure.binding import BindingError
from hengliang.measure.period import fiscal_year, until_month
from hengliang.measure.store import StoreError
from hengliang.report import measured_text
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.declarations.models import Declaration
from hengliang.web.evaluation.actions import note_measuring
from hengliang.web.evaluation.actions_monitoring import keep_series
from hengliang.web.evaluation.scoring import actual_to, measured
from hengliang.web.jobs.work import Failure, Progress, work


def _page(result: Any) -> str:
    return reverse("self-evaluation", args=[result["declaration"]])


@work("evaluation.measure", message("Measuring from records"), _page)
def measure(person: Person, given: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Measures the indicators of a declaration from the records of its unit."""
    declaration = Declaration.objects.select_related("organisation", "round", "approved").get(
        pk=given["declaration"]
    )
    as_of = date.fromisoformat(given["as_of"]) if given["as_of"] else None
    progress(0, 2)
    try:
        found, actuals = measured(declaration, fiscal_year(declaration.round.fiscal_year, as_of=as_of))
    except BindingError as error:
        raise Failure(error.said) from error
    except StoreError as error:
        raise Failure(message("the store is damaged: {why}", why=str(error))) from error
    progress(1, 2)
    result = {language: measured_text.as_data(found, language) for language in ("zh_Hans", "en")}
    values = {str(index + 1): actual_to(actual) for index, actual in sorted(actuals.items())}
    batches = sorted(batch.id for read in found.batches.values() for batch in read)
    try:
        made = note_measuring(person, declaration, as_of, result, values, batches)
    except Refused as refused:
        raise Failure(refused.reason) from refused
    progress(2, 2)
    return {"declaration": declaration.pk, "measuring": made.pk}


def _outlook(result: Any) -> str:
    return reverse("outlook", args=[result["declaration"]])


@work("evaluation.series", message("Measuring month by month"), _outlook)
def series(person: Person, given: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Measures what was reached by the end of each month, from the records as they are now."""
    declaration = Declaration.objects.select_related("organisation", "round", "approved").get(
        pk=given["declaration"]
    )
    values: dict[str, dict[str, str]] = {}
    for month in range(1, given["until"] + 1):
        progress(month - 1, given["until"])
        try:
            _, actuals = measured(declaration, until_month(declaration.round.fiscal_year, month))
        except BindingError as error:
            raise Failure(error.said) from error
        except StoreError as error:
            raise Failure(message("the store is damaged: {why}", why=str(error))) from error
        for index, actual in actuals.items():
            if actual.text:
                values.setdefault(str(index + 1), {})[str(month)] = actual.text
    try:
        keep_series(person, declaration, values)
    except Refused as refused:
        raise Failure(refused.reason) from refused
    progress(given["until"], given["until"])
    return {"declaration": declaration.pk}
