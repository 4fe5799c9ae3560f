"""Pages of evidence: the ledgers, handing in, what came of it, the records."""

import io

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from hengliang.report import ledger_template
from hengliang.web.accounts.policies import requires
from hengliang.web.accounts.reader import language, person_of
from hengliang.web.accounts.said import from_data
from hengliang.web.declarations.chosen import chosen
from hengliang.web.evidence import actions, queries
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
            "metrics": [metric.id for metric in held.ledger.metrics],
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
        "form": form if place is not None and queries.may_hand_in(person, place) else None,
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
    found = queries.load(person_of(request), pk)
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
        "job_url": reverse("job", args=[found.job.pk]) if found.job else "",
    }
    return render(request, "evidence/load.html", context)


@requires(Permission.VIEW, Permission.LOAD)
@require_GET
def marked(request: HttpRequest, pk: int) -> FileResponse:
    """The file that was handed in, with its bad cells marked."""
    found = queries.load(person_of(request), pk)
    if found.errors is None:
        raise Http404
    stream = place_of(found.errors.digest).open("rb")
    return FileResponse(stream, as_attachment=True, filename=found.errors.name, content_type=XLSX)


@requires(Permission.VIEW)
@require_GET
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """The records of the batch that a load made."""
    found = queries.load(person_of(request), pk)
    if not found.batch:
        raise Http404
    stored = queries.batch(found.organisation, found.ledger, found.year, found.batch)
    wanted = request.GET.get("page", "1")
    page = int(wanted) if wanted.isdigit() and int(wanted) else 1
    records = queries.records(found.organisation, stored, page)
    known = {column.name: column.words.say(language()) for column in queries.ledger(found.ledger).columns}
    pages = max(1, -(-records.total // 50))
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
        "columns": [known.get(name, name) for name in records.columns],
        "rows": [{"number": row[0], "blocked": row[1], "cells": row[2:]} for row in records.rows],
        "page": page,
        "pages": pages,
        "previous_url": f"?page={page - 1}" if page > 1 else "",
        "next_url": f"?page={page + 1}" if page < pages else "",
    }
    return render(request, "evidence/batch.html", context)
