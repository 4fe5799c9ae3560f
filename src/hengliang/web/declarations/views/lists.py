"""The list of declarations, and the rounds that they are declared in."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengliang.base.profile import profile_words
from hengliang.web.accounts.policies import Refused, requires
from hengliang.web.accounts.queries import organisations_in_reach
from hengliang.web.accounts.reader import language, person_of, whole
from hengliang.web.declarations import actions_rounds, queries, queries_review
from hengliang.web.declarations.forms import DeadlinesForm, RoundForm
from hengliang.web.declarations.models import DEADLINES
from hengliang.web.declarations.shown import shown_state, title_of
from hengliang.web.workflow.roles import Permission

_PAGE = 50


@requires(Permission.VIEW)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The declarations within reach, and where one may be begun."""
    person = person_of(request)
    page = Paginator(queries.declarations_in_reach(person), _PAGE).get_page(request.GET.get("page"))
    rows = [
        {"declaration": one, "title": title_of(one), "state": shown_state(one.state), "draft": one.draft}
        for one in page
    ]
    context = {"rows": rows, "pages": page, "starts": queries.starts(person), "page_title": _("Declarations")}
    return render(request, "declarations/index.html", context)


@requires(Permission.MANAGE_ROUNDS, Permission.SEE_ROUND)
@require_GET
def rounds(request: HttpRequest) -> HttpResponse:
    """How far the rounds are."""
    initial = {"fiscal_year": timezone.localdate().year + 1, "profile": "national-2021"}
    return _rounds(request, RoundForm(initial=initial), 200)


def _rounds(
    request: HttpRequest, form: RoundForm, status: int, refused: DeadlinesForm | None = None, pk: int = 0
) -> HttpResponse:
    """The page, with what was wrong with a new round or with the deadlines of the round `pk`."""
    person = person_of(request)
    found = [
        {
            "round": one.round,
            "rules": profile_words(one.round.profile).say(language()),
            "states": [shown_state(state.value) | {"count": count} for state, count in one.by_state],
            "total": one.total,
            "decided": one.decided,
            "missing": one.missing,
            "deadlines": refused
            if refused and one.round.pk == pk
            else DeadlinesForm(
                initial={name: getattr(one.round, name) for name in DEADLINES}, prefix=f"round-{one.round.pk}"
            ),
        }
        for one in queries_review.progress(person)
    ]
    places = list(organisations_in_reach(person, Permission.MANAGE_ROUNDS).exclude(kind="unit"))
    context = {"rounds": found, "form": form, "places": places, "page_title": _("Rounds")}
    return render(request, "declarations/rounds.html", context, status=status)


@requires(Permission.MANAGE_ROUNDS)
@require_POST
def open_round(request: HttpRequest) -> HttpResponse:
    """Opens a round with its deadlines."""
    person = person_of(request)
    form = RoundForm(request.POST)
    places = organisations_in_reach(person, Permission.MANAGE_ROUNDS)
    chosen = request.POST.get("organisation", "")
    place = places.filter(pk=whole(chosen)).first()
    if place is None:
        form.add_error(None, _("Choose the organisation whose units are to declare."))
    if not form.is_valid() or place is None:
        return _rounds(request, form, 422)
    try:
        made = actions_rounds.open_round(person, place, **form.cleaned_data)
    except Refused as refused:
        form.add_error("name", refused.reason.say(language()))
        return _rounds(request, form, 422)
    messages.success(request, _("The round “{name}” is open.").format(name=made.name))
    return redirect("rounds")


@requires(Permission.MANAGE_ROUNDS)
@require_http_methods(["POST"])
def close_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes a round for new forms, or opens it again."""
    actions_rounds.set_round_open(
        person_of(request), queries.round_(person_of(request), pk), request.POST.get("open") == "yes"
    )
    return redirect("rounds")


@requires(Permission.MANAGE_ROUNDS)
@require_POST
def deadlines(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts the deadlines of a round on other days."""
    person = person_of(request)
    round_ = queries.round_(person, pk)
    form = DeadlinesForm(request.POST, prefix=f"round-{pk}")
    if not form.is_valid():
        initial = {"fiscal_year": timezone.localdate().year + 1, "profile": "national-2021"}
        return _rounds(request, RoundForm(initial=initial), 422, form, pk)
    actions_rounds.set_deadlines(person, round_, **form.cleaned_data)
    messages.success(request, _("The deadlines of “{name}” stand.").format(name=round_.name))
    return redirect("rounds")
