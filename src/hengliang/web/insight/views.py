"""Where the boards begin, and the board of one form."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hengliang.web.accounts.policies import may, requires
from hengliang.web.accounts.reader import person_of
from hengliang.web.declarations.queries import declaration as declaration_of
from hengliang.web.declarations.shown import shown_state, title_of
from hengliang.web.insight import queries
from hengliang.web.insight import unit as unit_board
from hengliang.web.insight.tables import answer
from hengliang.web.workflow.roles import Permission

_PAGE = 50


@requires(Permission.VIEW, Permission.SEE_ROUND)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Leads whoever oversees a round to its board, a unit to its own; else lists the forms within reach."""
    person = person_of(request)
    if may(person, Permission.SEE_ROUND) and (seen := queries.rounds(person)):
        return redirect("insight-round", pk=seen[0].pk)
    found = queries.own_forms(person)
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    if page.paginator.count == 1:
        return redirect("insight-unit", pk=page[0].pk)
    rows = [{"form": one, "title": title_of(one), "state": shown_state(one.state)} for one in page]
    context = {"page_title": _("Boards"), "rows": rows, "pages": page}
    return render(request, "insight/index.html", context)


@requires(Permission.VIEW)
@require_GET
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """The board of one form."""
    person = person_of(request)
    declaration = declaration_of(person, pk)
    found = unit_board.board(person, declaration, timezone.localdate())
    context: dict[str, Any] = {
        "page_title": title_of(declaration),
        "page_state": shown_state(declaration.state),
        "year": declaration.round.fiscal_year,
        "organisation": declaration.organisation.name,
        "breadcrumbs": [
            {"label": _("Boards"), "url": reverse("insight")},
            {"label": str(declaration)},
        ],
        "figures": found.figures,
        "declaration": declaration,
    }
    return answer(request, "insight/unit.html", context, found.sections)
