"""Self-evaluations as reports that later forms are held against."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse

from hengliang.form.actual import Actual
from hengliang.form.model import Indicator, Purpose
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
        .select_related("declaration__round", "version")
        .order_by("at", "pk")
    )
    newest = {one.declaration.pk: one for one in sealed}
    checked: dict[int, dict[int, str]] = {one.pk: {} for one in newest.values()}
    for one in Recheck.objects.filter(sheet__in=checked, verdict="differs"):
        checked[one.sheet_id][one.number] = one.value  # pyright: ignore[reportAttributeAccessIssue]
    return {pk: _report(one, checked[one.pk]) for pk, one in newest.items()}


def _report(sealed: Sheet, checked: Mapping[int, str]) -> Report:
    form = form_of(sealed.declaration, sealed.version)
    actuals = sealed_facts(sealed).actuals
    rows: list[Indicator] = []
    for index, (row, scored) in enumerate(zip(form.indicators, sealed.content["rows"], strict=True)):
        if index + 1 in checked:
            came = {"actual": checked[index + 1] or None, "score": None}
        else:
            came = {"actual": _text(actuals.get(index)), "score": _points(scored)}
        rows.append(row.model_copy(update=came))
    report = form.model_copy(update={"purpose": Purpose.SELF_EVALUATION, "indicators": tuple(rows)})
    pk = sealed.declaration.pk
    return Report(report, tuple(reverse("number", args=[pk, number]) for number in range(1, len(rows) + 1)))


def _text(actual: Actual | None) -> str | None:
    return actual.text if actual is not None and actual.applicable else None


def _points(scored: Mapping[str, Any]) -> Decimal | None:
    """The points of a row; none while they are open."""
    low = scored["low"]
    return Decimal(low) if low is not None and low == scored["high"] else None
