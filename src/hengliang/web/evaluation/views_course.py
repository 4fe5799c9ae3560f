"""Pages of monitoring that look ahead: plans by month, and what the year will come to."""

from fractions import Fraction
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengliang.base.message import Message, message
from hengliang.base.number import read_number
from hengliang.base.profile import load_profile
from hengliang.report import course_chart
from hengliang.report.course_chart import amount
from hengliang.report.needed_text import needed_said
from hengliang.score import phased
from hengliang.score.forecast import Forecast, NoForecast, Outlook
from hengliang.score.needed import needed_for_full
from hengliang.score.phased import MONTHS, NoPlan, Shares
from hengliang.web.accounts.policies import Refused, requires
from hengliang.web.accounts.reader import language, person_of
from hengliang.web.declarations.models import Declaration
from hengliang.web.evaluation import actions_monitoring, policies, queries
from hengliang.web.evaluation.actions_monitoring import Planned
from hengliang.web.evaluation.lights import light_of_money
from hengliang.web.evaluation.monthly import Course, courses, latest_series, year_before
from hengliang.web.evaluation.scoring import score_of
from hengliang.web.evaluation.shown import runs, target_of
from hengliang.web.evaluation.views import frame, tabs
from hengliang.web.evaluation.views_monitoring import light_shown, parts
from hengliang.web.workflow.roles import Permission

OUTLOOKS: dict[Outlook, tuple[Message, str, str]] = {
    "missed": (message("Will be missed"), "bad", "■"),
    "perhaps": (message("May be missed"), "watch", "▲"),
    "open": (message("No forecast"), "pending", "?"),
    "reached": (message("Will be reached"), "good", "●"),
}
"""The worst first: word, tone, shape."""


def outlook_shown(outlook: Outlook) -> dict[str, str]:
    """An outlook with its word and shape."""
    word, tone, shape = OUTLOOKS[outlook]
    return {"word": word.say(language()), "tone": tone, "shape": shape}


def expected_shown(course: Course) -> dict[str, str]:
    """A forecast as `number.html` takes it; `reason` where there is none."""
    found, unit = course.forecast, course.indicator.unit or ""
    if isinstance(found, NoForecast):
        said = found.reason if course.target is not None else message("a target in words has no forecast")
        return {"reason": said.say(language())}
    low, high = amount(found.low), amount(found.high)
    if low == high:
        return {"value": low, "unit": unit}
    return {"low": low, "high": high, "likely": amount(found.likely), "unit": unit}


@requires(Permission.VIEW, Permission.EVALUATE)
@require_GET
def outlook(request: HttpRequest, pk: int) -> HttpResponse:
    """What each indicator will come to, whether that is enough, and what full marks still need."""
    person = person_of(request)
    declaration = queries.in_force(person, pk)
    profile = load_profile(declaration.round.profile)
    needs = {one.row.index: one for one in needed_for_full(score_of(declaration), profile)}
    found = courses(declaration)
    rows: list[dict[str, Any]] = []
    for one in found:
        last = max(one.reached, default=None)
        need = needs.get(one.number - 1)
        rows.append(
            {
                "number": one.number,
                "name": one.indicator.name,
                "url": reverse("course", args=[pk, one.number]),
                "target": target_of(one.indicator),
                "reached": amount(one.reached[last].value) if last else "",
                "unit": one.indicator.unit or "",
                "month": last,
                "expected": expected_shown(one),
                "outlook": outlook_shown(one.outlook),
                "has": need is not None and need.has,
                "needed": needed_said(need).say(language()) if need is not None else "",
            }
        )
    stages = queries.stages(declaration)
    month = stages[-1].month if stages else MONTHS
    spent = queries.spending(declaration, month)
    context = frame(declaration, _("Outlook"), (_("Monitoring"), reverse("stages", args=[pk]))) | {
        "rows": rows,
        "unplanned": runs([one.number for one in found if one.target is not None and not one.is_planned]),
        "figures": [
            {"label": word.say(language()), "value": str(sum(one.outlook == key for one in found))}
            for key, (word, _tone, _shape) in OUTLOOKS.items()
        ],
        "spent": spent,
        "month": month,
        "money": light_shown(light_of_money(spent.budget, spent.executed, month, profile)) if spent else None,
        "series": latest_series(declaration),
        "may_report": policies.may_report(person, declaration),
        "tabs": tabs(declaration, "stages"),
        "parts": parts(pk, "outlook"),
    }
    return render(request, "evaluation/outlook.html", context)


