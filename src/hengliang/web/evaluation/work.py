"""Measuring in the background."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import override

from hengliang.base.message import Message, message
from hengliang.measure.binding import BindingError
from hengliang.measure.period import fiscal_year, until_month
from hengliang.report import measured_text
from hengliang.web.accounts.models import Person
from hengliang.web.declarations.models import Declaration
from hengliang.web.evaluation import documents, queries
from hengliang.web.evaluation.actions import note_measuring
from hengliang.web.evaluation.actions_monitoring import keep_series
from hengliang.web.evaluation.scoring import actual_to, measured
from hengliang.web.evidence.damage import failing
from hengliang.web.files.actions import keep_bytes
from hengliang.web.files.kinds import PRODUCTS
from hengliang.web.jobs.work import Failure, Last, Made, Progress, work

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def _page(result: Any) -> str:
    return reverse("self-evaluation", args=[result["declaration"]])


@contextmanager
def _complaining() -> Generator[None]:
    """What keeps records from being measured, as the reason why the work failed."""
    try:
        with failing():
            yield
    except BindingError as error:
        raise Failure(error.said) from error


def _declaration(given: dict[str, Any]) -> Declaration:
    return Declaration.objects.select_related("organisation", "round", "approved").get(
        pk=given["declaration"]
    )


@work("evaluation.measure", message("Measuring from records"), _page)
def measure(person: Person, given: dict[str, Any], progress: Progress) -> Last:
    """Measures the indicators of a declaration from the records of its unit."""
    declaration = _declaration(given)
    as_of = date.fromisoformat(given["as_of"]) if given["as_of"] else None

    def watch(at: int, of: int, step: Message, engine: "DuckDBPyConnection") -> None:
        progress(at, of, step, engine.query_progress, engine.interrupt)

    with _complaining():
        found, actuals = measured(declaration, fiscal_year(declaration.round.fiscal_year, as_of=as_of), watch)
    result = {language: measured_text.as_data(found, language) for language in ("zh_Hans", "en")}
    values = {str(index + 1): actual_to(actual) for index, actual in sorted(actuals.items())}
    batches = sorted(batch.id for read in found.batches.values() for batch in read)

    def note() -> dict[str, Any]:
        made = note_measuring(person, declaration, as_of, result, values, batches)
        return {"declaration": declaration.pk, "measuring": made.pk}

    return Last(note)


def _outlook(result: Any) -> str:
    return reverse("outlook", args=[result["declaration"]])


@work("evaluation.series", message("Measuring month by month"), _outlook)
def series(person: Person, given: dict[str, Any], progress: Progress) -> Last:
    """Measures what was reached by the end of each month, from the records as they are now."""
    declaration = _declaration(given)
    values: dict[str, dict[str, str]] = {}
    for month in range(1, given["until"] + 1):
        period = until_month(declaration.round.fiscal_year, month)

        def watch(at: int, of: int, step: Message, engine: "DuckDBPyConnection", month: int = month) -> None:
            said = message("month {month}: {step}", month=month, step=step)
            done = (month - 1) * of + at
            progress(done, given["until"] * of, said, engine.query_progress, engine.interrupt)

        with _complaining():
            _, actuals = measured(declaration, period, watch)
        for index, actual in actuals.items():
            if actual.text:
                values.setdefault(str(index + 1), {})[str(month)] = actual.text

    def keep() -> dict[str, Any]:
        keep_series(person, declaration, values)
        return {"declaration": declaration.pk}

    return Last(keep)


def _allowed(person: Person, given: Mapping[str, Any]) -> None:
    queries.in_force(person, given["declaration"])


@work("evaluation.document", message("Making a document of the evaluation"), allowed=_allowed)
def document(person: Person, given: dict[str, Any], progress: Progress) -> Last:
    """Writes one document that takes long."""
    declaration = queries.in_force(person, given["declaration"])
    progress(0, 0)
    language = given["language"]
    with override("en" if language == "en" else "zh-hans"):
        try:
            made = documents.document(declaration, given["what"], given["ending"], language)
        except KeyError as error:
            raise Failure(message("None of these forms has such a document.")) from error
    return Last(lambda: Made(keep_bytes(person, made.filename, made.content, PRODUCTS), {}))
