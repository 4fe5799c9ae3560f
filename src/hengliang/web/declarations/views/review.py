"""Review: comments and their answers, the opinion."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengliang.base.profile import load_profile
from hengliang.review.catalogue import rule_by_code
from hengliang.review.grade import propose
from hengliang.web.accounts.policies import requires
from hengliang.web.accounts.reader import language, person_of
from hengliang.web.declarations import actions_review, grid, opinion_docx, policies, queries_review
from hengliang.web.declarations.draft import FORM
from hengliang.web.declarations.findings import previous_forms, reviewed
from hengliang.web.declarations.forms import CommentForm, OpinionForm
from hengliang.web.declarations.models import Opinion
from hengliang.web.declarations.views.files import attachment
from hengliang.web.declarations.views.page import Opened
from hengliang.web.workflow.opinion import CONSEQUENCES, POINTS, grades_in, overall
from hengliang.web.workflow.roles import Permission


@requires(Permission.VIEW, Permission.EVALUATE)
@require_GET
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """All comments on a form with their answers."""
    return _comments(request, pk, CommentForm(initial={"row": FORM}), 200)


def _comments(request: HttpRequest, pk: int, form: CommentForm, status: int) -> HttpResponse:
    opened = Opened(request, pk)
    names = grid.field_names()
    form_rows = dict(zip(opened.working.rows, opened.working.form.indicators, strict=True))
    threads = [
        {
            "asked": thread.asked,
            "answers": thread.answers,
            "row": form_rows.get(thread.asked.row),
            "number": opened.working.rows.index(thread.asked.row) + 1
            if thread.asked.row in form_rows
            else None,
            "field": names.get(thread.asked.key, ""),
            "gone": thread.asked.row not in (FORM, *form_rows),
        }
        for thread in queries_review.threads(opened.declaration)
    ]
    context = opened.context(
        "declaration-comments",
        threads=threads,
        form=form,
        may_answer=policies.may_answer(opened.person, opened.declaration),
    )
    return render(request, "declarations/comments.html", context, status=status)


def _back(request: HttpRequest, pk: int) -> HttpResponse:
    """To the panel that a part of a page was posted from, else to the page of comments."""
    row = request.POST.get("row", "")
    if request.headers.get("HX-Request") and row and row != FORM:
        return redirect("declaration-row", pk=pk, row=row)
    return redirect("declaration-comments", pk=pk)


@requires(Permission.REVIEW_DEPARTMENT, Permission.REVIEW_FINANCE, Permission.APPROVE)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a comment on a cell, a row or the form."""
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _comments(request, pk, form, 422)
    opened = Opened(request, pk)
    data = form.cleaned_data
    actions_review.comment(opened.person, opened.declaration, data["row"] or FORM, data["key"], data["text"])
    return _back(request, pk)