@requires(Permission.VIEW, Permission.EVALUATE)
@require_GET
def course(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One indicator over the year: planned, reached, expected, and what full marks still need."""
    declaration = queries.in_force(person_of(request), pk)
    found = courses(declaration)
    if not 1 <= number <= len(found):
        raise Http404
    one = found[number - 1]
    profile = load_profile(declaration.round.profile)
    needs = {each.row.index: each for each in needed_for_full(score_of(declaration), profile)}
    need = needs.get(number - 1)
    planned = None
    if one.target is not None and (one.adding or one.is_planned):
        planned = [one.target * part for part in one.due]
    expected = one.forecast if isinstance(one.forecast, Forecast) and one.target is not None else None
    picture = course_chart.course_svg(
        course_chart.Course(
            one.target,
            planned,
            {month: each.value for month, each in one.reached.items()},
            None if expected is None else (expected.low, expected.likely, expected.high),
        ),
        one.indicator.unit or "",
        language(),
        title=one.indicator.name,
    )
    context = frame(
        declaration,
        one.indicator.name,
        (_("Monitoring"), reverse("stages", args=[pk])),
        (_("Outlook"), reverse("outlook", args=[pk])),
        (one.indicator.name, ""),
    ) | {
        "number": number,
        "target": target_of(one.indicator),
        "unit": one.indicator.unit or "",
        "picture_url": f"data:image/svg+xml,{quote(picture)}" if one.target is not None else "",
        "expected": expected_shown(one),
        "outlook": outlook_shown(one.outlook),
        "assumptions": [said.say(language()) for said in expected.assumptions] if expected else [],
        "adding": one.adding,
        "planned": one.is_planned,
        "months": [
            {
                "month": month,
                "share": amount(one.due[month - 1] * 100),
                "planned": amount(planned[month - 1]) if planned else "",
                "reached": one.reached.get(month),
            }
            for month in range(1, MONTHS + 1)
        ],
        "needed": needed_said(need).say(language()) if need is not None else "",
        "has": need is not None and need.has,
        "score_url": reverse("number", args=[pk, number]),
        "previous": reverse("course", args=[pk, number - 1]) if number > 1 else "",
        "next": reverse("course", args=[pk, number + 1]) if number < len(found) else "",
    }
    return render(request, "evaluation/course.html", context)


@requires(Permission.EDIT)
@require_POST
def series(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for what was reached by the end of each month."""
    declaration = queries.in_force(person_of(request), pk)
    try:
        job = actions_monitoring.ask_series(person_of(request), declaration, timezone.localdate())
    except Refused as refused:
        messages.error(request, refused.reason.say(language()))
        return redirect("outlook", pk=pk)
    return redirect("job", pk=job.pk)


@requires(Permission.VIEW, Permission.EVALUATE)
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """What is due of each target by the end of each month. A POST plans."""
    person = person_of(request)
    declaration = queries.in_force(person, pk)
    found = courses(declaration)
    problem = ""
    if request.method == "POST":
        try:
            asked = (
                _pasted(request, found) if "pasted" in request.POST else _asked(request, declaration, found)
            )
            actions_monitoring.plan(person, declaration, asked)
        except NoPlan as error:
            problem = error.said.say(language())
        except Refused as refused:
            messages.error(request, refused.reason.say(language()))
            return redirect("plan", pk=pk)
        else:
            messages.success(request, _("The plan is saved."))
            return redirect("plan", pk=pk)
    typed = request.POST if problem else {}
    rows = [
        {
            "number": one.number,
            "name": one.indicator.name,
            "url": reverse("course", args=[pk, one.number]),
            "target": target_of(one.indicator),
            "planned": one.is_planned,
            "adding": one.adding,
            "months": [
                {
                    "month": month,
                    "share": typed.get(
                        f"share-{one.number}-{month}",
                        _percent(one.shares[month - 1]) if one.is_planned else "",
                    ),
                }
                for month in range(1, MONTHS + 1)
            ],
        }
        for one in found
    ]
    context = frame(declaration, _("Plan by month"), (_("Monitoring"), reverse("stages", args=[pk]))) | {
        "rows": rows,
        "months": range(1, MONTHS + 1),
        "presets": _presets(),
        "problem": problem,
        "pasted": typed.get("pasted", ""),
        "may_report": policies.may_report(person, declaration),
        "tabs": tabs(declaration, "stages"),
        "parts": parts(pk, "plan"),
    }
    return render(request, "evaluation/plan.html", context, status=422 if problem else 200)


def _percent(share: Fraction) -> str:
    return amount(share * 100)


def _presets() -> list[dict[str, str]]:
    named = [
        {"value": "even", "label": _("Evenly by month")},
        {"value": "quarterly", "label": _("By quarter")},
        {"value": "last", "label": _("As last year went")},
    ]
    return named + [
        {"value": f"milestone-{month}", "label": _("All in month %(month)d") % {"month": month}}
        for month in range(1, MONTHS + 1)
    ]


def _asked(request: HttpRequest, declaration: Declaration, found: list[Course]) -> dict[int, Planned | None]:
    """The rows that were changed: by a preset, else by twelve shares; all blank takes the plan away."""
    before = year_before(declaration) if "last" in request.POST.values() else {}
    asked: dict[int, Planned | None] = {}
    for one in found:
        preset = request.POST.get(f"preset-{one.number}", "")
        adding = request.POST.get(f"adding-{one.number}") == "on"
        cells = [
            request.POST.get(f"share-{one.number}-{month}", "").strip() for month in range(1, MONTHS + 1)
        ]
        try:
            shares = _preset(preset, before.get(one.indicator.name, {})) if preset else _typed(cells)
        except NoPlan as error:
            raise NoPlan(message("row {row}: {why}", row=one.number, why=error.said)) from error
        if shares is None:
            if one.is_planned:
                asked[one.number] = None
            elif adding != one.adding:
                asked[one.number] = Planned(one.shares, adding)
        elif not one.is_planned:
            asked[one.number] = Planned(shares, adding if adding != one.adding else None)
        elif not preset and cells == [_percent(share) for share in one.shares]:
            # What is shown is rounded: whoever leaves it alone keeps what was planned.
            if adding != one.adding:
                asked[one.number] = Planned(one.shares, adding)
        else:
            asked[one.number] = Planned(shares, adding)
    return asked


def _preset(name: str, before: dict[int, Fraction]) -> Shares:
    if name == "even":
        return phased.even()
    if name == "quarterly":
        return phased.quarterly()
    if name == "last":
        return phased.seasonal(before)
    kind, _dash, month = name.partition("-")
    if kind != "milestone" or not month.isdigit():
        raise NoPlan(message("there is no such way to plan"))
    return phased.milestone(int(month))


def _typed(cells: list[str]) -> Shares | None:
    if not any(cells):
        return None
    numbers = [read_number(cell.rstrip("%％")) for cell in cells]
    if any(number is None for number in numbers):
        raise NoPlan(message("all twelve months need a number"))
    return phased.cumulative([Fraction(number) for number in numbers if number is not None])


def _pasted(request: HttpRequest, found: list[Course]) -> dict[int, Planned | None]:
    by_month = request.POST.get("by_month") == "on"
    plans = phased.pasted(request.POST.get("pasted", ""), len(found), by_month)
    return {number: Planned(shares, None) for number, shares in plans.items()}
