"""Pages of declarations: the list, the editor, its saves, its moves."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hengliang.web.accounts.policies import requires
from hengliang.web.declarations import actions, grid, policies, queries
from hengliang.web.declarations.draft import Edit, Reorder
from hengliang.web.declarations.findings import findings_of, working_of
from hengliang.web.workflow.roles import Permission
from hengliang.web.workflow.states import SHOWN, State


def language() -> str:
    """The language of the reader, as the core names it."""
    return "en" if (get_language() or "").startswith("en") else "zh_Hans"


def shown_state(state: str) -> dict[str, str]:
    """A state as a page shows it."""
    shown = SHOWN[State(state)]
    return {"word": shown.word.say(language()), "tone": shown.tone, "shape": shown.shape}


@requires(Permission.VIEW)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The declarations within reach."""
    found = queries.declarations_in_reach(request.user)  # type: ignore[arg-type]
    rows = [{"declaration": one, "state": shown_state(one.state)} for one in found[:500]]
    return render(request, "declarations/index.html", {"rows": rows, "page_title": _("Declarations")})


@requires(Permission.VIEW, Permission.EVALUATE)
@require_GET
def editor(request: HttpRequest, pk: int) -> HttpResponse:
    """The declaration editor; read only for those who may not edit now."""
    declaration = queries.declaration(request.user, pk)  # type: ignore[arg-type]
    working = working_of(declaration)
    placed = findings_of(declaration, working)
    context = {
        "declaration": declaration,
        "page_title": _("Performance targets"),
        "page_state": shown_state(declaration.state),
        "year": declaration.round.fiscal_year,
        "organisation": str(declaration.organisation),
        "may_edit": policies.may_edit(request.user, declaration),  # type: ignore[arg-type]
        "moves": [
            {"name": move.name, "label": move.label.say(language()), "reason": move.reason}
            for move in policies.open_moves(request.user, declaration)  # type: ignore[arg-type]
        ],
        "columns": grid.columns(),
        "rows": grid.rows(working, placed, language()),
        "counter": declaration.draft.counter,  # type: ignore[attr-defined]
        "form": working.form,
        "sums": grid.sums(working),
        "placed": placed,
    }
    return render(request, "declarations/editor.html", context)


@requires(Permission.EDIT)
@require_POST
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """Takes the changed cells of the grid and answers with the new counter, marks and sums."""
    declaration = queries.declaration(request.user, pk)  # type: ignore[arg-type]
    try:
        data = json.loads(request.body)
        base = int(data["base_version"])
        edits = [Edit(str(one["row"]), str(one["key"]), one["value"]) for one in data.get("changes", ())]
        orders = [
            Reorder(act, str(one["row"]), one.get("before"))
            for act, name in (("insert", "inserts"), ("move", "moves"), ("delete", "deletes"))
            for one in data.get(name, ())
        ]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "malformed"}, status=400)
    try:
        draft = actions.save(request.user, declaration, base, edits, orders)  # type: ignore[arg-type]
    except actions.Conflicts as clash:
        return JsonResponse(_clash(clash), status=409)
    except actions.BadEdit as bad:
        return JsonResponse(
            {"error": "bad_value", "row": bad.row, "key": bad.key, "message": bad.reason.say(language())},
            status=422,
        )
    declaration = queries.declaration(request.user, pk)  # type: ignore[arg-type]
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
    declaration = queries.declaration(request.user, pk)  # type: ignore[arg-type]
    if name not in policies.MOVES:
        return redirect("declaration", pk=pk)
    try:
        actions.move(request.user, declaration, name, request.POST.get("reason", ""))  # type: ignore[arg-type]
    except actions.Missing as missing:
        for need in missing.needs:
            messages.error(request, need.say(language()))
    return redirect("declaration", pk=pk)
