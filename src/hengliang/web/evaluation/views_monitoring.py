"""Pages of monitoring: the stages of a year, with lights."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hengliang.base.profile import load_profile
from hengliang.web.accounts.policies import requires
from hengliang.web.accounts.reader import language, person_of
from hengliang.web.declarations.saying import saying
from hengliang.web.declarations.shown import shown_state
from hengliang.web.evaluation import actions, documents, policies, queries
from hengliang.web.evaluation.lights import (
    ORDER,
    SHAPES,
    TONES,
    WORDS,
    Lit,
    light_of_money,
    worst,
)
from hengliang.web.evaluation.models import LIKELIHOODS
from hengliang.web.evaluation.monthly import depends_on_plan, light_by_plan
from hengliang.web.evaluation.renumbered import number_now
from hengliang.web.evaluation.scoring import facts_of, form_in_force, form_of_stage
from hengliang.web.evaluation.shown import runs, target_of
from hengliang.web.evaluation.views import PAGE, frame, handed_out, moves_shown, tabs
from hengliang.web.workflow.roles import Permission


def light_shown(lit: Lit) -> dict[str, str]:
    """A light with its word and shape: colour never speaks alone."""
    return {
        "word": WORDS[lit.light].say(language()),
        "tone": TONES[lit.light],
        "shape": SHAPES[lit.light],
        "reason": lit.reason.say(language()),
    }


@requires(Permission.VIEW)
@require_GET
def monitoring(request: HttpRequest) -> HttpResponse:
    """The declarations that are monitored, with the light of their newest stage."""
    found = queries.all_in_force(person_of(request)).select_related("approved")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    reported = queries.monitored(list(page))
    rows: list[dict[str, Any]] = []
    for declaration in page:
        own = reported[declaration.pk]
        lit = None
        if own.stages:
            month = own.stages[-1].month
            profile = load_profile(declaration.round.profile)
            indicators = form_in_force(declaration).indicators
            light = worst(
                [
                    light_by_plan(one, own.rows.get(number), own.plans.get(number), month, profile).light
                    for number, one in enumerate(indicators, 1)
                ]
            )
            lit = {"word": WORDS[light].say(language()), "tone": TONES[light], "shape": SHAPES[light]}
        rows.append(
            {
                "declaration": declaration,
                "state": shown_state(declaration.state),
                "latest": own.stages[-1] if own.stages else None,
                "light": lit,
            }
        )
    context = {"page_title": _("Monitoring"), "rows": rows, "pages": page}
    return render(request, "evaluation/monitoring.html", context)


def parts(pk: int, current: str) -> list[dict[str, Any]]:
    """The parts of the monitoring of one declaration."""
    pages = (("stages", _("Stages")), ("plan", _("Plan by month")), ("outlook", _("Outlook")))
    return [
        {"label": label, "url": reverse(name, args=[pk]), "current": name == current, "count": ""}
        for name, label in pages
    ]


@requires(Permission.VIEW, Permission.EVALUATE)
@require_GET
def stages(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to the open stage of a declaration, else to the one that the profile names."""
    declaration = queries.in_force(person_of(request), pk)
    found = queries.stages(declaration)
    month = int(load_profile(declaration.round.profile).number("monitoring.month"))
    if found:
        month = next((stage.month for stage in found if stage.submitted_at is None), found[-1].month)
    return redirect("stage", pk=pk, month=month)


@requires(Permission.VIEW, Permission.EVALUATE)
@require_GET
def table(request: HttpRequest, pk: int, month: int, ending: str) -> FileResponse:
    """The monitoring table of a stage as an office document."""
    declaration = queries.in_force(person_of(request), pk)
    if not 1 <= month <= 12:
        raise Http404
    try:
        return handed_out(documents.monitoring(declaration, month, ending))
    except KeyError as error:
        raise Http404 from error


@requires(Permission.VIEW, Permission.EVALUATE)
@require_http_methods(["GET", "POST"])
def stage(request: HttpRequest, pk: int, month: int) -> HttpResponse:
    """One stage: January to a month. A POST fills it in."""
    person = person_of(request)
    declaration = queries.in_force(person, pk)
    if not 1 <= month <= 12:
        raise Http404
    this = queries.stage(declaration, month)
    form = form_of_stage(declaration, this)
    if request.method == "POST":
        fields = ("value", "forecast", "likelihood", "cause")
        rows = {
            number: {name: request.POST.get(f"{name}-{number}", "") for name in fields}
            for number in range(1, len(form.indicators) + 1)
        }
        with saying(request):
            actions.fill_stage(person, declaration, month, rows)
            messages.success(request, _("The stage is saved."))
        return redirect("stage", pk=pk, month=month)
    profile = load_profile(declaration.round.profile)
    values, plans, measured = (
        queries.stage_rows(declaration, month),
        queries.plans(declaration),
        facts_of(declaration).actuals,
    )
    shown: list[dict[str, Any]] = []
    lights: list[Lit] = []
    for at, indicator in enumerate(form.indicators):
        value = values.get(at + 1)
        now = number_now(this, at + 1, declaration.approved) if this else at + 1
        plan = plans.get(now) if now else None
        lit = light_by_plan(indicator, value, plan, month, profile)
        lights.append(lit)
        actual = measured.get(now - 1) if now else None
        shown.append(
            {
                "number": at + 1,
                "name": indicator.name,
                "target": target_of(indicator),
                "unit": indicator.unit or "",
                "value": value.value if value else "",
                "bare": value is not None and value.value.replace(".", "", 1).isdigit(),
                "forecast": value.forecast if value else "",
                "likelihood": value.likelihood if value else "",
                "cause": value.cause if value else "",
                "light": light_shown(lit),
                "is_assumed": plan is None and depends_on_plan(indicator),
                "measured": actual.text if actual and actual.text else "",
                "url": reverse("number", args=[pk, now]) if now else "",
            }
        )
    spent = queries.spending(declaration, month)
    counts = [
        {"label": WORDS[light].say(language()), "value": str(sum(1 for lit in lights if lit.light == light))}
        for light in ORDER
    ]
    context = frame(
        declaration, _("Monitoring"), (_("January to month %(month)d") % {"month": month}, "")
    ) | {
        "page_note": _("January to month %(month)d") % {"month": month},
        "month": month,
        "months": [
            {"label": str(one), "url": reverse("stage", args=[pk, one]), "current": one == month, "count": ""}
            for one in range(1, 13)
        ],
        "rows": shown,
        "counts": counts,
        "unplanned": runs([row["number"] for row in shown if row["is_assumed"]]),
        "likelihoods": LIKELIHOODS,
        "money": light_shown(light_of_money(spent.budget, spent.executed, month, profile)) if spent else None,
        "spent": spent,
        "stage": this,
        "may_report": policies.may_report(person, declaration)
        and (this is None or this.submitted_at is None),
        "moves": moves_shown(request, declaration, frozenset(("monitor",))) if this else [],
        "tabs": tabs(declaration, "stages"),
        "parts": parts(pk, "stages"),
    }
    return render(request, "evaluation/stage.html", context)
