"""Pages of the self-evaluation, and the number page: where a number comes from."""

import io
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengliang.report import curve_picture
from hengliang.score.sheet import RowScore, ScoreSheet
from hengliang.web.accounts.policies import requires
from hengliang.web.accounts.reader import language, person_of
from hengliang.web.declarations.models import Declaration
from hengliang.web.declarations.policies import open_moves
from hengliang.web.declarations.saying import saying
from hengliang.web.declarations.shown import shown_state
from hengliang.web.evaluation import actions, documents, policies, queries
from hengliang.web.evaluation.scoring import (
    YEAR_END,
    as_written,
    facts_of,
    handed_in,
    is_as_sealed,
    score_of,
    sealed_of,
)
from hengliang.web.evaluation.short import falls_short
from hengliang.web.evaluation.shown import (
    at_risk,
    grade_shown,
    row_shown,
    target_of,
    total_shown,
    words_read,
)
from hengliang.web.files.queries import place_of
from hengliang.web.jobs.views import answered
from hengliang.web.workflow.roles import Permission

PAGE = 50
"""So many declarations stand on a page of a list."""

MOVES = frozenset(("self_evaluate", "return_self_evaluation", "check", "evaluate", "publish", "monitor"))
"""The moves that the pages of evaluation offer; the others belong to the declaration."""


def frame(declaration: Declaration, title: str, *more: tuple[str, str]) -> dict[str, Any]:
    """What the head of a page about one declaration shows; `more` are the last breadcrumbs."""
    own = reverse("self-evaluation", args=[declaration.pk])
    crumbs = [
        {"label": _("Evaluation"), "url": reverse("evaluations")},
        {"label": str(declaration), "url": own},
    ]
    return {
        "page_title": title,
        "page_state": shown_state(declaration.state),
        "year": declaration.round.fiscal_year,
        "organisation": declaration.organisation.name,
        "breadcrumbs": [*crumbs, *({"label": label, "url": url} for label, url in more)],
        "declaration": declaration,
    }


def moves_shown(
    request: HttpRequest, declaration: Declaration, wanted: frozenset[str]
) -> list[dict[str, Any]]:
    """The moves that the reader may make here."""
    found = open_moves(person_of(request), declaration)
    return [
        {"name": one.name, "label": one.label.say(language()), "reason": one.reason}
        for one in found
        if one.name in wanted
    ]


