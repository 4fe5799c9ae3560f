"""Pages of evidence: the ledgers, handing in, what came of it, the records."""

import io
from typing import Any

from django import forms
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from hengliang.report import ledger_template
from hengliang.web.accounts.policies import requires
from hengliang.web.accounts.reader import language, person_of, whole
from hengliang.web.accounts.said import from_data
from hengliang.web.declarations.chosen import chosen
from hengliang.web.evidence import actions, policies, queries
from hengliang.web.evidence.records import ON_MAP, PAGE, STATES, Place, State, places, records
from hengliang.web.evidence.told import Told, told
from hengliang.web.files.actions import BadFile
from hengliang.web.files.kinds import RECORDS
from hengliang.web.files.queries import place_of
from hengliang.web.workflow.roles import Permission

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Upload(forms.Form):
    """A file of records."""

    file = forms.FileField(
        label=gettext_lazy("File with records"),
        help_text=gettext_lazy("Excel, CSV, GeoJSON, GeoPackage, zipped Shapefile or Parquet, up to 200 MB"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{kind}" for kind in sorted(RECORDS))}),
    )


@requires(Permission.VIEW, Permission.LOAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All ledgers, with what the organisation has in them."""
    place, year, frame, query = chosen(request)
    search = request.GET.get("q", "").strip()
    rows = [
        {
            "name": held.ledger.name,
            "label": held.ledger.words.say(language()),
            "row": held.ledger.row.words.say(language()),
            "metrics": [metric.words.say(language()) for metric in held.ledger.metrics],
            "loads": held.loads,
            "latest": held.latest,
        }
        for held in queries.ledgers(place, year)
        if not search or search in held.ledger.zh or search.lower() in held.ledger.name
    ]
    context = frame | {
        "page_title": _("Ledgers"),
        "rows": rows,
        "query": query,
        "filters": [{"name": "q", "label": _("Search"), "value": search}],
    }
    return render(request, "evidence/index.html", context)


@requires(Permission.VIEW, Permission.LOAD)
def ledger(request: HttpRequest, name: str) -> HttpResponse:
    """One ledger: its columns, its template, handing in, its history. A POST hands a file in."""
    person = person_of(request)
    place, year, frame, query = chosen(request)
    found = queries.ledger(name)
    form = Upload(request.POST or None, request.FILES or None)
    if request.method == "POST" and place is not None and form.is_valid():
        try:
            load = actions.hand_in(person, place, name, year, form.cleaned_data["file"])
        except BadFile as bad:
            form.add_error("file", bad.reason.say(language()))
        else:
            return redirect("load", pk=load.pk)
    context = frame | {
        "page_title": found.words.say(language()),
        "query": query,
        "page_note": found.name,
        "breadcrumbs": [
            {"label": _("Ledgers"), "url": reverse("evidence") + query},
            {"label": found.words.say(language())},
        ],
        "ledger": found,
        "one_row": found.row.words.say(language()),
        "columns": [
            {
                "label": column.words.say(language()),
                "name": column.name,
                "required": column.need == "R",
                "unit": column.unit or "",
            }
            for column in found.columns
        ],
        "metrics": [{"id": metric.id, "label": metric.words.say(language())} for metric in found.metrics],
        "to_be_checked": found.doubts(language()),
        "form": form if place is not None and policies.may_hand_in(person, place) else None,
        "loads": list(queries.loads(place, year, name)[:100]) if place is not None else [],
    }
    return render(request, "evidence/ledger.html", context, status=422 if form.errors else 200)


@requires(Permission.VIEW, Permission.LOAD)
@require_GET
def template(request: HttpRequest, name: str) -> FileResponse:
    """The Excel template of a ledger."""
    found = queries.ledger(name)
    made = io.BytesIO(ledger_template.to_bytes(found, language()))
    return FileResponse(made, as_attachment=True, filename=f"{found.zh}.xlsx", content_type=XLSX)


@requires(Permission.VIEW, Permission.LOAD)
@require_GET
def load(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of handing in a file: while it is loaded its progress, then its findings."""
    person = person_of(request)
    found = queries.load(person, pk)
    ledger_found = queries.ledger(found.ledger)
    word = language()
    context = {
        "page_title": found.file.name,
        "year": found.year,
        "organisation": found.organisation.name,
        "breadcrumbs": [
            {"label": _("Ledgers"), "url": reverse("evidence")},
            {"label": ledger_found.words.say(word), "url": reverse("ledger", args=[found.ledger])},
            {"label": found.file.name},
        ],
        "load": found,
        "problem": from_data(found.problem).say(word) if found.problem else "",
        "findings": [
            {
                **one,
                "column": one["column"][word],
                "reason": one["reason"][word],
            }
            for one in found.report.get("findings", ())
        ],
        "count": found.report.get("count", 0),
        "unknown": found.report.get("unknown", ()),
        "absent": [one[word] for one in found.report.get("absent", ())],
        "job_url": reverse("job", args=[found.job.pk]) if found.job and found.job.person == person else "",
        "may_see_file": policies.may_see_persons(person, found.organisation),
    }
    return render(request, "evidence/load.html", context)


@requires(Permission.VIEW, Permission.LOAD)
@require_GET
def marked(request: HttpRequest, pk: int) -> FileResponse:
    """The file that was handed in, with its bad cells marked."""
    person = person_of(request)
    found = queries.load(person, pk)
    if found.errors is None:
        raise Http404
    # It is the unit's own file, whole.
    policies.require_persons(person, found.organisation)
    stream = place_of(found.errors.digest).open("rb")
    return FileResponse(stream, as_attachment=True, filename=found.errors.name, content_type=XLSX)


@requires(Permission.VIEW)
@require_GET
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """The records of the batch that a load made, by what became of them, and where they lie."""
    person = person_of(request)
    found = queries.load(person, pk)
    stored = queries.batch(found)
    ledger_found = queries.ledger(found.ledger)
    metrics = told(found, language())
    asked = request.GET.get("metric")
    metric = next((one for one in metrics if one.metric == asked), metrics[0] if metrics else None)
    state: State | None = next((one for one in STATES if request.GET.get("state") == one), None)
    wanted = request.GET.get("page", "1")
    page = min(max(whole(wanted) or 1, 1), 10**7)
    persons = policies.may_see_persons(person, found.organisation)
    shown = records(found.organisation, stored, ledger_found, metric, page, state, persons)
    known = {column.name: column.words.say(language()) for column in ledger_found.columns}
    pages = max(1, -(-shown.total // PAGE))
    lie = places(found.organisation, stored, ledger_found, metric, state, persons)
    context = {
        "page_title": _("Records"),
        "page_note": stored.id,
        "year": found.year,
        "organisation": found.organisation.name,
        "breadcrumbs": [
            {"label": _("Ledgers"), "url": reverse("evidence")},
            {"label": found.file.name, "url": reverse("load", args=[found.pk])},
            {"label": stored.id},
        ],
        "batch": stored,
        "columns": [known.get(name, name) for name in shown.columns],
        "rows": [{"record": row, "state": _state_shown(row.state)} for row in shown.rows],
        "hidden": shown.hidden,
        "filters": _filters(metrics, metric, state),
        "counts": [
            {"label": _state_shown(one)["word"], "value": str(shown.counts[one])}
            for one in STATES
            if shown.counts.get(one)
        ],
        "total": shown.total,
        "page": page,
        "pages": pages,
        "previous_url": _page_url(request, page - 1) if page > 1 else "",
        "next_url": _page_url(request, page + 1) if page < pages else "",
        "map": _map(lie) if lie else None,
        "most": ON_MAP if len(lie) == ON_MAP else 0,
        "tiles": settings.MAP_TILES,
        "attribution": settings.MAP_ATTRIBUTION,
    }
    return render(request, "evidence/batch.html", context)


def _page_url(request: HttpRequest, page: int) -> str:
    asked = request.GET.copy()
    asked["page"] = str(page)
    return f"?{asked.urlencode()}"


def _state_shown(state: State) -> dict[str, str]:
    """What became of a record, with its word and tone."""
    words = {
        "counted": (_("Counts"), "good"),
        "left_out": (_("Does not count"), "watch"),
        "blocked": (_("Blocked by a check"), "bad"),
        "questioned": (_("Questioned"), "pending"),
        "other": (_("Not measured"), "plain"),
    }
    word, tone = words[state]
    return {"word": word, "tone": tone}


def _filters(metrics: list[Told], metric: Told | None, state: State | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {
            "name": "state",
            "label": _("What became of it"),
            "value": state or "",
            "options": [{"value": one, "label": _state_shown(one)["word"]} for one in STATES],
        }
    ]
    if len(metrics) > 1 and metric is not None:
        options = [{"value": one.metric, "label": f"{one.metric} {one.name}"} for one in metrics]
        found.append({"name": "metric", "label": _("Metric"), "value": metric.metric, "options": options})
    return found


def _map(lie: list[Place]) -> dict[str, Any]:
    """The records as the part `map.html` takes them."""
    here = {place.state for place in lie}
    states: list[State] = [one for one in STATES if one in here]
    return {
        "features": {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "geometry": place.geometry,
                    "properties": {
                        "id": str(place.row),
                        "label": place.name,
                        "tone": _state_shown(place.state)["tone"],
                    },
                }
                for place in lie
            ],
        },
        "records": [
            {
                "id": str(place.row),
                "label": place.name or str(place.row),
                "state": _state_shown(place.state),
                "note": _("row %(row)d") % {"row": place.row},
            }
            for place in lie
        ],
        "tones": [_state_shown(one) for one in states],
    }
