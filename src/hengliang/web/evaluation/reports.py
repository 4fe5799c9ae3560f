"""Self-evaluations as reports that later forms are held against."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

from django.urls import reverse

from hengliang.form.actual import Actual
from hengliang.form.model import Form, Indicator, Purpose
from hengliang.web.declarations.models import Declaration
from hengliang.web.declarations.reports import Report, reports
from hengliang.web.evaluation.models import Recheck, Sheet
from hengliang.web.evaluation.scoring import HANDED_IN, form_of, sealed_facts
from hengliang.web.workflow.states import State


@reports
def handed_in_reports(found: Sequence[Declaration]) -> dict[int, Report]:
    """The newest sealed self-evaluation of each declaration that has one in force. Where finance found
    another value in its check, that value stands, without points: nobody scored it."""
    due = [one.pk for one in found if State(one.state) in HANDED_IN]
    sealed = (
        Sheet.objects.filter(declaration__in=due, kind=Sheet.Kind.SELF)
        .values_list("declaration", "pk", "digest", "declaration__round__fiscal_year")
        .order_by("at", "pk")
    )
    newest = {declaration: rest for declaration, *rest in sealed}
    checked: dict[int, list[tuple[int, str]]] = {pk: [] for pk, *_rest in newest.values()}
    differing = Recheck.objects.filter(sheet__in=checked, verdict="differs").order_by("number")
    for pk, number, value in differing.values_list("sheet", "number", "value"):
        checked[pk].append((number, value))
    return {
        declaration: Report(_form(pk, digest, year, tuple(checked[pk])), partial(_page, declaration))
        for declaration, (pk, digest, year) in newest.items()
    }


def _page(declaration: int, number: int) -> str:
    return reverse("number", args=[declaration, number])


@lru_cache(maxsize=64)
def _form(sheet: int, digest: str, year: int, checked: tuple[tuple[int, str], ...]) -> Form:
    """The report that a sheet makes. Sheets and the versions they were scored from never change, and `digest`
    is that of the sheet: it is remembered."""
    sealed = Sheet.objects.select_related("declaration__round", "version").get(pk=sheet)
    found = dict(checked)
    form = form_of(sealed.declaration, sealed.version)
    actuals = sealed_facts(sealed).actuals
    rows: list[Indicator] = []
    for number, (row, scored) in enumerate(zip(form.indicators, sealed.content["rows"], strict=True), 1):
        if number in found:
            came = {"actual": found[number] or None, "score": None}
        else:
            came = {"actual": _text(actuals.get(number - 1)), "score": _points(scored)}
        rows.append(row.model_copy(update=came))
    return form.model_copy(update={"purpose": Purpose.SELF_EVALUATION, "indicators": tuple(rows)})


def _text(actual: Actual | None) -> str | None:
    return actual.text if actual is not None and actual.applicable else None


def _points(scored: Mapping[str, Any]) -> Decimal | None:
    """The points of a row; none while they are open."""
    low = scored["low"]
    return Decimal(low) if low is not None and low == scored["high"] else None