@requires(Permission.VIEW, Permission.EVALUATE)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The declarations whose targets bind, with what came of them so far."""
    page = Paginator(queries.all_in_force(person_of(request)), PAGE).get_page(request.GET.get("page"))
    sheets = queries.newest_sealed(list(page))
    rows: list[dict[str, Any]] = []
    for declaration in page:
        sealed = sheets.get(declaration.pk)
        rows.append(
            {
                "declaration": declaration,
                "state": shown_state(declaration.state),
                "sealed": sealed,
                "url": reverse("self-evaluation", args=[declaration.pk]) if sealed else "",
                "low": f"{as_written(sealed.low):f}" if sealed else "",
                "high": f"{as_written(sealed.high):f}" if sealed and sealed.low != sealed.high else "",
                "of": f"{as_written(sealed.of):f}" if sealed else "",
            }
        )
    context = {"page_title": _("Evaluation"), "rows": rows, "pages": page}
    return render(request, "evaluation/index.html", context)


@requires(Permission.VIEW, Permission.EVALUATE)
@require_GET
def self_evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """The self-evaluation: every indicator with its value, points, losses, and what is still to be done."""
    person = person_of(request)
    declaration = queries.in_force(person, pk)
    facts = facts_of(declaration)
    sheet = score_of(declaration, facts)
    stated, deviations = queries.stated(declaration), queries.deviations(declaration)
    rows: list[dict[str, Any]] = []
    for row in sheet.rows:
        shown = row_shown(row, language())
        number = row.index + 1
        shown["url"] = reverse("number", args=[declaration.pk, number])
        shown["stated"] = stated.get(number)
        shown["deviation"] = deviations.get(number)
        shown["needs_cause"] = falls_short(row) and number not in deviations
        shown["risk"] = at_risk(row)
        rows.append(shown)
    if request.GET.get("sort") == "risk":
        rows.sort(key=lambda one: (-one["risk"], one["number"]))
    measuring = queries.latest_measuring(declaration)
    standing = handed_in(declaration)
    context = frame(declaration, _("Self-evaluation")) | {
        "rows": rows,
        "figures": [
            {"label": _("Points reached"), **total_shown(sheet.total)},
            {
                "label": _("Without a value"),
                "value": str(sum(1 for one in rows if one["state"] == "not_reported")),
            },
            {"label": _("Causes to be given"), "value": str(sum(1 for one in rows if one["needs_cause"]))},
        ],
        "grade": grade_shown(sheet),
        "assumptions": [one.say(language()) for one in sheet.assumptions],
        "may_report": policies.may_report(person, declaration),
        "measuring": measuring,
        "spending": queries.spending(declaration, YEAR_END),
        "moves": moves_shown(request, declaration, MOVES),
        "sealed": sealed_of(declaration),
        "differs": standing is not None and not is_as_sealed(sheet, standing),
        "documents": _documents(declaration),
        "sorted": request.GET.get("sort") == "risk",
        "tabs": tabs(declaration, "self-evaluation"),
    }
    return render(request, "evaluation/self_evaluation.html", context)


def _documents(declaration: Declaration) -> list[dict[str, Any]]:
    """The documents of the self-evaluation; those that take long are made in the background."""
    found = (
        ("table", "xlsx", _("Self-evaluation table (Excel)")),
        ("table", "docx", "Word"),
        ("table", "pdf", "PDF"),
        ("explanation", "pdf", _("Explanation of scores (PDF)")),
        ("explanation", "docx", _("Explanation of scores (Word)")),
        ("report", "docx", _("Self-evaluation report (Word)")),
    )
    return [
        {
            "label": label,
            "url": reverse("evaluation-document", args=[declaration.pk, what, ending]),
            "is_long": documents.is_long(declaration, what, ending),
        }
        for what, ending, label in found
    ]


def tabs(declaration: Declaration, current: str) -> list[dict[str, Any]]:
    """The pages about one declaration in force."""
    pages = (
        ("self-evaluation", _("Self-evaluation")),
        ("stages", _("Monitoring")),
        ("check", _("Sampled check")),
        ("report", _("Evaluation report")),
        ("remedies", _("To be put right")),
    )
    return [
        {
            "label": label,
            "url": reverse(route, args=[declaration.pk]),
            "current": route == current,
            "count": "",
        }
        for route, label in pages
    ]


def row_of(sheet: ScoreSheet, number: int) -> RowScore:
    """The row of a number from 1. Raises Http404."""
    if not 1 <= number <= len(sheet.rows):
        raise Http404
    return sheet.rows[number - 1]


@requires(Permission.VIEW, Permission.EVALUATE)
@require_GET
def number(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Where a number comes from: score, sentence, curve, measurement, records, batches, files."""
    person = person_of(request)
    declaration = queries.in_force(person, pk)
    sheet = score_of(declaration)
    row = row_of(sheet, number)
    word = language()
    _measuring, measurements = queries.measurements(person, declaration, number, word)
    spans = tuple(span for step in row.steps for span in step.spans)
    given = [row.actual.facts or row.actual.text] if row.actual and row.actual.is_reported else []
    picture = None
    if row.reading is not None and row.reading.tree is not None:
        picture = curve_picture.picture(row.reading, given, word, title=row.indicator.name)
    title = row.indicator.name
    context = frame(declaration, title, (title, "")) | {
        "row": row_shown(row, word),
        "target": target_of(row.indicator),
        "indicator": row.indicator,
        "sentence": words_read(row.indicator.criterion or "", spans),
        "canonical": row.reading.canonical if row.reading else "",
        "method": row.method,
        "picture_url": picture and f"data:image/svg+xml,{quote(picture)}",
        "measurements": measurements,
        "stated": queries.stated(declaration).get(number),
        "deviation": queries.deviations(declaration).get(number),
        "may_report": policies.may_report(person, declaration),
        "previous": reverse("number", args=[pk, number - 1]) if number > 1 else "",
        "next": reverse("number", args=[pk, number + 1]) if number < len(sheet.rows) else "",
    }
    return render(request, "evaluation/number.html", context)