@requires(Permission.EDIT, Permission.REVIEW_DEPARTMENT, Permission.REVIEW_FINANCE, Permission.APPROVE)
@require_POST
def answer(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """Answers a comment."""
    asked = queries_review.comment(person_of(request), pk, comment)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _comments(request, pk, CommentForm(initial={"row": FORM}), 422)
    actions_review.answer(person_of(request), asked, form.cleaned_data["text"])
    return _back(request, pk)


@requires(Permission.REVIEW_DEPARTMENT, Permission.REVIEW_FINANCE, Permission.APPROVE)
@require_POST
def settle(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """Settles a comment, or opens it again."""
    asked = queries_review.comment(person_of(request), pk, comment)
    actions_review.settle(person_of(request), asked, request.POST.get("settled") != "no")
    return _back(request, pk)


@requires(Permission.VIEW, Permission.EVALUATE)
@require_http_methods(["GET", "POST"])
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """The review in four dimensions and eight points: written by the side whose turn it is, read by all."""
    opened = Opened(request, pk)
    side = policies.opinion_side(opened.person, opened.declaration)
    latest = queries_review.latest_version(opened.declaration)
    given = queries_review.opinions(opened.declaration)
    mine = next(
        (one for one in given if side and latest and one.side == side and one.version == latest), None
    )
    form = OpinionForm(request.POST or None, initial=_initial(mine))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions_review.write_opinion(
                opened.person,
                opened.declaration,
                form.grades(),
                form.remarks(),
                data["text"],
                data["amendments"],
                data["base"],
            )
        except actions_review.Overtaken as other:
            said = _(
                "{who} wrote this opinion in the meantime; it stands below. Load the page again to go on."
            )
            form.add_error(None, said.format(who=other.by))
        else:
            messages.success(request, _("The opinion was saved."))
            return redirect("declaration-opinion", pk=pk)
    profile = opened.declaration.round.profile
    found = reviewed(opened.working, profile, previous_forms(opened.declaration))
    open_now = [one.finding for one in opened.placed if one.overruled is None]
    proposed = propose(load_profile(profile), rule_by_code(), open_now, found.undecidable, found.passed)
    points = [
        {
            "dimension": point.dimension.say(language()),
            "name": point.name.say(language()),
            "question": point.question.say(language()),
            "points": point.points,
            "proposed": graded.grade.id if graded.grade else "",
            "errors": graded.errors,
            "warnings": graded.warnings,
            "grade": form[f"grade_{point.key}"],
            "remark": form[f"remark_{point.key}"],
        }
        for point, graded in zip(POINTS, proposed.points, strict=True)
    ]
    context = opened.context(
        "declaration-opinion",
        form=form,
        side=side,
        points=points,
        **_overall(mine.grades if mine else {}),
        given=[_shown(one) for one in given],
        latest=latest,
    )
    return render(request, "declarations/opinion.html", context, status=422 if form.errors else 200)


@requires(Permission.REVIEW_DEPARTMENT, Permission.REVIEW_FINANCE)
@require_GET
def overall_of(request: HttpRequest, pk: int) -> HttpResponse:
    """The overall grade of the eight as they are chosen on the page."""
    Opened(request, pk)
    chosen = {point.key: request.GET.get(f"grade_{point.key}", "") for point in POINTS}
    return render(request, "declarations/_overall.html", _overall(chosen))


def _overall(chosen: Mapping[str, str]) -> dict[str, str]:
    grade = overall(grades_in(chosen))
    return {"grade": grade or "", "consequence": CONSEQUENCES[grade].says.say(language()) if grade else ""}


def _initial(mine: Opinion | None) -> dict[str, str]:
    if mine is None:
        return {"base": ""}
    grades = {f"grade_{key}": grade for key, grade in mine.grades.items()}
    remarks = {f"remark_{key}": remark for key, remark in mine.remarks.items()}
    said = {"text": mine.text, "amendments": mine.amendments}
    return grades | remarks | said | {"base": actions_review.state_of(mine)}


def _shown(one: Opinion) -> dict[str, object]:
    """An opinion as it is read."""
    return {
        "side": _("Department") if one.side == "department" else _("Finance"),
        "version": one.version.number,
        "grade": one.grade,
        "consequence": _overall(one.grades)["consequence"],
        "points": [
            {
                "name": point.name.say(language()),
                "grade": one.grades.get(point.key, ""),
                "remark": one.remarks.get(point.key, ""),
            }
            for point in POINTS
        ],
        "text": one.text,
        "amendments": one.amendments,
        "author": one.author.full_name,
        "at": one.at,
        "document": reverse("opinion-document", args=[one.version.declaration.pk, one.pk]),
    }


@requires(Permission.VIEW, Permission.EVALUATE)
@require_GET
def document(request: HttpRequest, pk: int, opinion: int) -> HttpResponse:
    """An opinion as the official document."""
    opened = Opened(request, pk)
    chosen = next((one for one in queries_review.opinions(opened.declaration) if one.pk == opinion), None)
    if chosen is None:
        return redirect("declaration-opinion", pk=pk)
    data = opinion_docx.made(opened.declaration, chosen, language())
    return attachment(data, f"{opened.declaration}-{_('review opinion')}.docx")
