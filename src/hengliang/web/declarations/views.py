"""Pages of declarations: the list, the editor, its saves, its moves."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hengliang.web.accounts.policies import requires
from hengliang.web.accounts.reader import language, person_of
from hengliang.web.declarations import actions, grid, policies, queries
from hengliang.web.declarations.draft import Edit, Reorder
from hengliang.web.declarations.findings import findings_of, working_of
from hengliang.web.workflow.roles import Permission
from hengliang.web.workflow.states import SHOWN, State


def shown_state(state: str) -> dict[str, str]:
    """A state as a page shows it."""
    shown = SHOWN[State(state)]
    return {"word": shown.word.say(language()), "tone": shown.tone, "shape": shown.shape}


@requires(Permission.VIEW)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The declarations within reach."""
    found = queries.declarations_in_reach(person_of(request))
    rows = [{"declaration": one, "state": shown_state(one.state)} for one in found[:500]]
    return render(request, "declarations/index.html", {"rows": rows, "page_title": _("Declarations")})


@requires(Permission.VIEW, Permission.EVALUATE)
@require_GET
def editor(request: HttpRequest, pk: int) -> HttpResponse:
    """The declaration editor; read only for those who may not edit now."""
    declaration = queries.declaration(person_of(request), pk)
    working = working_of(declaration)
    placed = findings_of(declaration, working)
    context = {
        "declaration": declaration,
        "page_title": _("Performance targets"),
        "page_state": shown_state(declaration.state),
        "year": declaration.round.fiscal_year,
        "organisation": str(declaration.organisation),
        "may_edit": policies.may_edit(person_of(request), declaration),
        "moves": [
            {"name": move.name, "label": move.label.say(language()), "reason": move.reason}
            for move in policies.open_moves(person_of(request), declaration)
        ],
        "columns": grid.columns(),
        "rows": grid.rows(working, placed, language()),
        "counter": queries.counter(declaration),
        "form": working.form,
        "sums": grid.sums(working),
        "placed": placed,
    }
    return render(request, "declarations/editor.html", context)


@requires(Permission.EDIT)
@require_POST
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """Takes the changed cells of the grid and answers with the new counter, marks and sums."""
    declaration = queries.declaration(person_of(request), pk)
    try:
        data = json.loads(request.body)
        base = int(data["base_version"])
        edits = [Edit(str(one["row"]), str(one["key"]), one["value"]) for one in data.get("changes", ())]
        orders = [
            *(Reorder("insert", str(one["row"]), one.get("before")) for one in data.get("inserts", ())),
            *(Reorder("move", str(one["row"]), one.get("before")) for one in data.get("moves", ())),
            *(Reorder("delete", str(one["row"])) for one in data.get("deletes", ())),
        ]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "malformed"}, status=400)
    try:
        draft = actions.save(person_of(request), declaration, base, edits, orders)
    except actions.Conflicts as clash:
        return JsonResponse(_clash(clash), status=409)
    except actions.BadEdit as bad:
        return JsonResponse(
            {"error": "bad_value", "row": bad.row, "key": bad.key, "message": bad.reason.say(language())},
            status=422,
        )
    declaration = queries.declaration(person_of(request), pk)
    working = working_of(declaration)
    placed = findings_of(declaration, working)
    return JsonResponse(
        {
            "version": draft.counter,
            "rows": [
                {"id": row["id"], "cells": row["cells"], "marks": row["marks"]}
                for row in grid.rows(working, placed, language())
            ],
            "totals_html": render_to_string("declarations/_sums.html", {"sums": grid.sums(working)}, request),
        }
    )


def _clash(clash: actions.Conflicts) -> dict[str, Any]:
    return {
        "version": clash.counter,
        "conflict": [
            one._asdict() | {"at": one.at.isoformat()}
            for one in clash.conflicts
        ],
    }  # fmt: skip


@requires(Permission.EDIT, Permission.REVIEW_DEPARTMENT, Permission.REVIEW_FINANCE, Permission.APPROVE,
          Permission.EVALUATE, Permission.PUBLISH)  # fmt: skip
@require_POST
def move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Makes a move of the workflow, or says why it cannot be made."""
    declaration = queries.declaration(person_of(request), pk)
    if name not in policies.MOVES:
        return redirect("declaration", pk=pk)
    try:
        actions.move(person_of(request), declaration, name, request.POST.get("reason", ""))
    except actions.Missing as missing:
        for need in missing.needs:
            messages.error(request, need.say(language()))
    return redirect("declaration", pk=pk)