def _again(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    if number is not None and request.POST.get("from") == "number":
        return redirect("number", pk=pk, number=number)
    return redirect("self-evaluation", pk=pk)


@requires(Permission.EDIT)
@require_POST
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the declaration to be measured."""
    declaration = queries.in_force(person_of(request), pk)
    wanted = request.POST.get("as_of", "")
    try:
        as_of = date.fromisoformat(wanted) if wanted else None
    except ValueError:
        messages.error(request, _("The date is written 2024-01-31."))
        return redirect("self-evaluation", pk=pk)
    job = actions.ask_measuring(person_of(request), declaration, as_of)
    return redirect("job", pk=job.pk)


@requires(Permission.EDIT)
@require_POST
def state(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """States a value with its reason and evidence."""
    declaration = queries.in_force(person_of(request), pk)
    upload = request.FILES.get("file")
    if upload is None:
        messages.error(request, _("A stated value needs a file that shows it."))
        return _again(request, pk, number)
    value, reason = request.POST.get("value", ""), request.POST.get("reason", "")
    with saying(request):
        actions.state(person_of(request), declaration, number, value, reason, upload)
    return _again(request, pk, number)


@requires(Permission.EDIT)
@require_POST
def explain(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Says why an indicator fell short, and what is done."""
    declaration = queries.in_force(person_of(request), pk)
    row_of(score_of(declaration), number)
    cause, remedy = request.POST.get("cause", ""), request.POST.get("remedy", "")
    with saying(request):
        actions.explain(person_of(request), declaration, number, cause, remedy)
    return _again(request, pk, number)


@requires(Permission.EDIT)
@require_POST
def spend(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what was spent of the budget of the year, or up to the end of a month of it."""
    given = request.POST.get("month", "")
    month = int(given) if given in map(str, range(1, YEAR_END + 1)) else YEAR_END
    declaration = queries.in_force(person_of(request), pk)
    try:
        budget, executed = (
            Decimal(request.POST.get(name, "").replace(",", "")) for name in ("budget", "executed")
        )
        if not all(amount.is_finite() and 0 <= amount <= 10**11 for amount in (budget, executed)):
            raise InvalidOperation
    except InvalidOperation:
        messages.error(request, _("Budget and spending are amounts in 万元, as 1234.56."))
    else:
        actions.spend(person_of(request), declaration, month, budget, executed)
    return redirect("stage", pk=pk, month=month) if given else redirect("self-evaluation", pk=pk)


@requires(Permission.VIEW, Permission.EVALUATE)
@require_http_methods(["GET", "POST"])
def document(request: HttpRequest, pk: int, what: str, ending: str) -> HttpResponseBase:
    """A document of the evaluation: the table (自评表), the explanation of scores (得分说明), the reports.

    What takes long is asked for by a POST, and made in the background.
    """
    declaration = queries.in_force(person_of(request), pk)
    if not documents.has(what, ending):
        raise Http404
    if request.method == "POST":
        job = actions.ask_document(person_of(request), declaration, what, ending, language())
        return answered(request, job)
    if documents.is_long(declaration, what, ending):
        messages.info(request, _("This document takes longer; ask for it here, and it is made for you."))
        return redirect("self-evaluation", pk=pk)
    try:
        return handed_out(documents.document(declaration, what, ending, language()))
    except KeyError as error:
        raise Http404 from error


def handed_out(made: documents.Document) -> FileResponse:
    """A document as a download."""
    return FileResponse(
        io.BytesIO(made.content), as_attachment=True, filename=made.filename, content_type=made.type
    )


@requires(Permission.VIEW, Permission.EVALUATE)
@require_GET
def stated_file(request: HttpRequest, pk: int, number: int) -> FileResponse:
    """The evidence of a stated value."""
    declaration = queries.in_force(person_of(request), pk)
    found = queries.stated(declaration).get(number)
    if found is None:
        raise Http404
    stream = place_of(found.file.digest).open("rb")
    return FileResponse(stream, as_attachment=True, filename=found.file.name)
