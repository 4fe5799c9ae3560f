"""Pages after the self-evaluation: the sampled check, the outside evaluation, what is to be put right."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengliang.web.accounts.policies import belongs_to, may, requires
from hengliang.web.accounts.reader import language, person_of, whole
from hengliang.web.declarations.saying import saying
from hengliang.web.evaluation import actions, actions_remedies, policies, queries
from hengliang.web.evaluation.models import Remedy
from hengliang.web.evaluation.scoring import form_in_force, score_of, sealed_of
from hengliang.web.evaluation.shown import row_shown
from hengliang.web.evaluation.views import frame, moves_shown, tabs
from hengliang.web.files.queries import place_of
from hengliang.web.workflow.roles import Permission


@requires(Permission.VIEW, Permission.EVALUATE)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The check of a self-evaluation: indicators are drawn, looked at again, and each gets a verdict."""
    person = person_of(request)
    declaration = queries.in_force(person, pk)
    if request.method == "POST":
        if request.POST.get("act") == "draw":
            with saying(request):
                actions.draw(person, declaration)
        else:
            given = request.POST.get("number", "")
            number = whole(given) or 0
            verdict, value, remark = (request.POST.get(name, "") for name in ("verdict", "value", "remark"))
            if verdict in ("agrees", "differs", "open"):
                with saying(request):
                    actions.recheck(person, declaration, number, verdict, value, remark)
        return redirect("check", pk=pk)
    sealed = sealed_of(declaration)
    sheet = score_of(declaration)
    rows = [
        {
            "check": one,
            "row": row_shown(sheet.rows[one.number - 1], language()),
            "url": reverse("number", args=[pk, one.number]),
        }
        for one in queries.rechecks(sealed)
    ]
    may_check = (
        may(person, Permission.REVIEW_FINANCE, declaration.organisation)
        and declaration.state == "self_evaluated"
        and not belongs_to(person, declaration.organisation)
    )
    context = frame(declaration, _("Sampled check")) | {
        "sealed": sealed,
        "rows": rows,
        "may_check": may_check,
        "moves": moves_shown(request, declaration, frozenset(("check", "return_self_evaluation"))),
        "tabs": tabs(declaration, "check"),
    }
    return render(request, "evaluation/check.html", context)


@requires(Permission.VIEW, Permission.EVALUATE)
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of the outside evaluator; the approver gives the evaluation to somebody here."""
    person = person_of(request)
    declaration = queries.in_force(person, pk)
    if request.method == "POST":
        if request.POST.get("act") == "give":
            chosen = [
                one
                for one in queries.possible_evaluators(declaration.organisation)
                if str(one.pk) == request.POST.get("person")
            ]
            if chosen:
                with saying(request):
                    actions.give_evaluation(person, declaration, chosen[0])
            return redirect("report", pk=pk)
        try:
            score = Decimal(request.POST.get("score", ""))
            if not 0 <= score <= 100:
                raise InvalidOperation
        except InvalidOperation:
            messages.error(request, _("The score is a number from 0 to 100."))
            return redirect("report", pk=pk)
        findings, advice, grade = (request.POST.get(name, "") for name in ("findings", "advice", "grade"))
        if not findings.strip() or grade not in ("优", "良", "中", "差"):
            messages.error(request, _("A report needs its findings and a grade."))
        else:
            with saying(request):
                actions.report(person, declaration, findings, advice, score, grade)
        return redirect("report", pk=pk)
    given = queries.evaluators(declaration)
    context = frame(declaration, _("Evaluation report")) | {
        "report": queries.report(declaration),
        "given": given,
        "possible": queries.possible_evaluators(declaration.organisation)
        if may(person, Permission.APPROVE, declaration.organisation)
        else [],
        "may_write": declaration.state == "checked" and policies.is_given(person, declaration),
        "grades": ("优", "良", "中", "差"),
        "moves": moves_shown(request, declaration, frozenset(("evaluate",))),
        "tabs": tabs(declaration, "report"),
    }
    return render(request, "evaluation/report.html", context)


@requires(Permission.VIEW, Permission.EVALUATE)
@require_http_methods(["GET", "POST"])
def remedies(request: HttpRequest, pk: int) -> HttpResponse:
    """What the unit is to put right, with its answers. A POST asks for something new."""
    person = person_of(request)
    declaration = queries.in_force(person, pk)
    if request.method == "POST":
        try:
            due = date.fromisoformat(request.POST.get("due", ""))
        except ValueError:
            messages.error(request, _("The date is written 2024-01-31."))
            return redirect("remedies", pk=pk)
        source = request.POST.get("source", "")
        given = request.POST.get("number", "")
        number = whole(given)
        if source in Remedy.Source.values:
            problem = request.POST.get("problem", "")
            with saying(request):
                actions_remedies.ask_remedy(person, declaration, source, problem, due, number)
        return redirect("remedies", pk=pk)
    form = form_in_force(declaration)
    names = {at + 1: indicator.name for at, indicator in enumerate(form.indicators)}
    office = not belongs_to(person, declaration.organisation) and any(
        may(person, one, declaration.organisation)
        for one in (Permission.REVIEW_FINANCE, Permission.REVIEW_DEPARTMENT, Permission.APPROVE)
    )
    context = frame(declaration, _("To be put right")) | {
        "rows": [
            {
                "remedy": one,
                "indicator": names.get(one.number or 0, ""),
                "url": reverse("number", args=[pk, one.number]) if one.number in names else "",
            }
            for one in queries.remedies(declaration)
        ],
        "sources": [
            {"value": "monitoring", "label": _("Monitoring")},
            {"value": "self", "label": _("Self-evaluation")},
            {"value": "department", "label": _("Evaluation by the department")},
            {"value": "finance", "label": _("Evaluation by finance")},
        ],
        "names": names,
        "may_ask": office,
        "may_answer": may(person, Permission.EDIT, declaration.organisation),
        "tabs": tabs(declaration, "remedies"),
    }
    return render(request, "evaluation/remedies.html", context)


@requires(Permission.VIEW)
@require_POST
def remedy(request: HttpRequest, pk: int, remedy: int) -> HttpResponse:
    """Answers, accepts the answer, or sends it back."""
    person = person_of(request)
    declaration = queries.in_force(person, pk)
    found = queries.remedy(person, declaration, remedy)
    act = request.POST.get("act")
    with saying(request):
        if act == "accept":
            actions_remedies.accept_remedy(person, found)
        elif act == "return":
            actions_remedies.return_remedy(person, found, request.POST.get("reason", ""))
        else:
            answer, upload = request.POST.get("answer", ""), request.FILES.get("file")
            actions_remedies.answer_remedy(person, found, answer, upload)
    return redirect("remedies", pk=pk)


@requires(Permission.VIEW, Permission.EVALUATE)
@require_GET
def remedy_file(request: HttpRequest, pk: int, remedy: int) -> FileResponse:
    """The file that shows what was done."""
    person = person_of(request)
    found = queries.remedy(person, queries.in_force(person, pk), remedy)
    if found.file is None:
        raise Http404
    stream = place_of(found.file.digest).open("rb")
    return FileResponse(stream, as_attachment=True, filename=found.file.name)
