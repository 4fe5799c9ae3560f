"""Versions and what is different between them; the history of a cell; adjustments before and after."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hengliang.report.labels import field_label, place_label
from hengliang.web.accounts.policies import requires
from hengliang.web.accounts.reader import language, whole
from hengliang.web.declarations import actions, actions_files, compare, grid, origins, policies, queries
from hengliang.web.declarations.draft import FORM, BadEdit, Edit, Working
from hengliang.web.declarations.draft import opened as open_content
from hengliang.web.declarations.models import Version
from hengliang.web.declarations.shown import shown_state
from hengliang.web.declarations.views.page import Opened
from hengliang.web.workflow.moves import MOVES
from hengliang.web.workflow.roles import Permission

DRAFT = "draft"
"""What the address of a comparison calls the draft; versions are called by their numbers."""


@requires(Permission.VIEW, Permission.EVALUATE)
@require_GET
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """The moves that the form made, and its versions to compare and bring back."""
    opened = Opened(request, pk)
    versions = list(queries.versions(opened.declaration))
    names = queries.names_of(one.made_by for one in versions)
    steps = [
        {
            "label": row["label"].say(language()),
            "who": row["step"].person_name,
            "when": _when(row["step"].at),
            "text": row["step"].reason,
            "state": shown_state(row["step"].target),
        }
        for row in queries.steps(opened.declaration)
    ]
    context = opened.context(
        "declaration-history",
        steps=steps,
        versions=[
            {
                "version": one,
                "who": names.get(one.made_by, one.made_by),
                "why": _why(one),
                "in_force": one.pk
                == (opened.declaration.approved.pk if opened.declaration.approved else None),
            }
            for one in versions
        ],
        counter=opened.counter,
        compare_url=reverse("declaration-compare", args=[pk]),
    )
    return render(request, "declarations/history.html", context)


def _when(at: object) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")  # pyright: ignore[reportArgumentType]


def _why(one: Version) -> str:
    if one.why == "replaced":
        return _("Kept before another form took its place")
    return MOVES[one.why].label.say(language()) if one.why in MOVES else ""


@requires(Permission.VIEW, Permission.EVALUATE)
@require_GET
def difference(request: HttpRequest, pk: int) -> HttpResponse:
    """What is different between two versions, or between one and the draft. An adjustment is shown against
    the version in force, with the reason that was given for it."""
    opened = Opened(request, pk)
    declaration = opened.declaration
    versions = list(queries.versions(declaration))
    in_force = str(declaration.approved.number) if declaration.approved else ""
    first = request.GET.get("from") or in_force or (str(versions[0].number) if versions else DRAFT)
    second = request.GET.get("to") or DRAFT
    before, after = _working(opened, versions, first), _working(opened, versions, second)
    found = compare.differences(before, after, language())
    choices = [{"value": str(one.number), "label": _version_name(one.number)} for one in versions]
    choices.append({"value": DRAFT, "label": _("Working draft")})
    asked = queries.last_reason(declaration, "adjust")
    is_adjustment = declaration.state in ("adjusting", "adjustment_submitted") and first == in_force
    context = opened.context(
        "declaration-history",
        rows=compare.as_rows(found),
        before=_name(first),
        after=_name(second),
        filters=[
            {"name": "from", "label": _("Before"), "value": first, "options": choices},
            {"name": "to", "label": _("After"), "value": second, "options": choices},
        ],
        asked=asked if is_adjustment else None,
        is_adjustment=is_adjustment,
    )
    return render(request, "declarations/compare.html", context)


def _name(chosen: str) -> str:
    return _("Working draft") if chosen == DRAFT else _version_name(chosen)


def _version_name(number: object) -> str:
    return _("Version {number}").format(number=number)


def _working(opened: Opened, versions: list[Version], chosen: str) -> Working:
    for one in versions:
        if str(one.number) == chosen:
            return open_content(one.content, one.rows or None)
    return opened.working


@requires(Permission.VIEW, Permission.EVALUATE)
@require_GET
def cell(request: HttpRequest, pk: int, row: str) -> HttpResponse:
    """What stood in the cells of a row (or in a field outside the table), who changed it and when."""
    opened = Opened(request, pk)
    key = request.GET.get("key", "")
    changes = list(queries.cell_history(opened.declaration, row, key)[:200])
    names = queries.names_of(one.person for one in changes)
    fields = grid.field_names()
    is_there = row == FORM or row in opened.working.rows
    path = opened.working.path(row, key).rstrip("/") if is_there else ""
    acts = {
        "+": _("row put in"),
        "-": _("row taken out"),
        "order": _("row moved"),
        "*": _("whole form replaced"),
    }
    rows = []
    for one in changes:
        before, after = (
            compare.word_parts(one.before or "", one.after or "") if one.key not in acts else ((), ())
        )
        rows.append(
            {
                "change": one,
                "who": names.get(one.person, one.person),
                "field": acts.get(one.key) or fields.get(one.key) or _field(one.key, row),
                "before": before,
                "after": after,
                "origin": origins.shown(one.after) if one.key == "+" else None,
                "can_return": one.key not in acts and is_there,
            }
        )
    context = opened.context(
        "declaration-history",
        rows=rows,
        row=row,
        place=place_label(opened.working.form, path, language()) if path else _("A row that was taken out"),
        counter=opened.counter,
    )
    return render(request, "declarations/cell.html", context)


def _field(key: str, row: str) -> str:
    return field_label(key if row == FORM else f"indicators/0/{key}", language())


@requires(Permission.EDIT)
@require_POST
def put_back(request: HttpRequest, pk: int, row: str) -> HttpResponse:
    """Writes into a cell what stood there before a change."""
    opened = Opened(request, pk)
    policies.require_edit(opened.person, opened.declaration)
    change = next(
        (
            one
            for one in queries.cell_history(opened.declaration, row)
            if str(one.pk) == request.POST.get("change") and one.key not in ("+", "-", "order", "*")
        ),
        None,
    )
    if change is not None:
        try:
            edits = [Edit(row, change.key, change.before)]
            actions.save(opened.person, opened.declaration, opened.counter, edits)
        except BadEdit as bad:
            messages.error(request, bad.reason.say(language()))
        except actions.Conflicts:
            messages.error(request, _("The form was changed in the meantime. Look at it, then try again."))
        else:
            messages.success(request, _("The earlier text stands again."))
    return redirect("declaration-cell", pk=pk, row=row)


@requires(Permission.EDIT)
@require_POST
def bring_back(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Puts an earlier version into the draft."""
    opened = Opened(request, pk)
    base = request.POST.get("base", "")
    try:
        actions_files.bring_back(
            opened.person,
            opened.declaration,
            queries.version(opened.declaration, number),
            whole(base) or 0,
        )
    except actions.Conflicts:
        messages.error(request, _("The form was changed in the meantime. Look at it, then try again."))
        return redirect("declaration-history", pk=pk)
    messages.success(request, _("Version {number} stands in the draft again.").format(number=number))
    return redirect("declaration", pk=pk)
