"""The editor: its page, its saves, the panel of a row, the moves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_POST

from hengliang.web.accounts.policies import requires
from hengliang.web.accounts.reader import language, person_of
from hengliang.web.audit.storable import loads
from hengliang.web.declarations import actions, actions_moves, grid, panel, policies, queries, queries_review
from hengliang.web.declarations.draft import BadEdit, Edit, Reorder, Working, edited
from hengliang.web.declarations.findings import Placed, findings_of
from hengliang.web.declarations.saying import saying
from hengliang.web.declarations.views.page import Opened
from hengliang.web.workflow.roles import Permission


@requires(Permission.VIEW, Permission.EVALUATE)
@require_GET
def editor(request: HttpRequest, pk: int) -> HttpResponse:
    """The indicators of a declaration; read only for those who may not edit now."""
    opened = Opened(request, pk)
    may_edit = policies.may_edit(opened.person, opened.declaration)
    context = opened.context(
        "declaration",
        columns=grid.columns(),
        rows=grid.rows(opened.working, opened.placed, opened.asked, language()),
        counter=opened.counter,
        points=grid.points(opened.working, opened.declaration.round.profile),
        save_url=reverse("declaration-save", args=[pk]) if may_edit else "",
        panel_url=reverse("declaration-row", args=[pk, "__row__"]),
        username=opened.person.username,
        library_url=_library(pk) if may_edit else "",
        taken=queries.just_taken(opened.declaration, request.GET.get("taken", "")) if may_edit else None,
    )
    return render(request, "declarations/editor.html", context)


def _library(pk: int) -> str:
    """Where indicators are picked out of a library; empty where no app serves one."""
    try:
        return reverse("library-pick", args=[pk])
    except NoReverseMatch:
        return ""


@requires(Permission.VIEW, Permission.EVALUATE)
@require_GET
def row(request: HttpRequest, pk: int, row: str) -> HttpResponse:
    """The panel of a row. While a cell is typed in, `key` and `value` say what stands there before it is
    saved."""
    opened = Opened(request, pk)
    working, placed = _as_typed(request, opened, row)
    if row not in working.rows:
        return render(request, "declarations/_row_gone.html")
    index = working.rows.index(row)
    indicator = working.form.indicators[index]
    declaration = opened.declaration
    may_edit = policies.may_edit(opened.person, declaration)
    may_ask = policies.may_ask(opened.person, declaration)
    may_set_aside = policies.may_set_aside(opened.person, declaration)
    about = [one for one in placed if one.row == row]
    context = {
        "declaration": declaration,
        "row": row,
        "number": index + 1,
        "indicator": indicator,
        "long": grid.long_fields(indicator),
        "reading": panel.shown_reading(indicator, declaration.round.profile, language()),
        "findings": [
            panel.shown_finding(one, working, pk, language(), may_set_aside, may_edit)
            for one in about
            if one.overruled is None
        ],
        "aside": [
            panel.shown_finding(one, working, pk, language(), may_set_aside, may_edit)
            for one in about
            if one.overruled
        ],
        "threads": queries_review.threads(declaration, row),
        "fields": grid.field_names(),
        "last_year": queries_review.last_year(opened.person, declaration, indicator.name),
        "similar": queries_review.similar_units(opened.person, declaration, indicator.name)
        if may_ask
        else [],
        "may_edit": may_edit,
        "may_ask": may_ask,
        "may_answer": policies.may_answer(opened.person, declaration),
        "may_set_aside": may_set_aside,
    }
    return render(request, "declarations/_row.html", context)


def _as_typed(request: HttpRequest, opened: Opened, row: str) -> tuple[Working, list[Placed]]:
    """The working copy with what is being typed, where it fits, and the findings on it."""
    key = request.GET.get("key", "")
    if not key or row not in opened.working.rows:
        return opened.working, opened.placed
    try:
        typed, noted = edited(opened.working, [Edit(row, key, request.GET.get("value", "")[:5000])])
    except BadEdit:
        return opened.working, opened.placed
    return (typed, findings_of(opened.declaration, typed)) if noted else (opened.working, opened.placed)


@requires(Permission.EDIT)
@require_POST
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """Takes what changed in the grid; answers as grid.js describes."""
    person = person_of(request)
    declaration = queries.declaration(person, pk)
    try:
        data = loads(request.body)
        base = int(data["base_version"])
        edits = [
            Edit(str(one["row"]), str(one["key"]), _text(one["value"])) for one in data.get("changes", ())
        ]
        orders = [
            *(Reorder("insert", str(one["row"]), one.get("before")) for one in data.get("inserts", ())),
            *(Reorder("move", str(one["row"]), one.get("before")) for one in data.get("moves", ())),
            *(Reorder("delete", str(one["row"])) for one in data.get("deletes", ())),
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RawPostDataException):
        return JsonResponse({"error": "malformed"}, status=400)
    try:
        saved = actions.save(person, declaration, base, edits, orders)
    except actions.Conflicts as clash:
        return JsonResponse(_clash(clash), status=409)
    except BadEdit as bad:
        return JsonResponse(
            {"error": "bad_value", "row": bad.row, "key": bad.key, "message": bad.reason.say(language())},
            status=422,
        )
    comments = queries_review.open_comments(declaration)
    points = grid.points(saved.working, declaration.round.profile)
    return JsonResponse(
        {
            "version": saved.draft.counter,
            "rows": grid.rows(saved.working, saved.placed, comments, language()),
            "totals_html": render_to_string("declarations/_points.html", {"points": points}),
        }
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _clash(clash: actions.Conflicts) -> dict[str, Any]:
    names = queries.names_of(one.by for one in clash.conflicts)
    return {
        "version": clash.counter,
        "conflict": [
            one._asdict() | {"at": one.at.isoformat(), "by": names.get(one.by, one.by)}
            for one in clash.conflicts
        ],
    }


@requires(Permission.EDIT, Permission.REVIEW_DEPARTMENT, Permission.REVIEW_FINANCE, Permission.APPROVE,
          Permission.EVALUATE, Permission.PUBLISH)  # fmt: skip
@require_POST
def move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Makes a move of the workflow, or says why it cannot be made."""
    declaration = queries.declaration(person_of(request), pk)
    if name not in policies.MOVES:
        return redirect("declaration", pk=pk)
    with saying(request):
        step = actions_moves.move(person_of(request), declaration, name, request.POST.get("reason", ""))
        messages.success(request, policies.MOVES[step.move].label.say(language()))
    return redirect("declaration", pk=pk)
