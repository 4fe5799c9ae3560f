"""The boards of a round: progress, findings, scores, forms side by side."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hengliang.base.profile import load_profile
from hengliang.web.accounts.policies import requires
from hengliang.web.accounts.reader import person_of
from hengliang.web.declarations.models import Round
from hengliang.web.insight import broken, compare, progress, queries, scores, worst
from hengliang.web.insight.links import asked as wanted_of
from hengliang.web.insight.links import key, to
from hengliang.web.insight.queries import Overseen
from hengliang.web.insight.stages import STEP_OF
from hengliang.web.insight.tables import answer
from hengliang.web.workflow.roles import Permission


def opened(request: HttpRequest, pk: int) -> Overseen:
    """The round that a reader opens. Raises Http404, `Refused`."""
    return queries.overseen(person_of(request), pk, timezone.localdate())


def frame(request: HttpRequest, seen: Overseen, current: str) -> dict[str, Any]:
    """What all boards of a round show."""
    pk = seen.round.pk
    pages = (
        ("insight-round", _("Progress")),
        ("insight-findings", _("Findings")),
        ("insight-scores", _("Scores and points")),
        ("insight-compare", _("Side by side")),
        ("insight-forms", _("Forms")),
        ("insight-lines", _("Indicators")),
    )
    return {
        "page_title": seen.round.name,
        "year": _named(seen.round),
        "years": [
            {
                "label": _named(one),
                "url": to("insight-round", one.pk),
                "current": one.pk == pk,
            }
            for one in queries.rounds(person_of(request))
        ],
        "organisation": seen.round.organisation.name,
        "breadcrumbs": [{"label": _("Boards"), "url": reverse("insight")}, {"label": seen.round.name}],
        "tabs": [
            {"label": label, "url": to(route, pk), "current": route == current, "count": ""}
            for route, label in pages
        ],
    }


def _named(one: Round) -> str:
    """The name of a round with its year, which most names say themselves."""
    year = str(one.fiscal_year)
    return one.name if year in one.name else f"{year} {one.name}"


@requires(Permission.SEE_ROUND)
@require_GET
def progress_of(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the round is."""
    seen = opened(request, pk)
    handed_in = sum(1 for one in seen.forms if STEP_OF[one.state].key != "unit")
    expected = len(seen.forms) + len(seen.missing)
    late = sum(1 for one in seen.forms if one.late)
    errors = sum(one.errors or 0 for one in seen.forms)
    context = frame(request, seen, "insight-round") | {
        "figures": [
            {
                "label": _("Handed in"),
                "value": str(handed_in),
                "of": str(expected),
                "href": to("insight-forms", pk, reached="department"),
            },
            {"label": _("Late"), "value": str(late), "href": to("insight-forms", pk, late="any")},
            {
                "label": _("Errors found"),
                "value": str(errors),
                "href": to("insight-cells", pk, severity="error"),
            },
        ]
    }
    return answer(request, "insight/round.html", context, progress.sections(seen))


@requires(Permission.SEE_ROUND)
@require_GET
def findings(request: HttpRequest, pk: int) -> HttpResponse:
    """What the rules found in the forms that were handed in."""
    seen, person = opened(request, pk), person_of(request)
    families, rules = (ask(person, seen.round) for ask in (queries.families_broken, queries.rules_broken))
    known = [one for one in seen.forms if one.indicators is not None]
    sums = (
        ("error", _("Errors found"), sum(one.errors or 0 for one in known)),
        ("warning", _("Warnings found"), sum(one.warnings or 0 for one in known)),
        ("advice", _("Advice"), sum(one.advice or 0 for one in known)),
    )
    context = frame(request, seen, "insight-findings") | {
        "figures": [
            {"label": label, "value": str(count), "href": to("insight-cells", pk, severity=severity)}
            for severity, label, count in sums
        ],
        "note": _(
            "Counted are the findings that are open in {count} forms as they were last handed in."
        ).format(count=len(known)),
    }
    return answer(request, "insight/round.html", context, broken.sections(seen, families, rules))


@requires(Permission.SEE_ROUND)
@require_GET
def scores_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Scores, points and sizes of the forms, and the indicators that lose the most."""
    seen, person = opened(request, pk), person_of(request)
    losing = worst.groups(queries.scored(person, seen.round))
    levels = queries.points_by_level(person, seen.round)
    scored = sum(1 for one in seen.forms if one.low is not None)
    known = sum(1 for one in seen.forms if one.indicators is not None)
    rows = sum(one.indicators or 0 for one in seen.forms)
    context = frame(request, seen, "insight-scores") | {
        "figures": [
            {
                "label": _("Self-evaluations handed in"),
                "value": str(scored),
                "href": to("insight-forms", pk, reached="self"),
            },
            {
                "label": _("Forms handed in"),
                "value": str(known),
                "href": to("insight-forms", pk, noted="yes"),
            },
            {"label": _("Indicators in them"), "value": str(rows), "href": to("insight-lines", pk)},
        ]
    }
    return answer(request, "insight/round.html", context, scores.sections(seen, levels, losing))


@requires(Permission.SEE_ROUND)
@require_GET
def side_by_side(request: HttpRequest, pk: int) -> HttpResponse:
    """Chosen forms side by side: `?form=KEY&form=KEY`, and words that names of indicators hold."""
    seen, person = opened(request, pk), person_of(request)
    asked = {key(one) for one in request.GET.getlist("form")}
    known = [one for one in seen.forms if one.indicators is not None]
    forms = [one for one in known if one.pk in asked][: compare.MOST]
    words = wanted_of(request).get("q", "").strip()
    context = frame(request, seen, "insight-compare") | {
        "choices": [{"form": one, "chosen": one in forms} for one in known],
        "words": words,
        "chosen": len(forms),
        "most": compare.MOST,
        "too_many": len(asked) > compare.MOST,
    }
    if len(forms) < 2:
        return answer(request, "insight/compare.html", context, ())
    levels = queries.points_by_level(person, seen.round)
    lines = queries.lines(person, seen.round, {"q": words}).filter(
        noted__declaration__in=[one.pk for one in forms]
    )
    profile = load_profile(seen.round.profile)
    sections = compare.sections(forms, levels, lines, profile, pk)
    return answer(request, "insight/compare.html", context, sections)
