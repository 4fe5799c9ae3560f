"""The review desk: the queue of a reviewer."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hengliang.web.accounts.policies import requires
from hengliang.web.accounts.reader import language, person_of
from hengliang.web.declarations import queries_review
from hengliang.web.workflow.roles import Permission
from hengliang.web.workflow.states import IN_REVIEW, SHOWN, State

_PAGE = 30


@requires(Permission.REVIEW_DEPARTMENT, Permission.REVIEW_FINANCE, Permission.APPROVE)
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The queue of a reviewer, narrowed by filters; without any, what waits for this person."""
    person = person_of(request)
    names = ("state", "organisation", "year", "findings", "deadline")
    wanted = {name: request.GET.get(name, "") for name in names}
    if not request.GET:
        wanted["state"] = "waiting"
    today = timezone.localdate()
    pages = Paginator(queries_review.shown(queries_review.queue(person, wanted, today)), _PAGE)
    page = pages.get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "rows": [_line(one, today) for one in page],
        "filters": _filters(wanted, queries_review.years_of(person)),
        "filtered": bool(request.GET),
        "pages": page,
        "query": query.urlencode(),
        "page_title": _("Review desk"),
    }
    return render(request, "declarations/desk.html", context)


def _line(one: Mapping[str, Any], today: date) -> dict[str, Any]:
    """What a line of the queue says of a form, in plain values: its text is kept."""
    state, review_by = SHOWN[State(one["state"])], one["round__review_by"]
    is_awaited = State(one["state"]) in IN_REVIEW
    return {
        "pk": one["pk"],
        "organisation": one["organisation__name"],
        "project": one["project"],
        "year": one["round__fiscal_year"],
        "state": state.word.say(language()),
        "tone": state.tone,
        "shape": state.shape,
        "since": f"{timezone.localtime(one['state_since']):%m-%d}",
        "errors": one["draft__errors"],
        "warnings": one["draft__warnings"],
        "advice": one["draft__advice"],
        "asked": one["asked"],
        "review_by": review_by.isoformat() if review_by else "",
        "late": is_awaited and review_by is not None and review_by < today,
    }


def _filters(wanted: Mapping[str, str], years: Sequence[int]) -> list[dict[str, Any]]:
    states = [("waiting", _("Waiting for me"))]
    states += [(state.value, SHOWN[state].word.say(language())) for state in State]
    severities = (
        ("error", _("with errors")),
        ("warning", _("with warnings")),
        ("none", _("without errors and warnings")),
    )
    deadlines = (("late", _("past")), ("week", _("within a week")))
    choices = {
        "organisation": (_("Organisation or project"), ()),
        "state": (_("State"), states),
        "year": (_("Year"), [(str(year), str(year)) for year in years]),
        "findings": (_("Findings"), severities),
        "deadline": (_("Deadline"), deadlines),
    }
    return [
        {
            "name": name,
            "label": label,
            "value": wanted[name],
            "options": [{"value": value, "label": said} for value, said in options],
        }
        for name, (label, options) in choices.items()
    ]
